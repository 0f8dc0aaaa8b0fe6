"""Tags of components/sharing.html."""

from django import template
from django.template.context import Context
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.models import BasePage, CouncilSettings
from core.sharing import Shared, council_node, data_script, way_node

register = template.Library()


@register.simple_tag(takes_context=True)
def shared_as(context: Context) -> Shared | None:
    """Return the page as others may show it; None where it is not to be shared or listed."""
    if context.get("noindex"):
        return None
    if "shared" in context:
        return context["shared"]
    page = context.get("page")
    return page.shared() if isinstance(page, BasePage) and page.is_shared else None


@register.simple_tag(takes_context=True)
def page_data(context: Context, shared: Shared, council: CouncilSettings) -> SafeString:
    """Return the page's data, with the way to it and who runs the site."""
    crumbs = context.get("crumbs")
    way = [] if crumbs is None else [way_node([(_("Home"), "/"), *crumbs], shared.title)]
    return data_script([council_node(council), *shared.data, *way])
