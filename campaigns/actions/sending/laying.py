"""Laying an approved mailing at Mailchimp, and comparing what stands there then with what was approved."""

from datetime import timedelta

from django.utils import timezone

from campaigns.actions.sending.working import doing, go_on, note
from campaigns.enums import MailingState
from campaigns.mailchimp import Mailchimp, MailchimpError, NotFound, mailchimp
from campaigns.mailchimp.shapes import RemoteCampaign
from campaigns.mailings.comparing import LAY_AGAIN, Standing, content_digest, differences, is_same_content
from campaigns.mailings.faults import MENDS_ITSELF, in_words
from campaigns.mailings.outgoing import Outgoing
from campaigns.models import Mailing, MailingCopy, MailingEvent, MailingWork
from campaigns.queries.mailings import why_not_go_out

PATIENCE = timedelta(hours=1)  # for which laying is tried again while Mailchimp does not answer
DRAFT = "save"  # what Mailchimp calls an email that has not gone and is not about to

NO_DRAFT = (
    "At Mailchimp this email is no draft any more: somebody scheduled or sent it there. It is looked into by itself."
)
DELETED = (
    "This email was deleted at Mailchimp after it was asked to send it. Nothing goes out again. Write a new mailing if "
    "people should get one."
)
NOT_KEPT = f"Mailchimp did not keep the words as they were approved. {LAY_AGAIN}"


class InTheWayError(Exception):
    """Something keeps a mailing from going out, until a person mends it. ``str()`` is a sentence for each thing."""


class NoDraftError(Exception):
    """The email at Mailchimp is on its way, or gone."""


def lay(mailing: Mailing, work: MailingWork) -> None:
    """Lay ``mailing`` at Mailchimp as it was approved. It is ready once everything there is as it should be."""
    try:
        recipients = _laid(mailing, work)
    except NoDraftError:
        go_on(work, mailing, to=MailingState.UNKNOWN, words=NO_DRAFT, fault=NO_DRAFT)
    except InTheWayError as problem:
        _refuse(work, mailing, str(problem))
    except MENDS_ITSELF as error:
        _wait(work, mailing, error)
    except MailchimpError as error:
        _refuse(work, mailing, in_words(error))
    else:
        words = f"Laid at Mailchimp and compared: ready to go to {recipients:,} people."
        go_on(work, mailing, to=MailingState.READY, words=words)


def _refuse(work: MailingWork, mailing: Mailing, sentence: str) -> None:
    go_on(work, mailing, to=MailingState.APPROVED, words=f"Not laid at Mailchimp. {sentence}", fault=sentence)


def _wait(work: MailingWork, mailing: Mailing, error: MailchimpError) -> None:
    begun = MailingEvent.objects.filter(mailing=mailing, to_state=MailingState.PUSHING).first()
    if begun and begun.at < timezone.now() - PATIENCE:
        _refuse(work, mailing, f"It was tried for an hour. {error}")
    else:
        note(work, mailing, fault=in_words(error))


def _laid(mailing: Mailing, work: MailingWork) -> int:
    """Lay it, and return how many people Mailchimp counts for it."""
    if problems := why_not_go_out(mailing):
        raise InTheWayError(" ".join(problems))
    goes, remote = Outgoing.of(mailing.frozen), mailchimp()
    copy = copy_for(mailing, goes)
    doing(work, "Step 1 of 3: the email is laid at Mailchimp")
    put_there(remote, copy, goes)
    doing(work, "Step 2 of 3: everything is read back and compared")
    found = standing(remote, copy, goes)
    if not is_same_content(goes, found.content):
        raise InTheWayError(NOT_KEPT)
    doing(work, "Step 3 of 3: the recipients are counted")
    return compared(copy, goes, found)


def copy_for(mailing: Mailing, goes: Outgoing, *, is_test: bool = False) -> MailingCopy:
    """Return the copy of ``mailing`` for its audience and segment; another of either is another copy."""
    to = {"audience_id": goes.audience_id, "segment_id": goes.segment_id}
    found = mailing.copies.filter(is_test=is_test, **to).first()
    return found or MailingCopy.objects.create(mailing=mailing, is_test=is_test, **to)


def put_there(remote: Mailchimp, copy: MailingCopy, goes: Outgoing) -> None:
    """Lay the settings, the recipients and the words of ``goes`` in ``copy``.

    One that was made although the answer was lost is found by its title, so there are never two.

    Raises:
        InTheWayError: it was deleted there after it was asked to send it.
        NoDraftError: it is no draft any more.
        MailchimpError: whatever else fails.
    """
    there = _existing(remote, copy)
    if there is None:
        there = remote.create_campaign(goes.draft(copy.title))
    elif there.status == DRAFT:
        there = remote.change_campaign(there.id, goes.draft(copy.title))
    if there.status != DRAFT:
        raise NoDraftError
    copy.remote_id = there.id
    copy.save(update_fields=["remote_id"])
    remote.set_content(there.id, html=goes.html, plain_text=goes.plain_text)


def _existing(remote: Mailchimp, copy: MailingCopy) -> RemoteCampaign | None:
    """Return the email of ``copy`` at Mailchimp; None where one is to be made."""
    if not copy.remote_id:
        return remote.find_campaign(copy.title)
    try:
        return remote.campaign(copy.remote_id)
    except NotFound:
        # Not a new one in its place: what was deleted may have been sent before.
        if copy.requests.exclude(posted_at=None).exists():
            raise InTheWayError(DELETED) from None
    return None


def standing(remote: Mailchimp, copy: MailingCopy, goes: Outgoing) -> Standing:
    """Return how ``copy`` stands at Mailchimp at this moment.

    Raises:
        InTheWayError: audience or segment are no longer there.
        NoDraftError: the email is no draft any more.
        MailchimpError: whatever else fails.
    """
    campaign = remote.campaign(copy.remote_id)
    if campaign.status != DRAFT:
        raise NoDraftError
    content, checklist = remote.content(copy.remote_id), remote.checklist(copy.remote_id)
    try:
        if goes.segment_id is None:
            segment, members = None, remote.audience(goes.audience_id).member_count
        else:
            segment = remote.segment(goes.audience_id, goes.segment_id)
            members = segment.member_count
    except NotFound:
        raise InTheWayError(
            f"This goes to {goes.to_whom}, and that is no longer at Mailchimp. Press “Write it again”, choose another, "
            "and have that approved."
        ) from None
    return Standing(campaign=campaign, content=content, checklist=checklist, segment=segment, members=members)


def compared(copy: MailingCopy, goes: Outgoing, found: Standing) -> int:
    """Take note of how ``copy`` stands at Mailchimp if nothing is wrong with it, and return the number of recipients.

    Raises:
        InTheWayError: it is not what was approved, or not ready.
    """
    if problems := differences(goes, found):
        raise InTheWayError(" ".join(problems))
    copy.recipients, copy.content_digest = found.campaign.recipient_count, content_digest(found.content)
    copy.save(update_fields=["recipients", "content_digest"])
    return found.campaign.recipient_count


def refuse_unless_ready(remote: Mailchimp, copy: MailingCopy, goes: Outgoing) -> None:
    """Look once more, right before it goes, whether everything at Mailchimp is as it was when it was compared.

    Raises:
        InTheWayError: it is not.
        NoDraftError: the email is no draft any more.
        MailchimpError: Mailchimp could not be asked.
    """
    found = standing(remote, copy, goes)
    problems = differences(goes, found)
    if content_digest(found.content) != copy.content_digest:
        problems.insert(0, f"The words at Mailchimp are not those that were approved. {LAY_AGAIN}")
    if problems:
        raise InTheWayError(" ".join(problems))
