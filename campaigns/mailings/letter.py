"""A mailing as it goes out: HTML that survives every mail program, plain text, and the web version.

Mail programs read no sheet of styles (Gmail cuts it where it does not like it, Outlook's Word engine ignores most), so
css-inline moves it beside every element; what is left in the head is for dark mode and narrow screens alone. Tables do
not lay out data here but hold widths, which Outlook takes from nothing else.
"""

from dataclasses import dataclass
from typing import Any

from css_inline import CSSInliner
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.html import escape
from django.utils.translation import gettext
from wagtail.models import Site

from campaigns.kits.contents import page_link
from campaigns.languages import direction
from campaigns.mailings.links import codes_of, short_address
from campaigns.mailings.pieces import Piece, pieces_of, underlined
from campaigns.mailings.richtext import Link
from campaigns.models import Mailing
from core.languages.addresses import address_in
from core.look.palette import Tokens, every_token
from core.models import CouncilSettings
from core.sharing import address


@dataclass(frozen=True)
class Type:
    """The letters of a script, among those that machines have: mail programs fetch none. Heights are of a line."""

    fonts: str
    leading: float
    tight: float


LATIN = Type("Arial, Helvetica, sans-serif", 1.6, 1.25)
TYPE = {
    # Nastaliq slopes downwards through its words: lines need room.
    "ur": Type("'Noto Nastaliq Urdu', 'Urdu Typesetting', 'Segoe UI', Tahoma, Arial, sans-serif", 2.1, 1.9),
    "gu": Type("'Noto Sans Gujarati', 'Nirmala UI', 'Gujarati Sangam MN', Arial, sans-serif", 1.75, 1.45),
}
INLINER = CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)
DRAWN_BY_MAIL = ("png", "jpg")  # no mail program draws SVG for everybody


@dataclass(frozen=True)
class Letter:
    """A mailing, made."""

    html: str
    plain_text: str
    web_html: str
    links: list[str]


def outgoing(mailing: Mailing) -> dict[str, Any]:
    """Return everything of ``mailing`` that goes out, and to whom, as JSON: what a colleague approves, and no more.

    ``segment`` is null where it goes to everybody in the audience, which ``to_whole_audience`` then says too.
    """
    letter, audience, segment = letter_of(mailing), mailing.audience, mailing.segment
    return {
        "subject": mailing.subject,
        "preview_text": mailing.preview_text,
        "language": mailing.language,
        "from_name": audience.from_name if audience else "",
        "reply_to": audience.from_email if audience else "",
        "html": letter.html,
        "plain_text": letter.plain_text,
        "web_html": letter.web_html,
        "links": letter.links,
        "audience": {"id": audience.remote_id, "name": audience.name} if audience else None,
        "segment": {"id": segment.remote_id, "name": segment.name} if segment else None,
        "to_whole_audience": mailing.to_whole_audience,
        "expected_recipients": mailing.expected_recipients,
        "ceiling": mailing.ceiling,
        "track_opens": mailing.track_opens,
        "track_clicks": mailing.track_clicks,
    }


def web_address(mailing: Mailing) -> str:
    """Return where the web version of ``mailing`` stands, once it may be seen."""
    with translation.override(mailing.language):
        return address(reverse("campaign_mailings:web", args=[mailing.campaign.code, mailing.code]))


def everybodys_tags() -> dict[str, str]:
    """Return the merge tags of Mailchimp that officers may write, each with what it says, to everybody alike."""
    return {"CURRENT_YEAR": str(timezone.localdate().year), "LIST:COMPANY": sender_of(_council())}


def _council() -> CouncilSettings:
    return CouncilSettings.for_site(Site.objects.get(is_default_site=True))


def sender_of(council: CouncilSettings) -> str:
    """Return who writes: the council, else the site."""
    return council.council_name or council.site_title


def fill(text: str) -> str:
    """Return HTML with the merge tags that officers may write filled in, for who reads it on the web."""
    for tag, value in everybodys_tags().items():
        text = text.replace(f"*|{tag}|*", escape(value))
    return text


def letter_of(mailing: Mailing) -> Letter:
    """Return ``mailing`` as it goes out now, in its language."""
    codes = codes_of(mailing)
    links: list[str] = []

    def lead(link: Link) -> str:
        led = short_address(codes[link.page_id]) if link.page_id in codes else link.address
        if led and led not in links:
            links.append(led)
        return led

    with translation.override(mailing.language):
        pieces = list(pieces_of(mailing, lead))
        context = _context(mailing, pieces)
        html, web = (_html(context | {"is_web": is_web}) for is_web in (False, True))
        text = render_to_string("emails/mailing.txt", context)
    return Letter(html=html, plain_text=f"{text.strip()}\n", web_html=fill(web), links=links)


def _html(context: dict[str, Any]) -> str:
    return INLINER.inline(render_to_string("emails/mailing.html", context))


def _named(tokens: Tokens) -> Tokens:
    return {name.replace("-", "_"): value for name, value in tokens.items()}


def _context(mailing: Mailing, pieces: list[Piece]) -> dict[str, Any]:
    council = _council()
    sender = sender_of(council)
    day, night = (_named(tokens) for tokens in every_token(council.main_colour, council.second_colour))
    logo = council.logo if str(council.logo).rpartition(".")[2] in DRAWN_BY_MAIL else None
    runs = direction(mailing.language)
    return {
        "mailing": mailing,
        "language": mailing.language,
        "direction": runs,
        "start": "right" if runs == "rtl" else "left",
        "pieces": pieces,
        "heading": underlined(mailing.subject, "="),
        "council": council,
        "sender": sender,
        "why": gettext("You get this email because you signed up for news from %(sender)s.") % {"sender": sender},
        "type": TYPE.get(mailing.language, LATIN),
        "logo": address(logo.url) if logo else "",
        "day": day,
        "night": night,
        "web_address": web_address(mailing),
        "preferences": address(address_in(mailing.language, "/updates/preferences/")),
        "campaign_page": page_link(mailing.campaign) or address("/"),
    }
