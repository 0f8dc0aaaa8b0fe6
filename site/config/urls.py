"""Every address, in one place."""

from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from config.api import api
from config.media import picture_addresses
from core.health.views import healthz, readyz
from core.look.gallery import gallery
from core.problems import nothing_here

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("look/", include("core.look.urls")),
    path("components/", gallery, name="components"),
    path("api/v1/", api.urls),
    re_path(r"^api/", nothing_here),
    path("indicators/", include("indicators.urls")),
    path("admin/", include(wagtailadmin_urls)),
    *picture_addresses(),
    path("documents/", include(wagtaildocs_urls)),
    path("", include("reach.urls")),
    path("", include("surveys.urls")),
    path("", include("schools.urls")),
    path("", include("events.urls")),
    path("", include("home.urls")),
    path("", include(wagtail_urls)),
]

handler400 = "core.views.bad_request"
