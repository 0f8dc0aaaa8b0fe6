"""Steps of our survey saved, against submissions of the same 20 fields by Wagtail's own form page."""

from itertools import cycle

from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from benchmarks.bare.models import BareFormField, BareFormPage
from benchmarks.measure import compare
from core.languages.trees import in_english
from surveys.actions import open_wave
from surveys.models import (
    Item,
    Option,
    Question,
    Questionnaire,
    Section,
    SignOff,
    Survey,
    SurveyIndexPage,
    SurveyPage,
    Wave,
    Wording,
)
from surveys.queries import signed_digest

FIELDS = 20
CHOICES = ("strongly-agree", "tend-to-agree", "neither", "tend-to-disagree", "strongly-disagree")


def measure() -> None:
    """Print the line `survey-step`: one page of ours keeps one answer, one post of theirs keeps all 20."""
    survey = _survey()
    form = _form_page()
    answering, filling = Client(), Client()
    numbers = cycle(range(FIELDS))
    answering.get(f"/surveys/{survey}/start/")

    def save_step() -> None:
        number = next(numbers)
        saved = answering.post(f"/surveys/{survey}/{_key(number)}/", {"answer": CHOICES[number % 5]})
        if saved.status_code != 302 or "ended" in saved["Location"]:
            raise SystemExit(f"A step led to {saved.get('Location')}, so nothing was saved and nothing measured")

    def submit_form() -> None:
        _expect(
            200, filling.post(form.url, {f"q{number}": CHOICES[number % 5] for number in range(FIELDS)}).status_code
        )

    compare("survey-step", ours=save_step, peer=submit_form, times=100, unit="posts/s")


def _expect(status: int, found: int) -> None:
    if found != status:
        raise SystemExit(f"A post answered {found} and not {status}, so nothing was measured")


def _key(number: int) -> str:
    return f"bm{number:02}"


def _survey() -> str:
    questionnaire = Questionnaire.objects.create(code="bench", title="Bench")
    section = Section.objects.create(questionnaire=questionnaire, title="All", order=0)
    for number in range(FIELDS):
        question = Question.objects.create(code=_key(number).upper(), theme="bench")
        wording = Wording.objects.create(question=question, text=f"Question {number}?")
        Option.objects.bulk_create(
            Option(wording=wording, code=code, label=code, order=order) for order, code in enumerate(CHOICES)
        )
        Item.objects.create(section=section, wording=wording, order=number)
    today = timezone.localdate()
    survey = Survey.objects.create(code="bench", title="Bench", purpose="Bench.", audience="Nobody.")
    wave = Wave.objects.create(
        survey=survey, number=1, questionnaire=questionnaire, population="Nobody", opens=today, closes=today
    )
    SignOff.objects.create(wave=wave, name="A colleague", day=today, digest=signed_digest(wave))
    open_wave(wave=wave)
    page = SurveyPage(title="Bench", slug="bench", summary="Bench.", survey=survey, live=True)
    in_english(SurveyIndexPage.objects).get().add_child(instance=page)
    return survey.code


def _form_page() -> Page:
    home = in_english(SurveyIndexPage.objects).get().get_parent()
    page = BareFormPage(title="Form", live=True)
    page.form_fields = [
        BareFormField(
            label=f"Q{number}",
            clean_name=f"q{number}",
            field_type="radio",
            choices="\n".join(CHOICES),
            sort_order=number,
        )
        for number in range(FIELDS)
    ]
    home.add_child(instance=page)
    return page
