"""The question bank from its file."""

import pytest

from surveys import actions
from surveys.models import Option, Question, Wording
from tests.factories.surveys import make_open_wave, make_questionnaire, make_wording

pytestmark = pytest.mark.django_db

HEAD = "id,theme,text,answer_type,answer_options,source,verified\n"


@pytest.fixture
def bank(tmp_path):
    """Return a function that writes a bank file and gives its path."""

    def write(*lines, head=HEAD):
        path = tmp_path / "bank.csv"
        path.write_text(head + "".join(f"{line}\n" for line in lines), encoding="utf-8")
        return path

    return write


def test_shipped_bank_comes_in_whole_and_only_once():
    assert actions.import_question_bank() == 56
    assert actions.import_question_bank() == 0
    assert Question.objects.count() == Wording.objects.count() == 56


def test_shipped_bank_says_which_wordings_are_confirmed_and_which_are_drafts():
    actions.import_question_bank()

    standing = {wording.question.code: wording.standing for wording in Wording.objects.select_related("question")}
    assert standing["CNF03"] == "wording confirmed in its source"
    assert standing["HC07"] == standing["COH01"] == "draft: pilot first"
    assert set(standing.values()) == {"wording confirmed in its source", "draft: pilot first"}


def test_shipped_bank_knows_scales_lone_options_sensitive_questions_and_strands_left_out():
    actions.import_question_bank()

    scale = Option.objects.filter(wording__question__code="CNF06")
    assert list(scale.values_list("code", "score"))[:2] == [("1", 1), ("2", 2)]
    alone = Option.objects.filter(exclusive=True, wording__question__code="HC08")
    assert list(alone.values_list("code", flat=True)) == ["nothing-would-stop-me", "prefer-not-to-say"]
    assert set(Question.objects.filter(sensitive=True).values_list("theme", flat=True)) == {
        "demographics",
        "experience",
    }
    assert Wording.objects.get(question__code="HC01").strands_omitted == ["transgender"]
    assert Wording.objects.get(question__code="PUP02").strands_omitted == []


def test_changed_words_become_a_new_version_and_leave_the_old_one(bank):
    line = "ABC01,safety,How safe do you feel?,single,Safe|Unsafe,Ours,yes"
    assert actions.import_question_bank(path=bank(line)) == 1
    make_open_wave(questionnaire=make_questionnaire((Wording.objects.get(), True)))

    assert actions.import_question_bank(path=bank(line.replace("Unsafe", "Not safe"))) == 1
    first, second = Wording.objects.order_by("version")
    assert (first.wording_id, second.wording_id) == ("ABC01.1", "ABC01.2")
    assert [list(found.options.values_list("label", flat=True)) for found in (first, second)] == [
        ["Safe", "Unsafe"],
        ["Safe", "Not safe"],
    ]
    assert actions.import_question_bank(path=bank(line)) == 0


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("abc,safety,How?,single,A|B,Ours,yes", "Line 3: the id “abc” is not a code."),
        ("OK01,safety,Again?,single,A|B,Ours,yes", "Line 3: OK01 stands on line 2 already."),
        ("ABC01,safety,,single,A|B,Ours,yes", "Line 3: the question must have between 1 and 500 characters."),
        ("ABC01,safety,How?,ranking,A|B,Ours,yes", "Line 3: the answer type “ranking” is not one of"),
        ("ABC01,safety,How?,single,A,Ours,yes", "Line 3: it needs at least two options"),
        ("ABC01,safety,How?,single,A|a,Ours,yes", "Line 3: two of its options are the same, or one is empty."),
        ("ABC01,safety,How?,single,A||B,Ours,yes", "Line 3: two of its options are the same, or one is empty."),
        ("ABC01,safety,How?,text,A|B,Ours,yes", "Line 3: it is answered in words but has options."),
        ("ABC01,safety,How?,single,A|B,Ours,perhaps", "Line 3: verified must be yes or no."),
        ("ABC01,,How?,single,A|B,Ours,yes", "Line 3: it has no theme."),
        ("ABC01,safety,How?", "Line 3: it does not have 7 columns."),
        ("ABC01,safety,How?,single,A|B,Ours,yes,more", "Line 3: it does not have 7 columns."),
    ],
)
def test_line_that_is_wrong_is_named_and_nothing_is_taken_in(bank, line, fault):
    path = bank("OK01,safety,How safe do you feel?,single,Safe|Unsafe,Ours,yes", line)

    with pytest.raises(actions.BankError) as refused:
        actions.import_question_bank(path=path)
    assert [sentence.startswith(fault) for sentence in refused.value.faults] == [True]
    assert not Question.objects.exists()


def test_file_that_is_no_bank_is_refused(bank, tmp_path):
    with pytest.raises(actions.BankError, match="is not a question bank"):
        actions.import_question_bank(path=bank(head="a,b\n1,2\n"))
    with pytest.raises(actions.BankError, match="cannot be read"):
        actions.import_question_bank(path=tmp_path / "missing.csv")
    (tmp_path / "binary.csv").write_bytes(b"\xff\xfe\x00junk")
    with pytest.raises(actions.BankError, match="cannot be read"):
        actions.import_question_bank(path=tmp_path / "binary.csv")


@pytest.mark.parametrize("words", ["cnf01", "police", "CNF", "\u202e"])
def test_wordings_are_searched_by_their_code_and_by_their_words(client, make_user, words):
    make_wording("SAF03", text="How safe is it?")
    make_wording("CNF01", text="How good are the police?")
    client.force_login(make_user("analyst", "Survey analysts"))
    page = client.get("/admin/snippets/surveys/wording/", {"q": words})

    assert page.status_code == 200
    if words.isalnum():
        assert [wording.wording_id for wording in page.context["object_list"]] == ["CNF01.1"]
