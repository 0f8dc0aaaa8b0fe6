"""Mailings that are approved, and an account at the sandbox that they go to."""

from dataclasses import dataclass
from typing import Any

from campaigns.actions.mailings import submit_mailing
from campaigns.actions.sending.asking import approve_mailing
from campaigns.mailchimp.sandbox.audiences import make_audience as make_remote_audience
from campaigns.mailchimp.sandbox.audiences import make_segment as make_remote_segment
from campaigns.mailchimp.sandbox.members import make_member
from campaigns.mailchimp.sandbox.server import Sandbox
from campaigns.models import MailchimpAudience, MailchimpSegment, Mailing
from campaigns.queries.mailings import content_hash
from core.models import User
from tests.factories.mailings import make_audience, make_fit_mailing, make_segment


@dataclass
class Account:
    """An audience with one segment at the sandbox, and what is known of them here."""

    sandbox: Sandbox
    remote_audience: dict[str, Any]
    remote_segment: dict[str, Any]
    audience: MailchimpAudience
    segment: MailchimpSegment

    @property
    def campaign(self) -> dict[str, Any]:
        """The one email there is that is no test."""
        (found,) = [row for row in self.sandbox.state.campaigns.values() if "TEST" not in row["settings"]["title"]]
        return found

    def add_members(self, number: int) -> None:
        """Let more people subscribe, in the segment too."""
        for _ in range(number):
            address = f"person-{len(self.remote_audience['_members'])}@example.org"
            member = make_member(self.sandbox.state, self.remote_audience, address, status="subscribed")
            self.remote_segment["_members"].append(member["id"])


def make_account(sandbox: Sandbox, *, in_segment: int = 2) -> Account:
    """Lay an audience, and a segment of one member fewer."""
    remote = make_remote_audience(
        sandbox.state, name="Residents", double_optin=True, from_name="Anytown Council", from_email="news@example.org"
    )
    segment = make_remote_segment(sandbox.state, remote, name="Events", addresses=[])
    audience = make_audience(
        "Residents", remote_id=remote["id"], from_name="Anytown Council", member_count=in_segment + 1
    )
    known = make_segment(audience, "Events", remote_id=segment["id"], kind="static", member_count=in_segment)
    account = Account(sandbox, remote, segment, audience, known)
    make_member(sandbox.state, remote, "somebody-else@example.org", status="subscribed")
    account.add_members(in_segment)
    return account


def make_approved(account: Account, *, writer: User, approver: User, **fields: Any) -> Mailing:
    """Return a mailing to the segment of ``account`` that one person wrote and another approved."""
    to = {"audience": account.audience, "segment": account.segment, "ceiling": 1_000_000}
    mailing = submit_mailing(mailing=make_fit_mailing(by=writer, **(to | fields)), by=writer)
    return approve_mailing(mailing=mailing, by=approver, seen=content_hash(mailing))
