"""Template tags of every page, known to all templates without a load."""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from django import template
from django.conf import settings
from django.db.models import prefetch_related_objects
from django.forms import BaseForm, BoundField
from django.template.context import Context
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from core import numbers
from core.look.fonts import SHEETS
from core.look.stylesheet import mark, sheet
from core.models import CouncilSettings, SupportService

register = template.Library()

# The main navigation: title, name of the address, and its path where it is a page. No page asks the database for it.
NAVIGATION = (
    (_("Campaigns"), "wagtail_serve", "campaigns/"),
    (_("Schools"), "wagtail_serve", "schools/"),
    (_("Events"), "wagtail_serve", "events/"),
    (_("Surveys"), "wagtail_serve", "surveys/"),
    (_("Strategy"), "indicators:dashboard"),
    (_("Get help"), "home:support"),
)


def _path(context: Context) -> str:
    request = context.get("request")
    return request.path if request else ""


@register.simple_tag(takes_context=True)
def navigation(context: Context) -> list[dict[str, str]]:
    """Return the main navigation: dicts of title, url and current ("page", "true" within that part, or "")."""
    path = _path(context)
    links = [(str(title), reverse(name, args=args)) for title, name, *args in NAVIGATION]
    return [
        {"title": title, "url": url, "current": "page" if path == url else "true" if path.startswith(url) else ""}
        for title, url in links
    ]


@register.simple_tag(takes_context=True)
def canonical_url(context: Context) -> str:
    """Return this page's one address, without its query."""
    return f"{settings.SITE_URL}{_path(context)}"


def _colours(council: CouncilSettings | None) -> tuple[str, str]:
    """Return the council's two colours; empty where our own stand."""
    return (council.main_colour, council.second_colour) if council else ("", "")


@register.simple_tag
def stylesheet(council: CouncilSettings | None = None, language: str = "") -> str:
    """Return the address of the stylesheet, in the council's colours or our own, with the letters of ``language``."""
    main, second = _colours(council)
    script = language if language in SHEETS else ""
    named = {"pair": f"{main[1:]}-{second[1:]}" if main else "", "script": script}
    address = reverse("look:style", kwargs={name: said for name, said in named.items() if said})
    return f"{address}?v={sheet(main, second, script).digest}"


@register.simple_tag
def site_icon(council: CouncilSettings | None = None) -> str:
    """Return our mark in the council's colours, or in our own, as an address that holds it whole."""
    return mark(*_colours(council))


@register.filter
def telephone_link(number: str) -> str:
    """Turn a telephone number for people into the address that dials it: "0800 555 111" -> "tel:0800555111"."""
    return "tel:" + re.sub(r"[^\d+]", "", number)


@register.filter
def text_message_link(number: str) -> str:
    """Turn a number for text messages into the address that opens one."""
    return "sms:" + re.sub(r"[^\d+]", "", number)


@register.filter(is_safe=True)
def telephones_in_order(html: object) -> SafeString:
    """Keep the telephone numbers of a text from left to right: ``core.numbers`` says why."""
    return SafeString(numbers.telephones_in_order(str(html)))


@register.filter
def grouped(value: float) -> str:
    """Write a whole number in groups of three: 12,500."""
    return numbers.number(value)


@register.filter
def host(address: str) -> str:
    """Return the host of an address, as people say it: "https://www.report-it.org.uk/" -> "report-it.org.uk"."""
    return (urlsplit(address).hostname or address).removeprefix("www.")


@register.filter
def with_owners(services: Iterable[SupportService]) -> list[SupportService]:
    """Return the services with their owners fetched: one query for any number."""
    found = [service for service in services if service]
    prefetch_related_objects(found, "owner")
    return found


@register.filter
def stale(service: SupportService) -> bool:
    """Tell whether nobody has checked this service's entry for half a year."""
    return service.is_stale(timezone.localdate())


@register.filter
def first_control(field: BoundField) -> str:
    """Return the id of a field's first control: what a link in the error summary leads to."""
    return f"{field.auto_id}_0" if field.use_fieldset else field.id_for_label


@register.filter
def wrong_fields(form: BaseForm) -> list[BoundField]:
    """Return the fields of a form that have errors, in the order of the page."""
    return [field for field in form if field.errors]
