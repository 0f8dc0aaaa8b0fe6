"""The front door and plain pages."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Locale, Page
from wagtail.test.utils.form_data import nested_form_data, streamfield

from campaigns.models import Campaign, CampaignIndexPage, CampaignPage
from core.approvals.keeping import publish_laid
from core.models import Image
from events.enums import State
from home.models import ContentPage, HomePage
from home.setup import publish_below
from indicators.models import Objective, Strategy
from tests.factories.events import make_event, make_event_page, make_occurrence
from tests.factories.schools import make_pack, make_pack_page
from tests.factories.surveys import make_open_wave, make_survey, make_survey_page


def campaign_page(number: int, **fields) -> CampaignPage:
    today = timezone.localdate()
    strategy, _ = Strategy.objects.get_or_create(
        code="s", defaults={"title": "Strategy", "starts": today, "ends": today}
    )
    objective, _ = Objective.objects.get_or_create(strategy=strategy, code="o", defaults={"title": "Objective"})
    row = Campaign.objects.create(
        code=f"c{number}",
        title=f"Campaign {number}",
        objective=objective,
        aim="An aim.",
        **({"starts": today, "ends": today + timedelta(days=7)} | fields),
    )
    page = CampaignPage(slug=row.code, title=row.title, summary="A summary.", campaign=row)
    return publish_below(CampaignIndexPage.objects.get(), page)


def content_page(parent, slug: str = "plain") -> ContentPage:
    page = ContentPage(slug=slug, title=f"Page {slug}", summary=f"About {slug}.")
    page.body = [("text", "<p>Words of the page.</p>")]
    return publish_below(parent, page)


def test_home_page_stands_below_the_root_and_holds_plain_pages():
    assert HomePage.allowed_parent_page_models() == [Page]
    assert ContentPage in HomePage.allowed_subpage_models()
    assert CampaignIndexPage in HomePage.allowed_subpage_models()
    assert CampaignPage not in HomePage.allowed_subpage_models()


def test_plain_page_stands_below_the_home_page_or_another_plain_page():
    assert set(ContentPage.allowed_parent_page_models()) == {HomePage, ContentPage}
    assert ContentPage.allowed_subpage_models() == [ContentPage]


def test_there_is_one_home_page(home):
    assert not HomePage.can_create_at(home.get_parent())


def all_on() -> None:
    """Have something on in every room."""
    campaign_page(1)
    make_pack_page(make_pack(title="Fair play"))
    make_open_wave(survey=make_survey_page(make_survey()).survey)
    event = make_event(title="Tea")
    make_event_page(event)
    make_occurrence(event)


def test_home_page_leads_to_the_things_people_come_for(home, client):
    all_on()
    html = client.get("/").content.decode()
    for address in ("/surveys/local-voice/", "/schools/", "/events/", "/support/"):
        assert f'<li><a href="{address}">' in html
    assert '<strong>On now:</strong> <a href="/campaigns/c1/">Campaign 1</a></p>' in html
    for heading in ("What is on now", "Come to an event", "Teach a lesson"):
        assert f">{heading}</h2>" in html


def test_home_page_leads_to_the_list_where_several_surveys_are_open(home, client):
    questions = make_open_wave(survey=make_survey_page(make_survey()).survey).questionnaire
    other = make_survey_page(make_survey("other"), slug="other").survey
    make_open_wave(survey=other, questionnaire=questions)
    assert '<li><a href="/surveys/">Take the survey' in client.get("/").content.decode()


def test_home_page_shows_what_is_on_now(home, client):
    campaign_page(1)
    campaign_page(2, starts=timezone.localdate() - timedelta(days=9), ends=timezone.localdate() - timedelta(days=1))
    html = client.get("/").content.decode()
    assert '<a href="/campaigns/c1/">Campaign 1</a>' in html
    assert "Campaign 2" not in html


def test_home_page_shows_the_picture_of_the_first_campaign_alone(home, client):
    for number in (1, 2, 3):
        page = campaign_page(number)
        page.hero_image = Image.objects.create(title=page.slug, file=get_test_image_file(filename=f"{page.slug}.png"))
        page.hero_decorative = True
        publish_laid(page)
    html = client.get("/").content.decode()
    assert html.count('<article class="card">') == 3
    assert len(re.findall("<img[^>]+>", html.partition('<article class="card">')[2])) == 1


def test_home_page_shows_nothing_of_a_room_that_has_nothing_on(home, client):
    event = make_event(title="Called off")
    make_event_page(event)
    make_occurrence(event, state=State.CANCELLED)
    html = client.get("/").content.decode()
    main = html.partition("<main")[2].partition("</main>")[0]
    assert main.count("<h2") == 0
    assert re.findall(r'<li><a href="(.*?)"', main) == ["/support/"]


def test_home_page_shows_what_stands_in_the_language_that_is_read(home, client):
    all_on()
    Page.objects.filter(depth__gt=2).update(locale=Locale.objects.get_or_create(language_code="ur")[0])
    html = client.get("/").content.decode()
    assert "<h2" not in html.partition("<main")[2].partition("</main>")[0]


HOME_QUERIES = 12


def test_home_page_asks_as_much_for_three_campaigns_as_for_one(home, client, django_assert_num_queries):
    campaign_page(1)
    client.get("/")
    with django_assert_num_queries(HOME_QUERIES):
        client.get("/")
    campaign_page(2)
    campaign_page(3)
    client.get("/")
    with django_assert_num_queries(HOME_QUERIES):
        client.get("/")


def test_plain_page_shows_its_words_the_way_back_and_what_is_below(home, client):
    above = content_page(home, "above")
    below = content_page(above, "below")
    html = client.get(above.url).content.decode()
    assert "<p>Words of the page.</p>" in html
    assert f'<a href="{below.url}">Page below</a>' in html
    assert '<li><a href="/above/">Page above</a></li>' in client.get(below.url).content.decode()


CONTENT_QUERIES = 13


def test_plain_page_asks_as_much_for_three_pages_below_as_for_one(home, client, django_assert_num_queries):
    above = content_page(home, "above")
    content_page(above, "one")
    client.get("/above/")
    with django_assert_num_queries(CONTENT_QUERIES):
        client.get("/above/")
    content_page(above, "two")
    content_page(above, "three")
    with django_assert_num_queries(CONTENT_QUERIES):
        client.get("/above/")


@pytest.mark.parametrize("kind", ["home", "content"])
def test_page_can_be_edited_and_previewed(home, admin_client, kind):
    page = home if kind == "home" else content_page(home)
    assert admin_client.get(f"/admin/pages/{page.pk}/edit/").status_code == 200
    response = page.make_preview_request(preview_mode=page.default_preview_mode)
    assert response.status_code == 200


def test_page_needs_a_summary(home):
    with pytest.raises(ValidationError, match="summary"):
        home.add_child(instance=ContentPage(slug="x", title="No summary"))


def test_home_page_is_counted_under_a_lasting_name(home):
    assert home.counted_as().page_key == "home"


def test_a_new_page_that_lacks_its_title_is_shown_again_with_what_was_typed(client, make_user, home):
    client.force_login(make_user("root", is_superuser=True))
    typed = {
        "title": "",
        "summary": "Typed before.",
        "body": streamfield([]),
        "versions": streamfield([]),
        "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": ""},
    }
    address = reverse("wagtailadmin_pages:add", args=["home", "contentpage", home.pk])
    shown = client.post(address, nested_form_data(typed) | {"action-submit": "1"})
    assert shown.status_code == 200
    assert "This field is required." in shown.text
    assert "Typed before." in shown.text
