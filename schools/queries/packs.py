"""What can be asked about lesson packs."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.db.models import Count, Q, TextChoices
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.approvals.showing import approved_version, as_approved
from core.languages.trees import in_language
from core.models.pages import closed_to_some
from schools.enums import Duration, KeyStage, Subject
from schools.models import LessonFile, LessonPackPage, PackKeyStage, PackSubject

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

PACKS_A_PAGE = 12


def live_pack_pages() -> Any:
    """Return the pack pages that everybody may see, by title, with their packs ready to draw."""
    return (
        in_language(LessonPackPage.objects.live())
        .filter(~closed_to_some(), Q(expire_at=None) | Q(expire_at__gt=timezone.now()))
        .select_related("pack__campaign")
        .prefetch_related("pack__key_stage_rows", "pack__subject_rows")
        .order_by("title", "pk")
    )


def page_at(slug: str) -> LessonPackPage | None:
    """Return the page at ``slug`` as everybody may see it, or None."""
    page = live_pack_pages().filter(slug=slug).first()
    shown = approved_version(page) if page else None
    return shown if shown and shown.pack_id == page.pack_id else None


def offered(*, slug: str, file: UUID) -> tuple[LessonPackPage, LessonFile] | None:
    """Return the page at ``slug`` with its lesson file ``file``, if everybody may take that through it, or None."""
    page = page_at(slug)
    found = page.pack.files.filter(uuid=file).exclude(file="").first() if page else None
    return (page, found) if page and found else None


def page_of(pages: Any, request: HttpRequest) -> ListPage:
    """Return the page of the list that ``request`` asks for, as approved; the nearest where that makes no sense."""
    found = Paginator(pages, PACKS_A_PAGE).get_page(request.GET.get("page"))
    found.object_list = as_approved(found.object_list, request)
    return found


@dataclass(frozen=True)
class Question:
    """One way to narrow the list: its name in the address, its words, its answers, and what an answer means."""

    name: str
    legend: "StrOrPromise"
    options: type[TextChoices]
    narrow: Callable[[Iterable[Any]], Q]
    count: Callable[[Any], Mapping[str, int]]


@dataclass(frozen=True)
class Option:
    """One answer that can be ticked, with the number of packs that ticking it leads to."""

    value: str
    label: str
    count: int
    checked: bool


@dataclass(frozen=True)
class Facet:
    """One question with its answers, ready to draw."""

    name: str
    legend: str
    options: list[Option]


def _by_duration(bands: Iterable[Duration]) -> Q:
    return Q(*(Q(pack__duration__range=band.minutes) for band in bands), _connector=Q.OR)


def _counts_by(column: str) -> Callable[[Any], Mapping[str, int]]:
    def count(pages: Any) -> Mapping[str, int]:
        return dict(pages.values_list(column).annotate(number=Count("pk", distinct=True)).order_by())

    return count


def _counts_by_duration(pages: Any) -> Mapping[str, int]:
    return pages.aggregate(**{str(band.value): Count("pk", filter=_by_duration([band])) for band in Duration})


QUESTIONS = (
    Question(
        name="stage",
        legend=_("Key stage"),
        options=KeyStage,
        narrow=lambda chosen: Q(pack__in=PackKeyStage.objects.filter(key_stage__in=chosen).values("pack")),
        count=_counts_by("pack__key_stage_rows__key_stage"),
    ),
    Question(
        name="subject",
        legend=_("Subject"),
        options=Subject,
        narrow=lambda chosen: Q(pack__in=PackSubject.objects.filter(subject__in=chosen).values("pack")),
        count=_counts_by("pack__subject_rows__subject"),
    ),
    Question(
        name="length", legend=_("Length of lesson"), options=Duration, narrow=_by_duration, count=_counts_by_duration
    ),
)


@dataclass(frozen=True)
class Choice:
    """What a teacher ticked, by question. Ticks within a question widen the list; each further question narrows it."""

    ticked: Mapping[str, tuple[Any, ...]]

    @classmethod
    def read(cls, query: QueryDict) -> "Choice":
        """Read the ticks from an address; what is no answer of ours is passed over."""
        return cls({q.name: tuple(o for o in q.options if o.value in query.getlist(q.name)) for q in QUESTIONS})

    def narrow(self, pages: Any, *, but: str = "") -> Any:
        """Return those of ``pages`` that fit every question answered, leaving out the question ``but``."""
        for question in QUESTIONS:
            if self.ticked[question.name] and question.name != but:
                pages = pages.filter(question.narrow(self.ticked[question.name]))
        return pages

    @property
    def words(self) -> list[str]:
        """The ticks as people read them."""
        return [str(tick.label) for ticks in self.ticked.values() for tick in ticks]

    @property
    def query(self) -> str:
        """The ticks as the query of an address, without what was not understood."""
        return urlencode([(name, tick.value) for name, ticks in self.ticked.items() for tick in ticks])


def facets(pages: Any, choice: Choice) -> list[Facet]:
    """Return every question with the number of packs behind each answer, given the other questions' answers."""
    plain = pages.select_related(None).prefetch_related(None)
    return [_facet(question, choice, question.count(choice.narrow(plain, but=question.name))) for question in QUESTIONS]


def _facet(question: Question, choice: Choice, counts: Mapping[str, int]) -> Facet:
    ticked = choice.ticked[question.name]
    options = [Option(o.value, str(o.label), counts.get(o.value, 0), o in ticked) for o in question.options]
    return Facet(question.name, str(question.legend), options)
