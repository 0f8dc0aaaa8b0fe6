"""What people write into a box: said beside it, queued, read by a person, redacted, and never lost or doubled."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from core.waiting import for_user
from surveys import actions, runner
from surveys.content import instrument_body
from surveys.models import Item, Option, Response, Text
from surveys.models.fieldwork import Wave
from surveys.working_days import working_days_since
from tests.factories.surveys import make_draft, make_open_wave, make_questionnaire, make_survey, make_wording
from tests.surveys.browsing import ANSWERS, answer, text

pytestmark = pytest.mark.django_db

WORDS = "Mr Smith of 4 Low Road shouts at us, and nobody helps."
REDACTED = "[redacted] shouts at us, and nobody helps."
BESIDE = "Nobody reads this straight away. In danger, call 999."


@pytest.fixture
def analyst(make_user, client):
    user = make_user("analyst", "Survey analysts")
    client.force_login(user)
    return user


def send(wave, number=1, **answers):
    """Send the usual answers with others among them, as the form does at its end."""
    given = ANSWERS | {"opn01": WORDS} | answers
    return actions.submit(
        wave=wave, token_digest=make_draft(wave, number=number, answers=given).token_digest, equality=True
    )


def at(found):
    return reverse("survey_text", args=[found.digest])


def logged():
    return sorted(ModelLogEntry.objects.filter(action__endswith="text").values_list("action", flat=True))


def test_nobody_reads_this_straight_away_stands_beside_each_box_and_is_read_out_with_it(client):
    other = make_wording("HC08")
    Option.objects.filter(wording=other, code="dont-know").update(other=True)
    words = make_wording("OPN01", kind="text", options=())
    make_open_wave(questionnaire=make_questionnaire((other, True), (words, True)))
    start = "/surveys/local-voice/"
    make_page(Wave.objects.get())
    for key, box in (("hc08", "answer_other"), ("opn01", "answer")):
        if key == "opn01":
            answer(client, start, hc08="agree")
        else:
            client.get(f"{start}start/")
        page = text(client.get(f"{start}{key}/"))
        assert page.count(BESIDE) == 1
        assert f'id="id_{box}_helptext"' in page
        assert f'aria-describedby="id_{box}_helptext"' in page
        assert BESIDE in page.split(f'id="id_{box}_helptext"')[1].split("</")[0]


def make_page(wave):
    from tests.factories.surveys import make_survey_page

    return make_survey_page(wave.survey)


def test_words_wait_for_a_reader_once_they_are_sent_and_not_before(client, start, wave):
    answer(client, start, **ANSWERS | {"opn01": WORDS})
    assert not Text.objects.exists()
    client.post(f"{start}check/")

    found = Text.objects.get()
    assert (found.wave, found.key, found.words, found.count) == (wave, "opn01", WORDS, 1)
    assert found.day == timezone.localdate()


def test_words_beside_an_option_wait_too():
    wording = make_wording("HC08")
    Option.objects.filter(wording=wording, code="dont-know").update(other=True)
    wave = make_open_wave(questionnaire=make_questionnaire((wording, True)))
    draft = make_draft(wave, answers={"hc08": "dont-know", "hc08_other": WORDS})
    actions.submit(wave=wave, token_digest=draft.token_digest, equality=True)

    assert Text.objects.get().key == "hc08_other"


def test_the_same_words_to_the_same_question_wait_once_with_their_number(wave):
    for number in range(3):
        send(wave, number=number)
    send(wave, number=4, opn01="Something else")

    assert dict(Text.objects.values_list("words", "count")) == {WORDS: 3, "Something else": 1}


def test_nothing_of_a_text_leads_to_who_wrote_it_or_to_the_rest_of_what_they_answered():
    assert {field.name for field in Text._meta.get_fields()} == {"id", "digest", "wave", "key", "words", "count", "day"}


def test_reader_sees_the_words_and_nothing_else_that_the_person_answered(client, analyst, wave):
    send(wave)
    page = text(client.get(at(Text.objects.get())))

    assert WORDS in page
    assert "What would help?" in page
    assert "Fear of what comes after" not in page
    assert logged() == ["surveys.open_text"]


def test_text_marked_as_read_stays_as_it_was_written_and_waits_no_longer(client, analyst, wave):
    send(wave)
    sent = client.post(at(Text.objects.get()), {"read": ""})

    assert sent.url == reverse("survey_texts")
    assert not Text.objects.exists()
    assert Response.objects.get().answers["opn01"] == WORDS
    assert logged() == ["surveys.read_text"]


def test_redaction_puts_the_shorter_words_into_every_response_that_holds_them_and_the_original_is_gone(
    client, analyst, wave
):
    other = make_open_wave(survey=make_survey("other"), questionnaire=wave.questionnaire)
    for number, one in enumerate((wave, wave, other)):
        send(one, number=number)
    send(wave, number=4, opn01="Mr Smith of 4 Low Road")
    actions.rewrite_shuffled(wave=wave)
    client.post(at(Text.objects.get(wave=wave, words=WORDS)), {"words": REDACTED})

    held = [response.answers["opn01"] for response in wave.responses.all()]
    assert sorted(held) == sorted([REDACTED, REDACTED, "Mr Smith of 4 Low Road"])
    assert other.responses.get().answers["opn01"] == WORDS
    assert logged() == ["surveys.redact_text"]
    assert WORDS not in str(list(ModelLogEntry.objects.values()))


@pytest.mark.parametrize(
    "words",
    [
        WORDS,
        "",
        "He shouts at us, and nobody helps.",
        "shouts at us, and nobody helps.",
        "[redacted] shouts at us, and everybody helps.",
        "[redacted] and nobody helps. shouts at us,",
        "[redacted] shouts at us, [redacted] they all help.",
    ],
)
def test_redaction_that_changes_or_adds_words_is_refused_and_what_was_typed_stays(client, analyst, wave, words):
    send(wave)
    refused = client.post(at(Text.objects.get()), {"words": words})

    page = text(refused)
    assert ("Put [redacted] in the place of what you take out, and leave everything else" in page) or not words
    assert Response.objects.get().answers["opn01"] == WORDS
    assert refused.context["form"]["words"].value() == words
    assert Text.objects.exists()


@pytest.mark.parametrize(
    "words",
    [
        "[redacted]",
        REDACTED,
        "Mr Smith of [redacted] shouts at us, and [redacted]",
        "[redacted] shouts [redacted] helps.",
    ],
)
def test_redaction_may_take_out_any_part_or_all(wave, make_user, words):
    send(wave)
    actions.redact_text(text=Text.objects.get(), words=words, by=make_user("amina"))

    assert Response.objects.get().answers["opn01"] == words


def test_redaction_keeps_lines_as_they_were_written(client, analyst, wave):
    send(wave, opn01="First line\nSecond line, by Ann")
    client.post(at(Text.objects.get()), {"words": "First line\r\nSecond line, by [redacted]"})

    assert Response.objects.get().answers["opn01"] == "First line\nSecond line, by [redacted]"


def test_the_same_words_sent_again_after_they_were_read_wait_again(wave, make_user):
    send(wave)
    actions.read_text(text=Text.objects.get(), by=make_user("amina"))
    send(wave, number=2)

    assert Text.objects.get().count == 1


def test_reading_goes_on_with_the_text_that_has_waited_longest(client, analyst, wave):
    for number, words in enumerate(("One", "Two", "Three")):
        send(wave, number=number, opn01=words)
    Text.objects.filter(words="Three").update(day=date(2026, 1, 5))

    sent = client.post(at(Text.objects.get(words="One")), {"read": ""})
    assert sent.url == at(Text.objects.get(words="Three"))


def test_text_that_a_colleague_read_meanwhile_is_told_of(client, analyst, wave):
    send(wave)
    address = at(Text.objects.get())
    Text.objects.all().delete()

    for response in (client.get(address, follow=True), client.post(address, {"words": REDACTED}, follow=True)):
        assert "That text was read meanwhile, so it waits no longer." in text(response)


def test_address_of_a_text_outlives_a_rewriting(client, analyst, wave):
    send(wave)
    before = Text.objects.get()
    actions.rewrite_shuffled(wave=wave)

    assert Text.objects.get().pk != before.pk
    assert client.get(at(before)).status_code == 200


def test_guide_for_someone_at_risk_is_shown_and_that_it_was_followed_is_recorded_without_the_words(
    client, analyst, wave
):
    send(wave)
    address = reverse("survey_text_at_risk", args=[Text.objects.get().digest])
    assert "Danger now: call 999." in text(client.get(address))

    assert "Tick the box once you have done it. Nothing was recorded." in text(client.post(address))
    assert not ModelLogEntry.objects.filter(action="surveys.follow_guide").exists()
    client.post(address, {"followed": "on"})
    entry = ModelLogEntry.objects.get(action="surveys.follow_guide")
    assert (entry.user, entry.data) == (analyst, {"question": "opn01"})
    assert Text.objects.exists()


def test_page_of_the_wave_tells_that_the_guide_was_followed_and_not_of_each_text_that_was_read(client, analyst, wave):
    send(wave)
    found = Text.objects.get()
    client.get(at(found))
    client.post(reverse("survey_text_at_risk", args=[found.digest]), {"followed": "on"})
    client.post(at(found), {"read": ""})
    page = text(client.get(reverse("survey_wave", args=[wave.pk])))

    assert "Followed the guide: someone seemed at risk in a text" in page
    for each in ("Opened a text", "Read a text"):
        assert each not in page


def test_only_analysts_read_texts(client, make_user, wave):
    send(wave)
    found = Text.objects.get()
    client.force_login(make_user("olive", "Communications officers"))

    for address in (reverse("survey_texts"), at(found), reverse("survey_text_at_risk", args=[found.digest])):
        assert WORDS not in text(client.get(address, follow=True))
        client.post(address, {"read": "", "followed": "on"})
    assert Text.objects.exists()
    assert not ModelLogEntry.objects.filter(action__in=["surveys.read_text", "surveys.follow_guide"]).exists()


@pytest.mark.parametrize(
    ("received", "today", "days"),
    [
        (date(2026, 9, 1), date(2026, 9, 1), 0),  # a Tuesday
        (date(2026, 9, 1), date(2026, 9, 3), 2),
        (date(2026, 9, 4), date(2026, 9, 8), 2),  # over a weekend
        (date(2026, 9, 5), date(2026, 9, 6), 0),  # on a weekend
        (date(2026, 8, 28), date(2026, 9, 1), 1),  # over the bank holiday of 31 August
        (date(2026, 12, 24), date(2026, 12, 29), 1),  # Boxing Day falls on a Saturday, so Monday is free
        (date(2026, 9, 3), date(2026, 9, 1), 0),
    ],
)
def test_age_is_counted_in_working_days(received, today, days):
    assert working_days_since(received, today) == days


@pytest.mark.parametrize(("days_ago", "late"), [(0, False), (14, True)])
def test_age_of_the_oldest_text_stands_on_the_admin_home_and_an_overdue_one_is_late(analyst, wave, days_ago, late):
    send(wave)
    send(wave, number=2, opn01="Something else")
    Text.objects.update(day=timezone.localdate() - timedelta(days=days_ago))

    [found] = [thing for thing in for_user(analyst) if thing.what == "Texts to read"]
    assert found.title == "2 texts: Your voice, wave 1"
    assert found.is_late is late
    assert found.when.startswith("the oldest has waited ")


def test_list_of_texts_shows_ages_and_no_words_and_costs_the_same_whatever_their_number(
    client, analyst, wave, django_assert_max_num_queries
):
    send(wave)
    client.get(reverse("survey_texts"))  # The council's settings are made at the first look.
    for number in range(2, 4):
        send(wave, number=number, opn01=f"Words {number}")
    Text.objects.filter(words=WORDS).update(day=date(2026, 1, 5))
    with django_assert_max_num_queries(14):
        page = text(client.get(reverse("survey_texts")))

    assert page.count("What would help?") == 3
    assert "<strong>Late: </strong>" in page
    assert WORDS not in page


def test_unread_texts_go_with_the_answers_of_their_wave(wave):
    send(wave)
    actions.close_wave(wave=wave)
    now = timezone.now()

    assert Text.Privacy.purge(now + timedelta(days=3 * 365)) == 0
    assert Text.Privacy.purge(now + timedelta(days=3 * 365 + 2)) == 1


def test_redaction_that_changes_words_is_refused_by_the_verb_too(wave, make_user):
    send(wave)
    with pytest.raises(ValidationError, match="leave everything else as it was written"):
        actions.redact_text(text=Text.objects.get(), words="They are all fine.", by=make_user("amina"))


def test_words_that_were_shuffled_while_somebody_read_them_leave_the_queue_all_the_same(wave, make_user):
    analyst = make_user("analyst", "Survey analysts")
    send(wave)
    send(wave, number=2, opn01="More lights")
    on_screen = list(Text.objects.all())
    actions.rewrite_shuffled(wave=wave)

    for found in on_screen:
        if found.words == WORDS:
            actions.redact_text(text=found, words=REDACTED, by=analyst)
        else:
            actions.read_text(text=found, by=analyst)

    assert not Text.objects.exists()
    assert {row.answers["opn01"] for row in Response.objects.all()} == {REDACTED, "More lights"}


def test_a_text_keeps_its_question_when_a_correction_takes_the_question_out(client, analyst):
    wave = make_open_wave()
    send(wave)
    Item.objects.filter(wording__question__code="OPN01").delete()
    looked_at = runner.digest(instrument_body(wave.questionnaire))
    actions.correct_wave(wave=wave, reason="Asked too much", verdict="excluded", looked_at=looked_at, by=analyst)

    for address in (reverse("survey_texts"), at(Text.objects.get())):
        page = text(client.get(address))
        assert "What would help?" in page
        assert "opn01" not in page
