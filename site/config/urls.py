"""Every address, in one place."""

from django.urls import URLResolver, include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from campaigns.staff_views.calendar import read_feed
from campaigns.views.webhooks import hear_mailchimp
from config.api import api
from config.media import picture_addresses
from core.health.views import healthz, readyz
from core.languages.addresses import AddressPrefix
from core.look.gallery import gallery
from core.problems import nothing_here
from home.sitemaps import sitemap
from home.views import robots

# Data, files and what machines ask for have one address, whatever language a page links to them from.
urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("look/", include("core.look.urls")),
    path("components/", gallery, name="components"),
    path("api/v1/", api.urls),
    re_path(r"^api/", nothing_here),
    path("admin/campaigns/calendar.ics", read_feed, name="campaign_calendar_feed"),  # read by a key, without a session
    path("admin/", include(wagtailadmin_urls)),
    *picture_addresses(),
    path("documents/", include(wagtaildocs_urls)),
    path("go/", include("campaigns.urls")),
    path("mailchimp/<str:secret>/", hear_mailchimp, name="mailchimp_webhook"),
    path("", include("schools.urls")),
    path("", include("events.urls")),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemap, name="sitemap"),
]
# Pages for people: English without a prefix, every other language under its code.
PAGES = [
    path("updates/", include("campaigns.updates_urls")),
    path("indicators/", include("indicators.urls")),
    path("", include("reach.urls")),
    path("", include("schools.which_school_urls")),
    path("", include("surveys.urls")),
    path("", include("schools.class_urls")),
    path("", include("schools.page_urls")),
    path("", include("campaigns.kit_urls")),
    path("", include("campaigns.mailing_urls")),
    path("", include("home.urls")),
    path("", include(wagtail_urls)),
]
urlpatterns.append(URLResolver(AddressPrefix(prefix_default_language=False), PAGES))

handler400 = "core.views.bad_request"
