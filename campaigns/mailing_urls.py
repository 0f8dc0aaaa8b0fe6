"""The web versions of mailings, each under its campaign, in every language."""

from django.urls import path

from campaigns.views import mailings

app_name = "campaign_mailings"

urlpatterns = [path("campaigns/<slug:slug>/mailings/<slug:code>/", mailings.web_version, name="web")]
