"""Addresses of the strategy's pages, under /indicators/."""

from django.urls import path

from indicators import views

app_name = "indicators"

urlpatterns = [
    path("", views.dashboard, name="dashboard"),
    path("<str:code>/", views.indicator, name="indicator"),
]
