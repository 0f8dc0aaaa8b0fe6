"""Addresses of the schools room that are not pages."""

from django.urls import path

from schools import views

app_name = "schools"

urlpatterns = [path("schools/<slug:pack>/download/<uuid:file>/", views.download, name="download")]
