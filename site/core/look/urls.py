"""Where the look comes from: the colours of a brand stand in its addresses."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from core.look import views


class ColoursConverter(StringConverter):
    """Two colours: "55244f-ffb27d"."""

    regex = "[0-9a-f]{6}-[0-9a-f]{6}"


register_converter(ColoursConverter, "colours")

app_name = "look"
urlpatterns = [
    path("style.css", views.style, name="style"),
    path("<colours:pair>/style.css", views.style, name="style"),
    path("<colours:pair>/mark.svg", views.icon, name="icon"),
]
