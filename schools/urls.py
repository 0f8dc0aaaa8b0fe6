"""Addresses of the schools room that are no pages: they are the same in every language."""

from django.urls import path

from schools import views
from schools.views.classes import pupils

app_name = "schools"

urlpatterns = [
    path("schools/<slug:pack>/download/", views.download_pack, name="download_pack"),
    path("schools/<slug:pack>/download/<uuid:file>/", views.download, name="download"),
    path("schools/<slug:pack>/inside/<uuid:file>/<int:number>.webp", views.leaf, name="leaf"),
    # Pupils get one short address, whatever the language; the questions' other languages stand behind it.
    path("class/", pupils.enter, name="class_enter"),
    path("class/<str:code>/", pupils.answer, name="class"),
    path("class/<str:code>/thanks/", pupils.thanks, name="class_thanks"),
    path("class/<str:code>/thanks/<slug:language>/", pupils.thanks, name="class_thanks"),
    path("class/<str:code>/<slug:language>/", pupils.answer, name="class"),
]
