"""A population's numbers from a file: all of it or nothing of it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from surveys.models import Margin
from tests.factories.surveys import make_wave, make_wording

HEAD = "population,question,option,people,year,source\n"
ADULTS = "residents aged 16 and over"
SEX = (
    f"{ADULTS},DEM04,female,510,2021,TS008\n"
    f"{ADULTS},DEM04,male,490,2021,TS008\n"
)  # fmt: skip
AGE = (
    f"{ADULTS},DEM11,16-to-34,300,2021,TS007A\n"
    f"{ADULTS},DEM11,35-or-over,703,2021,TS007A\n"
)  # fmt: skip

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _questions():
    make_wording("DEM04", options=(("female", "Female"), ("male", "Male"), ("prefer-not-to-say", "Prefer not to say")))
    make_wording("DEM11", options=(("under-16", "Under 16"), ("16-to-34", "16 to 34"), ("35-or-over", "35 or over")))


@pytest.fixture
def file(tmp_path):
    def write(rows, head=HEAD):
        path = tmp_path / "margins.csv"
        path.write_bytes(rows if isinstance(rows, bytes) else f"{head}{rows}".encode())
        return str(path)

    return write


def said(capsys, *arguments):
    call_command("import_margins", *arguments)
    return capsys.readouterr().out.splitlines()


def refused(path, *arguments):
    with pytest.raises(CommandError) as found:
        call_command("import_margins", path, *arguments)
    assert not Margin.objects.exists()
    first, *sentences = str(found.value).splitlines()
    assert first == "Nothing was imported."
    return sentences


def totals(question):
    return dict(Margin.objects.filter(question__code=question).values_list("option", "total"))


def test_tables_of_one_population_come_in_and_a_perturbed_one_is_scaled_and_told(file, capsys):
    make_wave()
    lines = said(capsys, file(SEX + AGE))

    assert lines == [
        f"{ADULTS}: 4 added, 0 changed, 0 removed, 0 unchanged.",
        "DEM11: 1,000 people in all, as in DEM04; each row was scaled by 0.997009.",
    ]
    assert totals("DEM04") == {"female": 510, "male": 490}
    assert totals("DEM11") == {"16-to-34": 299, "35-or-over": 701}
    margin = Margin.objects.get(option="female")
    assert (margin.population, margin.year, margin.source, margin.is_sample) == (ADULTS, 2021, "TS008", False)


def test_the_same_file_again_changes_nothing_and_a_later_one_takes_its_place(file, capsys):
    make_wave()
    said(capsys, file(SEX))
    assert said(capsys, file(SEX)) == [f"{ADULTS}: 0 added, 0 changed, 0 removed, 2 unchanged."]

    later = SEX.replace("female,510", "female,520").replace("male,490", "prefer-not-to-say,480")
    assert said(capsys, file(later)) == [
        f"{ADULTS}: 1 added, 1 changed, 1 removed, 0 unchanged.",
        "  removed: DEM04 male, 2021",
    ]
    assert totals("DEM04") == {"female": 520, "prefer-not-to-say": 480}


def test_population_that_no_wave_asks_is_told(file, capsys):
    assert "No wave asks “residents aged 16 and over” in these words yet." in said(capsys, file(SEX))[-1]


def test_those_without_an_answer_are_spread_or_prefer_not_to_say_as_the_analyst_says(file, capsys):
    path = file(SEX + f"{ADULTS},DEM04,not-answered,100,2021,TS008\n")

    (sentence,) = refused(path)
    assert sentence.startswith("Line 2: DEM04 counts people who did not answer. Say what becomes of them")
    said(capsys, path, "--not-answered", "spread")
    assert totals("DEM04") == {"female": 561, "male": 539}
    said(capsys, path, "--not-answered", "own")
    assert totals("DEM04") == {"female": 510, "male": 490, "prefer-not-to-say": 100}


def test_sample_data_is_marked(file, capsys):
    rows = "".join(f"{row},yes\n" for row in SEX.splitlines())
    said(capsys, file(rows, head=HEAD.replace("\n", ",sample_data\n")))

    assert set(Margin.objects.values_list("is_sample", flat=True)) == {True}


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (SEX + f"{ADULTS},DEM04,female,5,2021,TS008\n", "Line 4: DEM04 female stands on line 2 already. Remove one."),
        (
            SEX + f"{ADULTS},DEM04,nobody,5,2021,TS008\n",
            "Line 4: DEM04 has no option nobody. It has female, male, prefer-not-to-say.",
        ),
        (f"{ADULTS},DEM99,a,5,2021,S\n", "Line 2: there is no question DEM99 in the bank. Mend the code, or add the"),
        (SEX + "others,DEM11,16-to-34,9,2021,S\n", "Line 4: the population is “others”, and on line 2 “residents"),
        (SEX.replace("490", "0"), "Line 3: people is “0”. Write how many in digits alone, 1 or more, such as 51000."),
        (SEX.replace("490", "4.9e2"), "Line 3: people is “4.9e2”."),
        (SEX.replace("490", "٤٩٠"), "Line 3: people is “٤٩٠”."),
        (SEX.replace("490", "9" * 400), "Line 3: people is “999999999999999999999999999999”."),
        (SEX.replace("2021", "21", 1), "Line 2: year is “21”. Write the year that the numbers describe, such as 2021."),
        (SEX.replace("2021", "2011", 1), "Line 3: the year of DEM04 is another than on line 2. A table has one."),
        (SEX.replace("TS008", "", 1), "Line 2: source is empty. Fill it in."),
        (SEX.replace("TS008", "S" * 201, 1), "Line 2: source is longer than 200 characters. Shorten it."),
        (SEX.replace("TS008", "T\u202eS", 1), "Line 2: it holds a hidden character that turns the writing around."),
        (SEX + AGE.replace("703", "715"), "Line 4: DEM11 counts 1,015 people and DEM04 1,000: 1.5 % apart. More than"),
        (f"{ADULTS},DEM04,female\n", "Line 2: it has too few or too many cells."),
        ("", "margins.csv holds no rows."),
        (b"\xff\xfe", "margins.csv is not UTF-8. Save it as CSV UTF-8."),
        (b"a,b\n1,2\n", "margins.csv has no column population, question, option, people, year, source."),
        (b'a,"' + b"x" * 200_000, "margins.csv cannot be read as a CSV file: field larger than field limit"),
    ],
)
def test_what_is_wrong_is_said_with_its_line_and_nothing_comes_in(file, rows, sentence):
    assert refused(file(rows))[0].startswith(sentence)


def test_everything_that_is_wrong_is_said_at_once(file):
    assert len(refused(file(SEX.replace("490", "many").replace("2021", "last year", 1)))) == 2


def test_question_answered_in_words_cannot_be_weighted_by(file):
    make_wording("OPN01", kind="text", options=())

    (sentence,) = refused(file(f"{ADULTS},OPN01,a,5,2021,S\n"))
    assert sentence == "Line 2: people give no one answer to OPN01 out of a list, so it cannot be weighted by."


def test_option_for_those_without_an_answer_has_to_be_there(file):
    rows = AGE + f"{ADULTS},DEM11,not-answered,10,2021,S\n".replace("S", "TS007A")

    (sentence,) = refused(file(rows), "--not-answered", "own")
    assert sentence.startswith("Line 2: DEM11 has no option prefer-not-to-say")


def test_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(CommandError, match="cannot be read: No such file or directory"):
        call_command("import_margins", str(tmp_path / "none.csv"))


def test_analyst_brings_a_file_in_from_the_list_of_the_population(client, make_user, file):
    client.force_login(make_user("analyst", "Survey analysts"))
    way = reverse("survey_margins_bring_in")
    assert way in client.get(reverse("wagtailsnippets_surveys_margin:list")).content.decode()

    answer = client.post(way, {"file": SimpleUploadedFile("m.csv", f"{HEAD}{SEX}{SEX}".encode())})
    assert (answer.status_code, Margin.objects.count()) == (422, 0)
    assert "Line 4: DEM04 female stands on line 2 already" in answer.content.decode()

    answer = client.post(
        way, {"file": SimpleUploadedFile("m.csv", f"{HEAD}{SEX}{AGE}".encode()), "not_answered": ""}, follow=True
    )
    assert "4 added, 0 changed, 0 removed, 0 unchanged" in answer.content.decode()
    assert "each row was scaled by 0.997009" in answer.content.decode()


def test_who_does_not_keep_the_population_brings_nothing_in(client, make_user):
    client.force_login(make_user("manager", "Communications managers"))

    assert client.get(reverse("survey_margins_bring_in")).status_code == 302
