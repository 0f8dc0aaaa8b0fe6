"""A support service answers about its entry, in a browser that says where a form was sent from."""

import re

from playwright.sync_api import expect

ASKED = """
from core.models import SupportService
from home import actions
service = SupportService.objects.exclude(kind="emergency").order_by("pk").last()
service.confirmation_email = "desk@example.org"
service.save()
print("link", actions.link_of(actions.ask(service=service)))
"""


def test_a_service_confirms_its_entry_by_the_link_in_its_mail(page, manage):
    [address] = re.findall(r"link https?://[^/]+(/\S+)", manage("shell", "-c", ASKED))
    page.goto(address)
    page.get_by_role("button", name="Everything is right").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    page.reload()
    expect(page.get_by_role("button", name="Everything is right")).to_have_count(0)
