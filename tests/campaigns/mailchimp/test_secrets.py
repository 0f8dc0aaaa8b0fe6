"""Neither the key nor an address stands in a log line, a repr, an exception or its traceback."""

import io
import logging
import traceback

import pytest

from campaigns.mailchimp import MailchimpError, mailchimp
from campaigns.mailchimp.asking import member_hash
from config.logs import logging_settings
from tests.campaigns.conftest import KEY
from tests.campaigns.mailchimp.accounts import draft, make_account
from tests.leaks import NAME

pytestmark = pytest.mark.alike
ADDRESS = "somebody.private@example.com"
FAULTS = ["empty_429", "problem", "html_502", "empty_200", "redirect", "timeout_before", "answer_lost"]


@pytest.fixture
def lines():
    """Return what the log says, each detail of the libraries below us included."""
    stream = io.StringIO()
    handler, root = logging.StreamHandler(stream), logging.getLogger()
    handler.setFormatter(logging.Formatter("%(name)s %(message)s %(args)s"))
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield stream
    root.removeHandler(handler)
    root.setLevel(before)


def everything(error: BaseException) -> str:
    """Return all that anybody could print of an error, with the local names of each frame."""
    shown = traceback.TracebackException.from_exception(error, capture_locals=False)
    return "\n".join([repr(error), str(error), *map(str, error.args), *shown.format()])


@pytest.mark.parametrize("kind", FAULTS)
def test_no_fault_gives_anything_away(mailchimp_sandbox, lines, kind):
    account = make_account(mailchimp_sandbox)
    made = mailchimp().create_campaign(draft(account))
    mailchimp_sandbox.faults.add(
        kind, times=100, title=f"Bad {ADDRESS}", detail=f"{ADDRESS} with {KEY} ({member_hash(ADDRESS)}) is refused"
    )
    calls = [
        lambda: mailchimp().member(account.id, ADDRESS),
        lambda: mailchimp().put_member(account.id, ADDRESS, status_if_new="pending", language="", interests={}),
        lambda: mailchimp().change_member(account.id, ADDRESS, status="unsubscribed"),
        lambda: mailchimp().archive_member(account.id, ADDRESS),
        lambda: mailchimp().forget_member(account.id, ADDRESS),
        lambda: mailchimp().send_test(made.id, [ADDRESS]),
    ]
    said = []
    for call in calls:
        with pytest.raises(MailchimpError) as raised:
            call()
        said.append(everything(raised.value))
    found = "\n".join([*said, lines.getvalue()])
    assert "mailchimp call failed" in found
    for secret in (ADDRESS, KEY, KEY.partition("-")[0], member_hash(ADDRESS)):
        assert secret not in found


def test_what_comes_back_shows_nobody(mailchimp_sandbox):
    account = make_account(mailchimp_sandbox)
    member = mailchimp().put_member(
        account.id, ADDRESS, status_if_new="pending", language="", interests={}, merge_fields={"FNAME": NAME}
    )
    assert (member.email_address, member.merge_fields["FNAME"]) == (ADDRESS, NAME)
    for secret in (ADDRESS, NAME, member_hash(ADDRESS), KEY):
        assert secret not in f"{member!r} {mailchimp()!r} {vars(mailchimp())!r}"


def test_the_libraries_below_say_nothing_at_the_level_that_the_site_logs():
    assert logging_settings(json=True)["root"]["level"] == "INFO"  # urllib3 names paths, with digests, at DEBUG
