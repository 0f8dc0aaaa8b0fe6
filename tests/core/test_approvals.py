"""Nothing goes out that only its author has seen."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Page, PageLogEntry, Revision, Workflow, WorkflowPage
from wagtail.test.utils.form_data import nested_form_data, streamfield

from campaigns.models import CampaignPage
from config.roles import APPROVERS, MANAGERS, OFFICERS
from core.approvals.actions import WORKFLOW_NAME, lay_workflow, unpublish
from core.approvals.models import PeerApprovalTask
from tests.factories.campaigns import make_draft_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(officer):
    """Return the officer's draft of a campaign page."""
    return make_draft_page(by=officer)


def fresh(page):
    return CampaignPage.objects.get(pk=page.pk)


def edit_url(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def words(page, *actions, title="A page", body="Words.", **more):
    """Return what the editor posts for ``page``."""
    data = {
        "title": title,
        "slug": page.slug,
        "summary": "What this is.",
        "body": streamfield([("quotation", {"quotation": body, "who": "A teacher"})]),
        "versions": streamfield([]),
        "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": ""},
    }
    same_block = {"body-0-id": "0f6f4b4c-7f0c-4c1c-9a55-1a3a4e3f0f01"}
    return nested_form_data(data | more) | same_block | dict.fromkeys(actions, "yes")


def save(client, user, page, *actions, **fields):
    client.force_login(user)
    return client.post(edit_url(page), words(page, *actions, **fields))


def submit(client, user, page, **fields):
    response = save(client, user, page, "action-submit", **fields)
    assert fresh(page).current_workflow_state.status == "in_progress"
    return response


def review(client, user, page, action="approve", *, on=None, task_state=None):
    """Post the reviewer's decision the way the list of waiting pages does."""
    client.force_login(user)
    state = task_state or fresh(page).current_workflow_state.current_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[(on or page).pk, action, state.pk])
    return client.post(url, {"comment": "Read."})


def offered(page, user):
    page = fresh(page)
    return {name for name, _, _ in page.current_workflow_task.get_actions(page, user)}


class TestPublishing:
    @pytest.mark.parametrize("attempt", ["editor", "api", "bulk", "copy", "revision", "unpublish"])
    def test_an_officer_publishes_by_no_crafted_post(self, client, officer, draft, attempt):
        live_before = set(CampaignPage.objects.live().values_list("pk", flat=True))
        posts = {
            "editor": (edit_url(draft), words(draft, "action-publish")),
            "api": (f"/admin/api/main/pages/{draft.pk}/action/publish/", {}),
            "bulk": (f"/admin/bulk/wagtailcore/page/publish/?id={draft.pk}", {"include_descendants": "on"}),
            "copy": (
                reverse("wagtailadmin_pages:copy", args=[draft.pk]),
                {
                    "new_title": "Copy",
                    "new_slug": "copy",
                    "new_parent_page": draft.get_parent().pk,
                    "publish_copies": "on",
                    "alias": "on",
                },
            ),
            "revision": (
                reverse("wagtailadmin_pages:revisions_revert", args=[draft.pk, draft.latest_revision_id]),
                words(draft, "action-publish"),
            ),
            "unpublish": (reverse("wagtailadmin_pages:unpublish", args=[draft.pk]), {}),
        }
        address, data = posts[attempt]
        client.force_login(officer)
        response = client.post(address, data)
        assert response.status_code < 500
        assert set(CampaignPage.objects.live().values_list("pk", flat=True)) == live_before

    def test_nobody_is_shown_a_publish_item(self, client, officer, manager, draft):
        for user in (officer, manager):
            client.force_login(user)
            page = client.get(edit_url(draft)).content.decode()
            assert "action-publish" not in page
            assert f"Submit to {WORKFLOW_NAME}" in page

    def test_an_officer_cannot_approve(self, client, officer, draft, make_user):
        submit(client, officer, draft)
        review(client, make_user("omar", OFFICERS), draft)
        assert not fresh(draft).live

    def test_a_manager_who_had_no_part_in_it_approves_and_it_is_live(self, client, officer, manager, draft):
        submit(client, officer, draft, title="No place for hate")
        review(client, manager, draft)
        page = fresh(draft)
        assert (page.live, page.title) == (True, "No place for hate")
        assert page.get_workflow().workflow_states.get().status == "approved"

    def test_a_manager_approves_from_the_editor_too(self, client, officer, manager, draft):
        submit(client, officer, draft)
        state = fresh(draft).current_workflow_task_state
        save(client, manager, draft, "action-workflow-action", **{"workflow-action-name": "approve"})
        assert fresh(draft).live
        assert state.revision_id == fresh(draft).live_revision_id


class TestPeers:
    def test_who_submitted_is_refused_though_she_may_approve_others(self, client, officer, make_user, draft):
        both = make_user("bea", OFFICERS, MANAGERS)
        submit(client, both, draft)
        assert offered(draft, both) == {"reject"}
        review(client, both, draft)
        assert not fresh(draft).live

    def test_who_wrote_it_is_refused_though_somebody_else_submitted(self, client, officer, make_user, manager):
        both = make_user("bea", OFFICERS, MANAGERS)
        page = make_draft_page("hers", by=both)
        submit(client, officer, page)
        assert offered(page, both) == {"reject"}
        assert offered(page, manager) == {"reject", "approve"}

    def test_a_manager_who_edited_last_is_refused(self, client, officer, manager, make_user, draft):
        save(client, manager, draft, title="Mended by the manager")
        submit(client, officer, draft)
        review(client, manager, draft)
        assert not fresh(draft).live
        review(client, make_user("max", MANAGERS), draft)
        assert fresh(draft).live

    def test_a_part_in_an_earlier_published_version_is_no_hindrance(self, client, officer, manager, make_user, draft):
        save(client, manager, draft)
        submit(client, officer, draft)
        review(client, make_user("max", MANAGERS), draft)
        submit(client, officer, draft, title="Second version")
        review(client, manager, draft)
        assert fresh(draft).title == "Second version"

    def test_her_own_page_is_not_approved_through_the_address_of_another(self, client, officer, make_user, draft):
        both = make_user("bea", OFFICERS, MANAGERS)
        hers = make_draft_page("hers", by=both)
        submit(client, both, hers)
        submit(client, officer, draft)
        review(client, both, hers, on=draft, task_state=fresh(hers).current_workflow_state.current_task_state)
        assert (fresh(hers).live, fresh(draft).live) == (False, False)

    def test_the_task_itself_refuses_what_no_screen_offers(self, client, officer, draft):
        submit(client, officer, draft)
        state = fresh(draft).current_workflow_task_state
        with pytest.raises(PermissionDenied):
            state.task.specific.on_action(state, officer, "approve")

    def test_changing_and_approving_in_one_go_keeps_the_change_as_a_draft(self, client, officer, manager, draft):
        submit(client, officer, draft)
        approve = {"workflow-action-name": "approve"}
        save(client, manager, draft, "action-workflow-action", title="Changed on the way", **approve)
        page = fresh(draft)
        assert (page.live, page.get_latest_revision().user) == (False, manager)
        assert page.get_latest_revision_as_object().title == "Changed on the way"

    def test_an_approver_reads_why_there_is_no_button(self, client, officer, make_user, draft):
        both = make_user("bea", OFFICERS, MANAGERS)
        submit(client, both, draft)
        assert "You sent this page for approval, so a colleague must approve it." in client.get(
            edit_url(draft)
        ).content.decode().replace("&#x27;", "'")


class TestTheReviewedRevision:
    def test_a_draft_saved_after_the_review_began_is_not_published(self, client, officer, manager, make_user, draft):
        submit(client, officer, draft, title="Reviewed")
        save(client, manager, draft, title="Slipped in later")
        review(client, make_user("max", MANAGERS), draft)
        page = fresh(draft)
        assert (page.live, page.title, page.has_unpublished_changes) == (True, "Reviewed", True)
        assert page.get_latest_revision_as_object().title == "Slipped in later"

    def test_the_newer_draft_can_be_taken_into_review(self, client, officer, manager, make_user, draft):
        submit(client, officer, draft, title="Reviewed")
        save(client, manager, draft, title="Better")
        max_ = make_user("max", MANAGERS)
        assert offered(draft, max_) == {"reject", "approve", "review-newer"}
        review(client, max_, draft, "review-newer")
        assert not fresh(draft).live
        assert offered(draft, max_) == {"reject", "approve"}
        review(client, max_, draft)
        assert fresh(draft).title == "Better"

    def test_a_reviewed_revision_is_never_written_over(self, client, officer, make_user, manager, draft):
        both = make_user("bea", OFFICERS, MANAGERS)
        submit(client, both, draft, title="Reviewed")
        reviewed = fresh(draft).latest_revision_id
        save(client, both, draft, title="Swapped under your eyes", overwrite_revision_id=reviewed)
        review(client, manager, draft)
        assert fresh(draft).title == "Reviewed"
        assert fresh(draft).live_revision_id == reviewed

    def test_a_workflow_without_a_review_publishes_nothing(self, client, officer, draft):
        PeerApprovalTask.objects.get(name=WORKFLOW_NAME).deactivate()
        save(client, officer, draft, "action-submit")
        assert not fresh(draft).live

    def test_rejected_then_mended_then_approved(self, client, officer, manager, draft):
        submit(client, officer, draft, title="First try")
        review(client, manager, draft, "reject")
        assert fresh(draft).current_workflow_state.status == "needs_changes"
        submit(client, officer, draft, title="Second try")
        review(client, manager, draft)
        assert (fresh(draft).live, fresh(draft).title) == (True, "Second try")

    def test_an_old_decision_page_decides_nothing(self, client, officer, manager, draft):
        submit(client, officer, draft)
        old = fresh(draft).current_workflow_state.current_task_state
        review(client, manager, draft, "reject")
        submit(client, officer, draft)
        review(client, manager, draft, task_state=old)
        assert not fresh(draft).live


class TestTime:
    def test_an_approved_page_goes_live_at_its_time_and_expires_at_its_time(
        self, client, officer, manager, draft, time_machine
    ):
        now = timezone.localtime().replace(second=0, microsecond=0)
        times = {
            "go_live_at": (now + timedelta(days=1)).strftime("%Y-%m-%d %H:%M"),
            "expire_at": (now + timedelta(days=8)).strftime("%Y-%m-%d %H:%M"),
        }
        submit(client, officer, draft, title="At its time", **times)
        review(client, manager, draft)
        assert (fresh(draft).live, fresh(draft).approved_schedule) == (False, True)
        states = []
        for days in (0.5, 1.5, 9):
            time_machine.move_to(now + timedelta(days=days))
            call_command("publish_scheduled")
            states.append((fresh(draft).live, fresh(draft).expired))
        assert states == [(False, False), (True, False), (False, True)]


class TestUnpublishing:
    @pytest.fixture
    def live(self, draft):
        draft.get_latest_revision().publish()
        return fresh(draft)

    def url(self, page):
        return reverse("approvals_unpublish", args=[page.pk])

    def test_a_manager_takes_a_page_down_and_history_says_why(self, client, manager, live):
        client.force_login(manager)
        assert self.url(live) in client.get(edit_url(live)).content.decode()
        assert client.get(self.url(live)).status_code == 200
        assert fresh(live).live
        response = client.post(self.url(live), {"reason": "The date is wrong."})
        assert response.url == edit_url(live)
        assert not fresh(live).live
        entry = PageLogEntry.objects.get(action="groundswell.unpublish")
        assert (entry.user, entry.data) == (manager, {"reason": "The date is wrong."})
        history = client.get(reverse("wagtailadmin_pages:history", args=[live.pk])).content.decode()
        assert "The date is wrong." in history

    @pytest.mark.parametrize("reason", ["", "   ", "x" * 501, "a\0b"])
    def test_a_reason_that_says_nothing_is_refused_beside_the_field(self, client, manager, live, reason):
        client.force_login(manager)
        response = client.post(self.url(live), {"reason": reason})
        assert response.status_code == 200
        assert list(response.context["form"].errors) == ["reason"]
        assert fresh(live).live

    def test_an_officer_cannot(self, client, officer, live):
        client.force_login(officer)
        assert self.url(live) not in client.get(edit_url(live)).content.decode()
        client.post(self.url(live), {"reason": "I want to."})
        assert fresh(live).live
        with pytest.raises(PermissionDenied):
            unpublish(page=live, by=officer, reason="I want to.")

    def test_it_calls_off_a_publication_at_a_set_time(self, client, officer, manager, draft):
        tomorrow = (timezone.localtime() + timedelta(days=1)).strftime("%Y-%m-%d %H:%M")
        submit(client, officer, draft, go_live_at=tomorrow)
        review(client, manager, draft)
        unpublish(page=draft, by=manager, reason="Not yet.")
        assert not fresh(draft).approved_schedule
        assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()

    def test_what_is_not_published_cannot_be_taken_down(self, client, manager, draft):
        client.force_login(manager)
        assert client.post(self.url(draft), {"reason": "Why not."}).status_code == 302
        assert not PageLogEntry.objects.filter(action="groundswell.unpublish").exists()

    def test_no_such_page_is_not_found(self, client, manager):
        client.force_login(manager)
        assert client.get(reverse("approvals_unpublish", args=[999999])).status_code == 404


class TestSuperusers:
    def test_an_emergency_approval_is_allowed_and_logged(self, client, make_user, draft, capsys):
        root = make_user("root", is_superuser=True)
        submit(client, root, draft)
        review(client, root, draft)
        assert fresh(draft).live
        entry = PageLogEntry.objects.get(action="groundswell.emergency_approval")
        assert entry.data == {"reason": "You sent this page for approval, so a colleague must approve it."}

    def test_whatever_a_superuser_puts_out_is_written_to_the_log(self, client, make_user, draft, monkeypatch):
        from core.approvals import wagtail_hooks

        lines = []
        monkeypatch.setattr(wagtail_hooks.logger, "warning", lambda event, **data: lines.append((event, data)))
        root = make_user("root", is_superuser=True)
        save(client, root, draft, "action-publish")
        assert fresh(draft).live
        assert lines == [
            (
                "superuser acted without a colleague",
                {"action": "wagtail.publish", "page": draft.pk, "user": root.pk},
            )
        ]

    def test_wagtails_own_unpublish_is_not_offered(self, client, make_user, draft):
        draft.get_latest_revision().publish()
        client.force_login(make_user("root", is_superuser=True))
        page = client.get(edit_url(draft)).content.decode()
        assert reverse("wagtailadmin_pages:unpublish", args=[draft.pk]) + '"' not in page.split("<footer")[-1]
        assert reverse("approvals_unpublish", args=[draft.pk]) in page


class TestNotices:
    def test_managers_hear_of_a_page_that_waits_and_the_officer_of_the_decision(
        self, client, officer, manager, draft, mailoutbox
    ):
        submit(client, officer, draft)
        assert [message.to for message in mailoutbox] == [[manager.email]]
        review(client, manager, draft)
        assert mailoutbox[-1].to == [officer.email]


class TestTheWorkflow:
    def test_laying_it_twice_changes_nothing(self, campaign_index):
        task = PeerApprovalTask.objects.get()
        task.groups.set([Group.objects.get(name="Coordinators")])  # a council's own choice
        workflow = lay_workflow(approvers=APPROVERS)
        assert lay_workflow(approvers=APPROVERS) == workflow
        assert Workflow.objects.filter(name=WORKFLOW_NAME).count() == 1
        assert [group.name for group in PeerApprovalTask.objects.get().groups.all()] == ["Coordinators"]
        assert workflow.workflow_tasks.count() == 1

    def test_wagtails_stock_workflow_gives_way_and_a_councils_own_stays(self, campaign_index):
        root = Page.get_first_root_node()
        own = Workflow.objects.create(name="Ours")
        WorkflowPage.objects.update_or_create(page=root, defaults={"workflow": own})
        lay_workflow(approvers=APPROVERS)
        assert root.get_workflow() == own
        stock = Workflow.objects.get_or_create(name="Moderators approval")[0]
        WorkflowPage.objects.update_or_create(page=root, defaults={"workflow": stock})
        lay_workflow(approvers=APPROVERS)
        assert Page.get_first_root_node().get_workflow().name == WORKFLOW_NAME
        assert not GroupApprovalTask.objects.filter(workflow_tasks__workflow__name=WORKFLOW_NAME).exists()
