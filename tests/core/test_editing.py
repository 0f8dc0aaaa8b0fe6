"""What the editor tells authors, and that a picture without a text or a decision goes out by no way."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from wagtail.images.tests.utils import get_test_image_file

from campaigns.models import CampaignPage
from core.approvals.finish import publish_reviewed_revision
from core.editing import advice_on, faults_of
from core.models import Image
from tests.factories.campaigns import make_draft_page

pytestmark = pytest.mark.django_db

SILENT = {"alternative_text": "", "decorative": False, "caption": ""}


@pytest.fixture
def image():
    return Image.objects.create(title="Waves", file=get_test_image_file())


@pytest.fixture
def draft(officer):
    return make_draft_page(by=officer)


def with_body(page, *blocks):
    page.body = list(blocks)
    return page


def texts(*parts):
    return [("text", part) for part in parts]


def test_many_pictures_are_advised_against(draft, image):
    picture = ("picture", {"image": image, "decorative": True, "alternative_text": "", "caption": ""})
    assert advice_on(with_body(draft, picture, picture)) == []
    assert advice_on(with_body(draft, picture, *texts("<p>x</p>"), picture, picture)) == [
        "Body: 3 pictures keep people on a slow line waiting. Choose the two that say most."
    ]


@pytest.mark.parametrize(
    ("body", "advice"),
    [
        (texts("<h2>One</h2><h3>Two</h3><h2>Three</h2>"), []),
        (texts("<h2>One</h2>", "<p>x</p>", "<h3>Two</h3>"), []),
        (texts("<h3>Two</h3>"), ["Body: the heading “Two” skips a level. Make it heading 2."]),
        (texts("<h2>A</h2><h4>B <b>c</b></h4>"), ["Body: the heading “B c” skips a level. Make it heading 3."]),
        (texts("<h2> </h2>"), ["Body: a heading is empty. Write it, or take it out."]),
        (texts('<p><a href="https://example.org/">Stop Hate UK</a></p>'), []),
        (
            texts('<p><a href="https://example.org/">Click <b>here</b>.</a></p>'),
            ["Body: the link “Click here.” does not say where it leads. Name the page or the service."],
        ),
        (
            texts('<p><a linktype="page" id="3">Read more…</a></p>'),
            ["Body: the link “Read more…” does not say where it leads. Name the page or the service."],
        ),
        (
            texts('<p><a href="https://example.org/">https://example.org/</a></p>'),
            ["Body: the link “https://example.org/” does not say where it leads. Name the page or the service."],
        ),
    ],
)
def test_advice_names_what_to_mend(draft, body, advice):
    assert advice_on(with_body(draft, *body)) == advice


def test_the_editor_shows_the_advice_when_the_page_opens(client, officer, draft):
    with_body(draft, ("text", '<p><a href="https://example.org/">here</a></p>')).save_revision(user=officer)
    client.force_login(officer)

    shown = client.get(reverse("wagtailadmin_pages:edit", args=[draft.pk]))
    assert "Please mend before you send this in. Body: the link “here”" in shown.content.decode()


def test_a_fault_names_its_block(draft, image):
    sound = {"image": image, "alternative_text": "The sea", "decorative": False, "caption": ""}
    page = with_body(draft, ("picture", sound), ("picture", SILENT | {"image": image}))

    assert faults_of(page) == ["Block 2 of the body, Picture: Say what the picture shows, or tick Decorative."]


def test_the_picture_at_the_top_needs_a_text_or_a_decision_too(draft, image):
    draft.hero_image = image
    assert faults_of(draft) == ["Alternative text: Say what the picture shows, or tick Decorative."]
    draft.hero_decorative = True
    assert faults_of(draft) == []


def test_the_picture_for_sharing_needs_a_description(client, officer, draft, image):
    client.force_login(officer)
    draft.social_image = image
    [fault] = faults_of(draft)
    assert fault.startswith("Social image: Nothing says what this picture shows.")
    with pytest.raises(ValidationError, match="Nothing says what this picture shows"):
        draft.save_revision()
    image.description = "The sea"
    assert faults_of(draft) == []


def send_in_with_a_fault(page, by, image):
    """Bring a faulty version into review by another way than the editor's form."""
    with_body(page, ("picture", SILENT | {"image": image})).save_revision(user=by, clean=False)
    page.get_workflow().start(page, by)
    return CampaignPage.objects.get(pk=page.pk)


def test_a_picture_without_a_text_cannot_be_approved_and_the_approver_reads_why(client, officer, manager, draft, image):
    page = send_in_with_a_fault(draft, officer, image)
    task_state = page.current_workflow_state.current_task_state
    client.force_login(manager)

    opened = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert "This page cannot be published yet. Block 1 of the body, Picture: Say what the picture shows" in opened
    assert [name for name, _, _ in task_state.task.specific.get_actions(page, manager)] == ["reject"]
    approve = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", task_state.pk])
    client.post(approve, {"comment": ""})
    assert not CampaignPage.objects.get(pk=page.pk).live


def test_no_workflow_publishes_a_picture_without_a_text(officer, draft, image):
    page = send_in_with_a_fault(draft, officer, image)

    with pytest.raises(PermissionDenied, match="Block 1 of the body, Picture"):
        publish_reviewed_revision(page.current_workflow_state, officer)
    assert not CampaignPage.objects.get(pk=page.pk).live
