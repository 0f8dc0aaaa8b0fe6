"""Sample data: two invented audiences, so that there is something to send to."""

from itertools import product

from campaigns.mailchimp.sandbox.audiences import make_audience, make_category, make_segment
from campaigns.mailchimp.sandbox.members import make_member
from campaigns.mailchimp.sandbox.state import Row, State, digest

FIRST = ("Alex", "Bushra", "Chandra", "Dorota", "Ewan", "Farah", "Grace", "Hitesh", "Iga", "Jamal")
LAST = ("Sample", "Example", "Invented", "Testing", "Nobody", "Madeup")
LANGUAGES = ("en", "en", "en", "ur", "gu", "pl")
NEWS = ("Events near you", "For schools", "Surveys and what they found", "Support services")


def lay(state: State) -> None:
    """Lay the sample audiences."""
    public = make_audience(
        state,
        name="Community news (sample)",
        double_optin=True,
        from_name="The council (sample)",
        from_email="news@council.example",
    )
    news = make_category(public, title="News about", interests=list(NEWS))["_interests"]
    _lay_members(state, public, [f"{first} {last}" for last, first in product(LAST, FIRST)])
    make_segment(state, public, name="Events near you", options=_ticked(public, news[0]))
    make_segment(state, public, name="For schools", options=_ticked(public, news[1]))
    make_segment(state, public, name="Readers of Urdu", options=_read("ur"))
    make_segment(state, public, name="Volunteers", addresses=[row["email_address"] for row in _some(public)])
    partners = make_audience(
        state,
        name="Partners' bulletin (sample)",
        double_optin=False,
        from_name="The council (sample)",
        from_email="partners@council.example",
    )
    make_category(partners, title="News about", interests=["Returns due", "Training"])
    _lay_members(state, partners, [f"{first} {LAST[0]}" for first in FIRST])
    state.letters.clear()  # those who are pending were asked long ago


def _lay_members(state: State, audience: Row, names: list[str]) -> None:
    """Add members of those names; one in twelve has not confirmed, one in fifteen left, one address fails."""
    for number, name in enumerate(names, start=1):
        first, last = name.split()
        local = "bounce" if number == len(names) else f"{first}.{last}".lower()
        status = "pending" if number % 12 == 0 and audience["double_optin"] else "subscribed"
        member = make_member(state, audience, f"{local}@example.org", status=status)
        member["merge_fields"] |= {"FNAME": first, "LNAME": last}
        member |= {"full_name": name, "language": LANGUAGES[number % len(LANGUAGES)]}
        for place, key in enumerate(member["interests"]):
            member["interests"][key] = (number + place) % 3 == 0
        if number % 15 == 0:
            member |= {"status": "unsubscribed", "_compliance": True}


def _some(audience: Row) -> list[Row]:
    return [row for row in audience["_members"].values() if row["id"] < digest("somebody")]


def _ticked(audience: Row, interest: Row) -> Row:
    category = audience["_categories"][0]["id"]
    condition = {"condition_type": "Interests", "field": f"interests-{category}", "op": "interestcontains"}
    return {"match": "all", "conditions": [condition | {"value": [interest["id"]]}]}


def _read(language: str) -> Row:
    condition = {"condition_type": "Language", "field": "language", "op": "is", "value": language}
    return {"match": "all", "conditions": [condition]}
