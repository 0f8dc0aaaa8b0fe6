"""A campaign's reach in the admin: its numbers side by side, and figures from elsewhere entered and taken back."""

from datetime import date, timedelta
from unittest import mock

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from campaigns.actions import close_campaign
from campaigns.charts import chart_of, draw
from campaigns.tasks import draw_reach
from core.models import Document, Ward
from reach.actions import add
from reach.enums import Metric
from reach.models import OfflineFigure
from tests.factories.campaigns import make_live_page, unsaved_campaign
from tests.factories.reach import make_figure

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 6)
TYPED = {
    "metric": "distributed",
    "quantity": "12500",
    "method": "reported",
    "channel": "print",
    "starts": "2026-10-05",
    "ends": "2026-10-11",
    "source": "Delivery note of the printer",
    "confidence": "medium",
}


@pytest.fixture
def campaign():
    campaign = unsaved_campaign()
    campaign.save()
    return campaign


@pytest.fixture(autouse=True)
def signed_in(client, officer):
    client.force_login(officer)


def counted(campaign, metric, quantity=1, **changes):
    add(
        **{"day": DAY, "page_key": "page-a", "campaign_code": campaign.code, "metric": metric, "quantity": quantity}
        | changes
    )


def page(client, campaign) -> str:
    response = client.get(reverse("campaigns:reach", args=[campaign.pk]))
    assert response.status_code == 200
    return " ".join(response.text.split())


def enter(client, campaign, **changes):
    return client.post(reverse("campaigns:add_figure", args=[campaign.pk]), TYPED | changes)


def test_each_kind_of_number_has_a_column_of_its_own_and_nothing_is_summed_across(client, campaign):
    counted(campaign, Metric.VIEWS, 1200)
    counted(campaign, Metric.DAILY_VISITORS, 300)
    make_figure(campaign_code=campaign.code, quantity=40, method="estimated", confidence="low")
    text = page(client, campaign)

    assert '<th scope="col">Page views</th><th scope="col">Visits by day</th>' in text
    assert '<th scope="col">Copies distributed, estimated</th>' in text
    assert '<th scope="row">Page views</th><td>1,200</td>' in text
    assert "Low confidence" not in text.split("<details")[0]
    for sum_ in ("1,500", "1,540", "1,240", "340"):
        assert sum_ not in text


def test_pages_placements_and_wards_are_named(client):
    shown = make_live_page("another")
    campaign = shown.campaign
    Ward.objects.create(key="dalton-2026", name="Dalton", valid_from=date(2026, 5, 7))
    counted(campaign, Metric.VIEWS, page_key=f"campaign-{shown.translation_key}")
    counted(campaign, Metric.ARRIVALS, channel="outdoor", placement_code="gone-1")
    make_figure(campaign_code=campaign.code, ward_key="dalton-2026")
    text = page(client, campaign)

    assert f'<th scope="row">{shown.title}</th>' in text
    assert '<th scope="row">gone-1</th>' in text
    assert '<th scope="row">Dalton</th>' in text
    assert "Where a visitor lives is unknown." in text


def test_invented_numbers_say_so_and_give_way_to_real_ones(client, campaign):
    counted(campaign, Metric.VIEWS, 77, is_sample=True)
    assert "<strong>Sample data.</strong>" in page(client, campaign)

    counted(campaign, Metric.VIEWS, 5)
    text = page(client, campaign)
    assert "Sample data" not in text
    assert "77" not in text.split("entries")[0].split("All figures")[1]


def test_the_page_costs_as_many_queries_for_three_rows_as_for_one(client, campaign, django_assert_num_queries):
    page(client, campaign)
    for rows in (1, 2):
        for number in range(rows):
            counted(campaign, Metric.VIEWS, page_key=f"page-{rows}-{number}")
            figure = make_figure(campaign_code=campaign.code, source=f"Source {rows} {number}")
            OfflineFigure.objects.create(
                **{name: getattr(figure, name) for name in ("campaign_code", "channel", "metric", "method", "starts")},
                ends=figure.ends,
                source="S",
                confidence="low",
                quantity=-500,
                corrects=figure,
                reason="Wrong.",
            )
            make_figure(campaign_code=campaign.code, source=f"Other {rows} {number}")
        with mock.patch("campaigns.staff_views.reach.draw_reach"), django_assert_num_queries(35):
            page(client, campaign)


def test_an_officer_enters_a_figure_and_sees_it_with_who_entered_it(client, campaign, officer):
    response = enter(client, campaign)

    assert response.status_code == 302
    figure = OfflineFigure.objects.get()
    assert (figure.campaign_code, figure.quantity, figure.entered_by) == (campaign.code, 12_500, officer)
    text = page(client, campaign)
    assert "12,500 copies distributed, reported to us" in text
    assert "by olive" in text


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"quantity": "-3"}, "Give a number of 1 or more."),
        ({"quantity": "a lot"}, "Enter a whole number."),
        ({"quantity": "9" * 12}, "This is more than can be true."),
        ({"quantity": "9" * 20}, "This is more than can be true."),
        ({"ends": "2026-10-01"}, "The last day is before the first day."),
        ({"ends": (timezone.localdate() + timedelta(days=2)).isoformat()}, "This day has not come yet."),
        ({"metric": "views"}, "Select a valid choice."),
        ({"placement_code": "no-such"}, "Select a valid choice."),
        ({"ward_key": "no-such"}, "Select a valid choice."),
        ({"confidence": "high"}, "High confidence needs evidence."),
        ({"source": ""}, "Say who or what says so"),
        ({"evidence_address": "javascript:alert(1)"}, "Enter a valid URL."),
    ],
    ids=str,
)
def test_a_figure_that_is_wrong_is_refused_in_a_sentence_and_what_was_typed_stays(client, campaign, wrong, sentence):
    response = enter(client, campaign, **wrong)

    assert response.status_code == 422
    assert sentence in response.text
    assert "Delivery note of the printer" in response.text or "source" in wrong
    assert not OfflineFigure.objects.exists()


def test_whatever_is_left_out_is_asked_for_by_its_name(client, campaign):
    response = enter(client, campaign, **dict.fromkeys(TYPED, ""))

    assert response.status_code == 422
    assert "Choose what was counted." in response.text
    assert "This field is required" not in response.text


def test_evidence_may_be_a_document(client, campaign):
    document = Document.objects.create(title="Note", file="documents/note.pdf")

    assert enter(client, campaign, confidence="high", evidence_document=document.pk).status_code == 302
    assert OfflineFigure.objects.get().evidence_document == document
    assert ">Note</a>" in page(client, campaign)


def test_a_figure_is_taken_back_with_a_reason_and_the_right_one_entered(client, campaign):
    figure = make_figure(campaign_code=campaign.code)
    address = reverse("campaigns:take_figure_back", args=[campaign.pk, figure.pk])
    assert client.post(address, {"reason": ""}).status_code == 422
    for much in ("9" * 12, "9" * 40):
        response = client.post(address, {"reason": "A nought too few.", "right_quantity": much})
        assert response.status_code == 422
        assert "This is more than can be true." in response.text
    assert client.post(address, {"reason": "A nought too many.", "right_quantity": "-5"}).status_code == 422
    assert OfflineFigure.objects.count() == 1

    assert client.post(address, {"reason": "A nought too many.", "right_quantity": "50"}).status_code == 302
    assert OfflineFigure.objects.standing().get().quantity == 50
    assert "Takes one back: A nought too many." in page(client, campaign)
    again = client.post(address, {"reason": "Again."})
    assert again.status_code == 422
    assert "taken back already" in again.text


def test_a_figure_of_another_campaign_is_not_taken_back_here(client, campaign):
    figure = make_figure(campaign_code="another")

    assert client.get(reverse("campaigns:take_figure_back", args=[campaign.pk, figure.pk])).status_code == 404


def test_figures_come_in_after_a_campaign_was_closed_too(client, campaign, officer):
    close_campaign(campaign=campaign, by=officer)

    assert enter(client, campaign).status_code == 302


def test_who_may_not_read_counts_sees_none_and_enters_none(client, campaign, make_user):
    client.force_login(make_user("ben", "Partners"))

    for name in ("campaigns:reach", "campaigns:add_figure"):
        assert client.get(reverse(name, args=[campaign.pk])).status_code == 302
    assert enter(client, campaign).status_code == 302
    assert not OfflineFigure.objects.exists()


def test_the_picture_is_drawn_by_the_worker_once_for_the_weeks_that_are_over(client, campaign):
    counted(campaign, Metric.VIEWS, 10)
    counted(campaign, Metric.VIEWS, 25, day=date(2026, 10, 13))
    counted(campaign, Metric.VIEWS, 99, day=timezone.localdate())
    with mock.patch("campaigns.staff_views.reach.draw_reach") as nudged:
        assert "The picture is being drawn." in page(client, campaign)
    assert [point.value for point in chart_of(campaign).points] == [10, 25]
    assert not nudged.called or nudged.delay.called

    draw_reach(campaign.pk)
    name = chart_of(campaign).name()
    assert default_storage.exists(name)
    assert f'src="{default_storage.url(name)}"' in page(client, campaign)
    counted(campaign, Metric.VIEWS, 1, day=date(2026, 10, 20))
    assert draw(campaign) != name
    assert not default_storage.exists(name)


@pytest.mark.parametrize("in_bulk", [False, True])
def test_a_document_that_a_figure_rests_on_is_not_deleted(client, officer, campaign_index, in_bulk):
    note = Document.objects.create(title="Note", file=ContentFile(b"a,b", name="note.csv"), uploaded_by_user=officer)
    figure = make_figure(evidence_document=note)
    officer.is_superuser = True
    officer.save()
    client.force_login(officer)
    single = reverse("wagtaildocs:delete", args=[note.pk])
    bulk = reverse("wagtail_bulk_action", args=["core", "document", "delete"])
    asked = f"{bulk}?id={note.pk}&next={reverse('wagtaildocs:index')}" if in_bulk else single
    said = client.post(asked, follow=True).content.decode()
    assert f"“{figure}” rests on this, so it stays." in said
    assert Document.objects.filter(pk=note.pk).exists()


def test_nor_is_its_file_exchanged_for_another_while_its_title_may_change(client, officer, campaign_index):
    note = Document.objects.create(title="Note", file=ContentFile(b"a,b", name="note.csv"), uploaded_by_user=officer)
    figure = make_figure(evidence_document=note)
    officer.is_superuser = True
    officer.save()
    client.force_login(officer)
    address = reverse("wagtaildocs:edit", args=[note.pk])
    sent = {"title": "Another note", "tags": "", "collection": note.collection_id}
    file = SimpleUploadedFile("other.csv", b"c,d")
    said = client.post(address, sent | {"file": file}, follow=True).content.decode()
    assert f"“{figure}” rests on this, so it stays." in said
    note = Document.objects.get(pk=note.pk)
    with note.file.open() as kept:
        assert (note.title, kept.read()) == ("Note", b"a,b")
    client.post(address, sent)
    assert Document.objects.get(pk=note.pk).title == "Another note"
