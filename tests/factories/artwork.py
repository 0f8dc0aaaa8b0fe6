"""Artwork, as its officer writes it and its manager approves it."""

from io import BytesIO

from django.core.files.images import ImageFile
from PIL import Image as Canvas

from campaigns.actions.artwork import approve_artwork, begin_artwork, save_artwork, submit_artwork
from campaigns.models import Artwork, ArtworkVersion, Campaign
from campaigns.queries.artwork import digest_of
from core.models import Image, User


def make_picture(title: str = "Swell", colour: str = "#203050", **fields) -> Image:
    """Return a picture of one colour."""
    drawn = BytesIO()
    Canvas.new("RGB", (60, 40), colour).save(drawn, "PNG")
    drawn.seek(0)
    return Image.objects.create(title=title, file=ImageFile(drawn, name=f"{title}.png"), **fields)


def make_artwork(campaign: Campaign, by: User, *, language: str = "en", title: str = "Poster", **changed) -> Artwork:
    """Return an artwork that ``by`` has written."""
    artwork = begin_artwork(campaign=campaign, title=title, language=language, words=None, by=by)
    given = {"layout": "words-alone", "headline": "No place for hate", "text": "Tell somebody.", "action": ""}
    return save_artwork(artwork=artwork, changed=given | changed, by=by)


def make_version(artwork: Artwork, *, sent_by: User, approved_by: User) -> ArtworkVersion:
    """Return the next version of ``artwork``, sent in and approved."""
    sent = submit_artwork(artwork=artwork, by=sent_by)
    return approve_artwork(artwork=sent, by=approved_by, seen=digest_of(sent.frozen))
