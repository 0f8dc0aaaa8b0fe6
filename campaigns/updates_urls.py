"""News by email: signing up, and preferences without an account, in every language."""

from django.urls import path

from campaigns.views import updates

app_name = "updates"

urlpatterns = [
    path("updates/", updates.sign_up, name="sign_up"),
    path("updates/sent/", updates.signed_up, name="signed_up"),
    path("updates/preferences/", updates.ask, name="ask"),
    path("updates/preferences/sent/", updates.asked, name="asked"),
    path("updates/preferences/done/", updates.changed, name="changed"),
    path("updates/preferences/<str:token>/", updates.preferences, name="preferences"),
]
