"""What is asked about mailings."""

import hashlib
import json
from collections.abc import Iterator
from html import unescape

from campaigns.enums import MailingState
from campaigns.mailings.links import short_address
from campaigns.mailings.pieces import picture_address, pictures_of
from campaigns.models import Mailing

# Those that reached somebody, may have, or are about to at a time that is set.
GONE_OUT = (
    MailingState.SEND_REQUESTED,
    MailingState.SCHEDULED,
    MailingState.SENDING,
    MailingState.SENT,
    MailingState.UNKNOWN,
)

# Those, and what lies at Mailchimp or is being laid there: a colleague may have it sent at any moment.
AT_MAILCHIMP = (MailingState.PUSHING, MailingState.READY, *GONE_OUT)


def content_hash(mailing: Mailing) -> str:
    """Return the SHA-256 of everything of ``mailing`` that goes out, as it was frozen when it was sent in.

    That is subject, preview text, HTML, plain text, web version, sender, links, audience, segment, expected number,
    ceiling and tracking: another of any of them gives another hash.
    """
    return hashlib.sha256(json.dumps(mailing.frozen, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def is_intact(mailing: Mailing) -> bool:
    """Tell whether ``mailing`` is still what was approved."""
    return content_hash(mailing) == mailing.digest


def why_not_go_out(mailing: Mailing) -> list[str]:
    """Return, a sentence each, why ``mailing`` must not go out as it was sent in, whoever approved it.

    Asked again before each step that brings it nearer to its readers: what it shows, and whom it goes to, may be gone.
    """
    found = []
    if mailing.digest and not is_intact(mailing):
        found.append("It is not as it was approved: somebody changed it past this site. Write it again.")
    for picture in pictures_of(mailing):
        if picture is None:
            found.append("A picture in it was deleted. Write it again without it.")
        elif not picture.may_be_used:
            found.append(picture.why_not_used)
        elif picture_address(picture) not in unescape(mailing.frozen["html"]):
            found.append(f"The file of “{picture.title}” was exchanged after the mailing was sent in. Write it again.")
    found += _led_elsewhere(mailing)
    if mailing.segment and mailing.segment.is_gone:
        found.append(f"The segment “{mailing.segment}” is no longer at Mailchimp. Write it again.")
    if mailing.audience is None or mailing.audience.is_gone:
        found.append(
            f"The audience “{mailing.audience or 'of this mailing'}” is no longer at Mailchimp. Write it again."
        )
    return found


def _led_elsewhere(mailing: Mailing) -> Iterator[str]:
    """Go through the links of ``mailing`` that do not lead where they did when it was sent in."""
    for link in mailing.links.select_related("page", "placement"):
        if short_address(link.placement.code) not in mailing.frozen.get("links", ()):
            continue
        target = link.placement.targets.select_related("page").first()
        now = target.page if target else None
        if link.page is None or now is None:
            yield f"The page that “{link.placement.path}” leads to was deleted. Write it again with another."
        elif now.translation_key != link.page.translation_key:
            yield f"Its link to “{link.page}” leads to “{now}” by now. Let {link.placement.path} lead there again."


def is_out(mailing: Mailing) -> bool:
    """Tell whether anybody may read the web version of ``mailing``: it is out, as it was approved."""
    return mailing.state in GONE_OUT and is_intact(mailing)


def seen_on_the_web(slug: str, code: str) -> Mailing | None:
    """Return the mailing ``code`` of the campaign ``slug`` if anybody may read its web version."""
    found = Mailing.objects.filter(campaign__code=slug, code=code).first()
    return found if found and is_out(found) else None
