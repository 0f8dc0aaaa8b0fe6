"""How every public form is drawn: Django's fields in our own templates, after the patterns of GOV.UK forms."""

from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest


class PageFormRenderer(TemplatesSetting):
    """Draw fields with templates/components/field.html; widgets come from templates/django/forms/widgets."""

    field_template_name = "components/field.html"


def came_from_elsewhere(request: HttpRequest) -> bool:
    """Tell whether a browser says that another site sent this form.

    For forms without a token, because a token is a cookie: those that do nothing in the name of whoever sends them.
    """
    return request.META.get("HTTP_SEC_FETCH_SITE", "same-origin") not in {"same-origin", "none"}
