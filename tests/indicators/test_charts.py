from datetime import date
from xml.etree import ElementTree as ET

import pytest
from django.core.files.storage import FileSystemStorage, default_storage

from core.charts import files
from core.charts.timeseries import Point, TimeSeries, draw
from indicators import charts, tasks
from indicators.actions import refresh_all
from indicators.models import Indicator
from indicators.queries import public_series
from tests.factories import indicators as make


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path)}}
    }
    return tmp_path


def series(**fields):
    points = tuple(Point(on=date(2020 + i, 6, 30), value=50 + i, lower=45 + i, upper=56 + i) for i in range(3))
    given = {"title": "Feel safe <here>", "description": "Three values & more.", "unit": "%", "points": points}
    return TimeSeries(**given | fields)


def words(svg):
    return [element.text for element in ET.fromstring(svg).iter() if element.text]  # noqa: S314  (our own)


def test_a_picture_has_a_title_and_a_description_and_nothing_from_elsewhere():
    svg = draw(series())
    assert words(svg)[:2] == ["Feel safe <here>", "Three values & more."]
    assert 'role="img" aria-labelledby="title desc"' in svg
    assert 'font-family="sans-serif"' in svg
    assert "href=" not in svg
    assert "@import" not in svg


def test_sample_data_is_marked_in_the_picture_itself():
    assert "Sample data" in words(draw(series(is_sample=True)))
    assert "Sample data" not in words(draw(series()))


def test_a_target_is_a_labelled_line():
    assert "Target 60%" in words(draw(series(target=60)))


def lines(svg):
    return svg.count('aria-roledescription="line mark"')


def test_a_break_is_a_gap_in_the_line():
    broken = tuple(Point(on=date(2020 + i, 6, 30), value=50, segment=i // 2) for i in range(4))
    assert lines(draw(series(points=broken))) == 2
    assert lines(draw(series())) == 1


def test_the_same_numbers_are_the_same_file_drawn_once(media):
    name = files.keep(series())
    path = media / name
    path.write_text("drawn before")
    assert files.keep(series()) == name
    assert path.read_text() == "drawn before"
    assert files.keep(series(title="Other")) != name


def test_unused_pictures_are_removed_and_other_files_stay(media):
    kept, gone = files.keep(series()), files.keep(series(title="Other"))
    (media / "charts" / "notes.txt").write_text("not ours")
    assert files.remove_unused({kept}) == 1
    assert default_storage.exists(kept)
    assert not default_storage.exists(gone)
    assert (media / "charts" / "notes.txt").exists()


def test_nothing_to_remove_where_nothing_was_drawn():
    assert files.remove_unused(set()) == 0


@pytest.mark.django_db
def test_an_indicators_picture_is_drawn_from_published_numbers_only():
    indicator = make.indicator()
    make.measurement(indicator, 2023)
    make.measurement(indicator, 2024, n=12)
    make.measurement(indicator, 2025)
    drawn = charts.picture(public_series("B5"))
    assert [(point.on.year, point.value, point.lower, point.upper, point.segment) for point in drawn.points] == [
        (2023, 54, 50, 59, 0),
        (2025, 54, 50, 59, 1),
    ]


@pytest.mark.django_db
def test_a_break_in_the_series_starts_a_new_line():
    indicator = make.indicator()
    make.measurement(indicator, 2024)
    make.measurement(indicator, 2025, wording_id="HC07-v2")
    assert [point.segment for point in charts.picture(public_series("B5")).points] == [0, 1]


@pytest.mark.django_db
def test_the_task_draws_and_a_round_removes_the_old_picture():
    indicator = make.indicator()
    make.measurement(indicator, 2024)
    tasks.draw_chart(indicator.pk)
    first = Indicator.objects.get().chart
    make.measurement(indicator, 2025)
    tasks.refresh()
    second = Indicator.objects.get().chart
    assert first != second
    assert default_storage.exists(second)
    assert not default_storage.exists(first)


@pytest.mark.django_db
def test_without_a_value_to_show_there_is_no_picture():
    indicator = make.indicator()
    make.measurement(indicator, n=12)
    assert charts.draw_for(indicator) == ""


class BucketError(Exception):
    """What a bucket's client raises: neither an OSError nor a ValueError."""


def break_storage(patch, method, holding=""):
    """Make one method of the media storage fail for names that hold a text."""
    working = getattr(FileSystemStorage, method)

    def broken(self, name, *rest, **more):
        if holding in name:
            raise BucketError("503 Slow Down")
        return working(self, name, *rest, **more)

    patch.setattr(FileSystemStorage, method, broken)


@pytest.mark.django_db
def test_a_storage_that_fails_for_one_chart_leaves_the_round_going_and_the_next_mends_it(monkeypatch, caplog):
    for code in ("B5", "B6"):
        make.measurement(make.indicator(code, title=code), 2024)
    name = charts.picture(public_series("B5")).name()
    with monkeypatch.context() as patch:
        break_storage(patch, "exists", name)
        assert refresh_all() == (0, [])
    assert "Chart not drawn" in caplog.text
    assert [bool(chart) for chart in Indicator.objects.order_by("code").values_list("chart", flat=True)] == [
        False,
        True,
    ]
    refresh_all()
    assert Indicator.objects.get(code="B5").chart == name


@pytest.mark.django_db
def test_a_storage_that_fails_while_old_charts_are_removed_ends_the_round_well(monkeypatch, caplog):
    make.measurement(make.indicator(), 2024)
    break_storage(monkeypatch, "listdir")
    assert refresh_all() == (0, [])
    assert "Unused charts not removed" in caplog.text
    assert Indicator.objects.get().chart
