"""Pages of the schools room that are no rows in the tree: they stand in every language."""

from django.urls import path

from schools import views
from schools.views import feedback

app_name = "lesson_packs"

urlpatterns = [
    path("schools/<slug:pack>/inside/<uuid:file>/", views.inside, name="inside"),
    path("schools/<slug:pack>/feedback/", feedback.give, name="feedback"),
    path("schools/<slug:pack>/feedback/thanks/", feedback.thanks, name="feedback_thanks"),
]
