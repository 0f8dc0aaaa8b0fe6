"""The share kits, each under the page of its campaign, in every language."""

from django.urls import path

from campaigns.views import kits

app_name = "campaign_kits"

urlpatterns = [
    path("campaigns/<slug:slug>/kit/", kits.kit, name="kit"),
    path("campaigns/<slug:slug>/kit/all.zip", kits.archive, name="archive"),
    path("campaigns/<slug:slug>/kit/<slug:code>/", kits.kit, name="partner"),
    path("campaigns/<slug:slug>/kit/<slug:code>/all.zip", kits.archive, name="partner_archive"),
    path("campaigns/<slug:slug>/kit/file/<uuid:file>/", kits.file, name="file"),
    path("campaigns/<slug:slug>/kit/<slug:code>/file/<uuid:file>/", kits.file, name="partner_file"),
]
