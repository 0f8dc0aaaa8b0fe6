"""The site's addresses, and those of the peers."""

from django.urls import path

from benchmarks.bare.views import hook, sign_up
from config.urls import handler400, urlpatterns  # noqa: F401  (Django reads it here)

urlpatterns = [path("bare/sign-up/", sign_up), path("bare/hook/", hook), *urlpatterns]
