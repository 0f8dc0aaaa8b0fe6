"""Pages of the schools room that are no rows in the tree: they stand in every language."""

from django.urls import path

from schools import views

app_name = "lesson_packs"

urlpatterns = [path("schools/<slug:pack>/inside/<uuid:file>/", views.inside, name="inside")]
