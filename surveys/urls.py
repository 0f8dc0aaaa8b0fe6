"""The steps of answering, and the published results. The start page, ``/surveys/<slug>/``, is a page."""

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
    path("surveys/<slug:slug>/results/", views.survey_results, name="results"),
    path("surveys/<slug:slug>/results/<int:number>/", views.wave_results, name="wave_results"),
    path("surveys/<slug:slug>/results/<int:number>/results.csv", views.results_csv, name="results_csv"),
    path(
        "surveys/<slug:slug>/results/<int:number>/results.csv-metadata.json",
        views.results_metadata,
        name="results_metadata",
    ),
    path("surveys/<slug:slug>/results/<int:number>/results.R", views.results_r, name="results_r"),
    path("surveys/<slug:slug>/<slug:key>/", views.step, name="step"),
]
