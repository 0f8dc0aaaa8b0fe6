"""Each block of a page's body: what it refuses, and what it draws."""

from datetime import date
from types import SimpleNamespace

import pytest
import wagtail_factories
from django.core.files.base import ContentFile
from django.utils import translation
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.models import Page

from core.blocks import BodyBlock
from core.models import Document, Organisation, SupportService

# Wagtail leaves the temporary file of a freshly drawn rendition to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


@pytest.fixture
def things(db):
    owner = Organisation.objects.create(code="council", name="The council")
    return SimpleNamespace(
        image=wagtail_factories.ImageFactory().pk,
        page=Page.objects.get(depth=2).pk,
        service=SupportService.objects.create(
            name="Helpline", description="Listens.", owner=owner, telephone="0800 1", last_checked=date(2026, 11, 1)
        ).pk,
        document=Document.objects.create(title="Plan", file=ContentFile(b"words", "plan.txt")).pk,
    )


PICTURE = {"alternative_text": "Two people talk", "decorative": False, "caption": ""}
SOUND = {
    "text": lambda things: "<p>Words <b>that</b> matter</p>",
    "picture": lambda things: PICTURE | {"image": things.image},
    "video": lambda things: {
        "title": "A walk",
        "address": "https://example.org/walk",
        "length": "2 minutes",
        "transcript": "<p>We walk.</p>",
    },
    "quotation": lambda things: {"quotation": "Speak up", "who": "A neighbour"},
    "call_to_action": lambda things: {"text": "Take the survey", "page": None, "address": "https://example.org/survey"},
    "support": lambda things: {"heading": "Get support", "services": [things.service]},
    "document": lambda things: {"document": things.document, "description": "What we do"},
}
SEEN = {
    "text": "that",
    "picture": 'alt="Two people talk"',
    "video": "We walk.",
    "quotation": "A neighbour",
    "call_to_action": 'href="https://example.org/survey"',
    "support": "Helpline",
    "document": "What we do",
}


def value_of(kind: str, value: object):
    return BodyBlock().to_python([{"type": kind, "value": value}])


def refusal_of(kind: str, value: object) -> dict[str, list[str]]:
    with pytest.raises(StreamBlockValidationError) as refused:
        BodyBlock().clean(value_of(kind, value))
    return {name: error.messages for name, error in refused.value.block_errors[0].block_errors.items()}


def test_every_block_is_tried_here():
    assert list(SOUND) == list(BodyBlock().child_blocks) == list(SEEN)


@pytest.mark.parametrize("kind", SOUND)
def test_a_sound_block_is_taken_and_drawn(things, kind):
    cleaned = BodyBlock().clean(value_of(kind, SOUND[kind](things)))

    assert SEEN[kind] in cleaned.render_as_block()


def test_telephone_numbers_of_a_text_in_urdu_keep_their_order(things):
    text = value_of("text", '<p>کال کریں <a href="tel:08001381625">0800 138 1625</a></p>')
    with translation.override("ur"):
        assert '<a href="tel:08001381625"><bdi dir="ltr">0800 138 1625</bdi></a>' in text.render_as_block()
    assert "<bdi" not in text.render_as_block()


def test_a_video_fetches_nothing_before_a_click(things):
    drawn = value_of("video", SOUND["video"](things)).render_as_block()

    assert "<iframe" not in drawn
    assert "<video" not in drawn
    assert "<script" not in drawn


def test_a_decorative_picture_is_skipped_by_those_who_do_not_see_it(things):
    picture = {"image": things.image, "alternative_text": "", "decorative": True, "caption": ""}

    assert 'alt=""' in BodyBlock().clean(value_of("picture", picture)).render_as_block()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"alternative_text": ""}, "Say what the picture shows, or tick Decorative."),
        ({"alternative_text": "   "}, "Say what the picture shows, or tick Decorative."),
        (
            {"decorative": True},
            "A decorative picture is skipped, so its alternative text would never be read. Remove one of the two.",
        ),
    ],
)
def test_a_picture_says_what_it_shows_or_is_decorative(things, change, sentence):
    assert refusal_of("picture", PICTURE | {"image": things.image} | change) == {"alternative_text": [sentence]}


@pytest.mark.parametrize("both", [True, False])
def test_a_call_to_action_leads_to_one_place(things, both):
    places = {"page": things.page, "address": "https://example.org"} if both else {"page": None, "address": ""}

    assert refusal_of("call_to_action", {"text": "Go"} | places) == {
        "page": ["Choose a page or give an address: one of the two."]
    }


@pytest.mark.parametrize(
    ("kind", "change", "field"),
    [
        ("video", {"transcript": ""}, "transcript"),
        ("video", {"address": "walk"}, "address"),
        ("video", {"address": "javascript:alert(1)"}, "address"),
        ("quotation", {"who": ""}, "who"),
        ("call_to_action", {"text": "x" * 61}, "text"),
        ("support", {"services": []}, "services"),
        ("document", {"document": None}, "document"),
    ],
)
def test_a_block_that_lacks_something_is_refused_at_its_field(things, kind, change, field):
    value = SOUND[kind](things) | change
    with pytest.raises(StreamBlockValidationError) as refused:
        BodyBlock().clean(value_of(kind, value))

    assert list(refused.value.block_errors[0].block_errors) == [field]
