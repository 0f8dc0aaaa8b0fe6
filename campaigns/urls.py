"""The short addresses of placements, which stand outside every language."""

from django.urls import path

from campaigns.views import lead

app_name = "go"

urlpatterns = [path("<str:code>/", lead, name="lead")]
