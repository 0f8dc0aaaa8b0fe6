"""What the record of a picture must say, and what it may not."""

from typing import TYPE_CHECKING

from core.pictures.enums import ASK_FOR_CREDIT, Licence, People

if TYPE_CHECKING:
    from core.models.pictures import Image

ASKED = ("source", "licence", "people")  # without one of these there is no record
RECORD = (
    "source",
    "licence",
    "licence_in_words",
    "credit",
    "people",
    "children_shown",
    "permission_given",
    "carers_agreed",
    "permission_held",
    "ends_on",
)


def what_is_missing(picture: "Image") -> dict[str, str]:
    """Return field -> sentence for each of the first questions that nobody has answered."""
    sentences = {
        "source": "Say who made the picture or where it is from.",
        "licence": "Say on what ground we may use it.",
        "people": "Say whether people can be seen in it.",
    }
    return {name: sentences[name] for name in ASKED if not getattr(picture, name).strip()}


def what_is_wrong(picture: "Image") -> dict[str, str]:
    """Return field -> sentence for each answer that another answer asks for, or rules out."""
    found = {}
    if picture.licence == Licence.OTHER and not picture.licence_in_words.strip():
        found["licence_in_words"] = "Say which licence it is, in a few words."
    if picture.licence in ASK_FOR_CREDIT and not picture.credit.strip():
        found["credit"] = "This licence asks that the maker is named. Write the line that must be shown."
    if picture.children_shown and picture.people in ("", People.NONE):
        found["children_shown"] = "Children are people: say above that people can be seen, or take this tick away."
    if picture.people != People.RECOGNISABLE:
        return found
    if not picture.permission_given:
        found["permission_given"] = (
            "A picture of people who can be recognised needs their permission. Tick this once you have it, or choose "
            "another picture."
        )
    if picture.children_shown and not picture.carers_agreed:
        found["carers_agreed"] = (
            "A picture of children needs the permission of a parent or carer of each. Tick this once you have it, or "
            "choose another picture."
        )
    if not picture.permission_held.strip():
        found["permission_held"] = "Say where the permission is kept, so that a colleague finds it."
    return found
