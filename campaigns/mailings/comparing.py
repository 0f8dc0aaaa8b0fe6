"""Whether what stands at Mailchimp is what was approved: each difference is one sentence, and nothing goes out."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

from campaigns.mailchimp.shapes import Checklist, Content, RemoteCampaign, Segment
from campaigns.mailings.outgoing import Outgoing

TOLERATED = 2  # per cent, by which the number of recipients may differ from the expected
UNSEEN = {"style", "script", "title"}
ASK_AGAIN = (
    "If the new number is right, press “Ask Mailchimp now” on the page Mailchimp, then “Write it again” here, and have "
    "it approved anew."
)
COUNT_AGAIN = (
    "In {} are as many as were expected, so Mailchimp has an old number here, or somebody changed there whom it goes "
    "to. Lay it there anew."
)
LAY_AGAIN = "Somebody changed it there. Look at it at Mailchimp, then lay it there anew."


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A mailing as it stands at Mailchimp. ``segment`` is None for the whole audience, of ``members`` people."""

    campaign: RemoteCampaign
    content: Content
    checklist: Checklist
    segment: Segment | None
    members: int


def differences(goes: Outgoing, found: Standing) -> list[str]:
    """Return what keeps ``goes`` from going as it stands at Mailchimp, a sentence each; the content is not compared."""
    return [*_settings(goes, found.campaign), *_recipients(goes, found), *_checklist(found.checklist)]


def _settings(goes: Outgoing, found: RemoteCampaign) -> Iterator[str]:
    draft = goes.draft(found.title)
    for label, approved, stands in (
        ("subject line", draft.subject_line, found.subject_line),
        ("preview text", draft.preview_text, found.preview_text),
        ("name of the sender", draft.from_name, found.from_name),
        ("address of the sender", draft.reply_to, found.reply_to),
        ("tracking of opens and clicks", draft.tracking, found.tracking),
    ):
        if approved != stands:
            yield f"The {label} at Mailchimp is not the one that was approved. {LAY_AGAIN}"
    if (draft.audience_id, draft.segment_id) != (found.audience_id, found.segment_id):
        yield f"At Mailchimp this email is not for {goes.to_whom}, so it stays here. {LAY_AGAIN}"


def _recipients(goes: Outgoing, found: Standing) -> Iterator[str]:
    if found.segment and found.segment.name != goes.segment_name:
        yield (
            f"The segment “{goes.segment_name}” is called “{found.segment.name}” at Mailchimp now, so it may hold "
            "other people. Choose it again, and have that approved."
        )
    at_list = found.segment.member_count if found.segment else found.members
    where = "the segment" if found.segment else "the audience"
    if why := _wrong_number(at_list, goes):
        yield f"Mailchimp counts {at_list:,} people in {where}, {why}. {ASK_AGAIN}"
    in_email = found.campaign.recipient_count
    if why_email := _wrong_number(in_email, goes):
        mend = f"That is mended with {where}." if why else COUNT_AGAIN.format(where)
        yield f"Mailchimp counts {in_email:,} people for this email, {why_email}. {mend}"


def _wrong_number(number: int, goes: Outgoing) -> str:
    """Return what is wrong with so many recipients; nothing where they are as many as were approved."""
    if number > goes.ceiling:
        return f"and it goes to {goes.ceiling:,} at most"
    if abs(number - goes.expected) * 100 > goes.expected * TOLERATED:
        return f"and {goes.expected:,} were expected: more than {TOLERATED} per cent between them"
    return ""


def _checklist(found: Checklist) -> Iterator[str]:
    for item in found.errors:
        yield f"Mailchimp is not ready to send it: {item.heading}: {item.details.rstrip('.')}."
    if not found.is_ready and not found.errors:
        yield "Mailchimp says that this email is not ready to send, and not why. Look at it there."


def is_same_content(goes: Outgoing, found: Content) -> bool:
    """Tell whether Mailchimp kept the words, the links and the pictures that it was given, and the plain text.

    It may write the HTML in another way, which changes nothing that anybody sees.
    """
    return _essence(goes.html) == _essence(found.html) and _lines(goes.plain_text) == _lines(found.plain_text)


def content_digest(found: Content) -> str:
    """Return the SHA-256 of what Mailchimp gives back, to the letter: whoever changes it there changes this."""
    return hashlib.sha256(f"{found.html}\0{found.plain_text}".encode()).hexdigest()


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip().splitlines()]


def _essence(html: str) -> list[str]:
    read = _Essence()
    read.feed(html)
    read.close()
    return read.found


class _Essence(HTMLParser):
    """Reads what people get of HTML: its words, and where its links and pictures lead."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take where it leads."""
        self._unseen += tag in UNSEEN
        self.found += [value for name, value in attrs if name in {"href", "src", "alt"} and value]

    def handle_endtag(self, tag: str) -> None:
        """Hear what is said once more."""
        self._unseen -= tag in UNSEEN and self._unseen > 0

    def handle_data(self, data: str) -> None:
        """Take the words, whatever stands between them."""
        if not self._unseen:
            self.found += data.split()
