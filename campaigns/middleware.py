"""Hearing Mailchimp before anything else of the site is asked."""

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from campaigns.views.webhooks import hear_mailchimp
from core.health.checks import maintenance_flag

DELIVERY = re.compile(r"/mailchimp/([\w-]{20,100})/", re.ASCII)


class HearMailchimp:
    """Answer what Mailchimp delivers without session, language, token or page: after an email, thousands come at once.

    Whatever else is asked of these addresses goes the usual way, as does everything while the site is closed.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Wrap the next handler."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Hear, or pass on."""
        asked = DELIVERY.fullmatch(request.path) if request.method == "POST" else None
        if asked is None or maintenance_flag().exists():
            return self.get_response(request)
        return hear_mailchimp(request, asked[1])
