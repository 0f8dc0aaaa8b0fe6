"""Addresses of the room reach."""

from django.urls import path

from reach import views

app_name = "reach"

urlpatterns = [path("privacy/counting/", views.choice, name="choice")]
