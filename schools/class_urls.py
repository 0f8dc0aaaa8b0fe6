"""Class sessions as teachers see them, in every language; pupils answer at one address, in `schools.urls`."""

from django.urls import path

from schools.views.classes import teachers

app_name = "classes"

urlpatterns = [
    path("schools/<slug:slug>/class/", teachers.start, name="start"),
    path("schools/classes/<str:token>/", teachers.session, name="session"),
    path("schools/classes/<str:token>/codes/", teachers.printed, {"what": "codes"}, name="codes"),
    path("schools/classes/<str:token>/parents/", teachers.printed, {"what": "parents"}, name="parents"),
    path("schools/classes/<str:token>/safeguarding/", teachers.printed, {"what": "safeguarding"}, name="safeguarding"),
]
