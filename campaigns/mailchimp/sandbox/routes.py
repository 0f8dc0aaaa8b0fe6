"""Which function answers which call of the API."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.urls import path
from django.urls.resolvers import RegexPattern, URLResolver

from campaigns.mailchimp.sandbox import audiences, campaigns, members, sending, webhooks
from campaigns.mailchimp.sandbox.calls import Call
from campaigns.mailchimp.sandbox.state import Row

MEMBER = "/lists/<list_id>/members/<subscriber_hash>"
CATEGORIES = "/lists/<list_id>/interest-categories"
CAMPAIGN = "/campaigns/<campaign_id>"
SEGMENT = "/lists/<list_id>/segments/<segment_id>"


def ping(_call: Call) -> Row:
    """Answer that all is well."""
    return {"health_status": "Everything's Chimpy!"}


API: dict[str, Callable[..., Any]] = {
    "GET /ping": ping,
    "GET /lists": audiences.lists,
    "GET /lists/<list_id>": audiences.get_list,
    "GET /lists/<list_id>/merge-fields": audiences.merge_fields,
    "POST /lists/<list_id>/merge-fields": audiences.add_merge_field,
    f"GET {CATEGORIES}": audiences.interest_categories,
    f"GET {CATEGORIES}/<interest_category_id>/interests": audiences.interests,
    "GET /lists/<list_id>/segments": audiences.segments,
    "POST /lists/<list_id>/segments": audiences.create_segment,
    f"GET {SEGMENT}": audiences.get_segment,
    f"PATCH {SEGMENT}": audiences.update_segment,
    f"POST {SEGMENT}": audiences.batch_segment_members,
    f"DELETE {SEGMENT}": audiences.delete_segment,
    "GET /lists/<list_id>/members": members.members,
    "POST /lists/<list_id>/members": members.add_member,
    f"GET {MEMBER}": members.get_member,
    f"PUT {MEMBER}": members.put_member,
    f"PATCH {MEMBER}": members.update_member,
    f"DELETE {MEMBER}": members.archive_member,
    f"POST {MEMBER}/actions/delete-permanent": members.delete_permanently,
    f"GET {MEMBER}/tags": members.tags,
    f"POST {MEMBER}/tags": members.update_tags,
    "GET /lists/<list_id>/webhooks": webhooks.webhooks,
    "POST /lists/<list_id>/webhooks": webhooks.create_webhook,
    "DELETE /lists/<list_id>/webhooks/<webhook_id>": webhooks.delete_webhook,
    "GET /campaigns": campaigns.campaigns,
    "POST /campaigns": campaigns.create,
    f"GET {CAMPAIGN}": campaigns.get_campaign,
    f"PATCH {CAMPAIGN}": campaigns.update,
    f"DELETE {CAMPAIGN}": campaigns.remove,
    f"GET {CAMPAIGN}/content": campaigns.get_content,
    f"PUT {CAMPAIGN}/content": campaigns.set_content,
    f"GET {CAMPAIGN}/send-checklist": campaigns.checklist,
    f"POST {CAMPAIGN}/actions/send": campaigns.send,
    f"POST {CAMPAIGN}/actions/schedule": campaigns.schedule,
    f"POST {CAMPAIGN}/actions/unschedule": campaigns.unschedule,
    f"POST {CAMPAIGN}/actions/cancel-send": campaigns.cancel,
    f"POST {CAMPAIGN}/actions/test": campaigns.test,
    "GET /reports/<campaign_id>": sending.report,
}


def api() -> URLResolver:
    """Return what finds, by the path of a call, the functions that answer it: one for each method."""
    by_path: dict[str, dict[str, Callable[..., Any]]] = defaultdict(dict)
    for place, function in API.items():
        method, address = place.split()
        by_path[address][method] = function
    return resolver({f"3.0{address}": functions for address, functions in by_path.items()})


def resolver(addresses: dict[str, Any]) -> URLResolver:
    """Return a resolver of ``addresses``; what each leads to stands in the match as ``found``."""
    return URLResolver(
        RegexPattern(r"^/"), [path(address, _nothing, {"found": found}) for address, found in addresses.items()]
    )


def _nothing(*_: Any, **__: Any) -> HttpResponse:
    """Stand where a URL pattern must have a view: the server calls what was found itself."""
    return HttpResponse(status=404)
