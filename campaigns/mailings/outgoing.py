"""What of a mailing goes out: read from what was frozen, and told to Mailchimp."""

from dataclasses import dataclass
from typing import Any, Self

from campaigns.mailchimp.shapes import Draft, Tracking


@dataclass(frozen=True, kw_only=True)
class Outgoing:
    """All that goes out of one mailing, as it was frozen. Without a ``segment_id`` it goes to the whole audience."""

    subject: str
    preview_text: str
    html: str
    plain_text: str
    from_name: str
    reply_to: str
    audience_id: str
    audience_name: str
    segment_id: int | None
    segment_name: str
    expected: int
    ceiling: int
    track_opens: bool
    track_clicks: bool

    @classmethod
    def of(cls, frozen: dict[str, Any]) -> Self:
        """Read what was frozen."""
        audience, segment = frozen["audience"], frozen["segment"]
        return cls(
            subject=frozen["subject"],
            preview_text=frozen["preview_text"],
            html=frozen["html"],
            plain_text=frozen["plain_text"],
            from_name=frozen["from_name"],
            reply_to=frozen["reply_to"],
            audience_id=audience["id"],
            audience_name=audience["name"],
            segment_id=segment["id"] if segment else None,
            segment_name=segment["name"] if segment else "",
            expected=frozen["expected_recipients"],
            ceiling=frozen["ceiling"],
            track_opens=frozen["track_opens"],
            track_clicks=frozen["track_clicks"],
        )

    @property
    def to_whom(self) -> str:
        """Whom it goes to, in words."""
        if self.segment_id is None:
            return f"everybody in the audience “{self.audience_name}”"
        return f"the segment “{self.segment_name}” of the audience “{self.audience_name}”"

    def draft(self, title: str) -> Draft:
        """Return it as Mailchimp is told of it, under ``title``."""
        return Draft(
            title=title,
            audience_id=self.audience_id,
            segment_id=self.segment_id,
            subject_line=self.subject,
            preview_text=self.preview_text,
            from_name=self.from_name,
            reply_to=self.reply_to,
            tracking=Tracking(opens=self.track_opens, html_clicks=self.track_clicks, text_clicks=self.track_clicks),
        )
