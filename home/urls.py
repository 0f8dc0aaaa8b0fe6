"""Addresses of the home room; Wagtail's pages come after all of these."""

from django.urls import path

from home import views

app_name = "home"

urlpatterns = [
    path("support/", views.support, name="support"),
    path("support/confirm/<str:token>/", views.confirm_entry, name="confirm_entry"),
    path("safety/", views.safety, name="safety"),
    path("exit/", views.leave, name="leave"),
    path("search/", views.find, name="search"),
    path("privacy/", views.privacy, name="privacy"),
    path("accessibility/", views.accessibility, name="accessibility"),
]
