"""What comes back from Mailchimp, in plain frozen shapes. Whatever tells of a person stays out of every ``repr``."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Self

ANOTHER_PART = 0  # stands for a part of an audience that is none of its segments: no segment has this id


def when(text: Any) -> datetime | None:
    """Return an ISO 8601 time of Mailchimp's; None where it gives none."""
    return datetime.fromisoformat(text) if text else None


@dataclass(frozen=True, kw_only=True)
class Audience:
    """An audience ("list" in the API)."""

    id: str
    web_id: int
    name: str
    double_optin: bool
    member_count: int
    from_name: str
    from_email: str
    language: str

    @classmethod
    def of(cls, row: dict[str, Any]) -> Self:
        """Read an answer."""
        defaults = row["campaign_defaults"]
        return cls(
            id=row["id"],
            web_id=row["web_id"],
            name=row["name"],
            double_optin=row["double_optin"],
            member_count=row["stats"]["member_count"],
            from_name=defaults["from_name"],
            from_email=defaults["from_email"],
            language=defaults["language"],
        )


@dataclass(frozen=True, kw_only=True)
class MergeField:
    """A field that an audience keeps of each member."""

    tag: str
    name: str
    type: str
    required: bool

    @classmethod
    def of(cls, row: dict[str, Any]) -> Self:
        """Read an answer."""
        return cls(tag=row["tag"], name=row["name"], type=row["type"], required=bool(row.get("required")))


@dataclass(frozen=True, kw_only=True)
class Interest:
    """One area of news that a member may tick, in its category."""

    id: str
    name: str
    category_id: str
    category_name: str
    subscriber_count: int

    @classmethod
    def of(cls, row: dict[str, Any], *, category: dict[str, Any]) -> Self:
        """Read an answer; the count comes as text."""
        return cls(
            id=row["id"],
            name=row["name"],
            category_id=category["id"],
            category_name=category["title"],
            subscriber_count=int(row.get("subscriber_count") or 0),
        )


@dataclass(frozen=True, kw_only=True)
class Segment:
    """A part of an audience: saved by conditions, or static (a tag)."""

    id: int
    name: str
    kind: Literal["saved", "static"]
    member_count: int

    @classmethod
    def of(cls, row: dict[str, Any]) -> Self:
        """Read an answer; "fuzzy" is saved by conditions too."""
        kind: Literal["saved", "static"] = "static" if row["type"] == "static" else "saved"
        return cls(id=int(row["id"]), name=row["name"], kind=kind, member_count=row["member_count"])


@dataclass(frozen=True, kw_only=True)
class Member:
    """A person of an audience."""

    id: str = field(repr=False)
    email_address: str = field(repr=False)
    status: str
    language: str
    interests: dict[str, bool]
    merge_fields: dict[str, Any] = field(repr=False)
    last_changed: datetime | None

    @classmethod
    def of(cls, row: dict[str, Any]) -> Self:
        """Read an answer."""
        return cls(
            id=row["id"],
            email_address=row["email_address"],
            status=row["status"],
            language=row.get("language", ""),
            interests=row.get("interests", {}),
            merge_fields=row.get("merge_fields", {}),
            last_changed=when(row.get("last_changed")),
        )


@dataclass(frozen=True, kw_only=True)
class Tracking:
    """What Mailchimp follows of those who get an email. It follows all three unless it is told not to."""

    opens: bool = False
    html_clicks: bool = False
    text_clicks: bool = False


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What Mailchimp is told an email shall be. Only staff see its ``title``."""

    title: str
    audience_id: str
    segment_id: int | None
    """The segment it goes to; None is the whole audience."""
    subject_line: str
    preview_text: str
    from_name: str
    reply_to: str
    tracking: Tracking


@dataclass(frozen=True, kw_only=True)
class RemoteCampaign:
    """An email at Mailchimp ("campaign" in the API), with where it stands."""

    id: str
    web_id: int
    title: str
    status: str
    subject_line: str
    preview_text: str
    from_name: str
    reply_to: str
    audience_id: str
    segment_id: int | None
    """The segment it goes to, ``ANOTHER_PART`` where somebody set conditions there; None is the whole audience."""
    recipient_count: int
    tracking: Tracking
    emails_sent: int
    send_time: datetime | None
    archive_url: str

    @classmethod
    def of(cls, row: dict[str, Any]) -> Self:
        """Read an answer."""
        settings, recipients, tracking = row["settings"], row["recipients"], row["tracking"]
        options = recipients.get("segment_opts") or {}
        segment = options.get("saved_segment_id") or (ANOTHER_PART if options.get("conditions") else None)
        return cls(
            id=row["id"],
            web_id=row["web_id"],
            title=settings.get("title", ""),
            status=row["status"],
            subject_line=settings.get("subject_line", ""),
            preview_text=settings.get("preview_text", ""),
            from_name=settings.get("from_name", ""),
            reply_to=settings.get("reply_to", ""),
            audience_id=recipients["list_id"],
            segment_id=None if segment is None else int(segment),
            recipient_count=recipients["recipient_count"],
            tracking=Tracking(
                opens=tracking["opens"], html_clicks=tracking["html_clicks"], text_clicks=tracking["text_clicks"]
            ),
            emails_sent=row.get("emails_sent", 0),
            send_time=when(row.get("send_time")),
            archive_url=row.get("archive_url", ""),
        )


@dataclass(frozen=True, kw_only=True)
class Content:
    """What an email says."""

    html: str
    plain_text: str


@dataclass(frozen=True, kw_only=True)
class ChecklistItem:
    """One line of Mailchimp's own look at an email before it goes."""

    kind: Literal["success", "warning", "error"]
    heading: str
    details: str


@dataclass(frozen=True, kw_only=True)
class Checklist:
    """Mailchimp's own look at an email before it goes."""

    is_ready: bool
    items: tuple[ChecklistItem, ...]

    @classmethod
    def of(cls, row: dict[str, Any]) -> Self:
        """Read an answer."""
        items = tuple(
            ChecklistItem(kind=item["type"], heading=item["heading"], details=item.get("details", ""))
            for item in row["items"]
        )
        return cls(is_ready=row["is_ready"], items=items)

    @property
    def errors(self) -> tuple[ChecklistItem, ...]:
        """What stops it."""
        return tuple(item for item in self.items if item.kind == "error")


@dataclass(frozen=True, kw_only=True)
class Report:
    """What became of an email that was sent: sums, nobody by name.

    ``proxy_excluded`` leaves out opens by mail programs that load pictures before anybody reads (Apple's among them).
    """

    emails_sent: int
    send_time: datetime | None
    opens: int
    unique_opens: int
    proxy_excluded_opens: int | None
    proxy_excluded_unique_opens: int | None
    clicks: int
    unique_clicks: int
    unique_subscriber_clicks: int
    unsubscribed: int
    abuse_reports: int
    hard_bounces: int
    soft_bounces: int
    syntax_errors: int

    @classmethod
    def of(cls, row: dict[str, Any]) -> Self:
        """Read an answer."""
        opens, clicks, bounces = row["opens"], row["clicks"], row["bounces"]
        return cls(
            emails_sent=row["emails_sent"],
            send_time=when(row.get("send_time")),
            opens=opens["opens_total"],
            unique_opens=opens["unique_opens"],
            proxy_excluded_opens=opens.get("proxy_excluded_opens"),
            proxy_excluded_unique_opens=opens.get("proxy_excluded_unique_opens"),
            clicks=clicks["clicks_total"],
            unique_clicks=clicks["unique_clicks"],
            unique_subscriber_clicks=clicks["unique_subscriber_clicks"],
            unsubscribed=row["unsubscribed"],
            abuse_reports=row["abuse_reports"],
            hard_bounces=bounces["hard_bounces"],
            soft_bounces=bounces["soft_bounces"],
            syntax_errors=bounces["syntax_errors"],
        )


@dataclass(frozen=True, kw_only=True)
class Webhook:
    """Where Mailchimp tells us what members do. The secret is given once, when it is made."""

    id: str
    url: str = field(repr=False)
    signing_secret: str | None = field(repr=False, default=None)

    @classmethod
    def of(cls, row: dict[str, Any]) -> Self:
        """Read an answer."""
        return cls(id=row["id"], url=row["url"], signing_secret=row.get("signing_secret"))
