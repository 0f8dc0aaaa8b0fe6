"""What is known of a picture: asked when it comes, refused beside its field, and needed before a page is approved."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from core.models import Image
from tests.factories.pictures import OF_PEOPLE, RECORD, picture, png

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client, officer):
    client.force_login(officer)
    return client


def sent(**fields) -> dict[str, object]:
    return {"title": "A walk", "file": SimpleUploadedFile("a.png", png())} | fields


@pytest.mark.parametrize(
    ("said", "refused"),
    [
        ({}, {"source", "licence", "people"}),
        ({"source": " ", "licence": "own", "people": "none"}, {"source"}),
        (RECORD | {"licence": "other"}, {"licence_in_words"}),
        (RECORD | {"licence": "cc-by"}, {"credit"}),
        (RECORD | {"children_shown": "on"}, {"children_shown"}),
        (RECORD | {"people": "recognisable"}, {"permission_given", "permission_held"}),
        (OF_PEOPLE | {"carers_agreed": ""}, {"carers_agreed"}),
        (RECORD | {"ends_on": "soon"}, {"ends_on"}),
    ],
)
def test_a_picture_without_a_whole_record_is_refused_beside_its_fields(staff, said, refused):
    asked = {"source": "", "licence": "", "people": ""} | said
    answer = staff.post(reverse("wagtailimages:add"), sent(**asked))
    assert set(answer.context["form"].errors) == refused
    chosen = {f"image-chooser-upload-{name}": value for name, value in sent(**asked).items()}
    answer = staff.post(reverse("wagtailimages_chooser:create"), chosen)
    assert answer.json()["step"] == "reshow_creation_form"
    assert not Image.objects.exists()


def test_what_was_said_of_a_picture_is_kept(staff):
    staff.post(reverse("wagtailimages:add"), sent(**OF_PEOPLE, ends_on="2027-03-31"))
    kept = Image.objects.values(*OF_PEOPLE, "ends_on").get()
    assert kept == OF_PEOPLE | {"ends_on": date(2027, 3, 31)}


def test_several_at_once_are_asked_about_after_they_came(staff, officer):
    several = {"title": "A walk", "files[]": SimpleUploadedFile("a.png", png())}
    answer = staff.post(
        reverse("wagtailimages:add_multiple"), several, headers={"x-requested-with": "XMLHttpRequest"}
    ).json()
    made = Image.objects.get()
    assert (answer["success"], made.has_record, "where it is from" in answer["form"].lower()) == (True, False, True)

    address, prefix = reverse("wagtailimages:edit_multiple", args=[made.pk]), f"image-{made.pk}-"
    said = {"title": "A walk", "source": "", "licence": "own", "people": "none"}
    answer = staff.post(address, {prefix + name: value for name, value in said.items()}).json()
    assert (answer["success"], "Say who made the picture" in answer["form"]) == (False, True)
    staff.post(address, {prefix + name: value for name, value in (said | RECORD).items()})
    assert Image.objects.get().has_record
    assert not Image.objects.without_record().exists()

    long = {"title": "a" * 300, "files[]": SimpleUploadedFile("a.png", png())}
    answer = staff.post(
        reverse("wagtailimages:add_multiple"), long, headers={"x-requested-with": "XMLHttpRequest"}
    ).json()
    assert (answer["success"], "255" in answer["error_message"]) == (False, True)


@pytest.mark.parametrize(
    ("constraint", "wrong"),
    [
        ("picture_licence_known", {"licence": "found on the web"}),
        ("picture_people_known", {"people": "some"}),
        ("picture_other_licence_in_words", {"licence": "other"}),
        ("picture_of_people_with_permission", {"people": "recognisable"}),
        ("picture_of_people_with_permission", {"people": "recognisable", "permission_given": True}),
        ("picture_of_children_with_permission", OF_PEOPLE | {"carers_agreed": False}),
        ("picture_children_are_people", {"children_shown": True}),
        ("picture_withdrawn_with_reason", {"withdrawn_because": "Asked to."}),
        ("picture_withdrawn_with_reason", {"withdrawn_at": timezone.now()}),
    ],
)
def test_database_refuses_a_record_that_makes_no_sense(constraint, wrong):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        picture(**wrong)


def test_a_picture_may_be_used_to_the_end_of_its_last_day_and_until_it_is_withdrawn():
    ends = picture("Ends", ends_on=date(2026, 12, 1))
    gone = picture("Gone", withdrawn_at=timezone.now(), withdrawn_because="Asked to.")
    with time_machine.travel("2026-12-01 23:30:00+00:00", tick=False):
        assert (ends.may_be_used, gone.may_be_used) == (True, False)
        assert list(Image.objects.usable()) == [ends] == list(Image.objects.ending(within=timedelta(days=1)))
        assert list(Image.objects.unusable()) == [gone]
    with time_machine.travel("2026-12-02 00:30:00+00:00", tick=False):
        assert (ends.may_be_used, ends.why_not_used) == (False, "“Ends” could be used until 1 December 2026.")
        assert (Image.objects.unusable().count(), Image.objects.ending(within=timedelta(days=30)).count()) == (2, 0)


def test_pictures_of_people_are_deleted_90_days_after_they_were_given_up_and_once_nothing_holds_them(campaign_index):
    long_ago = timezone.now() - timedelta(days=91)
    given_up = {"withdrawn_at": long_ago, "withdrawn_because": "Asked to."}
    picture("Held in a draft", **OF_PEOPLE, **given_up)
    picture("Held by nothing", **OF_PEOPLE, **given_up)
    picture("Ended", **OF_PEOPLE, ends_on=long_ago.date())
    picture("Of nobody", **given_up)
    picture("Not for so long", **OF_PEOPLE | given_up | {"withdrawn_at": long_ago + timedelta(days=2)})
    campaign_index.social_image = Image.objects.get(title="Held in a draft")
    campaign_index.save_revision()
    call_command("purge")
    assert set(Image.objects.values_list("title", flat=True)) == {"Held in a draft", "Of nobody", "Not for so long"}
