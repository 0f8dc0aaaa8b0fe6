"""What a first visit costs, on a slow line: weight, requests, hosts, and how far the page moves while it comes."""

import base64
import gzip

import pytest

from tests.browser.places import ADDRESSES, STATUSES

LARGEST_VISIT = 30_000  # bytes, compressed as a proxy sends them, without pictures and the fonts of a script
MOST_REQUESTS = 6
FURTHEST_SHIFT = 0.05  # of the screen; above it people lose their place
SLOW = {"offline": False, "latency": 100, "downloadThroughput": 200_000, "uploadThroughput": 200_000}
NARROWED = {"campaigns narrowed to nothing", "support narrowed", "survey that ended"}
VISITS = [address for name, address in ADDRESSES.items() if name not in NARROWED | STATUSES.keys()]
IN_ANOTHER_SCRIPT = ["/gu/", "/ur/", "/gu/campaigns/", "/ur/campaigns/"]

WATCH = """
window.shifts = [];
new PerformanceObserver((list) => {
  for (const one of list.getEntries()) if (!one.hadRecentInput) window.shifts.push(one.value);
}).observe({type: "layout-shift", buffered: true});
"""


@pytest.fixture
def visit(phone, site):
    """Return a function that opens an address as if for the first time and says what that cost."""
    tools = phone.context.new_cdp_session(phone)
    asked, kinds, came = [], {}, []
    tools.on("Network.requestWillBeSent", lambda told: asked.append(told["request"]["url"]))
    tools.on("Network.responseReceived", lambda told: kinds.update({told["requestId"]: told["type"]}))
    tools.on("Network.loadingFinished", lambda told: came.append(told["requestId"]))
    tools.send("Network.enable")
    tools.send("Network.emulateNetworkConditions", SLOW)
    phone.add_init_script(WATCH)

    def weight(key: str) -> int:
        body = tools.send("Network.getResponseBody", {"requestId": key})
        data = base64.b64decode(body["body"]) if body["base64Encoded"] else body["body"].encode()
        return len(gzip.compress(data, 6))

    def first_visit(address: str) -> dict:
        phone.context.clear_cookies()
        tools.send("Network.clearBrowserCache")
        for kept in (asked, kinds, came):
            kept.clear()
        phone.goto(address)
        phone.evaluate("document.fonts.ready.then(() => new Promise(requestAnimationFrame))")
        fetched = [url for url in asked if not url.startswith("data:")]
        return {
            "weight": sum(weight(key) for key in came if kinds.get(key, "Image") not in {"Image", "Font"}),
            "requests": len(fetched),
            "elsewhere": [url for url in fetched if not url.startswith(f"{site.base_url}/")],
            "shift": phone.evaluate("window.shifts.reduce((sum, one) => sum + one, 0)"),
        }

    return first_visit


def test_a_first_visit_to_a_page_of_every_kind_is_light_and_still(visit):
    visits = {address: visit(address) for address in VISITS + IN_ANOTHER_SCRIPT}
    assert {address: cost for address, cost in visits.items() if cost["weight"] > LARGEST_VISIT} == {}
    assert {address: cost for address, cost in visits.items() if cost["requests"] > MOST_REQUESTS} == {}
    assert {address: cost for address, cost in visits.items() if cost["elsewhere"]} == {}
    assert {address: cost for address, cost in visits.items() if cost["shift"] >= FURTHEST_SHIFT} == {}
    assert min(cost["weight"] for cost in visits.values()) > 1_000
