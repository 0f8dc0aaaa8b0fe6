"""A council's brand is set in the admin, where what could not be read, or could run, is refused in a sentence."""

import re
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms.models import model_to_dict
from django.test import Client
from django.urls import reverse
from PIL import Image
from wagtail.models import Site

from core.look.colours import TEXT, contrast
from core.look.logo import recognise
from core.models import CouncilSettings

DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 50">{}</svg>'
SHAPE = '<path d="M0 0h200v50z" fill="url(#a)"/>'


def picture(kind: str = "PNG", size: tuple[int, int] = (200, 50)) -> bytes:
    held = BytesIO()
    Image.new("RGB", size, "#1d4f91").save(held, kind)
    return held.getvalue()


def drawing(inside: str) -> bytes:
    return DRAWING.format(inside).encode()


@pytest.fixture
def address(db) -> str:
    return reverse("wagtailsettings:edit", args=["core", "councilsettings", Site.objects.get().pk])


@pytest.fixture
def save(client, make_user, home, address):
    """Return a function that sends the form as an administrator, with what is given changed."""
    client.force_login(make_user("ada", is_superuser=True))

    def send(**changes):
        standing = {
            name: value for name, value in model_to_dict(council(), exclude=["logo"]).items() if value not in (None, "")
        }
        return client.post(address, standing | {"site_title": "No hate here"} | changes)

    return send


def council() -> CouncilSettings:
    return CouncilSettings.for_site(Site.objects.get())


def faults(response) -> dict[str, list[str]]:
    assert response.status_code == 200
    return {name: list(errors) for name, errors in response.context["form"].errors.items()}


def test_brand_reaches_every_page(save, client):
    logo = SimpleUploadedFile("Our logo (final).svg", drawing(SHAPE), "image/svg+xml")
    assert save(main_colour="#1D4F91", second_colour="#ffd500", logo=logo).status_code == 302
    assert (council().main_colour, council().second_colour, council().logo_width) == ("#1d4f91", "#ffd500", 192)
    html = client.get("/").content.decode()
    assert '<link rel="stylesheet" href="/look/1d4f91-ffd500/style.css?v=' in html
    assert f'<img class="site-logo" src="{council().logo.url}" alt="" width="192" height="48">' in html
    assert "No hate here" in html
    sent = client.get(council().logo.url)
    assert sent.status_code == 200
    assert b"".join(sent.streaming_content) == drawing(SHAPE)


def test_a_pair_too_alike_is_refused_with_the_nearest_that_pass(save):
    found = faults(save(main_colour="#777777", second_colour="#999999"))
    assert list(found) == ["second_colour"]
    sentence = found["second_colour"][0]
    assert sentence.startswith("The contrast of #777777 and #999999 is 1.5:1, and must be at least 4.5:1 to be read.")
    second = sentence.partition("second colour that passes is ")[2][:7]
    main = sentence.partition("Or keep it, and use ")[2][:7]
    assert contrast("#777777", second) >= TEXT
    assert contrast(main, "#999999") >= TEXT
    assert council().main_colour == ""
    assert save(main_colour="#777777", second_colour=second).status_code == 302


def test_what_was_typed_stays_beside_the_fault(save):
    html = save(main_colour="#777777", second_colour="#999999").content.decode()
    assert 'value="#777777"' in html
    assert 'value="#999999"' in html
    assert "The contrast of #777777 and #999999" in html


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"main_colour": "#1d4f91"}, {"second_colour": ["Give both colours, or leave both empty."]}),
        ({"second_colour": "#1d4f91"}, {"second_colour": ["Give both colours, or leave both empty."]}),
        ({"main_colour": "red", "second_colour": "#ffd500"}, {"main_colour": ["Write the colour as #"]}),
        ({"main_colour": "#1d4f9\n", "second_colour": "#fff"}, {"main_colour": 1, "second_colour": 1}),
        ({"main_colour": "#1d4f91;}", "second_colour": "#ffd500"}, {"main_colour": 1}),
    ],
)
def test_half_a_brand_and_words_for_colours_are_refused(save, typed, wrong):
    found = faults(save(**typed))
    assert set(found) == set(wrong)
    for name, sentences in wrong.items():
        assert sentences == 1 or found[name][0].startswith(sentences[0])


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (drawing("<script>alert(1)</script>"), "This SVG holds a script"),
        (drawing('<path onload="alert(1)"/>'), "This SVG holds a script (onload)"),
        (drawing('<a href="https://example.org"><path/></a>'), "This SVG holds <a>"),
        (drawing('<image href="https://example.org/a.png"/>'), "This SVG holds <image>"),
        (drawing('<foreignObject><p xmlns="http://www.w3.org/1999/xhtml"/></foreignObject>'), "holds <foreignObject>"),
        (drawing('<use href="https://example.org/a.svg#b"/>'), "This SVG holds an address (href)"),
        (drawing("<use xmlns:x='http://www.w3.org/1999/xlink' x:href='data:,b'/>"), "This SVG holds an address"),
        (drawing("<style>@import 'https://example.org'</style>"), "a style that loads something"),
        (drawing("<style><title>a</title>@import 'https://example.org';</style>"), "a style that loads something"),
        (drawing("<style>path{fill:\\75rl(https://example.org)}</style>"), "a style that loads something"),
        (drawing('<path fill="url(https://example.org)"/>'), "This SVG holds an address (fill)"),
        (drawing('<animate attributeName="href" to="javascript:alert(1)"/>'), "This SVG holds <animate>"),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]>' + drawing("&a;"), "declares a document type"),
        (b'<?xml-stylesheet href="a.css"?>' + drawing(SHAPE), "declares a document type or a style sheet"),
        (drawing("<path"), "This SVG is damaged"),
        (drawing(SHAPE).decode().encode("utf-16"), "no PNG, JPEG, WebP or SVG"),
        (b"<html><script>alert(1)</script></html>", "This is no SVG drawing"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "does not say how large it is"),
        (b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 0 9"/>', "does not say how large it is"),
        (
            b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %b %b"/>' % (b"9" * 400, b"9" * 400),
            "how large it is",
        ),
        (picture("GIF"), "no PNG, JPEG, WebP or SVG"),
        (picture()[:60], "This picture is damaged"),
        (picture(size=(4001, 10)), "wider or higher than 4000 pixels"),
        (b"words", "no PNG, JPEG, WebP or SVG"),
        (b"\0" * 200_001, "This file has 200 kB and a logo may have 200"),
    ],
)
def test_what_is_no_logo_is_refused_in_a_sentence(data, words):
    with pytest.raises(ValidationError) as refused:
        recognise(data)
    assert words in refused.value.messages[0]


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_pictures_are_taken_by_what_they_are(kind):
    assert recognise(picture(kind))[1:] == (200, 50)


def test_an_svg_with_a_script_is_refused_in_the_form_and_nothing_is_kept(save):
    logo = SimpleUploadedFile("logo.png", drawing("<script>alert(1)</script>"), "image/png")
    found = faults(save(logo=logo))
    words = (
        "This SVG holds a script, which could run or load something on our pages. "
        "Export the logo as plain SVG with shapes alone, or save it as PNG."
    )
    assert found == {"logo": [words]}
    assert not council().logo


def test_a_logo_is_named_by_what_it_is_and_taken_away_again(save, client):
    save(logo=SimpleUploadedFile("../../evil name.exe", picture(), "image/png"))
    assert council().logo.name.startswith("images/brand/")
    assert council().logo.name.endswith(".png")
    council().logo.storage.delete(council().logo.name)
    assert save(site_title="Still here").status_code == 302
    assert save(**{"logo-clear": "on"}).status_code == 302
    assert (council().logo.name, council().logo_width) == ("", 0)
    assert "site-logo" not in client.get("/").content.decode()


def test_the_admin_wears_the_name_and_the_mark(save, client, home):
    save(main_colour="#1d4f91", second_colour="#ffd500")
    for html in (client.get("/admin/").content.decode(), Client().get("/admin/login/").content.decode()):
        assert " - No hate here</title>" in html
        assert re.search(r'<img [^>]*src="data:image/svg\+xml,[^"]*%231d4f91', html)
        assert re.search(r'<link rel="icon" href="data:image/svg\+xml,[^"]*%231d4f91', html)
    assert "Sign in to No hate here" in html
