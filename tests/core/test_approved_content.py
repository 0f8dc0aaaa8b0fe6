"""What was approved is what visitors read: changed by whatever way, it is neither approved nor shown."""

import json
import re
from datetime import timedelta

import pytest
import time_machine
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import models
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.fields import StreamField
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Locale, Page, PageLogEntry

from campaigns.models import CampaignIndexPage, CampaignPage
from core.approvals.actions import unpublish
from core.approvals.content import FIRST_OF_A_TREE, NOT_PUBLIC, in_force, is_approved, public_digest, public_fields
from core.approvals.keeping import publish_laid, sweep
from core.languages.trees import lay_trees
from core.models import Approval, BasePage, Image, OutboxMessage, User
from events.models import EventIndexPage
from home.models import ContentPage, HomePage
from home.setup import lay_tree, publish_below
from schools.models import SchoolsIndexPage
from surveys.models import SurveyIndexPage
from tests.core.test_approvals import fresh, review, save, submit
from tests.factories.campaigns import make_draft_page
from tests.factories.events import make_event, make_event_page
from tests.factories.schools import make_pack, make_pack_page
from tests.factories.surveys import make_survey, make_survey_page

pytestmark = pytest.mark.django_db

PAGE_TYPES = [model for model in apps.get_models() if issubclass(model, BasePage)]


@pytest.fixture
def page(client, officer, manager):
    """Return a campaign page that a manager approved."""
    draft = make_draft_page(by=officer)
    submit(client, officer, draft, title="Approved", body="Approved words.")
    review(client, manager, draft)
    client.logout()
    return fresh(draft)


def read(client, page):
    return client.get(page.url)


class TestTheRecord:
    def test_the_approving_path_writes_who_approved_what(self, page, manager):
        approval = Approval.objects.get()
        assert (approval.page_id, approval.by, approval.how) == (page.pk, manager, "colleague")
        assert approval.revision_id == page.live_revision_id
        assert approval.digest == public_digest(page)
        assert is_approved(page)

    def test_a_version_that_waits_for_its_time_comes_into_force_with_it(self, client, officer, manager):
        draft = make_draft_page(by=officer)
        draft.go_live_at = timezone.now() + timedelta(hours=1)
        draft.save_revision(user=officer)
        draft.get_workflow().start(draft, officer)
        review(client, manager, draft)
        assert (fresh(draft).live, in_force(draft.pk)) == (False, None)
        with time_machine.travel(timezone.now() + timedelta(hours=2), tick=False):
            call_command("publish_scheduled", verbosity=0)
        assert is_approved(fresh(draft))

    def test_what_commands_lay_they_approve(self, laid, client):
        assert (
            Approval.objects.filter(how="system").count()
            == Page.objects.filter(live=True, alias_of=None).filter(depth__gt=1).count()
        )
        assert all(is_approved(page) for page in Page.objects.filter(live=True, depth__gt=1))

    @pytest.fixture
    def laid(self, db):
        call_command("setup_council", verbosity=0)


def make_picture(**fields):
    return Image.objects.create(title="A picture", description="A hand.", file=get_test_image_file(), **fields)


# A page of each type, live and laid by a command, and other things for its fields to point to.
MAKERS = {
    "home.HomePage": HomePage.objects.get,
    "home.ContentPage": lambda: publish_below(HomePage.objects.get(), ContentPage(slug="x", title="X", summary="X.")),
    "campaigns.CampaignIndexPage": CampaignIndexPage.objects.get,
    "campaigns.CampaignPage": lambda: make_draft_page("walked"),
    "schools.SchoolsIndexPage": SchoolsIndexPage.objects.get,
    "schools.LessonPackPage": make_pack_page,
    "events.EventIndexPage": EventIndexPage.objects.get,
    "events.EventPage": make_event_page,
    "surveys.SurveyIndexPage": SurveyIndexPage.objects.get,
    "surveys.SurveyPage": lambda: make_survey_page(make_survey()),
}
OTHERS = {
    "core.image": make_picture,
    "campaigns.campaign": lambda: make_draft_page("another").campaign,
    "schools.lessonpack": make_pack,
    "events.event": make_event,
    "surveys.survey": lambda: make_survey("another"),
}


def other(field, page):
    """Return a value for ``field`` that ``page`` has not."""
    value = field.value_from_object(page)
    if isinstance(field, StreamField):
        name, block = next(iter(field.stream_block.child_blocks.items()))
        return json.dumps([{"type": name, "value": block.get_prep_value(block.get_default()) or "x", "id": "1"}])
    if isinstance(field, models.BooleanField):
        return not value
    if isinstance(field, models.ForeignKey):
        return OTHERS[field.related_model._meta.label_lower]().pk
    return f"{value}-x"[-(field.max_length or 50) :] if value else "other"


def change(page, field, value, *, by):
    if by == "update":
        owner = field.model
        owner.objects.filter(pk=page.pk).update(**{field.attname: value})
    else:
        row = type(page).objects.get(pk=page.pk)
        setattr(row, field.attname, value)
        row.save(clean=False)


class TestEveryField:
    """Walked by what the models themselves say, so that a new field or type of page cannot be forgotten."""

    @pytest.mark.parametrize("by", ["save", "update"])
    @pytest.mark.parametrize("model", PAGE_TYPES, ids=lambda model: model._meta.label)
    def test_a_change_is_neither_approved_nor_shown_and_is_put_back(self, model, by, settings):
        settings.PAGES_KEPT_FOR = 0
        lay_tree()
        page = MAKERS[model._meta.label]()
        publish_laid(page)
        page = model.objects.get(pk=page.pk)
        before = Client().get(page.url)
        for field in public_fields(model):
            if field.name == "slug" and page.depth == FIRST_OF_A_TREE:
                continue  # no address names it
            change(page, field, other(field, page), by=by)
            changed = model.objects.get(pk=page.pk)
            assert field.value_from_object(changed) != field.value_from_object(page), field
            assert not is_approved(changed), field.name
            if field.name != "slug":
                assert plain(Client().get(page.url)) == plain(before), field.name
            assert sweep() == 1, field.name
            assert is_approved(model.objects.get(pk=page.pk)), field.name
            assert plain(Client().get(page.url)) == plain(before), field.name

    @pytest.mark.parametrize("by", ["save", "update"])
    def test_a_change_of_language_is_one(self, page, by):
        urdu = Locale.objects.get(language_code="ur")
        change(page, CampaignPage._meta.get_field("locale"), urdu.pk, by=by)
        assert not is_approved(fresh(page))

    @pytest.mark.parametrize("model", PAGE_TYPES, ids=lambda model: model._meta.label)
    def test_only_wagtails_bookkeeping_is_left_out(self, model):
        own = {field.name for field in model._meta.get_fields() if field.concrete and field.model is model}
        assert own - {field.name for field in public_fields(model)} == {"page_ptr"}
        assert {field.name for field in Page._meta.get_fields() if field.concrete} - set(NOT_PUBLIC) == {
            "title",
            "slug",
            "seo_title",
            "search_description",
            "show_in_menus",
        }


def plain(response):
    assert response.status_code == 200
    return re.sub(rb'nonce="[^"]*"', b"", response.content)


class TestWhatChangesNothing:
    def test_moving_the_page(self, page, campaign_index, home):
        folder = home.add_child(instance=CampaignIndexPage(title="Old", slug="old", summary="Old ones."))
        fresh(page).move(folder, pos="last-child")
        assert is_approved(fresh(page))
        assert sweep() == 0

    def test_saving_a_draft(self, client, officer, page):
        save(client, officer, page, title="A draft")
        assert is_approved(fresh(page))
        assert sweep() == 0

    def test_the_campaigns_own_row(self, page):
        page.campaign.aim = "Another aim."
        page.campaign.ends += timedelta(days=1)
        page.campaign.save()
        assert is_approved(fresh(page))

    def test_locking_scheduling_the_end_and_being_in_review(self, client, officer, page):
        Page.objects.filter(pk=page.pk).update(locked=True, expire_at=timezone.now() + timedelta(days=1), owner=None)
        assert is_approved(fresh(page))
        Page.objects.filter(pk=page.pk).update(locked=False)
        submit(client, officer, page, title="The next version")
        assert is_approved(fresh(page))
        assert sweep() == 0


class TestPuttingBack:
    def test_managers_are_told_once_by_mail_and_the_history_says_so(self, page, manager):
        OutboxMessage.objects.all().delete()
        CampaignPage.objects.filter(pk=page.pk).update(summary="Something else.")
        assert (sweep(), sweep()) == (1, 0)
        assert fresh(page).summary == "What this is."
        told = OutboxMessage.objects.get()
        assert (told.subject, told.recipients) == ("Changed without approval: Approved", [manager.email])
        assert PageLogEntry.objects.filter(page=page.pk, action="groundswell.put_back").count() == 1

    def test_an_address_that_is_none_and_a_title_of_two_lines_keep_no_page_from_it(self, page, manager, make_user):
        User.objects.filter(pk=make_user("max", "Communications managers").pk).update(email="nobody")
        OutboxMessage.objects.all().delete()
        Approval.objects.update(content="0" * 64)  # no version to put back: the page is taken down as it is
        CampaignPage.objects.filter(pk=page.pk).update(title="Two\nlines", draft_title="Two\nlines")
        sweep()
        assert not fresh(page).live
        told = OutboxMessage.objects.get()
        assert (told.subject, told.recipients) == ("Changed without approval: Two lines", [manager.email])

    def test_a_review_and_a_draft_under_way_stay(self, client, officer, page):
        submit(client, officer, page, title="The next version")
        CampaignPage.objects.filter(pk=page.pk).update(summary="Something else.")
        sweep()
        page = fresh(page)
        assert page.current_workflow_state.status == "in_progress"
        assert (page.has_unpublished_changes, page.title) == (True, "Approved")
        assert page.get_latest_revision_as_object().title == "The next version"

    def test_what_a_superuser_publishes_past_the_approval_is_not_shown(self, client, make_user, page, settings):
        settings.PAGES_KEPT_FOR = 0
        root = make_user("root", is_superuser=True)
        save(client, root, page, "action-publish", title="Published alone")
        assert fresh(page).title == "Published alone"
        client.logout()
        assert b"Published alone" not in read(client, page).content
        sweep()
        assert fresh(page).title == "Approved"

    def test_an_older_approved_version_is_not_approved_any_more(self, client, officer, make_user, page):
        first = page.live_revision
        submit(client, officer, page, title="The second")
        review(client, make_user("max", "Communications managers"), page)
        first.publish()
        assert fresh(page).title == "Approved"
        sweep()
        assert fresh(page).title == "The second"

    def test_a_version_that_was_changed_is_not_put_back_and_the_page_is_taken_down(self, client, page, settings):
        settings.PAGES_KEPT_FOR = 0
        page.live_revision.content["summary"] = "Slipped in."
        page.live_revision.save()
        CampaignPage.objects.filter(pk=page.pk).update(summary="Slipped in.")
        assert read(client, page).status_code == 404
        sweep()
        assert not fresh(page).live
        assert OutboxMessage.objects.filter(subject__startswith="Changed without approval").exists()

    def test_a_page_that_was_taken_down_returns_by_an_approval_alone(self, client, manager, page, settings):
        settings.PAGES_KEPT_FOR = 0
        unpublish(page=page, by=manager, reason="Wrong.")
        Page.objects.filter(pk=page.pk).update(live=True)
        assert not is_approved(fresh(page))
        assert read(client, page).status_code == 404
        sweep()
        assert not fresh(page).live

    def test_a_page_that_nobody_ever_approved_is_shown(self, client, campaign_index):
        page = make_draft_page()
        page.get_latest_revision().publish()
        assert not is_approved(fresh(page))
        assert read(client, fresh(page)).status_code == 200
        assert sweep() == 0

    def test_a_newer_release_that_reads_the_same_version_otherwise_changes_nothing(self, page):
        Approval.objects.update(words="0" * 64, digest="1" * 64)
        OutboxMessage.objects.all().delete()
        sweep()
        assert is_approved(fresh(page))
        assert fresh(page).live
        assert not OutboxMessage.objects.exists()

    def test_a_deleted_page_takes_its_approvals_along(self, page):
        fresh(page).delete()
        assert not Approval.objects.exists()


class TestFiles:
    @pytest.fixture
    def pictured(self, page):
        picture = make_picture()
        page.hero_image, page.hero_alternative_text = picture, "A hand."
        publish_laid(page)
        assert is_approved(fresh(page))
        return picture

    @pytest.mark.parametrize("attribute", ["file", "description", "credit"])
    def test_a_picture_changed_past_the_admin_is_not_shown_and_takes_the_page_down(
        self, client, page, pictured, attribute, settings
    ):
        settings.PAGES_KEPT_FOR = 0
        assert read(client, page).status_code == 200
        if attribute == "file":
            pictured.file = ContentFile(get_test_image_file(colour="red").file.getvalue(), name="other.png")
            pictured.file_hash = ""
            pictured.save()
        else:
            Image.objects.filter(pk=pictured.pk).update(**{attribute: "Something else"})
        assert not is_approved(fresh(page))
        assert read(client, page).status_code == 404
        sweep()
        assert not fresh(page).live

    def test_a_picture_deleted_past_the_admin_takes_the_page_down(self, page, pictured):
        pictured.delete()
        sweep()
        assert not fresh(page).live

    def test_a_picture_that_no_approved_page_shows_concerns_none(self, page, pictured):
        other = make_picture()
        Image.objects.filter(pk=other.pk).update(description="Something else")
        assert is_approved(fresh(page))


class TestFilesInTheAdmin:
    @pytest.fixture
    def pictured(self, client, page, make_user):
        """Return a picture on an approved page, before somebody who may do everything."""
        page.hero_image, page.hero_alternative_text = make_picture(), "A hand."
        publish_laid(page)
        client.force_login(make_user("root", is_superuser=True))
        return page.hero_image

    def test_what_visitors_get_of_it_is_not_edited_and_the_page_is_named(self, client, pictured):
        fields = {"title": pictured.title, "description": "Something else", "collection": 1, "credit": "", "tags": ""}
        response = client.post(reverse("wagtailimages:edit", args=[pictured.pk]), fields)
        assert "“Approved” was approved with this as it is, so it stays." in response.content.decode()
        assert Image.objects.get(pk=pictured.pk).description == "A hand."

    def test_it_is_not_deleted(self, client, pictured):
        words = client.post(reverse("wagtailimages:delete", args=[pictured.pk]), follow=True).content.decode()
        assert "“Approved” was approved with this as it is" in words
        client.post(f"/admin/bulk/core/image/delete/?id={pictured.pk}")
        assert Image.objects.filter(pk=pictured.pk).exists()

    def test_another_picture_is_edited_and_deleted(self, client, pictured):
        free = make_picture()
        fields = {"title": "Free", "description": "Something else", "collection": 1, "credit": "", "tags": ""}
        client.post(reverse("wagtailimages:edit", args=[free.pk]), fields)
        assert Image.objects.get(pk=free.pk).description == "Something else"
        client.post(reverse("wagtailimages:delete", args=[free.pk]))
        assert not Image.objects.filter(pk=free.pk).exists()


class TestWaiting:
    def test_managers_read_what_was_put_back_and_what_nobody_approved(self, client, manager, page):
        alone = make_draft_page("alone")
        alone.get_latest_revision().publish()
        CampaignPage.objects.filter(pk=page.pk).update(summary="Something else.")
        sweep()
        client.force_login(manager)
        words = client.get(reverse("wagtailadmin_home")).content.decode()
        assert "Changed without approval" in words
        assert "that nobody approved" in words
        listed = client.get(reverse("approvals_never")).content.decode()
        assert "Campaign alone" in listed
        assert "Approved" not in listed.split("<main")[1].split("Read each one")[1]

    def test_officers_do_not(self, client, officer, page):
        client.force_login(officer)
        assert client.get(reverse("approvals_never")).status_code == 302


class TestOtherLanguages:
    def test_what_stands_in_for_the_page_is_as_approved_as_its_source(self, client, page, settings):
        settings.PAGES_KEPT_FOR = 0
        lay_trees()
        there = CampaignPage.objects.get(translation_key=page.translation_key, locale__language_code="ur")
        assert is_approved(there)
        CampaignPage.objects.filter(pk=there.pk).update(summary="Nobody approved this.")
        assert not is_approved(CampaignPage.objects.get(pk=there.pk))
        assert b"Nobody approved this." not in read(client, there).content
        assert sweep() == 1
        there = CampaignPage.objects.get(pk=there.pk)
        assert (is_approved(there), there.alias_of_id) == (True, page.pk)
