"""The survey pages in the tree."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import RequestFactory
from django.utils import timezone
from wagtail.models import Page
from wagtail.test.utils import WagtailPageTestCase
from wagtail.test.utils.form_data import nested_form_data, streamfield

from home.models import HomePage
from surveys import actions
from surveys.models import SurveyIndexPage, SurveyPage, Wave
from surveys.queries import open_survey_pages
from tests.factories.surveys import (
    make_open_wave,
    make_questionnaire,
    make_survey,
    make_survey_page,
    make_wave,
    make_wording,
)


class SurveyPagesTests(WagtailPageTestCase):
    """Parents, children, rendering, editing and preview."""

    def setUp(self):
        self.wave = make_open_wave()
        self.page = make_survey_page(self.wave.survey)
        self.index = SurveyIndexPage.objects.get()
        self.login()

    def test_index_stands_below_the_home_page_and_holds_surveys(self):
        self.assertAllowedParentPageTypes(SurveyIndexPage, {HomePage})
        self.assertAllowedSubpageTypes(SurveyIndexPage, {SurveyPage})

    def test_survey_stands_below_the_index_and_holds_nothing(self):
        self.assertAllowedParentPageTypes(SurveyPage, {SurveyIndexPage})
        self.assertAllowedSubpageTypes(SurveyPage, {})

    def test_pages_render_preview_and_can_be_edited(self):
        for page in (self.index, self.page):
            self.assertPageIsRenderable(page)
        self.assertPageIsPreviewable(self.index)
        data = {"title": "Surveys", "slug": "surveys", "summary": "Have your say.", "comments-TOTAL_FORMS": "0"}
        data |= {"comments-INITIAL_FORMS": "0", "comments-MIN_NUM_FORMS": "0", "comments-MAX_NUM_FORMS": ""}
        self.assertPageIsEditable(self.index, post_data=nested_form_data(data))
        data |= {"title": "Your voice", "slug": "local-voice", "survey": self.wave.survey_id}
        data = nested_form_data(data | {"body": streamfield([])})
        self.assertPageIsEditable(self.page, post_data=data)
        self.assertPageIsPreviewable(self.page, post_data=data)

    def test_survey_can_be_created_below_the_index(self):
        data = {"title": "New", "slug": "new", "summary": "New.", "survey": self.wave.survey_id}
        data |= {"comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"}
        self.assertCanCreate(self.index, SurveyPage, nested_form_data(data | {"body": streamfield([])}), publish=False)


@pytest.mark.django_db
def test_there_is_one_index_and_its_address_is_fixed(wave):
    make_survey_page(wave.survey)
    index = SurveyIndexPage.objects.get()
    index.slug = "polls"

    assert SurveyIndexPage.max_count == 1
    with pytest.raises(ValidationError, match="the slug has to be surveys"):
        index.full_clean()


def make_open_survey(number):
    questionnaire = make_questionnaire((make_wording(f"ABC{number:02d}"), True), code=f"q{number}")
    wave = make_open_wave(survey=make_survey(f"survey-{number}"), questionnaire=questionnaire)
    return make_survey_page(wave.survey, slug=f"survey-{number}")


@pytest.mark.django_db
@pytest.mark.parametrize("item_count", [1, 3])
def test_index_lists_open_surveys_in_a_fixed_number_of_queries(client, item_count, django_assert_num_queries):
    pages = [make_open_survey(number) for number in range(item_count)]
    closed = make_open_survey(99)
    actions.close_wave(wave=Wave.objects.get(survey=closed.survey))
    client.get("/surveys/")

    with django_assert_num_queries(10):
        page = client.get("/surveys/").content.decode()
    assert [found.url in page for found in pages] == [True] * item_count
    assert closed.url not in page


@pytest.mark.django_db
def test_index_without_an_open_survey_says_so(client):
    make_survey_page(make_wave().survey)

    assert "No survey is open at the moment." in client.get("/surveys/").content.decode()


@pytest.mark.django_db
def test_open_survey_pages_are_live_and_take_answers_today(wave, django_assert_num_queries):
    page = make_survey_page(wave.survey)
    make_survey_page(wave.survey, slug="draft", live=False)
    coming = make_wave(survey=make_survey("coming"), questionnaire=wave.questionnaire, number=2)
    make_survey_page(coming.survey, slug="coming")

    with django_assert_num_queries(1):
        assert [(found.pk, found.survey.title) for found in open_survey_pages()] == [(page.pk, "Your voice")]
    today = timezone.localdate()
    Wave.objects.filter(pk=wave.pk).update(opens=today - timedelta(days=5), closes=today - timedelta(days=1))
    assert list(open_survey_pages()) == []


@pytest.mark.django_db
def test_survey_page_is_drawn_outside_a_visit_too(wave):
    page = make_survey_page(wave.survey)
    request = RequestFactory().get("/")

    assert page.get_context(request)["survey_state"] == "open"
    assert Page.objects.get(pk=page.pk).specific.counted_as() is None
