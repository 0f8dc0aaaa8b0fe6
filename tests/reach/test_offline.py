"""Figures from elsewhere: entered with what they rest on, never changed, taken back by a counter-entry."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from reach.actions import enter_figure, take_back
from reach.models import OfflineFigure
from tests.factories.reach import SOUND, make_figure

AHEAD = timezone.localdate() + timedelta(days=2)  # still ahead where midnight comes while the tests run


def enter(**changes) -> OfflineFigure:
    return enter_figure(figure=OfflineFigure(**SOUND | changes), by=None)


def test_a_figure_is_kept_with_who_entered_it(make_user):
    amina = make_user("amina")
    figure = enter_figure(figure=OfflineFigure(**SOUND), by=amina)

    assert str(figure) == "500 copies distributed, 11 October 2026"
    assert OfflineFigure.objects.standing().get().entered_by == amina
    amina.delete()
    assert OfflineFigure.objects.get().entered_by is None


@pytest.mark.parametrize(
    ("field", "sentence", "wrong"),
    [
        ("quantity", "1 or more", {"quantity": -5}),
        ("quantity", "1 or more", {"quantity": 0}),
        ("quantity", "less than or equal to 1000000000", {"quantity": 1_000_000_001}),
        ("starts", "has not come yet", {"starts": AHEAD, "ends": AHEAD}),
        ("ends", "has not come yet", {"ends": AHEAD}),
        ("ends", "before the first day", {"ends": date(2026, 10, 4)}),
        ("metric", "not a valid choice", {"metric": "views"}),
        ("metric", "not a valid choice", {"metric": "daily_visitors"}),
        ("metric", "not a valid choice", {"metric": "arrivals"}),
        ("metric", "not a valid choice", {"metric": "downloads"}),
        ("method", "not a valid choice", {"method": "counted"}),
        ("placement_code", "belong to a placement", {"metric": "attendance", "placement_code": "bus"}),
        ("confidence", "needs evidence", {"confidence": "high"}),
        ("source", "cannot be blank", {"source": ""}),
    ],
    ids=str,
)
def test_what_cannot_be_is_refused_beside_its_field_and_nothing_is_kept(db, field, sentence, wrong):
    with pytest.raises(ValidationError) as refused:
        enter(**wrong)

    assert sentence in " ".join(refused.value.message_dict[field])
    assert not OfflineFigure.objects.exists()


@pytest.mark.parametrize(
    ("constraint", "wrong"),
    [
        ("offline_figure_positive_unless_taken_back", {"quantity": 0}),
        ("offline_figure_positive_unless_taken_back", {"quantity": -1}),
        ("offline_figure_positive_unless_taken_back", {"reason": "Counted twice."}),
        ("offline_figure_within_reason", {"quantity": 1_000_000_001}),
        ("offline_figure_ends_after_it_starts", {"ends": date(2026, 10, 4)}),
        ("offline_figure_metric_known", {"metric": "views"}),
        ("offline_figure_method_known", {"method": "counted"}),
        ("offline_figure_channel_known", {"channel": "pigeon"}),
        ("offline_figure_confidence_known", {"confidence": "sure"}),
        ("offline_figure_placement_only_where_placed", {"metric": "opens", "placement_code": "bus"}),
        ("offline_figure_high_confidence_has_evidence", {"confidence": "high"}),
        ("offline_figure_says_what_for_and_who_says_so", {"source": ""}),
        ("offline_figure_says_what_for_and_who_says_so", {"campaign_code": ""}),
    ],
    ids=str,
)
def test_the_database_refuses_it_too(db, constraint, wrong):
    with pytest.raises(IntegrityError, match=constraint):
        make_figure(**wrong)


def test_a_figure_of_high_confidence_rests_on_evidence(db):
    assert enter(confidence="high", evidence_address="https://example.org/note").pk


def test_nobody_changes_or_deletes_a_figure(db):
    figure = make_figure()
    figure.quantity = 5000

    for act in (
        figure.save,
        figure.delete,
        OfflineFigure.objects.all().delete,
        lambda: OfflineFigure.objects.update(quantity=5000),
        lambda: OfflineFigure.objects.bulk_update([figure], ["quantity"]),
    ):
        with pytest.raises(TypeError, match="A figure is never"), transaction.atomic():
            act()
    assert OfflineFigure.objects.get().quantity == 500


def test_a_figure_is_taken_back_by_a_counter_entry_and_the_right_one_stands_beside_it(db):
    figure = make_figure()
    right = take_back(figure=figure, reason="A nought too many.", by=None, right_quantity=50)

    assert list(OfflineFigure.objects.order_by("pk").values_list("quantity", "reason", "corrects")) == [
        (500, "", None),
        (-500, "A nought too many.", figure.pk),
        (50, "", None),
    ]
    assert list(OfflineFigure.objects.standing()) == [right]
    assert right.source == figure.source


def test_a_figure_is_taken_back_once(db):
    figure = make_figure()
    take_back(figure=figure, reason="It never happened.", by=None)

    for taken in (figure, OfflineFigure.objects.get(corrects=figure)):
        with pytest.raises(ValidationError, match="already"):
            take_back(figure=taken, reason="Again.", by=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_figure(quantity=-500, corrects=figure, reason="Again.")
    assert not OfflineFigure.objects.standing().exists()


@pytest.mark.parametrize("wrong", [{"reason": " "}, {"reason": "Wrong.", "right_quantity": -3}], ids=str)
def test_a_correction_that_is_wrong_leaves_the_figure_as_it_was(db, wrong):
    figure = make_figure()
    with pytest.raises(ValidationError):
        take_back(figure=figure, by=None, **wrong)

    assert OfflineFigure.objects.get() == figure


def test_only_sample_figures_are_erased_with_the_demonstration(db):
    kept = make_figure()
    take_back(figure=make_figure(is_sample=True), reason="Counted twice.", by=None, right_quantity=40)

    assert OfflineFigure.objects.all().erase_samples() == 3
    assert list(OfflineFigure.objects.all()) == [kept]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_who_take_a_figure_back_at_once_make_one_counter_entry():
    from tests.racing import race

    figure = make_figure()
    done = race(*[lambda: take_back(figure=figure, reason="Counted twice.", by=None)] * 4)

    assert sorted(isinstance(answer, ValidationError) for answer in done) == [False, True, True, True]
    assert OfflineFigure.objects.filter(corrects=figure).count() == 1
