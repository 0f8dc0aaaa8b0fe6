"""The support directory: who can help, narrowed down by what visitors choose, in the address alone."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from core.enums import Strand, SupportKind, SupportLanguage, SupportNeed
from core.models import Area, SupportService

Codes = Callable[[SupportService], list[str]]


@dataclass(frozen=True)
class Facet:
    """One thing to narrow down by: its name in the address, its question, its options, and the codes of a service."""

    name: str
    label: str
    options: Sequence[tuple[str, Any]]
    codes: Codes


@dataclass(frozen=True)
class Option:
    """One option with the number of services that it would leave."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Choice:
    """One facet as it stands in the form."""

    name: str
    label: str
    any_count: int
    options: list[Option]


@dataclass(frozen=True)
class Group:
    """The support services of one kind."""

    kind: str
    heading: str
    services: list[SupportService]


@dataclass(frozen=True)
class Directory:
    """What the page shows: the form, the services that fit, and the choices as a query, empty where there are none."""

    choices: list[Choice]
    groups: list[Group]
    count: int
    query: str


def directory(asked: Mapping[str, str]) -> Directory:
    """Return the services that fit what ``asked`` chooses; a choice that there is not is no choice.

    Emergency services are never narrowed away, and stand before reporting and support.
    """
    services = list(SupportService.objects.select_related("owner").prefetch_related("areas"))
    facets = _facets(list(Area.objects.all()))
    chosen = {facet.name: asked.get(facet.name, "") for facet in facets}
    chosen = {facet.name: chosen[facet.name] for facet in facets if chosen[facet.name] in dict(facet.options)}
    fitting = _fitting(services, facets, chosen)
    return Directory(
        choices=[_choice(facet, services, facets, chosen) for facet in facets],
        groups=_by_kind(fitting),
        count=len(fitting),
        query=urlencode(chosen),
    )


def _facets(areas: list[Area]) -> list[Facet]:
    """Return what the directory is narrowed down by; areas only where there are some."""
    everywhere = [area.code for area in areas]
    facets = [
        Facet("help", str(_("What you need")), SupportNeed.choices, lambda service: service.helps_with),
        Facet(
            "strand", str(_("Why you were targeted")), Strand.choices, lambda service: service.strands or Strand.values
        ),
        Facet("language", str(_("Language")), SupportLanguage.choices, _languages),
        Facet(
            "area",
            str(_("Area")),
            [(area.code, area.name) for area in areas],
            lambda service: [area.code for area in service.areas.all()] or everywhere,
        ),
    ]
    return [facet for facet in facets if facet.options]


def _languages(service: SupportService) -> list[str]:
    """Return the languages of a service: with an interpreter, all of the spoken ones."""
    if SupportLanguage.INTERPRETER not in service.languages:
        return service.languages
    return [*service.languages, *(code for code in SupportLanguage.values if code != SupportLanguage.BSL)]


def _fitting(services: list[SupportService], facets: list[Facet], chosen: Mapping[str, str]) -> list[SupportService]:
    return [
        service
        for service in services
        if service.kind == SupportKind.EMERGENCY
        or all(chosen[facet.name] in facet.codes(service) for facet in facets if facet.name in chosen)
    ]


def _choice(facet: Facet, services: list[SupportService], facets: list[Facet], chosen: Mapping[str, str]) -> Choice:
    """Count what each option would leave beside the other choices."""
    others = {name: value for name, value in chosen.items() if name != facet.name}
    options = [
        Option(
            value=value,
            label=str(label),
            count=len(_fitting(services, facets, others | {facet.name: value})),
            chosen=chosen.get(facet.name) == value,
        )
        for value, label in facet.options
    ]
    return Choice(facet.name, facet.label, len(_fitting(services, facets, others)), options)


SHOWN_FIELDS = (
    "name", "kind", "description", "helps_with", "strands", "languages", "telephone", "text_number", "email", "website",
    "address", "access_notes", "hours",
)  # fmt: skip


def fingerprint(service: SupportService) -> str:
    """Return a name for all that the public reads of ``service``: another one as soon as a word changes."""
    shown = [str(getattr(service, name)) for name in SHOWN_FIELDS] + sorted(area.code for area in service.areas.all())
    return hashlib.sha256("\n".join(shown).encode()).hexdigest()


def _by_kind(services: list[SupportService]) -> list[Group]:
    order = list(SupportKind)
    in_order = sorted(services, key=lambda service: order.index(SupportKind(service.kind)))
    return [
        Group(kind, str(SupportKind(kind).label), list(found)) for kind, found in groupby(in_order, lambda s: s.kind)
    ]
