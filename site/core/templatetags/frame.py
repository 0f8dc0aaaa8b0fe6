"""Tags of base.html, the frame around every page."""

from django import template
from django.template.base import NodeList, Parser, Token
from django.template.context import Context

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
