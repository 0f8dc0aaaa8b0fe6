"""What people can sign up for, and how it stands with what they signed up to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Count, Exists, Min, OuterRef, QuerySet

from campaigns.languages import language_name
from campaigns.models.audiences import MailchimpAudience
from campaigns.models.signups import ON_THE_WAY, PreferencesRequest, SignUp
from campaigns.models.updates import ConsentWording, OfferedInterest, UpdatesSettings
from campaigns.updates.addresses import digest
from campaigns.updates.enums import HandOver, Preferences, Standing
from campaigns.updates.evidence import earlier
from core.languages.addresses import codes

LISTED = 50


@dataclass(frozen=True)
class Area:
    """One area of news: its key at Mailchimp, its name, and the language that the name is in."""

    key: str
    label: str
    said_in: str


@dataclass(frozen=True)
class Offer:
    """What the form offers: the words to agree to, and the areas of news."""

    wording: ConsentWording
    areas: list[Area]


def updates_settings() -> UpdatesSettings:
    """Return the one row; without an audience where nobody has set anything yet."""
    return UpdatesSettings.objects.select_related("audience").first() or UpdatesSettings(pk=1)


def audience() -> MailchimpAudience | None:
    """Return the audience that people sign up to."""
    return updates_settings().audience


def in_force() -> dict[str, ConsentWording]:
    """Return the newest approved wording of each language."""
    approved = ConsentWording.objects.filter(approved_at__isnull=False).order_by("version")
    return {wording.language: wording for wording in approved}


def wordings_to_approve() -> QuerySet[ConsentWording]:
    """Return the wordings that wait for a colleague, none of them older than the one in force."""
    newer = ConsentWording.objects.filter(
        language=OuterRef("language"), version__gt=OuterRef("version"), approved_at__isnull=False
    )
    return ConsentWording.objects.filter(~Exists(newer), approved_at=None).select_related("written_by")


def offer(language: str) -> Offer | None:
    """Return what ``language`` offers to sign up for, in English where it lacks words; None where nobody can."""
    to = audience()
    words = in_force()
    wording = words.get(language) or words.get(settings.LANGUAGE_CODE)
    if to is None or wording is None:
        return None
    return Offer(wording, areas(to, language))


def areas(to: MailchimpAudience, language: str) -> list[Area]:
    """Return the areas of news that are offered of the audience ``to``."""
    offered = OfferedInterest.objects.filter(interest__audience=to, interest__is_gone=False).select_related("interest")
    return [_area(one, language) for one in offered]


def _area(one: OfferedInterest, language: str) -> Area:
    said_in = language if one.labels.get(language) else settings.LANGUAGE_CODE
    return Area(one.interest.remote_id, one.labels[said_in], said_in)


def is_open() -> bool:
    """Tell whether people can sign up: there is an audience, and an English wording in force."""
    words = ConsentWording.objects.filter(language=settings.LANGUAGE_CODE, approved_at__isnull=False)
    return UpdatesSettings.objects.filter(Exists(words), audience__isnull=False).exists()


def agreements_of(address: str) -> QuerySet[SignUp]:
    """Return everything that ``address`` agreed to, also where it was agreed to for an address that it took over."""
    return SignUp.objects.filter(digest__in=earlier({digest(address)})).select_related("wording")


@dataclass(frozen=True)
class Figures:
    """How it stands with what people signed up to, in numbers."""

    waiting: int
    oldest: datetime | None
    handed_over: int
    refused: int
    standing: list[tuple[Standing, int]]
    changes_waiting: int


def figures() -> Figures:
    """Return the numbers of the screen of staff."""
    states = dict(SignUp.objects.order_by().values_list("state").annotate(Count("pk")))
    on_the_way = SignUp.objects.filter(state__in=ON_THE_WAY)
    return Figures(
        waiting=sum(states.get(state, 0) for state in ON_THE_WAY),
        oldest=on_the_way.aggregate(first=Min("agreed_at"))["first"],
        handed_over=states.get(HandOver.DONE, 0),
        refused=states.get(HandOver.REFUSED, 0),
        standing=[(standing, SignUp.objects.standing(standing).count()) for standing in Standing],
        changes_waiting=PreferencesRequest.objects.filter(
            state__in=[Preferences.ASKED, Preferences.WANTED, Preferences.HANDING]
        ).count(),
    )


def troubled() -> QuerySet[SignUp]:
    """Return the newest sign-ups that were refused, or wait because something went wrong with them."""
    return SignUp.objects.exclude(state=HandOver.DONE).exclude(problem="")[:LISTED]


@dataclass(frozen=True)
class Words:
    """The wordings of one language: the one in force, those that wait for a colleague, and those before."""

    code: str
    language: str
    in_force: ConsentWording | None
    waiting: list[ConsentWording]
    earlier: list[ConsentWording]


def wordings() -> list[Words]:
    """Return the wordings of every language of the site."""
    every = list(ConsentWording.objects.select_related("written_by", "approved_by"))
    return [_words(code, [one for one in every if one.language == code]) for code in codes()]


def _words(code: str, versions: Iterable[ConsentWording]) -> Words:
    approved = [one for one in versions if one.approved_at]
    now = approved[0] if approved else None
    since = now.version if now else 0
    waiting = [one for one in versions if not one.approved_at and one.version > since]
    return Words(code, language_name(code), now, waiting, approved[1:])
