"""Addresses of the events room that are not pages."""

from django.urls import path

from events import views

app_name = "events"

urlpatterns = [
    path("events/calendar.ics", views.everything, name="calendar"),
    path("events/<slug:event>/<uuid:occurrence>.ics", views.occurrence, name="occurrence"),
]
