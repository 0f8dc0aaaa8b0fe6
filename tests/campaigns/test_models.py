"""What the database holds about campaigns, and the pages' rules."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from wagtail.images.tests.utils import get_test_image_file

from campaigns.models import Campaign, CampaignIndexPage, CampaignPage
from core.models import Image
from home.models import HomePage
from tests.factories.campaigns import make_draft_page, make_live_page, make_objective, unsaved_campaign

pytestmark = pytest.mark.django_db


class TestRows:
    @pytest.mark.parametrize(
        ("wrong", "constraint"),
        [
            ({"starts": date(2026, 10, 17), "ends": date(2026, 10, 10)}, "campaign_ends_after_it_starts"),
            ({"code": ""}, "campaign_has_a_code"),
        ],
    )
    def test_the_database_refuses(self, wrong, constraint):
        campaign = unsaved_campaign(**wrong)
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            campaign.save()

    def test_a_short_name_is_taken_once(self):
        unsaved_campaign().save()
        with pytest.raises(IntegrityError, match="code"), transaction.atomic():
            unsaved_campaign().save()

    def test_one_day_is_a_campaign(self):
        unsaved_campaign(starts=date(2026, 10, 10), ends=date(2026, 10, 10)).save()
        assert Campaign.objects.on(date(2026, 10, 10)).exists()

    def test_an_objective_with_campaigns_stays(self):
        unsaved_campaign().save()
        with pytest.raises(ProtectedError):
            make_objective().delete()

    def test_a_campaign_with_pages_stays(self, campaign_index):
        page = make_draft_page()
        with pytest.raises(ProtectedError):
            page.campaign.delete()

    @pytest.mark.parametrize(
        ("starts", "ends", "words"),
        [
            (date(2026, 10, 10), date(2026, 10, 17), "10 to 17 October 2026"),
            (date(2026, 9, 28), date(2026, 10, 4), "28 September to 4 October 2026"),
            (date(2026, 12, 28), date(2027, 1, 4), "28 December 2026 to 4 January 2027"),
            (date(2026, 10, 10), date(2027, 10, 17), "10 October 2026 to 17 October 2027"),
            (date(2026, 3, 21), date(2026, 3, 21), "21 March 2026"),
        ],
    )
    def test_dates_are_said_in_words(self, starts, ends, words):
        assert unsaved_campaign(starts=starts, ends=ends).dates == words


class TestPageRules:
    def test_where_pages_stand(self):
        assert CampaignIndexPage.allowed_parent_page_models() == [HomePage]
        assert CampaignIndexPage.allowed_subpage_models() == [CampaignPage]
        assert CampaignPage.allowed_parent_page_models() == [CampaignIndexPage]
        assert CampaignPage.allowed_subpage_models() == []

    def test_there_is_one_list(self, home, campaign_index):
        assert not CampaignIndexPage.can_create_at(home)

    def test_a_page_is_made_by_making_a_campaign_and_in_no_other_way(self, campaign_index):
        assert CampaignPage not in campaign_index.creatable_subpage_models()

    @pytest.mark.parametrize(
        ("alternative_text", "decorative", "sentence"),
        [
            ("", False, "Say what the picture shows, or tick Decorative."),
            ("  ", False, "Say what the picture shows, or tick Decorative."),
            (
                "Five waves",
                True,
                "A decorative picture is skipped, so its alternative text would never be read. Remove one of the two.",
            ),
        ],
    )
    def test_a_picture_says_what_it_shows_or_is_decorative(
        self, campaign_index, alternative_text, decorative, sentence
    ):
        page = make_draft_page()
        page.hero_image = Image.objects.create(title="Waves", file=get_test_image_file())
        page.hero_alternative_text, page.hero_decorative = alternative_text, decorative
        with pytest.raises(ValidationError) as refused:
            page.full_clean()
        assert refused.value.message_dict == {"hero_alternative_text": [sentence]}

    def test_views_are_counted_under_the_page_and_the_campaign(self, campaign_index):
        page = make_live_page("no-place")
        counted = page.counted_as()
        assert (counted.page_key, counted.campaign_code) == (f"campaign-{page.translation_key}", "no-place")
