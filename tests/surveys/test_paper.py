"""Questionnaires on paper: printed with numbers, typed in by them, a tenth twice, and brought in as answers."""

import builtins
import re
import zlib

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone

from core.models import Organisation, User
from core.printing import CannotPrintError, pdf
from surveys import actions
from surveys.models import Collector, PaperBatch, PaperEntry, Response, Tally
from surveys.models.papers import KEPT
from surveys.paper.layout import parts_of
from surveys.paper.printing import paper_html
from surveys.runner import read
from tests.factories.surveys import make_collector
from tests.surveys.browsing import text
from tests.surveys.instruments import body, question, when
from tests.surveys.test_corrections import correct, reword


def make_analyst(name):
    council, _ = Organisation.objects.get_or_create(code="council", defaults={"name": "Council"})
    user = User.objects.create_user(name, f"{name}@example.org", organisation=council)
    user.groups.add(Group.objects.get(name="Survey analysts"))
    return user


@pytest.fixture
def first(db):
    return make_analyst("first")


@pytest.fixture
def second(db):
    return make_analyst("second")


@pytest.fixture
def paper(wave):
    return make_collector(wave, "paper", kind="paper", mode="paper", send_to="Freepost, 1 Town Hall")


@pytest.fixture
def batch(paper):
    return actions.begin_batch(collector=paper)


def key(client, batch, serial=1, **typed):
    """Type a paper in; an answer is the number that is printed beside it."""
    data = {"serial": serial, "language": "en", "cnf01": "1", "hc08": "1 2", "cnf06": "2", "opn01": "More lights"}
    return client.post(reverse("survey_key_paper", args=[batch.pk]), {**data, **typed})


def do(client, name, row, **data):
    return client.post(reverse(f"survey_{name}", args=[row.pk]), data, follow=True)


def routes(*items):
    return [printed.only_if for part in parts_of(read(body(*items))) for printed in part.printed]


def test_each_question_and_option_is_printed_with_its_number(paper):
    page = paper_html(collector=paper, language="en")
    assert 'class="number">1</span> <span lang="en" dir="ltr">Are the police fair?' in page
    assert page.count('<span class="code">3</span>') == 2  # the third options of two questions
    for words in ("This is not a place to report", "call 999", "Freepost, 1 Town Hall", "Do not write your name"):
        assert words in page


def test_the_paper_says_how_long_answers_are_kept_and_that_a_person_reads_what_is_written(paper):
    page = paper_html(collector=paper, language="en")
    assert "Your answers are deleted 3 years after the survey closes. Published results stay." in page
    assert "A person reads what is written in a box, apart from your other answers" in page


def test_the_route_is_said_in_words_by_the_numbers_of_questions():
    scale = question(2, kind="scale", codes=("1", "2", "3"))
    asked = (
        question(1),
        scale,
        question(3, when=when("qu01", "is", "no")),
        question(4, when=when("qu02", "at-least", 2)),
        question(5, when={"all": [*when("qu01")["all"], *when("qu02", "is-none-of", ["1"])["all"]]}),
    )
    assert routes(*asked) == [
        "",
        "",
        "Only if you answered question 1 with “No”. Otherwise go on to question 4.",
        "Only if you answered question 2 with “2” or “3”. Otherwise go on to question 5.",
        (
            "Only if you answered question 1 and you answered question 2, but not with “1”. "
            "Otherwise you have come to the end."
        ),
    ]


def test_who_the_survey_is_not_meant_for_is_told_to_stop():
    [part] = parts_of(read(body(question(1, ends_on=["no"]))))
    assert [(choice.number, choice.ends) for choice in part.printed[0].choices] == [(1, False), (2, True)]


def test_the_questionnaire_is_a_tagged_pdf_in_its_language(client, first, paper):
    client.force_login(first)
    made = client.get(reverse("survey_print_paper", args=[paper.pk, "en"]))
    assert made["Content-Type"] == "application/pdf"
    assert made.content.startswith(b"%PDF-")
    streams = re.findall(rb"stream\n(.*?)\nendstream", made.content, re.DOTALL)
    unpacked = b"".join(zlib.decompressobj().decompress(stream) for stream in streams if stream[:1] == b"\x78")
    for mark in (b"/StructTreeRoot", b"/Lang (en)", b"/Marked true"):
        assert mark in unpacked
    assert client.get(reverse("survey_print_paper", args=[paper.pk, "pl"])).status_code == 404  # not offered


def test_without_pango_only_printing_refuses_in_a_sentence(client, first, paper, monkeypatch):
    real = builtins.__import__

    def without(name, *args, **kwargs):
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(CannotPrintError):
        pdf("<p>Words</p>", stylesheet="")
    client.force_login(first)
    page = client.get(reverse("survey_print_paper", args=[paper.pk, "en"]), follow=True)
    assert "because Pango is missing. Install it (Debian: libpango-1.0-0" in text(page)


def test_papers_become_answers_once_a_tenth_is_typed_twice_by_somebody_else(client, first, second, batch):
    client.force_login(first)
    for serial in range(1, 12):
        assert key(client, batch, serial, cnf01="2" if serial == 1 else "1").status_code == 302
    do(client, "finish_batch", batch)
    drawn = list(batch.entries.filter(drawn=True))
    assert len(drawn) == 2  # a tenth of eleven, and never less
    again = {"cnf01": "1", "hc08": "2 1", "cnf06": "2", "opn01": "More  lights"}
    refused = client.post(reverse("survey_key_again", args=[drawn[0].pk]), again)
    assert "You typed this paper in. Somebody else has to type it the second time." in text(refused)
    client.force_login(second)
    for entry in drawn:
        do(client, "key_again", entry, **(again | {"cnf01": "2" if entry.serial == 1 else "1"}))
    page = do(client, "bring_in_papers", batch)
    assert "The papers are answers now." in text(page)
    assert "11 papers became answers. Two people typed 8 answers; 0 differed." in text(page)
    assert not PaperEntry.objects.exists()
    kept = Response.objects.values_list("collector__code", "collector__mode", "answers__cnf01", "rewritten")
    assert sorted(kept) == [("paper", "paper", "agree", False)] * 10 + [("paper", "paper", "disagree", False)]
    assert Tally.objects.get().count == 11


def test_what_two_people_typed_differently_is_shown_and_settled_from_the_paper(client, first, second, batch):
    client.force_login(first)
    key(client, batch)
    do(client, "finish_batch", batch)
    client.force_login(second)
    [entry] = batch.entries.all()
    do(client, "key_again", entry, cnf01="2", hc08="1", cnf06="2", opn01="More lights")
    assert "Not every paper that was drawn is typed in again and settled." in text(do(client, "bring_in_papers", batch))
    page = text(client.get(reverse("survey_settle_paper", args=[entry.pk])))
    assert "1. Are the police fair?</th><td>1</td><td>2</td>" in page
    assert "How well?" not in page  # both typed the same
    do(client, "settle_paper", entry, cnf01="2", hc08="1 2")
    do(client, "bring_in_papers", batch)
    sent = Response.objects.get().answers
    assert (sent["cnf01"], sent["hc08"], sent["opn01"]) == ("disagree", ["fear", "language"], "More lights")
    assert PaperBatch.objects.values_list("compared", "differed").get() == (4, 2)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"cnf01": "7"}, "Question 1 has no answer 7. Type a number from 1 to 3, or nothing."),
        ({"cnf01": "yes"}, "Question 1 has no answer yes."),
        ({"cnf01": "1 2"}, "Question 1 takes one answer. If the paper has more than one, leave it empty."),
        ({"hc08": "1 3"}, "not both. If the paper has both, leave the question empty."),
        ({"opn01": "turned \u202e round"}, "a hidden character that turns the writing around"),
        ({"serial": ""}, "Type the number that you wrote on the paper."),
        ({"cnf01": "", "hc08": "", "cnf06": "", "opn01": " "}, "Nothing is typed in. Put an empty paper aside."),
    ],
)
def test_a_slip_is_named_beside_its_question_and_keeps_what_was_typed(client, first, batch, typed, said):
    client.force_login(first)
    page = key(client, batch, **{"opn01": "More lights"} | typed)
    assert page.status_code == 422
    assert said in text(page).replace("&quot;", '"')
    assert "More lights" in text(page) or "opn01" in typed
    assert not PaperEntry.objects.exists()


def test_people_may_leave_out_on_paper_what_a_screen_insists_on(client, first, second, batch):
    client.force_login(first)
    key(client, batch, cnf01="", hc08="")
    do(client, "finish_batch", batch)
    client.force_login(second)
    do(client, "key_again", batch.entries.get(), cnf06="2", opn01="More lights")
    do(client, "bring_in_papers", batch)
    assert Response.objects.get().answers == {"cnf06": "2", "opn01": "More lights"}


def test_a_number_is_given_once_and_a_finished_batch_takes_no_paper(client, first, batch):
    client.force_login(first)
    key(client, batch)
    assert "Paper 1 is in this batch already." in text(key(client, batch))
    key(client, batch, 2)
    do(client, "take_paper_out", batch.entries.get(serial=1))
    do(client, "correct_paper", batch.entries.get(), serial=3, language="en", cnf01="3")
    assert batch.entries.values_list("serial", "answers__cnf01").get() == (3, "dont-know")
    do(client, "finish_batch", batch)
    key(client, batch, 4)
    assert batch.entries.count() == 1


@pytest.fixture
def corrected(paper, first):
    """Return the way in by paper of a wave that was corrected: it asks another wording of its first question."""
    reword(paper.wave)
    correct(paper.wave, first, verdict="comparable")
    return Collector.objects.get(pk=paper.pk)


def test_each_page_of_a_paper_names_the_version_that_it_was_printed_from(corrected, paper):
    assert '<p class="foot">local-voice/1 paper en v1</p>' in paper_html(collector=paper, language="en")
    assert '<p class="foot">local-voice/1 paper en v2</p>' in paper_html(collector=corrected, language="en")


def test_papers_printed_before_a_correction_are_typed_in_and_kept_as_answers_to_what_they_ask(
    client, first, second, corrected
):
    client.force_login(first)
    before = corrected.wave.revisions.get().before
    page = text(client.get(reverse("survey_papers", args=[corrected.pk])))
    assert "v1: printed before" in page
    client.post(reverse("survey_begin_batch", args=[corrected.pk]), {"version": "1"})
    batch = corrected.batches.get()
    page = text(client.get(reverse("survey_key_paper", args=[batch.pk])))
    assert "Are the police fair?" in page
    assert "v1 at the foot" in page
    key(client, batch)
    do(client, "finish_batch", batch)
    client.force_login(second)
    do(client, "key_again", batch.entries.get(), cnf01="1", hc08="1 2", cnf06="2", opn01="More lights")
    do(client, "bring_in_papers", batch)

    assert Response.objects.get().instrument == before


def test_a_batch_is_of_what_the_wave_asks_now_unless_another_version_is_named(client, first, corrected):
    client.force_login(first)
    client.post(reverse("survey_begin_batch", args=[corrected.pk]))
    assert corrected.batches.get().instrument == corrected.wave.instrument

    for junk in ("3", "0", "x", "9" * 30):
        page = client.post(reverse("survey_begin_batch", args=[corrected.pk]), {"version": junk}, follow=True)
        assert "Choose the version that stands at the foot of the papers." in text(page)
    assert corrected.batches.count() == 1


def test_a_wave_does_not_close_over_papers_that_are_not_brought_in(client, first, batch):
    client.force_login(first)
    key(client, batch)
    page = client.post(reverse("survey_wave_close", args=[batch.collector.wave.pk]), follow=True)
    assert "Paper, batch 1 is not brought in yet. Bring it in first, or take its papers out." in text(page)
    do(client, "take_paper_out", batch.entries.get())
    client.post(reverse("survey_wave_close", args=[batch.collector.wave.pk]))
    assert batch.collector.wave.__class__.objects.get().state == "closed"


def test_what_nobody_went_on_with_is_purged_after_ninety_days(client, first, batch):
    client.force_login(first)
    key(client, batch)
    now = timezone.now()
    assert PaperEntry.Privacy.purge(now + KEPT) == 0
    PaperEntry.Privacy.purge(now + KEPT + (KEPT / 90))
    assert not PaperEntry.objects.exists()


def test_who_may_not_enter_answers_sees_no_paper(client, batch):
    officer = make_analyst("officer")
    officer.groups.set([Group.objects.get(name="Communications officers")])
    client.force_login(officer)
    for name, row in (("papers", batch.collector), ("batch", batch), ("key_paper", batch)):
        assert client.get(reverse(f"survey_{name}", args=[row.pk])).status_code == 302
