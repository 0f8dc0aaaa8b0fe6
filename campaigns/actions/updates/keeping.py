"""What staff keep: the audience, the areas of news, and the wordings that people agree to."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from wagtail.log_actions import log

from campaigns.models.audiences import MailchimpAudience, MailchimpInterest
from campaigns.models.updates import ConsentWording, OfferedInterest, UpdatesSettings
from core.models import User


@transaction.atomic
def choose_audience(*, audience: MailchimpAudience | None, by: User) -> UpdatesSettings:
    """Have people sign up to ``audience`` from now on; what waits goes there too. Without one nobody can."""
    row, _ = UpdatesSettings.objects.select_for_update().get_or_create(pk=1)
    row.audience, row.problem, row.problem_since = audience, "", None
    row.save()
    log(instance=row, action="campaigns.choose_audience", user=by, data={"audience": str(audience or "")})
    return row


@transaction.atomic
def offer_interests(*, chosen: Mapping[MailchimpInterest, dict[str, str]], by: User) -> None:
    """Offer the interests that are ``chosen``, in this order, each by its name in every language; no others.

    Raises:
        ValidationError: one has no English name.
    """
    row, _ = UpdatesSettings.objects.select_for_update().get_or_create(pk=1)
    OfferedInterest.objects.exclude(interest__in=list(chosen)).delete()
    for order, (interest, labels) in enumerate(chosen.items()):
        offered = OfferedInterest.objects.filter(interest=interest).first() or OfferedInterest(interest=interest)
        offered.labels, offered.order = {code: label for code, label in labels.items() if label}, order
        offered.full_clean()
        offered.save()
    log(instance=row, action="campaigns.offer_interests", user=by, data={"interests": [str(one) for one in chosen]})


@transaction.atomic
def write_wording(*, language: str, text: str, by: User) -> ConsentWording:
    """Keep ``text`` as a new version of what people agree to; it waits for a colleague.

    Raises:
        ValidationError: it says nothing, or the site does not speak the language.
    """
    versions = ConsentWording.objects.filter(language=language)
    last = versions.aggregate(last=Max("version"))["last"] or 0
    wording = ConsentWording(
        language=language, version=last + 1, text=text.strip(), written_by=by, written_at=timezone.now()
    )
    wording.full_clean(exclude=["approved_by", "approved_at"])
    wording.save()
    log(instance=wording, action="campaigns.write_wording", user=by)
    return wording


@transaction.atomic
def approve_wording(*, wording: ConsentWording, by: User) -> None:
    """Put ``wording`` into force: from now on people agree to it.

    Raises:
        ValidationError: ``by`` wrote it, a newer one is in force, or it was approved already.
    """
    wording = ConsentWording.objects.select_for_update().get(pk=wording.pk)
    newer = ConsentWording.objects.filter(language=wording.language, version__gt=wording.version)
    if wording.approved_at:
        raise ValidationError("Somebody has approved this wording already.")
    if wording.written_by_id == by.pk:
        raise ValidationError("You wrote this wording, so a colleague approves it.")
    if newer.filter(approved_at__isnull=False).exists():
        raise ValidationError("A newer wording is in force already. Write this one anew if it should be.")
    wording.approved_by, wording.approved_at = by, timezone.now()
    wording.save()
    log(instance=wording, action="campaigns.approve_wording", user=by)
