"""Leave quickly: away from here at once, to a plain site that says nothing about the visitor."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import add_never_cache_headers
from wagtail.models import Site

NEUTRAL_SITE = "https://www.metoffice.gov.uk/"


def refuse_unfit_exit(address: str) -> None:
    """Refuse an address that is not https, names no host, carries an account, or leads back to this site.

    Raises:
        ValidationError: with one sentence about what is wrong and what to give instead.
    """
    try:
        parts = urlsplit(address)
        host, _ = (parts.hostname or "").lower(), parts.port
    except ValueError:
        raise ValidationError("This is no web address. Give one such as https://www.metoffice.gov.uk/.") from None
    if parts.scheme.lower() != "https":
        raise ValidationError("Give an address that begins with https://, so that nobody on the way reads it.")
    if "." not in host.strip(".") or parts.username is not None:
        raise ValidationError("Give the address of a public website, such as https://www.metoffice.gov.uk/.")
    if is_ours(host):
        raise ValidationError("This leads back to this site. Give another website, one that nobody asks about.")


def exit_address(wanted: str) -> str:
    """Return where to lead: the address that the council set, or the neutral one where that is unfit."""
    try:
        refuse_unfit_exit(wanted)
    except ValidationError:
        return NEUTRAL_SITE
    return wanted


def lead_away(request: HttpRequest) -> HttpResponse:
    """Return the answer that leads to the neutral site: kept nowhere, and the site is not told where from.

    No Clear-Site-Data: browsers empty the whole cache before they go on, which takes seconds, and Back is none the
    wiser, because what must not be seen again was never stored.
    """
    from core.models import CouncilSettings

    response = HttpResponseRedirect(exit_address(CouncilSettings.for_request(request).exit_url))
    add_never_cache_headers(response)
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


def is_ours(host: str) -> bool:
    """Tell whether ``host`` is a name of this site."""
    ours = {
        urlsplit(settings.SITE_URL).hostname,
        *settings.ALLOWED_HOSTS,
        *Site.objects.values_list("hostname", flat=True),
    }
    return any(host == name or (name.startswith(".") and host.endswith(name)) for name in filter(None, ours))
