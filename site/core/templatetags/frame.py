"""Tags of base.html, the frame around every page."""

from django import template
from django.template.base import NodeList, Parser, Token
from django.template.context import Context

from core.hold.queries import banner
from core.notices.queries import Shown, shown_on
from core.remembering import remembered as recall

register = template.Library()


class RememberedNode(template.Node):
    """Draws what is in it once for all pages of a site and language."""

    def __init__(self, nodelist: NodeList, name: str) -> None:
        """Remember ``nodelist``, as it looks, under ``name``."""
        self.nodelist, self.name = nodelist, name

    def render(self, context: Context) -> str:
        """Recall or draw. Without a request nothing says which site is asked: a page of an error of ours."""
        request = context.get("request")
        if request is None:
            return self.nodelist.render(context)
        return recall(("frame", self.name), lambda: self.nodelist.render(context), request=request)


@register.tag
def remembered(parser: Parser, token: Token) -> RememberedNode:
    """Draw what is the same on every page: {% remembered "footer" %}. It asks neither the page nor the request."""
    _, name = token.split_contents()
    nodelist = parser.parse(("endremembered",))
    parser.delete_first_token()
    return RememberedNode(nodelist, name.strip("\"'"))


@register.simple_tag(takes_context=True)
def urgent_notice(context: Context) -> Shown | None:
    """Return the notice that is on. Without a request there is none: a page of an error of ours asks no database."""
    request = context.get("request")
    return shown_on(request) if request is not None else None


@register.simple_tag
def held_because() -> str:
    """Return why everything scheduled is held, for the head of the admin; empty where it is not."""
    return banner()
