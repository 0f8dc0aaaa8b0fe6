"""Where somebody who took a pack may say for which school."""

from django.urls import path

from schools.views import which_school

app_name = "which_school"

urlpatterns = [
    path("schools/<slug:pack>/school/", which_school.ask, name="ask"),
    path("schools/<slug:pack>/school/list/", which_school.suggest, name="suggest"),
    path("schools/<slug:pack>/school/thanks/", which_school.thanks, name="thanks"),
]
