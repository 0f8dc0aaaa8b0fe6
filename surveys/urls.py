"""The steps of answering. The start page, ``/surveys/<slug>/``, is a page of the site's tree."""

from django.urls import path

from surveys import views

app_name = "surveys"

urlpatterns = [
    path("surveys/<slug:slug>/start/", views.start, name="start"),
    path("surveys/<slug:slug>/exit/", views.leave, name="leave"),
    path("surveys/<slug:slug>/later/", views.later, name="later"),
    path("surveys/<slug:slug>/come-back/", views.come_back, name="come_back"),
    path("surveys/<slug:slug>/close/", views.close, name="close"),
    path("surveys/<slug:slug>/code/", views.enter, name="enter"),
    path("surveys/<slug:slug>/via/<slug:code>/", views.via, name="via"),
    path("surveys/<slug:slug>/check/", views.check, name="check"),
    path("surveys/<slug:slug>/equality/", views.equality, name="equality"),
    path("surveys/<slug:slug>/equality/check/", views.check_equality, name="check_equality"),
    path("surveys/<slug:slug>/not-for-you/", views.not_for_you, name="not_for_you"),
    path("surveys/<slug:slug>/done/", views.done, name="done"),
    path("surveys/<slug:slug>/<slug:key>/", views.step, name="step"),
]
