"""Surveys for tests: plain functions that make the least that is whole."""

from datetime import timedelta

from django.utils import timezone
from wagtail.models import Site

from surveys import actions
from surveys.actions.languages import FileVersion, take_in
from surveys.content import items_of, notice_version, versions_in
from surveys.enums import CollectorKind, Kind, WordingStatus
from surveys.models import (
    Collector,
    Draft,
    Item,
    Option,
    Question,
    Questionnaire,
    Response,
    Section,
    SignOff,
    Survey,
    SurveyIndexPage,
    SurveyPage,
    Wave,
    Wording,
)
from surveys.queries import signed_digest

AGREE = (("agree", "Agree"), ("disagree", "Disagree"), ("dont-know", "Don't know"))
BARRIERS = (("fear", "Fear of what comes after"), ("language", "Language"), ("nothing", "Nothing would stop me"))
POINTS = (("1", "1 - Badly"), ("2", "2 - Well"))


def make_wording(code, *, text="Do you agree?", kind=Kind.SINGLE, options=AGREE, alone=(), sensitive=False, **fields):
    about = {"theme": fields.pop("theme", "confidence"), "sensitive": sensitive}
    question, _ = Question.objects.get_or_create(code=code, defaults=about)
    fields = {"status": WordingStatus.IN_USE, "confirmed": True} | fields
    wording = Wording.objects.create(question=question, text=text, kind=kind, **fields)
    for order, (option, label) in enumerate(options):
        Option.objects.create(wording=wording, code=option, label=label, order=order, exclusive=option in alone)
    return wording


def make_questionnaire(*items, code="questions"):
    """Make a questionnaire of (wording, required) pairs in one section."""
    questionnaire = Questionnaire.objects.create(code=code, title="Your area", introduction="A few questions.")
    section = Section.objects.create(questionnaire=questionnaire, title="Where you live")
    for order, (wording, required) in enumerate(items):
        Item.objects.create(section=section, wording=wording, required=required, order=order)
    return questionnaire


def make_usual_questionnaire(code="questions"):
    """Make a questionnaire with a question of every kind: single, multiple (optional), scale and words (optional)."""
    barriers = make_wording(
        "HC08", text="What might stop you?", kind=Kind.MULTIPLE, options=BARRIERS, alone=("nothing",)
    )
    return make_questionnaire(
        (make_wording("CNF01", text="Are the police fair?"), True),
        (barriers, False),
        (make_wording("CNF06", text="How well?", kind=Kind.SCALE, options=POINTS), True),
        (make_wording("OPN01", text="What would help?", kind=Kind.TEXT, options=()), False),
        code=code,
    )


def write_in(language, questionnaire, **who):
    """Write every word of a questionnaire in ``language``: the English with the language's code after it."""
    for version in versions_in(language, questionnaire, items_of(questionnaire)):
        words = {name: f"{english} ({language})" for name, english in version.english.items()}
        actions.write_words(version=version, words=words, **who)


def check_in(language, questionnaire):
    """Let every word of a questionnaire in ``language`` be checked."""
    for version in versions_in(language, questionnaire, items_of(questionnaire)):
        take_in(version=version, found=FileVersion(checked_on=timezone.localdate()), by=None)


def write_notice_in(language, survey):
    """Write what a survey tells people in ``language``: the English with the language's code after it."""
    version = notice_version(survey, language)
    actions.write_words(
        version=version, words={name: f"{english} ({language})" for name, english in version.english.items()}
    )


def check_notice_in(language, survey):
    """Let what a survey tells people in ``language`` be checked."""
    take_in(version=notice_version(survey, language), found=FileVersion(checked_on=timezone.localdate()), by=None)


def make_survey(code="local-voice"):
    return Survey.objects.create(
        code=code, title="Your voice", purpose="To learn what people think.", audience="Analysts.", minutes=4
    )


def make_wave(*, survey=None, questionnaire=None, number=1, opens_in=0, days=30, signed=True, **fields):
    """Make a wave that could open, ``signed`` off: in each language that it offers, people read what they are told."""
    survey, questionnaire = survey or make_survey(), questionnaire or make_usual_questionnaire()
    for language in questionnaire.languages[1:]:
        write_notice_in(language, survey)
        check_notice_in(language, survey)
    opens = timezone.localdate() + timedelta(days=opens_in)
    fields = {"target": 400} | fields
    wave = Wave.objects.create(
        survey=survey,
        questionnaire=questionnaire,
        number=number,
        population="residents aged 16 and over",
        opens=opens,
        closes=opens + timedelta(days=days),
        **fields,
    )
    if signed:
        sign_off(wave)
    return wave


def plan_of(wave):
    """Return the plan of ``wave`` as its form sends it."""
    said = {name.removesuffix("_id"): getattr(wave, name) for name in Wave.PLANNED}
    return {name: value for name, value in said.items() if value is not False}


def sign_off(wave):
    """Sign ``wave`` off as it is now, whatever was signed before."""
    given = {"name": "A colleague", "day": timezone.localdate(), "digest": signed_digest(wave)}
    return SignOff.objects.update_or_create(wave=wave, defaults=given)[0]


def make_open_wave(**fields):
    return actions.open_wave(wave=make_wave(**fields))


def make_survey_page(survey, *, slug="local-voice", live=True):
    index = SurveyIndexPage.objects.first()
    if index is None:
        home = Site.objects.get(is_default_site=True).root_page
        index = home.add_child(instance=SurveyIndexPage(title="Surveys", slug="surveys", summary="Have your say."))
    page = SurveyPage(title="Your voice", slug=slug, summary="Tell us.", survey=survey, live=live)
    return index.add_child(instance=page)


def make_draft(wave, *, number=1, **fields):
    """Make a form in progress; its ``number`` stands for the token on the device."""
    fields = {"token_digest": f"{number:064}", "day": timezone.localdate(), "collector": open_link(wave)} | fields
    return Draft.objects.create(wave=wave, **fields)


def make_collector(wave, code, *, kind=CollectorKind.PLACEMENT, **fields):
    """Make a way in; a placement is a poster outdoors unless ``fields`` say otherwise."""
    usual = {"title": code.title(), "channel": "outdoor" if kind == CollectorKind.PLACEMENT else ""}
    return Collector.objects.create(wave=wave, code=code, kind=kind, **usual | fields)


def open_link(wave):
    return wave.collectors.get(kind=CollectorKind.OPEN_LINK)


def make_response(wave, *, rewritten=False, collector=None, **answers):
    return Response.objects.create(
        wave=wave,
        collector=collector or open_link(wave),
        instrument=wave.instrument,
        month=timezone.localdate().replace(day=1),
        answers=answers,
        rewritten=rewritten,
    )
