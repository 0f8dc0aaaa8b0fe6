"""Share kits as partners find them: by the address of a campaign, for everybody or for one partner."""

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from campaigns.kits.contents import Contents, contents_of, english_page, kit_in_force, partner_placements
from campaigns.models import ArtworkFile, Campaign, CampaignPage, KitArchive, Placement
from core.approvals.showing import approved_version
from core.enums import Channel, MakingState
from core.languages.trees import in_language
from core.sharing import address


@dataclass(frozen=True)
class KitPage:
    """A kit under the live page of its campaign: everybody's, or the one of a partner's ``placement``."""

    page: CampaignPage
    contents: Contents
    placement: Placement | None

    def file(self, uuid: UUID) -> ArtworkFile | None:
        """Return the file of this key, if this kit holds it now."""
        files = (file for part in self.contents.parts for poster in part.posters for _, file in poster.files)
        return next((file for file in files if file.uuid == uuid), None)

    def archive(self) -> KitArchive | None:
        """Return the ZIP file, if it holds exactly what this kit holds now."""
        ready = KitArchive.objects.filter(campaign=self.contents.campaign, placement=self.placement)
        return ready.filter(making=MakingState.READY, contents=self.contents.digest).first()


def kit_page(slug: str, code: str = "") -> KitPage | None:
    """Return the kit of the campaign whose page anybody may read at ``slug``, for the partner's placement ``code``.

    None where the campaign has no approved kit, or no placement of a partner with that code.
    """
    pages = in_language(CampaignPage.objects.live().unrestricted().filter(slug=slug))
    found = pages.select_related("campaign", "locale").first()
    page = approved_version(found) if found else None
    kit = kit_in_force(page.campaign) if page else None
    if page is None or kit is None:
        return None
    placement = page.campaign.placements.filter(code=code, channel=Channel.PARTNER).first() if code else None
    if code and placement is None:
        return None
    return KitPage(page, contents_of(page.campaign, kit, placement), placement)


def addresses_of(campaign: Campaign) -> list[tuple[str, str]]:
    """Return the addresses of the kit of ``campaign`` to hand on: for everybody, and for each partner by its title."""
    page = english_page(campaign)
    if page is None:
        return []
    partners = [
        (str(placement), address(reverse("campaign_kits:partner", args=[page.slug, placement.code])))
        for placement in partner_placements(campaign)
    ]
    return [("Everybody", address(reverse("campaign_kits:kit", args=[page.slug]))), *partners]
