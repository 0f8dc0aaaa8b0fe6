"""Which artwork and mailings show a picture, and what comes of it when another takes the picture's place."""

from collections.abc import Iterator

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.urls import reverse

from campaigns.actions import mailings
from campaigns.actions.exchanging import exchange_in
from campaigns.enums import ReviewState
from campaigns.mailings.pieces import pictures_of
from campaigns.models import Artwork, ArtworkVersion, Campaign, Mailing
from campaigns.queries.mailings import AT_MAILCHIMP
from core.models import Image
from core.pictures.registry import Exchange, PictureUses, Use, picture_uses


def _with(picture: Image) -> QuerySet[Artwork]:
    """Return the artworks that hold ``picture``: as they are written, or in the version that is out."""
    out = ArtworkVersion.objects.current().filter(picture=picture).values("artwork")
    return Artwork.objects.filter(Q(picture=picture) | Q(pk__in=out)).select_related("campaign").order_by("pk")


def uses(picture: Image) -> Iterator[Use]:
    """Go through the artworks, share kits and mailings with ``picture``."""
    numbers = dict(ArtworkVersion.objects.current().filter(picture=picture).values_list("artwork", "number"))
    for artwork in _with(picture):
        number = numbers.get(artwork.pk)
        yield Use(
            what="Artwork",
            title=f"{artwork}, {artwork.campaign}",
            url=reverse("campaigns:artwork", args=[artwork.pk]),
            standing=f"approved, version {number}" if number else artwork.get_state_display().lower(),
            language=artwork.language,
            says=True,
        )
    yield from _kits(list(numbers))
    for mailing in _mailings(picture):
        yield Use(
            what="Mailing",
            title=f"{mailing}, {mailing.campaign}",
            url=reverse("campaigns:mailing", args=[mailing.pk]),
            standing=str(mailing.get_state_display()).lower(),
            language=mailing.language,
            says=True,
            is_out=mailing.state in AT_MAILCHIMP,
        )


def _mailings(picture: Image) -> list[Mailing]:
    """Return the mailings with ``picture``: its key stands in the text of each that has it, and of a few others."""
    likely = Mailing.objects.annotate(text=Cast("body", TextField())).filter(text__contains=f": {picture.pk}")
    return [mailing for mailing in likely.select_related("campaign").order_by("pk") if picture in pictures_of(mailing)]


def _kits(artworks: list[int]) -> Iterator[Use]:
    """Go through the share kits that hold one of ``artworks``: what is given up there is gone from them by itself."""
    holding = Campaign.objects.filter(artworks__in=artworks, kits__state=ReviewState.APPROVED)
    for campaign in holding.distinct().order_by("pk"):
        url = reverse("campaigns:kit", args=[campaign.pk])
        yield Use(what="Share kit", title=str(campaign), url=url, standing="approved")


def exchange(asked: Exchange) -> None:
    """Put the other picture in its place in every artwork and mailing that holds it."""
    for artwork in _with(asked.picture):
        exchange_in(artwork, asked)
    for mailing in _mailings(asked.picture):
        mailings.exchange_in(mailing, asked)


picture_uses.offer("campaigns")(PictureUses(of=uses, exchange=exchange))
