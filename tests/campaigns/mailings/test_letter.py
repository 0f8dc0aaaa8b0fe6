"""A mailing as it arrives: its HTML, its plain text and its links."""

import re
from html.parser import HTMLParser

import pytest
from django.conf import settings

from campaigns.mailings.letter import Letter, letter_of
from campaigns.mailings.richtext import RichText
from campaigns.models import Mailing
from core.look.colours import TEXT, contrast
from core.models import CouncilSettings
from tests.factories.artwork import make_picture
from tests.factories.campaigns import make_live_page
from tests.factories.mailings import make_mailing

pytestmark = pytest.mark.django_db


def made(body=(), **fields) -> Letter:
    mailing = make_mailing(body=list(body), **fields)
    return letter_of(Mailing.objects.get(pk=mailing.pk))


class Elements(HTMLParser):
    """Every element of a page with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def of(self, *tags):
        return [attrs for tag, attrs in self.found if tag in tags]


def picture(**said):
    image = make_picture(source="Ours", licence="own", people="none")
    value = {"image": image, "alternative_text": "A door stands open", "decorative": False, "caption": ""}
    return ("picture", value | said)


def test_every_table_is_for_layout_and_every_picture_has_its_size_and_words(campaign_index):
    elements = Elements(
        made([picture(), ("button", {"text": "Go", "page": None, "address": "https://example.org/"})]).html
    )
    assert {table.get("role") for table in elements.of("table")} == {"presentation"}
    (drawn,) = elements.of("img")
    assert (drawn["alt"], drawn["width"], drawn["height"]) == ("A door stands open", "60", "40")
    assert drawn["src"].startswith(settings.SITE_URL)
    assert drawn["src"].endswith(".jpg")


def test_what_gmail_and_outlook_need_stands_beside_each_element(campaign_index):
    letter = made(
        [("text", "<p>Words</p>"), ("button", {"text": "Go", "page": None, "address": "https://example.org/"})]
    )
    elements = Elements(letter.html)
    assert all("color:" in link["style"] for link in elements.of("a"))
    assert all("margin:" in paragraph["style"] for paragraph in elements.of("p", "h1"))
    assert any(cell.get("bgcolor") for cell in elements.of("td"))
    assert "@import" not in letter.html
    assert not elements.of("link", "script", "form")


def test_headings_begin_with_the_subject_and_skip_no_level(campaign_index):
    elements = Elements(made([("heading", "Come along"), ("heading", "And then")]).html)
    assert [tag for tag, _ in elements.found if re.fullmatch("h[1-6]", tag)] == ["h1", "h2", "h2"]


@pytest.mark.parametrize(("language", "runs", "start"), [("en", "ltr", "left"), ("ur", "rtl", "right")])
def test_an_email_says_its_language_and_runs_its_way(campaign_index, language, runs, start):
    elements = Elements(made(language=language).html)
    (page,) = elements.of("html")
    assert (page["lang"], page["dir"]) == (language, runs)
    assert {cell["align"] for cell in elements.of("td") if "align" in cell} == {start, "center"}


@pytest.mark.parametrize(("main", "second"), [("", ""), ("#ffd500", "#1d4f91"), ("#0b0c0c", "#ffffff")])
def test_words_can_be_read_by_day_and_by_night_in_a_councils_colours(campaign_index, main, second):
    CouncilSettings.objects.update_or_create(site_id=1, defaults={"main_colour": main, "second_colour": second})
    html = made([("button", {"text": "Go", "page": None, "address": "https://example.org/"})]).html
    head = html.partition("@media (prefers-color-scheme: dark)")[2].partition("</style>")[0]
    for on, ground in ((".inside", ".inside"), ("a", ".inside"), (".sender", ".band"), (".button a", ".button")):
        words = re.search(rf"[ ,]{re.escape(on)}[ ,][^}}]*?(?<!-)color: (#\w+)", head)
        below = re.search(rf" {re.escape(ground)}[ ,][^}}]*?background-color: (#\w+)", head)
        assert contrast(words[1], below[1]) >= TEXT, on
    for style in re.findall(r'style="([^"]*background-color[^"]*)"', html):
        words, below = re.search(r"(?<!-)color: (#\w+)", style), re.search(r"background-color: (#\w+)", style)
        assert not words or contrast(words[1], below[1]) >= TEXT, style


def test_preview_text_comes_first_and_is_not_seen(campaign_index):
    html = made(preview_text="Who can help").html
    hidden = re.search(r'<div class="preview" style="display: none[^"]*">Who can help', html)
    assert hidden
    assert html.index("<h1") > hidden.start()


def test_an_email_says_why_it_came_and_how_to_end_it(campaign_index):
    letter = made()
    for words in ("You get this email because you signed up", "*|UNSUB|*", "/updates/preferences/", "*|LIST:ADDRESS|*"):
        assert words in letter.html
        assert words in " ".join(letter.plain_text.split())


def test_the_web_version_has_nothing_that_is_for_one_reader(campaign_index):
    web = made([("text", "<p>© *|CURRENT_YEAR|* *|LIST:COMPANY|*</p>")]).web_html
    assert "*|" not in web
    assert "UNSUB" not in web
    assert [part["role"] for part in Elements(web).of("div") if "role" in part] == ["main"]
    assert re.search(r"© 20\d\d Groundswell", web)


def test_links_to_pages_of_ours_lead_through_placements_and_others_stay_as_they_are(campaign_index):
    page = make_live_page()
    text = (
        f'<p><a linktype="page" id="{page.pk}">Help</a> <a href="https://example.org/?a=1&amp;b=2">more of it</a></p>'
    )
    letter = letter_of(make_mailing(page.campaign, body=[("text", text), ("teaser", {"page": page})]))
    short = f"{settings.SITE_URL}/go/mail-newsletter/"
    assert letter.links == [short, "https://example.org/?a=1&b=2"]
    assert letter.html.count(f'href="{short}"') == 2
    assert 'href="https://example.org/?a=1&amp;b=2"' in letter.html
    assert "utm_" not in letter.html + letter.plain_text


def test_words_cannot_bring_in_elements(campaign_index):
    html = made([("heading", "<script>alert(1)</script>"), ("text", "<p>a &lt;img src=x&gt; b</p>")]).html
    assert not Elements(html).of("script", "img")


def test_a_picture_that_was_withdrawn_is_left_out(campaign_index):
    block = picture()
    block[1]["image"].withdrawn_at = "2026-01-01T00:00Z"
    block[1]["image"].withdrawn_because = "Asked to"
    block[1]["image"].save()
    letter = made([block])
    assert not Elements(letter.html).of("img")
    assert "A door" not in letter.plain_text


def test_plain_text_is_written_as_one_writes_it():
    source = (
        "<p>A first paragraph that is long enough to need a second line in any mail program that there is.</p>"
        '<ul><li>One <b>thing</b></li><li>See <a href="https://example.org/a-long-way">who can help</a></li></ul>'
        "<ol><li>First</li><li>Second<br>line</li></ol><p>Write to <a href='mailto:a@example.org'>a@example.org</a></p>"
    )
    assert RichText(source, lambda link: link.address).plain == (
        "A first paragraph that is long enough to need a second line in any mail\n"
        "program that there is.\n"
        "\n"
        "* One thing\n"
        "* See who can help <https://example.org/a-long-way>\n"
        "\n"
        "1. First\n"
        "2. Second\n"
        "   line\n"
        "\n"
        "Write to a@example.org"
    )


def test_plain_text_has_underlined_headings_addresses_and_what_pictures_show(campaign_index):
    text = made(
        [
            ("heading", "Come along"),
            picture(),
            ("button", {"text": "Go", "page": None, "address": "https://example.org/"}),
        ]
    )
    assert "You will be believed\n====================\n" in text.plain_text
    assert "Come along\n----------\n\n[Picture: A door stands open]\n\nGo:\nhttps://example.org/\n" in text.plain_text
    assert "<" not in text.plain_text
