"""A closed campaign is changed by nobody; its stage is worked out from what there is."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from wagtail.models import ModelLogEntry

from campaigns.actions import ClosedCampaignError, close_campaign, refuse_if_closed, reopen_campaign
from campaigns.models import Campaign, CampaignPage
from campaigns.stages import stage_of
from core.approvals.actions import unpublish
from core.languages.trees import lay_trees
from core.translations.actions import write
from core.translations.queries import locale_of
from tests.core.test_approvals import review, save, submit
from tests.factories.campaigns import make_draft_page, make_live_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(officer):
    """Return the live page of a campaign."""
    return make_live_page(by=officer)


@pytest.fixture
def closed(page, officer):
    """Return a closed campaign whose page is live."""
    return close_campaign(campaign=page.campaign, by=officer)


def sentence():
    return f"This campaign was closed on {date_format(timezone.localdate(), 'j F Y')}, so nothing of it can be changed."


def details(campaign, **changed):
    return {
        "title": campaign.title,
        "code": campaign.code,
        "objective": campaign.objective_id,
        "aim": campaign.aim,
        "starts": campaign.starts,
        "ends": campaign.ends,
    } | changed


class TestClosing:
    def test_an_officer_closes_from_the_details_and_reads_what_that_means(self, client, officer, page):
        client.force_login(officer)
        campaign = page.campaign
        address = reverse("campaigns:close", args=[campaign.pk])
        assert address in client.get(reverse("campaigns:edit", args=[campaign.pk])).content.decode()
        assert "Only a manager opens a closed campaign again." in client.get(address).content.decode()
        words = client.post(address, follow=True).content.decode()
        campaign.refresh_from_db()
        assert (campaign.is_closed, campaign.closed_by) == (True, officer)
        assert sentence() in words
        assert ModelLogEntry.objects.for_instance(campaign).filter(action="campaigns.close", user=officer).exists()

    def test_closing_twice_is_refused(self, client, closed, officer):
        client.force_login(officer)
        assert sentence() in client.get(reverse("campaigns:close", args=[closed.pk]), follow=True).content.decode()
        with pytest.raises(ValidationError, match="closed already"):
            close_campaign(campaign=closed, by=officer)

    def test_a_page_that_waits_for_approval_is_decided_first(self, client, officer, page):
        submit(client, officer, page)
        words = client.post(reverse("campaigns:close", args=[page.campaign.pk])).content.decode()
        assert "waits for approval. Have it approved, or cancel the approval, then close." in words
        assert not Campaign.objects.get(pk=page.campaign.pk).is_closed

    def test_a_page_that_waits_for_its_time_is_taken_down_first(self, officer):
        page = make_draft_page(by=officer)
        page.go_live_at = timezone.now() + timedelta(days=1)
        page.save_revision(user=officer).publish()
        with pytest.raises(ValidationError, match="is to be published later"):
            close_campaign(campaign=page.campaign, by=officer)

    def test_who_may_not_change_campaigns_closes_none(self, client, make_user, page):
        client.force_login(make_user("una", "Survey analysts"))
        assert client.post(reverse("campaigns:close", args=[page.campaign.pk])).status_code in {302, 403}
        assert not Campaign.objects.get(pk=page.campaign.pk).is_closed


class TestClosed:
    def test_an_action_is_refused_whatever_it_holds_in_memory(self, page, officer):
        stale = Campaign.objects.get(pk=page.campaign.pk)
        refuse_if_closed(stale)
        close_campaign(campaign=page.campaign, by=officer)
        with pytest.raises(ClosedCampaignError) as refused:
            refuse_if_closed(stale)
        assert refused.value.messages == [sentence()]

    def test_its_details_are_refused_in_one_sentence_and_nothing_typed_is_lost(self, client, officer, closed):
        client.force_login(officer)
        response = client.post(reverse("campaigns:edit", args=[closed.pk]), details(closed, title="Another title"))
        assert response.context["form"].non_field_errors() == [sentence()]
        assert "Another title" in response.content.decode()
        assert Campaign.objects.get(pk=closed.pk).title == closed.title

    def test_it_is_not_deleted(self, client, officer, closed):
        CampaignPage.objects.get().delete()
        client.force_login(officer)
        words = client.post(reverse("campaigns:delete", args=[closed.pk]), follow=True).content.decode()
        assert "cannot be deleted, because it was closed, and what was done is kept." in words
        assert Campaign.objects.filter(pk=closed.pk).exists()

    def test_its_page_is_refused_in_the_editor_and_nothing_typed_is_lost(self, client, officer, page, closed):
        response = save(client, officer, page, title="Another title")
        assert response.context["form"].non_field_errors() == [sentence()]
        assert "Another title" in response.content.decode()
        page = CampaignPage.objects.get(pk=page.pk)
        assert page.get_latest_revision_as_object().title == page.title != "Another title"

    def test_a_version_that_came_into_review_all_the_same_is_not_approved(self, client, officer, manager, page):
        submit(client, officer, page, title="Sent in before")
        Campaign.objects.filter(pk=page.campaign.pk).update(closed_on=timezone.localdate())
        review(client, manager, page)
        assert CampaignPage.objects.get(pk=page.pk).title == page.title

    def test_its_page_is_not_translated_any_more(self, page, closed):
        lay_trees()
        with pytest.raises(ValidationError, match="so nothing of it can be changed"):
            write(english=page, locale=locale_of("ur"), words={})

    def test_its_page_may_still_be_taken_down(self, manager, page, closed):
        unpublish(page=page, by=manager, reason="The number is wrong.")
        assert not CampaignPage.objects.get(pk=page.pk).live

    def test_its_page_is_still_shown(self, client, page, closed):
        assert client.get(page.url).status_code == 200


class TestReopening:
    def test_a_manager_opens_it_again_with_a_reason_that_is_kept(self, client, manager, page, closed):
        client.force_login(manager)
        address = reverse("campaigns:reopen", args=[closed.pk])
        assert address in client.get(reverse("campaigns:edit", args=[closed.pk])).content.decode()
        assert "Say why the campaign is opened again" in client.post(address).content.decode()
        client.post(address, {"reason": "One more week."})
        campaign = Campaign.objects.get(pk=closed.pk)
        assert (campaign.is_closed, campaign.closed_by) == (False, None)
        entry = ModelLogEntry.objects.for_instance(campaign).get(action="campaigns.reopen")
        assert entry.data == {"reason": "One more week."}
        refuse_if_closed(campaign)

    def test_an_officer_does_not(self, client, officer, closed):
        client.force_login(officer)
        client.post(reverse("campaigns:reopen", args=[closed.pk]), {"reason": "I want to."})
        with pytest.raises(PermissionDenied):
            reopen_campaign(campaign=closed, by=officer, reason="I want to.")
        assert Campaign.objects.get(pk=closed.pk).is_closed

    def test_one_that_is_not_closed_is_refused_in_a_sentence(self, client, manager, page):
        client.force_login(manager)
        words = client.post(reverse("campaigns:reopen", args=[page.campaign.pk]), {"reason": "?"}).content.decode()
        assert "This campaign is not closed." in words


class TestStages:
    def test_they_follow_what_happens(self, client, officer, manager):
        page = make_draft_page(by=officer)
        campaign = page.campaign
        stages = [stage_of(campaign)]
        page.go_live_at = timezone.now() + timedelta(days=1)
        page.save_revision(user=officer).publish()
        stages.append(stage_of(campaign))
        page.go_live_at = None
        page.save_revision(user=officer).publish()
        stages.append(stage_of(campaign))
        close_campaign(campaign=campaign, by=officer)
        stages.append(stage_of(campaign))
        assert stages == ["draft", "approved", "live", "closed"]

    def test_the_list_shows_and_filters_them(self, client, officer, page):
        make_draft_page("other")
        client.force_login(officer)
        rows = client.get(reverse("campaigns:index")).context["object_list"]
        assert {row.code: row.stage for row in rows} == {"no-place": "live", "other": "draft"}
        found = client.get(reverse("campaigns:index") + "?stage=draft").context["object_list"]
        assert [row.code for row in found] == ["other"]
