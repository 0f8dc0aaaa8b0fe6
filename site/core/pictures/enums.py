"""Closed lists about pictures."""

from django.db.models import TextChoices


class Licence(TextChoices):
    """On what ground a picture may be used."""

    OWN = "own", "Ours: made by the council's own staff"
    COMMISSIONED = "commissioned", "Made for us, and we may use it"
    LENT = "lent", "Its owner lets us use it, in writing"
    LIBRARY = "library", "From a picture library, under its licence"
    PUBLIC_DOMAIN = "public-domain", "Public domain or CC0"
    CC_BY = "cc-by", "Creative Commons Attribution (CC BY)"
    CC_BY_SA = "cc-by-sa", "Creative Commons Attribution-ShareAlike (CC BY-SA)"
    OGL = "ogl", "Open Government Licence"
    OTHER = "other", "Another: say which"


# These licences give nothing to whoever does not name the maker.
ASK_FOR_CREDIT = frozenset({Licence.CC_BY, Licence.CC_BY_SA, Licence.OGL})
# On these anybody may use a picture; of the others a file says no more than that nobody else may.
FOR_EVERYBODY = frozenset({Licence.PUBLIC_DOMAIN, Licence.CC_BY, Licence.CC_BY_SA, Licence.OGL})


class People(TextChoices):
    """Who can be seen in a picture."""

    NONE = "none", "Nobody"
    UNRECOGNISABLE = "unrecognisable", "People whom nobody can recognise"
    RECOGNISABLE = "recognisable", "People who can be recognised"
