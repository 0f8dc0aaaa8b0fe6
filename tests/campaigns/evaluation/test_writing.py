"""Who writes the evaluation of a campaign and who approves it, what stays as it was, and its files."""

import re
import zlib
from datetime import date
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from campaigns.actions import reopen_campaign
from campaigns.actions.evaluating import approve_evaluation, begin_evaluation, send_back_evaluation, submit_evaluation
from campaigns.enums import LessonKind, Stage
from campaigns.evaluation import Report, digest_of
from campaigns.evaluation.printing import evaluation_html
from campaigns.models import Evaluation, Lesson
from campaigns.queries.evaluations import is_intact
from campaigns.staff_views.evaluation import standing
from campaigns.stages import stage_of
from core.approvals.rota import Deputy
from core.models import User
from core.waiting import for_user
from reach.actions import add
from tests.campaigns.evaluation.test_report import figure
from tests.factories.campaigns import unsaved_campaign

pytestmark = pytest.mark.django_db


def place(name, campaign):
    return reverse(f"campaigns:{name}", args=[campaign.pk])


class TestWritingIt:
    @pytest.fixture(autouse=True)
    def _signed_in(self, client, officer):
        client.force_login(officer)

    def lessons(self, client, campaign, *texts):
        rows = {f"lessons-{i}-kind": kind for i, (kind, _) in enumerate(texts)}
        rows |= {f"lessons-{i}-text": text for i, (_, text) in enumerate(texts)}
        return client.post(
            place("lessons", campaign), {"lessons-TOTAL_FORMS": len(texts), "lessons-INITIAL_FORMS": 0, **rows}
        )

    def test_the_way_from_a_closed_campaign_to_an_approved_evaluation(self, client, closed, manager):
        assert "Write the evaluation" in client.get(place("evaluation", closed)).content.decode()
        assert client.post(place("begin_evaluation", closed)).url == place("lessons", closed)
        assert self.lessons(client, closed, *((kind, f"Lesson {kind}") for kind in LessonKind)).url == place(
            "evaluation", closed
        )
        client.post(place("submit_evaluation", closed))
        client.force_login(manager)
        assert place("approve_evaluation", closed) in [thing.url for thing in for_user(manager)]
        answer = client.get(place("approve_evaluation", closed))
        assert "Lesson did-not" in answer.content.decode()
        seen = answer.context["form"]["seen"].value()
        assert client.post(place("approve_evaluation", closed), {"looked": "on", "seen": seen}).url == place(
            "evaluation", closed
        )
        assert stage_of(closed) == Stage.EVALUATED
        words = client.get(place("evaluation", closed)).content.decode()
        assert "Approved on" in words
        assert "Written by" in words

    def test_an_open_campaign_is_shown_so_far_and_not_evaluated(self, client, campaign):
        words = client.get(place("evaluation", campaign)).content.decode()
        assert "Not an evaluation yet" in words
        assert "Write the evaluation" not in words
        answer = client.post(place("begin_evaluation", campaign), follow=True)
        assert "This campaign is open. Close it first, then evaluate it." in answer.content.decode()
        assert not Evaluation.objects.exists()

    def test_it_is_not_sent_in_without_a_lesson_of_each_kind(self, client, closed, officer):
        begin_evaluation(campaign=closed, by=officer)
        self.lessons(client, closed, ("worked", "Posters"))
        words = client.post(place("submit_evaluation", closed), follow=True).content.decode()
        assert "Missing: what did not, what we do next time." in words
        assert Evaluation.objects.get().state == "draft"

    @pytest.mark.parametrize(
        ("kind", "text"), [("", "x"), ("gold", "x"), ("worked", ""), ("worked", "x" * 501), ("worked", "a\0b")]
    )
    def test_a_wrong_lesson_is_answered_beside_its_field(self, client, closed, officer, kind, text):
        begin_evaluation(campaign=closed, by=officer)
        assert self.lessons(client, closed, (kind, text)).status_code == 422
        assert not Lesson.objects.exists()

    def test_asking_twice_to_begin_begins_one(self, closed, officer, manager):
        assert begin_evaluation(campaign=closed, by=officer) == begin_evaluation(campaign=closed, by=manager)

    def test_what_was_sent_in_stays_as_it_was_then(self, client, submitted):
        figure(quantity=4000, ends=date(2026, 10, 12))
        assert "4,000" not in client.get(place("evaluation", submitted.campaign)).content.decode()

    def test_lessons_of_one_that_was_sent_in_are_not_changed(self, client, submitted):
        assert self.lessons(client, submitted.campaign, ("worked", "Late")).status_code == 302
        assert not Lesson.objects.filter(text="Late").exists()

    def test_a_later_one_begins_with_the_lessons_and_leaves_the_approved_one_as_it_is(self, client, approved, officer):
        kept = approved.frozen
        later = begin_evaluation(campaign=approved.campaign, by=officer)
        assert [lesson.kind for lesson in later.lessons.all()] == list(LessonKind)
        submit_evaluation(evaluation=later, by=officer)
        approved.refresh_from_db()
        assert approved.frozen == kept
        assert is_intact(approved)
        words = client.get(place("evaluation", approved.campaign)).content.decode()
        assert f"?version={approved.pk}" in words

    def test_it_waits_for_officers_until_it_is_sent_in(self, closed, officer):
        def waits():
            return [thing.what for thing in for_user(officer) if thing.url == place("evaluation", closed)]

        assert waits() == ["Campaign to evaluate"]
        evaluation = begin_evaluation(campaign=closed, by=officer)
        Lesson.objects.bulk_create(Lesson(evaluation=evaluation, kind=kind, text="t") for kind in LessonKind)
        submit_evaluation(evaluation=evaluation, by=officer)
        assert waits() == []


class TestApproving:
    def test_nobody_approves_what_they_had_a_hand_in(self, client, written, manager, make_user):
        submit_evaluation(evaluation=written, by=manager)
        client.force_login(manager)
        answer = client.get(place("approve_evaluation", written.campaign), follow=True)
        assert "You had a hand in this evaluation, so a colleague approves it." in answer.content.decode()
        assert all(thing.what != "Evaluation to approve" for thing in for_user(manager))
        written.refresh_from_db()
        with pytest.raises(ValidationError, match="had a hand"):
            approve_evaluation(evaluation=written, by=manager, seen=digest_of(written.frozen))

    def test_an_officer_does_not_approve(self, client, submitted, make_user):
        other = make_user("oscar", "Communications officers")
        client.force_login(other)
        answer = client.post(
            place("approve_evaluation", submitted.campaign), {"looked": "on", "seen": "x"}, follow=True
        )
        assert "Only managers approve evaluations" in answer.content.decode()
        submitted.refresh_from_db()
        assert submitted.state == "submitted"

    def test_a_manager_s_deputy_does_on_the_days_named(self, submitted, manager, make_user):
        other, today = make_user("oscar", "Communications officers"), timezone.localdate()
        Deputy.objects.create(for_whom=manager, user=other, first_day=today, last_day=today)
        assert "Evaluation to approve" in [thing.what for thing in for_user(other)]
        assert approve_evaluation(evaluation=submitted, by=other, seen=digest_of(submitted.frozen)).approved_by == other

    def test_it_is_approved_only_as_it_was_seen(self, client, submitted, manager, officer):
        client.force_login(manager)
        seen = client.get(place("approve_evaluation", submitted.campaign)).context["form"]["seen"].value()
        send_back_evaluation(evaluation=submitted, by=manager, reason="More")
        Lesson.objects.create(evaluation=submitted, kind="worked", text="Another")
        submit_evaluation(evaluation=submitted, by=officer)
        answer = client.post(place("approve_evaluation", submitted.campaign), {"looked": "on", "seen": seen})
        assert answer.status_code == 422
        assert "It was sent in anew since you opened this page" in answer.content.decode()

    @pytest.mark.parametrize("step", ["submit_evaluation", "approve_evaluation", "send_back_evaluation", "lessons"])
    def test_a_step_that_was_taken_already_leads_to_how_it_stands(self, client, approved, step):
        client.force_login(User.objects.create_superuser("chief"))
        address = place(step, approved.campaign)
        shown = client.post(address, follow=True).content.decode()
        assert "Nothing waits for that step now." in shown
        assert "Approved on" in shown
        Evaluation.objects.all().delete()
        approved.campaign.delete()
        assert client.post(address, follow=True).status_code == 404

    def test_it_is_not_approved_without_a_look(self, client, submitted, manager):
        client.force_login(manager)
        answer = client.post(place("approve_evaluation", submitted.campaign), {"seen": digest_of(submitted.frozen)})
        assert "Tick this once you have looked." in answer.content.decode()

    def test_it_goes_back_with_a_reason_that_the_officer_reads(self, client, submitted, manager, officer):
        client.force_login(manager)
        assert client.post(place("send_back_evaluation", submitted.campaign), {"reason": ""}).status_code == 422
        client.post(place("send_back_evaluation", submitted.campaign), {"reason": "Say what the posters cost."})
        client.force_login(officer)
        assert (
            "It was sent back: Say what the posters cost."
            in client.get(place("evaluation", submitted.campaign)).content.decode()
        )
        assert ("Evaluation sent back", "Say what the posters cost.") in [
            (thing.what, thing.when) for thing in for_user(officer)
        ]

    def test_one_that_follows_an_approved_one_goes_back_to_the_officer_too(self, approved, manager, officer):
        again = begin_evaluation(campaign=approved.campaign, by=officer)
        send_back_evaluation(evaluation=submit_evaluation(evaluation=again, by=officer), by=manager, reason="More")
        assert ("Evaluation sent back", "More") in [(thing.what, thing.when) for thing in for_user(officer)]

    def test_it_is_not_approved_while_the_campaign_is_open_again(self, submitted, manager):
        reopen_campaign(campaign=submitted.campaign, by=manager, reason="A cost is missing")
        with pytest.raises(ValidationError, match="This campaign is open"):
            approve_evaluation(evaluation=submitted, by=manager, seen=digest_of(submitted.frozen))

    def test_one_changed_past_the_site_says_so(self, client, approved, officer):
        client.force_login(officer)
        assert "not as it was approved" not in client.get(place("evaluation", approved.campaign)).content.decode()
        Evaluation.objects.update(frozen={**approved.frozen, "aim": "Something else"})
        assert "not as it was approved" in client.get(place("evaluation", approved.campaign)).content.decode()

    def test_a_campaign_with_an_evaluation_is_not_deleted(self, client, approved, officer):
        client.force_login(officer)
        client.post(place("delete", approved.campaign))
        assert Evaluation.objects.exists()


@pytest.mark.parametrize(
    "broken",
    [
        {"state": "gold"},
        {"state": "submitted"},
        {"state": "approved", "submitted_at": "2026-01-01T00:00Z", "frozen": {"a": 1}},
        {"state": "submitted", "submitted_at": "2026-01-01T00:00Z"},
    ],
)
def test_the_database_refuses_an_evaluation_that_is_not_bound(campaign, broken):
    with pytest.raises(IntegrityError), transaction.atomic():
        Evaluation.objects.create(campaign=campaign, **broken)


def test_the_database_refuses_two_that_are_being_written_and_a_lesson_of_no_kind(campaign):
    evaluation = Evaluation.objects.create(campaign=campaign)
    with pytest.raises(IntegrityError), transaction.atomic():
        Evaluation.objects.create(campaign=campaign)
    with pytest.raises(IntegrityError), transaction.atomic():
        Lesson.objects.create(evaluation=evaluation, kind="gold", text="t")


class TestFiles:
    @pytest.fixture(autouse=True)
    def _signed_in(self, client, officer):
        client.force_login(officer)

    def test_the_spreadsheet_has_a_row_a_line_and_no_formula(self, client, closed, officer):
        figure(quantity=4000, source="=HYPERLINK(1)")
        evaluation = begin_evaluation(campaign=closed, by=officer)
        Lesson.objects.create(evaluation=evaluation, kind="worked", text="+1 for posters")
        book = load_workbook(BytesIO(client.get(place("evaluation_xlsx", closed)).content))
        assert book.sheetnames == ["Evaluation", "Lessons", "About"]
        heads, row = list(book["Evaluation"].values)
        cells = dict(zip(heads, row, strict=True))
        assert (cells["Level"], cells["Number"], cells["Source"]) == ("Outputs", 4000, "'=HYPERLINK(1)")
        assert list(book["Lessons"].values)[1] == ("What worked", "'+1 for posters")
        assert all(cell.data_type != "f" for sheet in book for cells in sheet for cell in cells)
        assert ("State of the evaluation", "Being written, not approved yet.") in list(book["About"].values)

    def test_the_pdf_is_tagged_and_says_that_it_is_approved(self, client, approved):
        answer = client.get(place("evaluation_pdf", approved.campaign))
        assert answer["Content-Type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF-")
        streams = re.findall(rb"stream\n(.*?)\nendstream", answer.content, re.DOTALL)
        unpacked = b"".join(zlib.decompressobj().decompress(stream) for stream in streams if stream[:1] == b"\x78")
        for mark in (b"/StructTreeRoot", b"/Lang (en)", b"/Marked true"):
            assert mark in unpacked
        assert "Approved on" in evaluation_html(Report.of(approved.frozen), state=standing(approved))

    @pytest.mark.parametrize("version", ["0", "x", "99999999999", "-1"])
    def test_a_version_that_there_is_not_is_not_found(self, client, approved, version):
        assert client.get(place("evaluation", approved.campaign) + f"?version={version}").status_code == 404

    def test_another_campaign_s_version_is_not_found(self, client, approved):
        other = unsaved_campaign("other")
        other.save()
        assert client.get(place("evaluation", other) + f"?version={approved.pk}").status_code == 404


@pytest.mark.parametrize("name", ["evaluation", "lessons", "approve_evaluation", "evaluation_pdf", "evaluation_xlsx"])
def test_evaluations_are_for_those_who_run_campaigns(client, submitted, make_user, name):
    client.force_login(make_user("anna", "Survey analysts"))
    assert client.get(place(name, submitted.campaign)).status_code == 302


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_as_often_for_any_number(client, closed, officer, django_assert_num_queries, rows):
    evaluation = begin_evaluation(campaign=closed, by=officer)
    for number in range(rows):
        Lesson.objects.create(evaluation=evaluation, kind="worked", text=f"{number}")
        figure(quantity=4000, source=f"Note {number}")
        add(day=closed.closed_on, page_key=f"c-{number}", campaign_code="no-place", metric="views")
    client.force_login(officer)
    client.get(place("evaluation", closed))
    with django_assert_num_queries(26):
        client.get(place("evaluation", closed))
