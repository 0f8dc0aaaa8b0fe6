"""The one door to Mailchimp. Everything that is asked of it is asked here, and comes back in our own shapes."""

import functools
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any, Literal, TypeVar

from django.conf import settings
from mailchimp_marketing import Client
from mailchimp_marketing.api_client import ApiClientError
from requests import Response

from campaigns.mailchimp.asking import CHANGEABLE, HEARD, body_of, checked, data_centre, member_hash, schedule_time
from campaigns.mailchimp.errors import Ambiguous, MailchimpError, NotSetUp, RemoteDown
from campaigns.mailchimp.shapes import (
    Audience,
    Checklist,
    Content,
    Draft,
    Interest,
    Member,
    MergeField,
    RemoteCampaign,
    Report,
    Segment,
    Webhook,
)
from campaigns.mailchimp.transport import Transport

PAGE = 1000  # rows; Mailchimp gives ten unless it is asked for more, and never more than this

Shape = TypeVar("Shape")
MemberStatus = Literal["subscribed", "unsubscribed", "pending", "cleaned", "transactional"]


def mailchimp(*, timeout: tuple[float, float] | None = None) -> "Mailchimp":
    """Return the adapter for the account that the settings name; one for each process and ``timeout``.

    Raises:
        NotSetUp: there is no key.
    """
    if not settings.MAILCHIMP_API_KEY:
        raise NotSetUp
    return _connected(settings.MAILCHIMP_API_KEY, settings.MAILCHIMP_BASE_URL, timeout or settings.MAILCHIMP_TIMEOUT)


@functools.lru_cache(maxsize=4)
def _connected(key: str, base_url: str, timeout: tuple[float, float]) -> "Mailchimp":
    return Mailchimp(key=key, base_url=base_url, timeout=timeout)


class Mailchimp:
    """An account at Mailchimp. Each method asks one thing, and raises a :class:`MailchimpError` where it fails.

    Reading and putting are tried three times. Whatever is not safe to ask twice is asked once, and raises
    :class:`Ambiguous` where nobody knows what came of it.
    """

    def __init__(self, *, key: str, base_url: str = "", timeout: tuple[float, float]) -> None:
        """Prepare. ``base_url`` is scheme and host; without one, it is the key's own data centre."""
        # An empty data centre: the client would replace the word "server" anywhere in an address, ids included.
        self._client = Client({"api_key": key, "server": ""})
        self._client.api_client.host = f"{base_url or f'https://{data_centre(key)}.api.mailchimp.com'}/3.0"
        self._client.api_client.request = Transport(key=key, timeout=timeout).request

    # The account

    def ping(self) -> None:
        """See whether the key opens the account."""
        self._ask(self._client.ping.get)

    def audiences(self) -> list[Audience]:
        """Return every audience."""
        return self._shapes(Audience.of, self._all(self._client.lists.get_all_lists, rows="lists"))

    def audience(self, audience_id: str) -> Audience:
        """Return one audience."""
        return self._shape(Audience.of, self._ask(self._client.lists.get_list, checked(audience_id)))

    def merge_fields(self, audience_id: str) -> list[MergeField]:
        """Return what an audience keeps of each member."""
        rows = self._all(self._client.lists.get_list_merge_fields, checked(audience_id), rows="merge_fields")
        return self._shapes(MergeField.of, rows)

    def interests(self, audience_id: str) -> list[Interest]:
        """Return the areas of news of an audience, of all its categories."""
        lists, audience_id = self._client.lists, checked(audience_id)
        found: list[Interest] = []
        for category in self._all(lists.get_list_interest_categories, audience_id, rows="categories"):
            category_id = checked(self._shape(lambda row: row["id"], category))
            rows = self._all(lists.list_interest_category_interests, audience_id, category_id, rows="interests")
            found += self._shapes(functools.partial(Interest.of, category=category), rows)
        return found

    def segments(self, audience_id: str) -> list[Segment]:
        """Return the segments of an audience, tags included."""
        return self._shapes(
            Segment.of, self._all(self._client.lists.list_segments, checked(audience_id), rows="segments")
        )

    def segment(self, audience_id: str, segment_id: int) -> Segment:
        """Return one segment, with its count as it is now."""
        return self._shape(
            Segment.of, self._ask(self._client.lists.get_segment, checked(audience_id), str(int(segment_id)))
        )

    # Members

    def member(self, audience_id: str, address: str) -> Member:
        """Return the member of that address."""
        return self._shape(
            Member.of, self._ask(self._client.lists.get_list_member, checked(audience_id), member_hash(address))
        )

    def put_member(
        self,
        audience_id: str,
        address: str,
        *,
        status_if_new: MemberStatus,
        language: str,
        interests: dict[str, bool],
        merge_fields: dict[str, Any] | None = None,
    ) -> Member:
        """Add a member, or change what is given of one who is there, whose status stays as it is.

        Where an audience asks twice (double opt-in), ``status_if_new`` is ``pending``: ``subscribed`` would skip that.
        """
        body = {
            "email_address": address,
            "status_if_new": status_if_new,
            "language": language,
            "interests": interests,
            "merge_fields": merge_fields or {},
        }
        put = self._client.lists.set_list_member
        return self._shape(Member.of, self._ask(put, checked(audience_id), member_hash(address), body))

    def change_member(self, audience_id: str, address: str, **changes: Any) -> Member:
        """Change what is named of a member: status, language, interests, merge_fields or email_address."""
        if unknown := changes.keys() - CHANGEABLE:
            raise TypeError(f"A member has no {', '.join(sorted(unknown))} to change.")
        patch = self._client.lists.update_list_member
        return self._shape(
            Member.of, self._ask(patch, checked(audience_id), member_hash(address), changes), unclear=Ambiguous
        )

    def archive_member(self, audience_id: str, address: str) -> None:
        """Take a member out of the audience; they may come back."""
        self._do(self._client.lists.delete_list_member, checked(audience_id), member_hash(address))

    def forget_member(self, audience_id: str, address: str) -> None:
        """Delete all that Mailchimp keeps of a member, for good: nobody but they can bring them back."""
        self._do(self._client.lists.delete_list_member_permanent, checked(audience_id), member_hash(address))

    # Emails

    def create_campaign(self, draft: Draft) -> RemoteCampaign:
        """Make an email at Mailchimp. Twice makes two."""
        body = {"type": "regular", **body_of(draft)}
        return self._shape(RemoteCampaign.of, self._ask(self._client.campaigns.create, body), unclear=Ambiguous)

    def change_campaign(self, campaign_id: str, draft: Draft) -> RemoteCampaign:
        """Change an email that has not gone, to whom it goes included."""
        answer = self._ask(self._client.campaigns.update, checked(campaign_id), body_of(draft))
        return self._shape(RemoteCampaign.of, answer, unclear=Ambiguous)

    def find_campaign(self, title: str) -> RemoteCampaign | None:
        """Return the newest email of that ``title`` (which the public never sees), None where there is none."""
        pages = self._pages(self._client.campaigns.list, rows="campaigns", sort_field="create_time", sort_dir="DESC")
        for row in (row for page in pages for row in page):
            if row.get("settings", {}).get("title") == title:
                return self._shape(RemoteCampaign.of, row)
        return None

    def campaign(self, campaign_id: str) -> RemoteCampaign:
        """Return an email, with where it stands."""
        return self._shape(RemoteCampaign.of, self._ask(self._client.campaigns.get, checked(campaign_id)))

    def set_content(self, campaign_id: str, *, html: str, plain_text: str) -> None:
        """Put the words of an email there."""
        body = {"html": html, "plain_text": plain_text}
        self._ask(self._client.campaigns.set_content, checked(campaign_id), body)

    def content(self, campaign_id: str) -> Content:
        """Return the words of an email as they stand there."""
        answer = self._ask(self._client.campaigns.get_content, checked(campaign_id))
        return self._shape(
            lambda row: Content(html=row.get("html") or "", plain_text=row.get("plain_text") or ""), answer
        )

    def checklist(self, campaign_id: str) -> Checklist:
        """Return what Mailchimp itself thinks of sending it."""
        return self._shape(Checklist.of, self._ask(self._client.campaigns.get_send_checklist, checked(campaign_id)))

    def send_test(self, campaign_id: str, addresses: Iterable[str], *, as_text: bool = False) -> None:
        """Send the email to a few addresses only, to look at. Twice sends two."""
        body = {"test_emails": list(addresses), "send_type": "plaintext" if as_text else "html"}
        self._do(self._client.campaigns.send_test_email, checked(campaign_id), body)

    def schedule(self, campaign_id: str, moment: datetime) -> None:
        """Let Mailchimp send the email at ``moment``, which is on a quarter of an hour."""
        self._do(self._client.campaigns.schedule, checked(campaign_id), {"schedule_time": schedule_time(moment)})

    def unschedule(self, campaign_id: str) -> None:
        """Take the schedule back: it is a draft again."""
        self._do(self._client.campaigns.unschedule, checked(campaign_id))

    def send(self, campaign_id: str) -> None:
        """Send the email to everybody it is for, now and irrevocably."""
        self._do(self._client.campaigns.send, checked(campaign_id))

    def cancel(self, campaign_id: str) -> None:
        """Stop an email that is being sent, where the account's plan allows that; some have gone."""
        self._do(self._client.campaigns.cancel_send, checked(campaign_id))

    def remove_campaign(self, campaign_id: str) -> None:
        """Delete an email there."""
        self._do(self._client.campaigns.remove, checked(campaign_id))

    def report(self, campaign_id: str) -> Report:
        """Return what became of an email, in sums."""
        return self._shape(Report.of, self._ask(self._client.reports.get_campaign_report, checked(campaign_id)))

    # Webhooks

    def webhooks(self, audience_id: str) -> list[Webhook]:
        """Return where Mailchimp tells of an audience; never their secrets."""
        answer = self._ask(self._client.lists.get_list_webhooks, checked(audience_id))
        return self._shape(lambda row: [Webhook.of(webhook) for webhook in row["webhooks"]], answer)

    def create_webhook(self, audience_id: str, url: str) -> Webhook:
        """Let Mailchimp tell ``url`` what members do. It asks that address at once, and gives its secret only now."""
        answer = self._ask(self._client.lists.create_list_webhook, checked(audience_id), {"url": url, **HEARD})
        return self._shape(Webhook.of, answer, unclear=Ambiguous)

    def remove_webhook(self, audience_id: str, webhook_id: str) -> None:
        """Let Mailchimp tell no more."""
        self._do(self._client.lists.delete_list_webhook, checked(audience_id), checked(webhook_id))

    # How it is asked

    def _ask(self, function: Callable[..., Any], *args: Any, **query: Any) -> Any:
        """Call the client, and unwrap what it wraps.

        Raises:
            MailchimpError: whatever came of it that is no success.
        """
        failure: Any = None
        try:
            return function(*args, **query)
        except ApiClientError as wrapped:
            failure = wrapped.text
        raise failure  # out here, so that it carries nothing of the client's with it

    def _do(self, function: Callable[..., Any], *args: Any) -> None:
        """Call what answers nothing; an answer that says something comes from somebody else.

        Raises:
            Ambiguous: nobody knows who answered.
        """
        answer = self._ask(function, *args)
        if not isinstance(answer, Response) or answer.status_code != 204:
            raise Ambiguous

    def _pages(self, function: Callable[..., Any], *ids: str, rows: str, **query: Any) -> Iterator[list[Any]]:
        """Go through a listing page by page, to its end."""
        had = 0
        left_out = ["_links", f"{rows}._links"]
        while True:
            answer = self._ask(function, *ids, count=PAGE, offset=had, exclude_fields=left_out, **query)
            page, total = self._shape(lambda row: (list(row[rows]), int(row["total_items"])), answer)
            yield page
            had += len(page)
            if not page or had >= total:
                return

    def _all(self, function: Callable[..., Any], *ids: str, rows: str) -> list[Any]:
        return [row for page in self._pages(function, *ids, rows=rows) for row in page]

    def _shape(self, of: Callable[[Any], Shape], answer: Any, *, unclear: type[MailchimpError] = RemoteDown) -> Shape:
        """Read an answer; ``unclear`` is raised where it says something else than it should."""
        try:
            return of(answer)
        except (KeyError, TypeError, ValueError, AttributeError):
            pass
        raise unclear

    def _shapes(self, of: Callable[[Any], Shape], rows: list[Any]) -> list[Shape]:
        return [self._shape(of, row) for row in rows]
