"""Where the look comes from: the colours of a brand and the script of a language stand in its addresses."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from core.look import views
from core.look.fonts import SHEETS


class ColoursConverter(StringConverter):
    """Two colours: "55244f-ffb27d"."""

    regex = "[0-9a-f]{6}-[0-9a-f]{6}"


class ScriptConverter(StringConverter):
    """A language whose letters the sheet brings along: "ur"."""

    regex = "|".join(SHEETS)


register_converter(ColoursConverter, "colours")
register_converter(ScriptConverter, "script")

app_name = "look"
urlpatterns = [
    path("style.css", views.style, name="style"),
    path("<script:script>/style.css", views.style, name="style"),
    path("<colours:pair>/style.css", views.style, name="style"),
    path("<colours:pair>/<script:script>/style.css", views.style, name="style"),
]
