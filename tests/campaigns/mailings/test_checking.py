"""What is said to be wrong with a mailing before a colleague looks at it."""

from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.utils import timezone
from wagtail.models import PageViewRestriction

from campaigns.mailings.checking import problems_of
from campaigns.models import Mailing
from tests.factories.artwork import make_picture
from tests.factories.campaigns import make_draft_page, make_live_page
from tests.factories.mailings import make_audience, make_fit_mailing, make_segment
from tests.factories.placements import make_placement

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("campaign_index")]

PARAGRAPH = ("text", "<p>Tell somebody.</p>")


def wrong(mailing: Mailing, field: str | None = None) -> list[tuple[bool, str]]:
    found = problems_of(Mailing.objects.get(pk=mailing.pk))
    return [(problem.is_grave, problem.sentence) for problem in found if field in {None, problem.field}]


def button(address="", page=None, text="See who can help"):
    return ("button", {"text": text, "page": page, "address": address})


def test_nothing_is_wrong_with_a_mailing_that_is_fit():
    assert wrong(make_fit_mailing()) == []


@pytest.mark.parametrize(
    ("field", "value", "is_grave", "says"),
    [
        ("subject", " ", True, "Write a subject line"),
        ("subject", "a" * 72, False, "has 72 letters, and phones show 60"),
        ("preview_text", "", False, "Without preview text"),
        ("preview_text", "YOU will be believed", False, "repeats the subject line"),
        ("preview_text", "b" * 120, False, "has 120 letters"),
        ("body", [], True, "nothing in it yet"),
        ("ceiling", None, True, "Say to how many it may go at most"),
        ("ceiling", 339, True, "340 would get it now"),
    ],
)
def test_each_field_has_its_sentence(field, value, is_grave, says):
    ((grave, sentence),) = wrong(make_fit_mailing(**{field: value}), field)
    assert grave == is_grave
    assert says in sentence


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("http://example.org/", "does not begin with https://"),
        ("ftp://example.org/", "does not begin with https://"),
        ("https:example.org", "does not begin with https://"),
        ("", "leads nowhere"),
        (f"{settings.SITE_URL}/support/", "a page of our own site"),
        (f"{settings.SITE_URL}/go/nobodys/", "a page of our own site"),
    ],
)
def test_a_link_that_an_email_should_not_have_is_named_with_its_block(address, says):
    ((grave, sentence),) = wrong(make_fit_mailing(body=[PARAGRAPH, button(address)]))
    assert grave
    assert sentence.startswith("Block 2, link “See who can help”:")
    assert says in sentence


@pytest.mark.parametrize("address", ["https://example.org/?utm_source=x", "mailto:a@example.org", "tel:0800555111"])
def test_links_elsewhere_are_left_alone(address):
    assert wrong(make_fit_mailing(body=[PARAGRAPH, button(address)])) == []


def test_the_short_address_of_a_placement_of_the_campaign_may_stand_in_it():
    placement = make_placement("bus-42", page=make_live_page())
    mailing = make_fit_mailing(placement.campaign, body=[PARAGRAPH, button(placement.address)])
    assert wrong(mailing) == []


@pytest.mark.parametrize("scheme", ["javascript", "ftp"])
def test_an_address_that_only_looks_like_a_placement_of_the_campaign_may_not(scheme):
    placement = make_placement("bus-42", page=make_live_page())
    address = f"{scheme}://{urlsplit(settings.SITE_URL).netloc}{placement.path}?%0Aalert(1)"
    ((grave, sentence),) = wrong(make_fit_mailing(placement.campaign, body=[PARAGRAPH, button(address)]))
    assert grave
    assert "does not begin with https://" in sentence


def test_a_page_that_only_some_may_read_or_that_is_not_published_is_told_apart():
    draft, live = make_draft_page(), make_live_page("other")
    PageViewRestriction.objects.create(page=live, restriction_type="login")
    mailing = make_fit_mailing(draft.campaign, body=[PARAGRAPH, button(page=live), ("teaser", {"page": draft})])
    (closed, closed_says), (unpublished, unpublished_says) = wrong(mailing)
    assert (closed, unpublished) == (True, False)
    assert "Only some people may read" in closed_says
    assert "is not published" in unpublished_says


def test_a_page_that_was_deleted_since_leads_nowhere():
    page = make_live_page()
    text = f'<p><a linktype="page" id="{page.pk}">Who can help</a></p>'
    mailing = make_fit_mailing(page.campaign, body=[("text", text), button(page=page)])
    page.delete()
    assert [says.partition(": ")[2] for _, says in wrong(mailing)] == [
        "The page that it leads to was deleted. Choose another.",
        "It leads nowhere. Choose a page, or give an address.",
    ]


def test_words_that_say_nothing_of_where_a_link_leads_are_noticed():
    ((grave, sentence),) = wrong(make_fit_mailing(body=[button("https://example.org/", text="Click here")]))
    assert not grave
    assert "Say in its words where it leads" in sentence


def test_pictures_that_are_withdrawn_or_nobody_knows_or_say_nothing_are_refused():
    def block(image, says="A wave"):
        return ("picture", {"image": image, "alternative_text": says, "decorative": False, "caption": ""})

    record = {"source": "Ours", "licence": "own", "people": "none"}
    withdrawn = make_picture("Old", withdrawn_at=timezone.now(), withdrawn_because="Asked to", **record)
    unknown, fine = make_picture("Unknown"), make_picture("Fine", **record)
    found = wrong(make_fit_mailing(body=[block(withdrawn), block(unknown), block(fine, " "), block(fine)]))
    assert [(grave, says.partition(":")[0]) for grave, says in found] == [(True, f"Block {n}") for n in (1, 2, 3)]
    assert "was withdrawn" in found[0][1]
    assert "Fill in its record" in found[1][1]
    assert "Say what the picture shows" in found[2][1]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("Hello *|FNAME|*", "“*|FNAME|*” is a merge tag that this site does not use"),
        ("*|IF:X|* a", "“*|IF:X|*”"),
        ("Five *| stars", "One of them stands alone"),
    ],
)
@pytest.mark.parametrize("field", ["subject", "preview_text", "body"])
def test_merge_tags_that_nobody_knows_are_refused_wherever_they_stand(field, words, says):
    value = [("heading", words), PARAGRAPH] if field == "body" else words
    assert [(grave, says in sentence) for grave, sentence in wrong(make_fit_mailing(**{field: value}), field)] == [
        (True, True)
    ]


@pytest.mark.parametrize("words", ["Dear *|FNAME|*", "*|IF:FNAME='A'|* Hello", "Five *| stars", "Five |* stars"])
def test_a_merge_tag_in_what_another_page_says_does_not_go_out(words):
    page = make_live_page()
    type(page).objects.update(summary=words)
    ((grave, sentence),) = wrong(make_fit_mailing(page.campaign, body=[("teaser", {"page": page})]))
    assert grave
    assert "stands in a page or in a line of credit" in sentence


def test_merge_tags_that_say_the_same_to_everybody_may_stand():
    assert wrong(make_fit_mailing(body=[("heading", "© *|CURRENT_YEAR|* *|LIST:COMPANY|*")])) == []


def test_words_in_the_letters_of_another_language_are_noticed():
    ((grave, sentence),) = wrong(make_fit_mailing(language="ur"))
    assert not grave
    assert "not those of Urdu" in sentence


def test_an_email_that_gmail_would_cut_is_noticed():
    ((grave, sentence),) = wrong(make_fit_mailing(body=[("text", f"<p>{'many words ' * 10_000}</p>")]))
    assert not grave
    assert "Gmail cuts it" in sentence


def test_whoever_is_gone_or_nobody_gets_nothing():
    empty = make_audience("Nobody", member_count=0, from_email="")
    gone = make_segment(make_audience("Old"), "Left", is_gone=True)
    to_nobody = make_fit_mailing(audience=empty, segment=None, to_whole_audience=True)
    assert [says for _, says in wrong(to_nobody, "recipients")] == [
        "“Nobody” has nobody in it. Choose again who gets it.",
        "“Nobody” has no sender at Mailchimp. Give it a name and an address to write from there.",
    ]
    Mailing.objects.update(audience=gone.audience, segment=gone, to_whole_audience=False)
    assert "“Left” is no longer at Mailchimp" in wrong(to_nobody, "recipients")[0][1]
