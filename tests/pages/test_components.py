"""The components draw what people and their assistive tools need."""

import re
from datetime import date, timedelta

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import engines
from django.utils import timezone

from core.models import Organisation, SupportService


def draw(template: str, **context) -> str:
    html = engines["django"].from_string(template).render(context)
    return re.sub(r"\s+", " ", html)


class Answer(forms.Form):
    use_required_attribute = False
    name = forms.CharField(label="Your name", help_text="As you would like to be called.")
    often = forms.ChoiceField(
        label="How often?", help_text="Choose one.", choices=[("a", "Often"), ("b", "Never")], widget=forms.RadioSelect
    )


def test_field_ties_hint_and_error_to_its_control():
    html = draw("{{ form.name.as_field_group }}", form=Answer({}))
    assert '<label for="id_name">Your name</label>' in html
    assert 'id="id_name_helptext">As you would like to be called.' in html
    assert 'id="id_name_error"><div><span class="visually-hidden">Error:</span> This field is required.' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'aria-invalid="true"' in html
    assert not re.search(r"<input[^>]* required", html)


def test_radio_group_is_a_fieldset_with_its_question_as_legend():
    html = draw("{{ form.often.as_field_group }}", form=Answer({"often": "b"}))
    assert '<fieldset class="field" aria-describedby="id_often_helptext"> <legend>How often?</legend>' in html
    assert '<input type="radio" name="often" value="b" id="id_often_1" checked>' in html
    assert '<label for="id_often_1">Never</label>' in html


def test_field_can_be_the_heading_of_its_page():
    form = Answer()
    form.fields["often"].is_page_heading = True
    assert "<legend><h1>How often?</h1></legend>" in draw("{{ form.often.as_field_group }}", form=form)


def test_error_summary_leads_to_the_first_control_of_each_wrong_field():
    html = draw('{% include "components/error_summary.html" %}', form=Answer({}))
    assert 'role="alert"' in html
    assert "There is a problem" in html
    assert '<a href="#id_name">This field is required.</a>' in html
    assert '<a href="#id_often_0">This field is required.</a>' in html


def test_error_summary_is_silent_while_nothing_is_wrong():
    assert draw('{% include "components/error_summary.html" %}', form=Answer()).strip() == ""


def test_typed_words_are_never_markup():
    html = draw("{{ form.name.as_field_group }}", form=Answer({"name": '"><script>alert(1)</script>'}))
    assert "<script>" not in html


def service(owner: Organisation, *, checked: date) -> SupportService:
    return SupportService.objects.create(
        name=f"Helpline {checked}", description="Listens.", telephone="0800 000 0000", owner=owner, last_checked=checked
    )


@pytest.mark.django_db
def test_a_service_says_who_keeps_it_and_ages_in_plain_sight():
    owner = Organisation.objects.create(code="o", name="A charity")
    today = timezone.localdate()
    fresh, old = service(owner, checked=today), service(owner, checked=today - timedelta(days=200))
    html = draw('{% include "components/services.html" %}', services=[fresh, old])
    assert f"Checked {today:%-d %B %Y}. Kept by A charity." in html
    assert f"<strong>Not checked since {old.last_checked:%B %Y}: ring before you travel.</strong>" in html
    assert '<a href="tel:08000000000">Call <bdi dir="ltr">0800 000 0000</bdi></a>' in html


@pytest.mark.django_db
def test_services_ask_once_for_all_their_owners(django_assert_num_queries):
    owner = Organisation.objects.create(code="o", name="A charity")
    today = timezone.localdate()
    services = [service(owner, checked=today - timedelta(days=days)) for days in (0, 1, 2)]
    for count in (1, 3):
        fetched = list(SupportService.objects.filter(pk__in=[found.pk for found in services[:count]]))
        with django_assert_num_queries(1):
            draw('{% include "components/services.html" %}', services=fetched)


def test_pagination_keeps_the_other_parameters():
    html = draw(
        '{% include "components/pagination.html" %}', page_obj=Paginator(range(30), 10).page(2), query="q=a&b=1"
    )
    assert 'href="?q=a&amp;b=1&amp;page=1"' in html
    assert 'href="?q=a&amp;b=1&amp;page=3"' in html


def test_pagination_of_one_page_draws_nothing():
    html = draw('{% include "components/pagination.html" %}', page_obj=Paginator(range(3), 10).page(1), query="")
    assert html.strip() == ""


def test_card_is_one_link_under_a_heading_of_the_level_asked_for():
    html = draw('{% include "components/card.html" with level=2 %}', title="A <b>title</b>", url="/campaigns/a/")
    assert '<h2><a href="/campaigns/a/">A &lt;b&gt;title&lt;/b&gt;</a></h2>' in html
    assert html.count("<a ") == 1


def test_file_link_says_format_size_and_pages():
    html = draw('{% include "components/file_link.html" %}', url="/f", title="Slides", format="PDF", size=2048, pages=3)
    assert "(PDF, 2.0\xa0KB, 3 pages)" in html or "(PDF, 2.0 KB, 3 pages)" in html
