"""What the gallery shows: every component of templates/components and templates/blocks, in every state it has.

A plain table: the template, the state's name, and what the template is given. A component without a line here fails
a test. Nothing is stored: the rows are made up, and the picture is the newest of the library.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, NamedTuple

from django import forms
from django.core.paginator import Paginator
from django.utils import timezone

from core.models import Image, Organisation, SupportService
from core.notices.queries import Shown

LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
WORDS = "Speak up together"
SENTENCE = "If you are targeted because of who you are, you will be believed, and you will not stand alone."
URDU = "آپ اکیلے نہیں ہیں"
URDU_SENTENCE = "اگر آپ کو نشانہ بنایا گیا ہے تو آپ کی بات پر یقین کیا جائے گا۔ مدد موجود ہے۔"  # noqa: RUF001  (Urdu's own full stop)
NOWHERE = "#nowhere"
RIGHT_TO_LEFT = "Right to left"


class Sample(NamedTuple):
    """One state of one component."""

    template: str
    state: str
    context: Callable[[], dict[str, Any]]


class Answer(forms.Form):
    """One field of every kind that forms have."""

    use_required_attribute = False
    words = forms.CharField(label=WORDS)
    email = forms.EmailField(label="Your email address", help_text="We write to it once.")
    story = forms.CharField(label="What happened?", widget=forms.Textarea, help_text=SENTENCE)
    area = forms.ChoiceField(label="Where?", choices=[("n", "North"), ("s", "South")])
    often = forms.ChoiceField(
        label="How often?", widget=forms.RadioSelect, choices=[("a", "Often"), ("b", LONG), ("c", "Never")]
    )
    strands = forms.MultipleChoiceField(
        label="Which of these?",
        help_text="Choose all that apply.",
        widget=forms.CheckboxSelectMultiple,
        choices=[("a", "Race"), ("b", "Religion")],
    )
    agree = forms.BooleanField(label="I have read this")


def answer(*, number: int, disabled: bool = False, **typed: Any) -> Answer:
    """Return the form, with ids that no other sample has; with answers, where any are given."""
    form = Answer(typed or None, auto_id=f"sample-{number}-%s")
    for field in form.fields.values():
        field.disabled = disabled
    return form


def fields(form: Answer) -> list[Any]:
    """Return the fields of a form, each for a drawing of its own."""
    return list(form)


def heading_field() -> Any:
    """Return a field whose label is the page's heading."""
    form = answer(number=5)
    form.fields["often"].is_page_heading = True  # type: ignore[attr-defined]  # what field.html looks for
    return form["often"]


def right_to_left_field() -> Any:
    """Return a wrong field with words in Urdu."""
    form = answer(number=6, story="")
    form.fields["story"].label, form.fields["story"].help_text = URDU, URDU_SENTENCE
    return form["story"]


def urgent(words: str, sentence: str, language: str = "en", **changes: Any) -> dict[str, Any]:
    """Return what a page shows of an urgent notice."""
    given: dict[str, Any] = {"is_in_place": True, "services": [], "started": timezone.now()} | changes
    return {"notice": Shown(heading=words, text=sentence, language=language, **given)}


def service(name: str = "A helpline", *, days: int = 3, **changes: Any) -> SupportService:
    """Return a service that nobody can call, checked so many days ago."""
    given = {
        "pk": 0,
        "name": name,
        "description": SENTENCE,
        "telephone": "0800 000 0000",
        "email": "help@example.org",
        "website": "https://www.example.org/",
        "hours": "Every day, 24 hours.",
        "owner": Organisation(name="The council"),
        "last_checked": timezone.localdate() - timedelta(days=days),
    }
    return SupportService(**given | changes)


def card(title: str = WORDS, **changes: Any) -> dict[str, Any]:
    """Return what a card needs."""
    return {"title": title, "url": NOWHERE, "summary": SENTENCE, "meta": "14 to 28 March 2027"} | changes


def picture() -> Image | None:
    """Return the newest picture of the library that may be used; none where there is none."""
    return Image.objects.usable().order_by("-pk").first()


def shown(**changes: Any) -> dict[str, Any]:
    """Return a picture block; its template draws nothing for a library without pictures."""
    return {"self": {"image": picture(), "alternative_text": WORDS, "caption": SENTENCE, "decorative": False} | changes}


def row(value: str = "45 minutes", **changes: Any) -> dict[str, Any]:
    """Return a row of a summary list."""
    return {"key": "Length", "value": value} | changes


def video(**changes: Any) -> dict[str, Any]:
    """Return a video block."""
    given = {"title": WORDS, "address": "https://video.example.org/1", "length": "2 minutes", "transcript": SENTENCE}
    return {"self": given | changes}


def document(title: str, description: str = "") -> dict[str, Any]:
    """Return a document block."""
    held = {"url": NOWHERE, "title": title, "file_extension": "pdf", "file_size": 48_000}
    return {"self": {"document": held, "description": description}}


def council(**given: str) -> dict[str, Any]:
    """Return the council's settings with nothing but what is given."""
    return {"settings": {"core": {"CouncilSettings": given}}}


def other_versions(*kinds: str) -> dict[str, Any]:
    """Return a page with a film in sign language, an Easy Read file, or both."""
    film = {"address": "https://video.example.org/1", "length": "2 minutes", "transcript": SENTENCE}
    values = {"bsl": film, "easy_read": document("Easy Read")["self"]}
    return {"page": {"versions": [{"block_type": kind, "value": values[kind]} for kind in kinds]}}


def page_of(number: int, of: int) -> dict[str, Any]:
    """Return a page of a long list."""
    return {"page_obj": Paginator(range(of * 10), 10).page(number), "query": "stage=ks3"}


def choices(name: str, label: str, chosen: str = "") -> dict[str, Any]:
    """Return a list to choose from."""
    options = [{"value": "a", "label": WORDS, "count": 12}, {"value": "b", "label": LONG, "count": 0}]
    return {"name": name, "label": label, "any": "Anything", "options": options, "chosen": chosen}


C, B = "components", "blocks"
SAMPLES = [
    Sample(f"{C}/back_link.html", "As it is", lambda: {"url": NOWHERE}),
    Sample(f"{C}/back_link.html", "Long word", lambda: {"url": NOWHERE, "text": LONG}),
    Sample(f"{C}/back_link.html", RIGHT_TO_LEFT, lambda: {"url": NOWHERE, "text": URDU}),
    Sample(f"{C}/breadcrumbs.html", "None above but home", lambda: {"crumbs": [], "here": WORDS}),
    Sample(f"{C}/breadcrumbs.html", "Many, long", lambda: {"crumbs": [(LONG, NOWHERE)] * 3, "here": LONG}),
    Sample(f"{C}/breadcrumbs.html", RIGHT_TO_LEFT, lambda: {"crumbs": [(URDU, NOWHERE)] * 2, "here": URDU}),
    Sample(f"{C}/button_link.html", "First", lambda: {"url": NOWHERE, "text": WORDS}),
    Sample(f"{C}/button_link.html", "Second", lambda: {"url": NOWHERE, "text": WORDS, "secondary": True}),
    Sample(f"{C}/button_link.html", "Long word", lambda: {"url": NOWHERE, "text": LONG}),
    Sample(f"{C}/button_link.html", RIGHT_TO_LEFT, lambda: {"url": NOWHERE, "text": URDU}),
    Sample(f"{C}/chosen.html", "One", lambda: {"chosen": ["Key stage 3"], "address": NOWHERE}),
    Sample(f"{C}/chosen.html", "Several, long", lambda: {"chosen": [WORDS, LONG, WORDS], "address": NOWHERE}),
    Sample(f"{C}/chosen.html", RIGHT_TO_LEFT, lambda: {"chosen": [URDU, URDU], "address": NOWHERE}),
    Sample(f"{C}/card.html", "Least", lambda: {"title": WORDS, "url": NOWHERE}),
    Sample(f"{C}/card.html", "Everything", lambda: card(image=picture(), tag="Campaign", sample=True)),
    Sample(f"{C}/card.html", "Long word", lambda: card(LONG)),
    Sample(f"{C}/card.html", RIGHT_TO_LEFT, lambda: card(URDU, summary=URDU_SENTENCE)),
    Sample(f"{C}/card_list.html", "One", lambda: {"cards": [card(image=picture())]}),
    Sample(
        f"{C}/card_list.html", "Many", lambda: {"cards": [card(), card(LONG), card(tag="Event"), card(sample=True)]}
    ),
    Sample(f"{C}/empty.html", "As it is", lambda: {"text": "Nothing is planned yet. See what was on before."}),
    Sample(f"{C}/empty.html", RIGHT_TO_LEFT, lambda: {"text": URDU_SENTENCE}),
    Sample(f"{C}/error_summary.html", "Many wrong", lambda: {"form": answer(number=1, words="")}),
    Sample(f"{C}/field.html", "Empty", lambda: {"each": fields(answer(number=2))}),
    Sample(f"{C}/field.html", "Wrong", lambda: {"each": fields(answer(number=3, words="", email="at home"))}),
    Sample(f"{C}/field.html", "Disabled", lambda: {"each": fields(answer(number=4, disabled=True))}),
    Sample(f"{C}/field.html", "Heading of its page", lambda: {"field": heading_field()}),
    Sample(f"{C}/field.html", RIGHT_TO_LEFT, lambda: {"field": right_to_left_field()}),
    Sample(f"{C}/field_notes.html", "Hint and error", lambda: {"field": answer(number=7, story="")["story"]}),
    Sample(f"{C}/file_link.html", "Least", lambda: {"url": NOWHERE, "title": "Slides", "format": "PDF"}),
    Sample(
        f"{C}/file_link.html",
        "Everything, long",
        lambda: {"url": NOWHERE, "title": LONG, "format": "PDF", "size": 48_000, "pages": 12, "sample": True},
    ),
    Sample(f"{C}/file_link.html", RIGHT_TO_LEFT, lambda: {"url": NOWHERE, "title": URDU, "format": "PDF"}),
    Sample(f"{C}/leave.html", "As it is", dict),
    Sample(f"{C}/mark.html", "As it is", dict),
    Sample(f"{C}/notice.html", "With heading", lambda: {"title": WORDS, "text": SENTENCE}),
    Sample(f"{C}/notice.html", "Long word", lambda: {"text": LONG}),
    Sample(f"{C}/notice.html", RIGHT_TO_LEFT, lambda: {"title": URDU, "text": URDU_SENTENCE}),
    Sample(f"{C}/page_header.html", "Least", lambda: {"title": WORDS}),
    Sample(
        f"{C}/page_header.html",
        "Everything, long",
        lambda: {"title": LONG, "summary": SENTENCE, "tag": "Campaign", "sample": True},
    ),
    Sample(f"{C}/page_header.html", RIGHT_TO_LEFT, lambda: {"title": URDU, "summary": URDU_SENTENCE}),
    Sample(f"{C}/pagination.html", "First of many", lambda: page_of(1, of=30)),
    Sample(f"{C}/pagination.html", "In the middle", lambda: page_of(15, of=30)),
    Sample(f"{C}/pagination.html", "Last", lambda: page_of(30, of=30)),
    Sample(f"{C}/pagination.html", RIGHT_TO_LEFT, lambda: page_of(2, of=3)),
    Sample(f"{C}/related.html", "One", lambda: {"pages": [card(kind="Event")]}),
    Sample(f"{C}/related.html", "Many, long", lambda: {"pages": [card(kind="Event"), card(LONG, kind="Survey")]}),
    Sample(f"{C}/related.html", RIGHT_TO_LEFT, lambda: {"pages": [card(URDU, kind=URDU), card(URDU, kind=URDU)]}),
    Sample(f"{C}/select.html", "Nothing chosen", lambda: choices("sample-select-1", "When")),
    Sample(f"{C}/select.html", "Long word chosen", lambda: choices("sample-select-2", LONG, "b")),
    Sample(f"{C}/select.html", RIGHT_TO_LEFT, lambda: choices("sample-select-3", URDU)),
    Sample(f"{C}/sample_data.html", "As it is", dict),
    Sample(f"{C}/services.html", "None", lambda: {"services": []}),
    Sample(f"{C}/services.html", "One", lambda: {"services": [service()]}),
    Sample(
        f"{C}/services.html",
        "Many: fresh, past its date, long, least",
        lambda: {
            "services": [
                service(),
                service(days=400),
                service(LONG, description=LONG),
                service("A website", telephone="", email="", hours=""),
            ]
        },
    ),
    Sample(f"{C}/services.html", RIGHT_TO_LEFT, lambda: {"services": [service(URDU, description=URDU_SENTENCE)]}),
    Sample(f"{C}/signed_video.html", "As it is", lambda: other_versions("bsl")),
    Sample(f"{C}/summary_list.html", "Reading", lambda: {"rows": [row(), row(LONG)]}),
    Sample(f"{C}/summary_list.html", "Changing", lambda: {"rows": [row(change_url=NOWHERE), row(change_url=NOWHERE)]}),
    Sample(f"{C}/summary_list.html", RIGHT_TO_LEFT, lambda: {"rows": [{"key": URDU, "value": URDU_SENTENCE}]}),
    Sample(f"{C}/support_callout.html", "One service", lambda: {"services": [service()]}),
    Sample(f"{C}/support_callout.html", "Its own heading", lambda: {"services": [service()], "heading": WORDS}),
    Sample(f"{C}/tag.html", "As it is", lambda: {"text": "Campaign"}),
    Sample(f"{C}/tag.html", "Long word", lambda: {"text": LONG}),
    Sample(f"{C}/tag.html", RIGHT_TO_LEFT, lambda: {"text": URDU}),
    Sample(f"{C}/tell_us.html", "Nothing given", council),
    Sample(f"{C}/tell_us.html", "One way", lambda: council(contact_email="help@example.org") | {"level": 2}),
    Sample(
        f"{C}/tell_us.html",
        "Every way, long",
        lambda: council(contact_email=f"{LONG}@example.org", contact_telephone="01632 960123", postal_address=SENTENCE),
    ),
    Sample(
        f"{C}/urgent_notice.html",
        "Everything, long",
        lambda: urgent(WORDS, LONG, services=[service(), service(LONG, days=400)]),
    ),
    Sample(f"{C}/urgent_notice.html", RIGHT_TO_LEFT, lambda: urgent(URDU, URDU_SENTENCE, "ur")),
    Sample(f"{C}/versions.html", "One", lambda: other_versions("bsl")),
    Sample(f"{C}/versions.html", "Many", lambda: other_versions("bsl", "easy_read")),
    Sample(f"{B}/call_to_action.html", "As it is", lambda: {"self": {"text": WORDS, "address": NOWHERE}}),
    Sample(f"{B}/document.html", "As it is", lambda: document("Our plan", SENTENCE)),
    Sample(f"{B}/document.html", "Long word", lambda: document(LONG)),
    Sample(f"{B}/picture.html", "With a caption", shown),
    Sample(f"{B}/picture.html", "Decorative", lambda: shown(decorative=True, caption="")),
    Sample(f"{B}/quotation.html", "As it is", lambda: {"self": {"quotation": SENTENCE, "who": "A neighbour"}}),
    Sample(f"{B}/quotation.html", RIGHT_TO_LEFT, lambda: {"self": {"quotation": URDU_SENTENCE, "who": URDU}}),
    Sample(f"{B}/support_callout.html", "As it is", lambda: {"self": {"services": [service()], "heading": WORDS}}),
    Sample(
        f"{B}/text.html",
        "Everything",
        lambda: {
            "self": f"<h2>{WORDS}</h2><p>{SENTENCE} <b>Bold</b>, <i>italic</i> and <a href='{NOWHERE}'>a link</a>.</p>"
            f"<ul><li>{SENTENCE}</li><li>{LONG}</li></ul><ol><li>One</li><li>Two</li></ol>"
        },
    ),
    Sample(f"{B}/text.html", RIGHT_TO_LEFT, lambda: {"self": f"<h2>{URDU}</h2><p>{URDU_SENTENCE}</p>"}),
    Sample(f"{B}/video.html", "As it is", video),
    Sample(f"{B}/video.html", "Long word", lambda: video(title=LONG, length="")),
]
