"""News by email: signing up, and preferences without an account, in every language."""

from django.urls import path

from campaigns.views import updates

app_name = "updates"

urlpatterns = [
    path("", updates.sign_up, name="sign_up"),
    path("sent/", updates.signed_up, name="signed_up"),
    path("preferences/", updates.ask, name="ask"),
    path("preferences/sent/", updates.asked, name="asked"),
    path("preferences/done/", updates.changed, name="changed"),
    path("preferences/<str:token>/", updates.preferences, name="preferences"),
]
