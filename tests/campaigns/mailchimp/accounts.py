"""What the tests put into the sandbox."""

from types import SimpleNamespace

import requests

from campaigns.mailchimp import mailchimp
from campaigns.mailchimp.sandbox.audiences import make_audience, make_category, make_segment
from campaigns.mailchimp.sandbox.members import make_member
from campaigns.mailchimp.shapes import Draft, Tracking
from tests.campaigns.conftest import KEY

HTML = (
    "<html><body><p>Hello *|IF:FNAME|**|FNAME|**|ELSE:|*neighbour*|END:IF|*, from *|LIST:NAME|*</p>"
    "<a href='*|UNSUB|*'>Unsubscribe</a> <a href='*|UPDATE_PROFILE|*'>Choices</a> *|UNHEARD_OF|*</body></html>"
)


def make_account(sandbox, *, members=3, double_optin=False) -> SimpleNamespace:
    """Put an audience with members, two interests and a segment of the first two members into ``sandbox``."""
    state = sandbox.state
    audience = make_audience(
        state, name="News", double_optin=double_optin, from_name="The council", from_email="news@council.example"
    )
    category = make_category(audience, title="Areas of news", interests=["Schools", "Events"])
    addresses = [f"member-{number}@example.com" for number in range(members)]
    for address in addresses:
        make_member(state, audience, address, status="subscribed")
    segment = make_segment(state, audience, name="Volunteers", addresses=addresses[:2])
    return SimpleNamespace(
        audience=audience,
        id=audience["id"],
        addresses=addresses,
        segment=segment,
        schools=category["_interests"][0]["id"],
        events=category["_interests"][1]["id"],
    )


def draft(account, **changes) -> Draft:
    """Return what an email to the account's segment shall be."""
    asked = {
        "title": "groundswell-1",
        "audience_id": account.id,
        "segment_id": account.segment["id"],
        "subject_line": "What is new",
        "preview_text": "Two events in March",
        "from_name": "The council",
        "reply_to": "news@council.example",
        "tracking": Tracking(),
    }
    return Draft(**asked | changes)


def ask(sandbox, method, path, body=None, key=KEY):
    """Call the API past the adapter, as other clients would."""
    return requests.request(method, f"{sandbox.base_url}/3.0{path}", json=body, auth=("any", key), timeout=5)


def page(sandbox, path):
    """Return what a page says."""
    answer = requests.get(f"{sandbox.base_url}{path}", timeout=5)
    assert answer.status_code == 200, answer.text
    return answer.text


def sent(account, **changes):
    """Send an email, and return its id."""
    made = mailchimp().create_campaign(draft(account, **changes))
    mailchimp().set_content(made.id, html=HTML, plain_text="Hello *|FNAME|*\n*|UNSUB|*")
    mailchimp().send(made.id)
    mailchimp().campaign(made.id)
    return made.id
