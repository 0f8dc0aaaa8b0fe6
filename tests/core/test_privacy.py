"""No model of ours holds personal data without saying so, and what is said is carried out."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import models
from django.test.utils import isolate_apps
from django.utils import timezone

from core.models import OutboxMessage, User
from core.privacy import Declaration, declarations, purge_all
from core.tasks import purge

# Words that make a field look personal wherever they stand in its name.
PERSONAL = {
    "address", "addresses", "agent", "answer", "answers", "birth", "birthday", "contact", "disability", "dob",
    "email", "emails", "ethnicity", "firstname", "forename", "gender", "ip", "lastname", "mobile",
    "nationality", "phone", "postcode", "recipient", "recipients", "religion", "sexuality", "signature",
    "surname", "telephone", "username",
}  # fmt: skip
# "name" is personal beside these words, in the field's name or in the model's.
PEOPLE = {
    "account", "attendance", "attendee", "author", "booking", "contact", "entry", "family", "first", "full",
    "given", "last", "member", "owner", "people", "person", "pupil", "reporter", "resident", "respondent",
    "response", "signature", "subscriber", "teacher", "user", "visitor",
}  # fmt: skip
# What a model of such a name holds is personal, whatever its fields are called.
PERSONAL_MODELS = {"answer", "answers", "attendance", "booking", "respondent", "response", "submission", "subscriber"}

# Looks personal and is not, each with its reason; the test refuses a line that no longer stands for a field.
NOT_PERSONAL = {
    "campaigns.Campaign.closed_by": "a staff account, declared with the accounts; blanked when it is deleted",
    "core.CouncilSettings.contact_email": "the council's published address, nobody's own",
    "core.CouncilSettings.contact_telephone": "the council's published number",
    "core.CouncilSettings.data_protection_email": "the data protection officer's published address",
    "core.CouncilSettings.postal_address": "the council's published address",
    "campaigns.MailchimpAudience.from_email": "the published address that an audience's email comes from",
    "campaigns.Mailing.emails_sent": "a number of emails",
    "campaigns.Mailing.expected_recipients": "a number of people",
    "campaigns.MailingCopy.recipients": "a number of people",
    "campaigns.MailingReport.emails_sent": "a number of emails",
    "campaigns.ConsentWording.approved_by": "a staff account, declared with the accounts; blanked when it is deleted",
    "campaigns.ConsentWording.written_by": "a staff account, declared with the accounts; blanked when it is deleted",
    "campaigns.PlacementTarget.by": "a staff account, declared with the accounts; blanked when it is deleted",
    "core.CatalogueCheck.recorded_by": "a staff account, declared with the accounts; blanked when it is deleted",
    "core.Approval.confirmed_by": "a staff account, declared with the accounts; blanked when it is deleted",
    "core.Approval.by": "a staff account, declared with the accounts; blanked when it is deleted",
    "core.Deputy.for_whom": "a staff account, declared with the accounts; the row goes with it",
    "core.Deputy.user": "a staff account, declared with the accounts; the row goes with it",
    "core.DutyOfficer.user": "a staff account, declared with the accounts; the row goes with it",
    "core.Document.uploaded_by_user": "a staff account, declared with the accounts; blanked when it is deleted",
    "core.Image.uploaded_by_user": "a staff account, declared with the accounts; blanked when it is deleted",
    "core.Image.withdrawn_by": "a staff account, declared with the accounts; blanked when it is deleted",
    "core.Replacement.asked_by": "a staff account, declared with the accounts; blanked when it is deleted",
    "core.Replacement.decided_by": "a staff account, declared with the accounts; blanked when it is deleted",
    "core.Hold.by": "a staff account, declared with the accounts; blanked when it is deleted",
    "core.Hold.ended_by": "a staff account, declared with the accounts; blanked when it is deleted",
    "core.Release.by": "a staff account, declared with the accounts; blanked when it is deleted",
    "core.UrgentNotice.by": "a staff account, declared with the accounts; blanked when it is deleted",
    "core.UrgentNotice.ended_by": "a staff account, declared with the accounts; blanked when it is deleted",
    "core.SupportService.address": "a public place",
    "core.SupportService.email": "the published address of a service",
    "core.SupportService.telephone": "the published number of a service",
    "reach.OfflineFigure.evidence_address": "where a published record of the figure stands",
    "schools.ClassPool.approved_by": "a staff account, declared with the accounts; blanked when it is deleted",
    "schools.ClassPool.made_by": "a staff account, declared with the accounts; blanked when it is deleted",
    "surveys.Export.by": "a staff account, declared with the accounts; blanked when it is deleted",
    "events.Event.contact": "a team's published address or number; the form says never a person's own",
    "events.Occurrence.online_address": "where everybody joins, published",
    "events.Venue.address": "a public place",
    "events.Venue.postcode": "a public place",
    "schools.School.postcode": "a public place",
    "surveys.QuestionnaireTranslation.recorded_by": "a staff account, declared with the accounts; blanked with it",
    "surveys.QuestionnaireTranslation.typed_by": "staff accounts, declared with the accounts; gone with them",
    "surveys.SurveyTranslation.recorded_by": "a staff account, declared with the accounts; blanked with it",
    "surveys.SurveyTranslation.typed_by": "staff accounts, declared with the accounts; gone with them",
    "surveys.WordingTranslation.recorded_by": "a staff account, declared with the accounts; blanked with it",
    "surveys.WordingTranslation.typed_by": "staff accounts, declared with the accounts; gone with them",
    "surveys.Revision.by": "a staff account, declared with the accounts; blanked when it is deleted",
    "surveys.Wave.planned_by": "a staff account, declared with the accounts; blanked when it is deleted",
    "home.SearchEntry.address": "where a public page of this site is",
}


def ours() -> Iterator[type[models.Model]]:
    for config in apps.get_app_configs():
        path = Path(config.path)
        if path.is_relative_to(settings.REPOSITORY) and ".venv" not in path.parts:
            yield from config.get_models()


def looks_personal(model: type[models.Model], field: models.Field) -> bool:
    if field.is_relation:
        return field.related_model is get_user_model()
    if isinstance(field, models.EmailField | models.GenericIPAddressField):
        return True
    words = set(field.name.lower().split("_"))
    return bool(words & PERSONAL) or ("name" in words and bool((words | words_of(model)) & PEOPLE))


def words_of(model: type[models.Model]) -> set[str]:
    return {word.lower() for word in re.findall("[A-Z][a-z]+", model.__name__)}


def personal_fields(model: type[models.Model]) -> list[str]:
    fields = [*model._meta.local_fields, *model._meta.local_many_to_many]
    return [field.name for field in fields if looks_personal(model, field)]


def declared_fields(model: type[models.Model]) -> set[str] | None:
    privacy = vars(model).get("Privacy")
    return set(privacy.fields) if isinstance(privacy, type) and issubclass(privacy, Declaration) else None


def undeclared(some: list[type[models.Model]]) -> list[str]:
    """Name each field that looks personal, and each model that does, without a declaration or a reason."""
    found = []
    for model in some:
        declared = declared_fields(model)
        if declared is None and words_of(model) & PERSONAL_MODELS:
            found.append(model._meta.label)
        found += [f"{model._meta.label}.{name}" for name in personal_fields(model) if name not in (declared or ())]
    return [name for name in found if name not in NOT_PERSONAL]


def test_every_field_that_looks_personal_is_declared_or_excused_with_a_reason():
    assert undeclared(list(ours())) == []


def test_every_excuse_still_stands_for_a_field():
    looking = {f"{model._meta.label}.{name}" for model in ours() for name in personal_fields(model)}

    assert set(NOT_PERSONAL) <= looking


@isolate_apps("core")
def test_a_model_that_says_nothing_is_found():
    class Booking(models.Model):
        name = models.CharField(max_length=100)
        contact_address = models.TextField()
        colour = models.CharField(max_length=10)
        made_by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
        helpers = models.ManyToManyField(User, related_name="+")
        seen_from = models.GenericIPAddressField()
        answers = models.JSONField()

        class Meta:
            app_label = "core"

    class Declared(models.Model):
        email = models.EmailField()
        phone = models.CharField(max_length=10)

        class Meta:
            app_label = "core"

        class Privacy(Declaration):
            fields = ("email",)

    assert undeclared([Booking, Declared]) == [
        "core.Booking",
        "core.Booking.name",
        "core.Booking.contact_address",
        "core.Booking.made_by",
        "core.Booking.seen_from",
        "core.Booking.answers",
        "core.Booking.helpers",
        "core.Declared.phone",
    ]


@isolate_apps("core")
def test_names_of_things_are_not_personal():
    class Venue(models.Model):
        name = models.CharField(max_length=100)
        user_name = models.CharField(max_length=100)

        class Meta:
            app_label = "core"

    assert personal_fields(Venue) == ["user_name"]


@pytest.mark.parametrize(("model", "declared"), list(declarations()), ids=lambda value: value.__name__)
def test_a_declaration_names_real_fields_and_leaves_nothing_unsaid(model, declared):
    names = {field.name for field in model._meta.get_fields()}

    assert set(declared.fields) <= names
    for said in ("purpose", "lawful_basis", "recipients", "retention", "decided_by"):
        assert getattr(declared, said).strip(), said


def old_message() -> OutboxMessage:
    now = timezone.now()
    return OutboxMessage.objects.create(
        state="sent",
        sender="x@example.org",
        recipients=["a@example.org"],
        mime=b"",
        due=now,
        finished=now.replace(year=now.year - 1),
    )


def test_purge_command_says_what_each_declaration_did(db, capsys):
    old_message()
    call_command("purge")

    said = capsys.readouterr().out.splitlines()
    assert "OutboxMessage: 1 deleted or blanked" in said
    assert "User: 0 deleted or blanked" in said
    assert OutboxMessage.objects.count() == 0


def test_purge_can_be_rehearsed(db, capsys):
    old_message()
    call_command("purge", "--dry-run")

    assert "OutboxMessage: 1 would be deleted or blanked" in capsys.readouterr().out
    assert OutboxMessage.objects.count() == 1


def test_purge_runs_by_the_clock(db):
    old_message()
    purge()

    assert OutboxMessage.objects.count() == 0


def test_a_purge_that_fails_is_undone_and_keeps_no_other_from_its_work(db, monkeypatch, make_user, capsys):
    make_user("amina")
    old_message()

    def broken(now: datetime) -> int:
        User.objects.all().delete()
        raise RuntimeError("half way")

    monkeypatch.setattr(User.Privacy, "purge", broken)

    assert purge_all(datetime.now(UTC))[User] is None
    assert (User.objects.count(), OutboxMessage.objects.count()) == (1, 0)
    with pytest.raises(CommandError, match="These could not be purged: User"):
        call_command("purge")
