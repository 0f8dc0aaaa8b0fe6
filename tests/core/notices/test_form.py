"""Who puts a notice up and how, what is refused, and who is told."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from core.approvals.rota import DutyOfficer
from core.models import NoticeWords, OutboxMessage, SupportService, UrgentNotice, User
from core.notices.actions import end, put_up
from core.notices.forms import at_most_two_sentences
from tests.core.notices.conftest import in_hours


def test_a_manager_puts_a_notice_up_alone_in_one_form(send, service, martha):
    response = send(heading_ur="حملہ", text_ur="دور رہیں۔", services=[service.pk])  # noqa: RUF001  (Urdu's own full stop)
    assert response.status_code == 302
    notice = UrgentNotice.objects.get()
    assert (notice.heading, notice.by, notice.is_on, list(notice.services.all())) == (
        "Attack in Dewsbury", martha, True, [service],
    )  # fmt: skip
    assert NoticeWords.objects.values_list("language", "heading", "text").get() == ("ur", "حملہ", "دور رہیں۔")  # noqa: RUF001  (Urdu's own full stop)
    assert ModelLogEntry.objects.filter(action="core.notices.put_up").get().user == martha


REFUSED = [
    ({"heading_en": ""}, "heading_en", "Give the notice a heading."),
    ({"text_en": ""}, "text_en", "Say in a sentence or two what people should know."),
    ({"text_en": "One thing. Another thing. Third thing."}, "text_en", "Visitors read two sentences at most."),
    ({"text_en": "a" * 301}, "text_en", "at most 300 characters"),
    ({"ends": ""}, "ends", "Say when the notice ends"),
    ({"ends": "soon"}, "ends", "Give a day and a time"),
    ({"ends": "2026-01-01T10:00"}, "ends", "This time has passed."),
    ({"ends": "9999-01-01T10:00"}, "ends", "14 days at most"),
    ({"heading_pl": "Atak"}, "text_pl", "Write the text in Polish too"),
    ({"text_pl": "Nie podchodź."}, "heading_pl", "Write the heading in Polish too"),
    ({"services": ["9999999"]}, "services", "no longer in the directory"),
    ({"services": ["x"]}, "services", "is not a valid value"),
]


@pytest.mark.parametrize(("change", "field", "sentence"), REFUSED, ids=[f"{c}"[:40] for c, _, _ in REFUSED])
def test_what_cannot_stand_is_refused_beside_its_field_and_nothing_typed_is_lost(send, change, field, sentence):
    response = send(**{"heading_gu": "હુમલો", "text_gu": "દૂર રહો.", **change})
    assert response.status_code == 200
    assert sentence in " ".join(response.context["form"].errors[field])
    assert "હુમલો" in response.content.decode()
    assert not UrgentNotice.objects.exists()


def test_more_than_three_services_are_refused(send, service):
    others = [
        SupportService.objects.create(
            name=f"Line {n}", owner=service.owner, telephone="0800", last_checked=timezone.localdate()
        ).pk
        for n in range(3)
    ]
    response = send(services=[service.pk, *others])
    assert response.context["form"].errors["services"] == [
        "Tick 3 at most; the notice stands above every page. You ticked 4."
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Stay away from Dr. Smith St. in Dewsbury. Call 101.",
        "One. Two",
        "یہ ایک جملہ ہے۔ یہ دوسرا جملہ ہے۔",  # noqa: RUF001  (Urdu's own full stop)
        "Is it safe? Yes!",
    ],
)
def test_two_sentences_are_taken_abbreviations_and_all(text):
    at_most_two_sentences(text)


def test_three_sentences_in_urdu_are_counted_too(send):
    response = send(heading_ur="حملہ", text_ur="یہ پہلا جملہ ہے۔ دوسرا جملہ ہے۔ تیسرا جملہ ہے۔")  # noqa: RUF001  (Urdu's own full stop)
    assert "text_ur" in response.context["form"].errors


@pytest.mark.parametrize("role", ["Communications officers", "Administrators", "Survey analysts"])
def test_others_neither_see_the_form_nor_send_it_nor_end_a_notice(client, make_user, notice, role):
    client.force_login(make_user("other", role))
    assert reverse("urgent_notice") not in client.get(reverse("wagtailadmin_home")).content.decode()
    for method, name in (("get", "urgent_notice"), ("post", "urgent_notice"), ("post", "end_urgent_notice")):
        assert getattr(client, method)(reverse(name)).status_code in {302, 403}
    assert UrgentNotice.objects.get().is_on


def test_the_form_stands_in_the_managers_menu(client, martha):
    client.force_login(martha)
    assert reverse("urgent_notice") in client.get(reverse("wagtailadmin_home")).content.decode()


def test_the_form_begins_with_the_words_that_are_on_so_that_one_can_be_mended(client, martha, notice, send):
    html = client.get(reverse("urgent_notice")).content.decode()
    assert "On every public page now" in html
    assert 'value="ڈیوزبری میں حملہ"' in html
    assert send(heading_en="Attack in Batley", instead_of=notice.pk).status_code == 302
    assert list(UrgentNotice.objects.values_list("heading", "is_on")) == [
        ("Attack in Batley", True),
        ("Attack in Dewsbury", False),
    ]


def test_a_notice_that_a_colleague_put_up_meanwhile_is_shown_before_it_gives_way(send, notice):
    response = send(heading_en="Mine")
    assert "changed after you opened this form" in str(response.context["form"].non_field_errors())
    assert "Attack in Dewsbury" in response.content.decode()
    assert send(heading_en="Mine", instead_of=response.context["form"]["instead_of"].value()).status_code == 302
    assert UrgentNotice.objects.get(is_on=True).heading == "Mine"


def test_the_other_managers_and_the_author_are_told_by_mail_once(martha, make_user, service):
    make_user("mo", "Communications managers")
    make_user("olive", "Communications officers")
    notice = put_up(
        words={"en": ("Attack", "Stay away.")}, services=[], ends=timezone.now() + timedelta(hours=1), by=martha
    )
    assert sorted(to for row in OutboxMessage.objects.all() for to in row.recipients) == [
        "martha@example.org", "mo@example.org",
    ]  # fmt: skip
    letter = bytes(OutboxMessage.objects.first().mime).decode()
    assert "Martha Mills put an urgent notice on every public page." in letter
    end(by=martha)
    assert OutboxMessage.objects.filter(key__startswith=f"core.notices.ended-{notice.pk}").count() == 2


def test_a_manager_without_a_proper_address_keeps_no_notice_from_the_pages(martha, make_user):
    bad = make_user("bad", "Communications managers")
    User.objects.filter(pk=bad.pk).update(email="nobody")
    put_up(words={"en": ("Attack", "Stay away.")}, services=[], ends=timezone.now() + timedelta(hours=1), by=martha)
    assert UrgentNotice.objects.get().is_on
    assert [row.recipients for row in OutboxMessage.objects.all()] == [["martha@example.org"]]


def test_it_is_ended_by_a_button_and_ending_twice_says_so(client, send, notice):
    assert "is gone from every page" in client.post(reverse("end_urgent_notice"), follow=True).content.decode()
    assert not UrgentNotice.objects.get().is_on
    assert "nothing to end" in client.post(reverse("end_urgent_notice"), follow=True).content.decode()


def test_one_that_is_over_is_neither_shown_as_on_nor_ended_again(client, send, notice, martha):
    with time_machine.travel(notice.ends + timedelta(seconds=1)):
        client.force_login(martha)
        html = client.get(reverse("urgent_notice")).content.decode()
        assert "No notice is on." in html
        assert end(by=martha) is None
        assert send(heading_en="Another", ends=in_hours(1)).status_code == 302
    assert UrgentNotice.objects.get(is_on=True).heading == "Another"


QUERIES_OF_THE_SCREEN = 15


@pytest.mark.parametrize("count", [1, 3])
def test_the_screen_asks_as_often_for_three_earlier_notices_as_for_one(
    client, send, martha, count, django_assert_num_queries
):
    for n in range(count):
        put_up(words={"en": (f"No {n}", "Words.")}, services=[], ends=timezone.now() + timedelta(hours=1), by=martha)
        end(by=martha)
    client.get(reverse("urgent_notice"))
    with django_assert_num_queries(QUERIES_OF_THE_SCREEN):
        client.get(reverse("urgent_notice"))


@pytest.mark.parametrize(
    "change",
    [
        lambda row: UrgentNotice.objects.create(heading="A", text="B", ends=row.ends),
        lambda row: UrgentNotice.objects.filter(pk=row.pk).update(is_on=False),
        lambda row: UrgentNotice.objects.filter(pk=row.pk).update(ended=row.ends),
        lambda row: UrgentNotice.objects.filter(pk=row.pk).update(ends=row.started),
        lambda row: NoticeWords.objects.create(notice=row, language="ur", heading="A", text="B"),
    ],
    ids=["two on", "off without an end", "on with an end", "ends at its start", "one language twice"],
)
def test_the_database_refuses_what_no_form_sends(notice, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        change(notice)


@pytest.mark.parametrize(("days", "may"), [(0, True), (1, False)])
def test_a_duty_officer_puts_one_up_on_the_days_named_and_finds_it_on_the_first_screen(
    client, make_user, martha, days, may
):
    olive, day = make_user("olive", "Communications officers"), timezone.localdate() + timedelta(days=days)
    DutyOfficer.objects.create(user=olive, first_day=day, last_day=day)
    client.force_login(olive)
    assert (reverse("urgent_notice") in client.get(reverse("wagtailadmin_home")).content.decode()) == may
    client.post(reverse("urgent_notice"), {"heading_en": "A", "text_en": "B", "ends": in_hours(1), "instead_of": ""})
    assert UrgentNotice.objects.filter(by=olive).exists() == may
