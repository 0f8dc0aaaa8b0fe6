"""How the list of lesson packs is narrowed down: what can be asked, and how many packs each answer leads to."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode

from django.db.models import Count, Q, TextChoices
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from campaigns.languages import languages
from campaigns.models import AwarenessDate
from core.enums import Strand
from schools.enums import Duration, KeyStage, Subject, Topic
from schools.models import LessonFile, PackAwareness, PackKeyStage, PackStrand, PackSubject, PackTopic

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Answer(NamedTuple):
    """What a question can be answered with: its code in the address, and its words."""

    value: str
    label: "StrOrPromise"


@dataclass(frozen=True)
class Question:
    """One way to narrow the list: its name in the address, its words, its answers, and what an answer means.

    ``answers`` takes what is ticked: that stays an answer when no pack has it any more, so that an address means for
    good what it meant. ``always_whole`` keeps answers that lead to nothing among the others. ``in_english`` says that
    the answers' words are in English in every language.
    """

    name: str
    legend: "StrOrPromise"
    answers: Callable[[Collection[str]], Iterable[Answer]]
    narrow: Callable[[Sequence[str]], Q]
    count: Callable[[Any], Mapping[str, int]]
    always_whole: bool = False
    in_english: bool = False


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
    always_whole: bool
    in_english: bool

    @property
    def leading(self) -> list[Option]:
        """The answers that stand in plain sight: those that lead somewhere or are ticked."""
        return [option for option in self.options if self.always_whole or option.count or option.checked]

    @property
    def empty(self) -> list[Option]:
        """The others: they lead to nothing now, and are kept out of the way."""
        leading = self.leading
        return [option for option in self.options if option not in leading]

    @property
    def has_any(self) -> bool:
        """Whether any answer leads somewhere or is ticked."""
        return any(option.count or option.checked for option in self.options)


def _listed(choices: type[TextChoices]) -> Callable[[Collection[str]], Iterable[Answer]]:
    return lambda _ticked: [Answer(choice.value, choice.label) for choice in choices]


def _by_row(model: type[Any], column: str) -> Callable[[Sequence[str]], Q]:
    """Return what finds the packs that have a row of ``model`` with one of the answers."""
    return lambda chosen: Q(pack__in=model.objects.filter(**{f"{column}__in": chosen}).values("pack"))


def _by_duration(bands: Sequence[str]) -> Q:
    return Q(*(Q(pack__duration__range=Duration(band).minutes) for band in bands), _connector=Q.OR)


def _by_language(chosen: Sequence[str]) -> Q:
    return Q(pack__in=LessonFile.objects.exclude(file="").filter(language__in=chosen).values("pack"))


def _counts(column: str, *conditions: Q) -> Callable[[Any], Mapping[str, int]]:
    def count(pages: Any) -> Mapping[str, int]:
        found = pages.filter(*conditions).values_list(column)
        return dict(found.annotate(number=Count("pk", distinct=True)).order_by())

    return count


def _counts_by_duration(pages: Any) -> Mapping[str, int]:
    return pages.aggregate(**{str(band.value): Count("pk", filter=_by_duration([band])) for band in Duration})


def _languages(ticked: Collection[str]) -> Iterable[Answer]:
    shown = LessonFile.objects.exclude(file="").filter(pack__pages__live=True)
    spoken = set(shown.order_by().values_list("language", flat=True).distinct())
    return [Answer(code, name) for code, name in languages().items() if code in spoken or code in ticked]


def _awareness_dates(ticked: Collection[str]) -> Iterable[Answer]:
    shown = PackAwareness.objects.filter(pack__pages__live=True)
    suited = AwarenessDate.objects.filter(Q(pk__in=shown.values("awareness")) | Q(code__in=ticked)).order_by("name")
    return [Answer(code, name) for code, name in suited.values_list("code", "name")]


QUESTIONS = (
    Question(
        name="stage",
        legend=_("Key stage"),
        answers=_listed(KeyStage),
        narrow=_by_row(PackKeyStage, "key_stage"),
        count=_counts("pack__key_stage_rows__key_stage"),
    ),
    Question(
        name="subject",
        legend=_("Subject"),
        answers=_listed(Subject),
        narrow=_by_row(PackSubject, "subject"),
        count=_counts("pack__subject_rows__subject"),
    ),
    Question(
        name="topic",
        legend=_("Topic"),
        answers=_listed(Topic),
        narrow=_by_row(PackTopic, "topic"),
        count=_counts("pack__topic_rows__topic"),
    ),
    Question(
        name="strand",
        legend=_("Strand of hate crime"),
        answers=_listed(Strand),
        narrow=_by_row(PackStrand, "strand"),
        count=_counts("pack__strand_rows__strand"),
        always_whole=True,
    ),
    Question(
        name="length",
        legend=_("Length of lesson"),
        answers=_listed(Duration),
        narrow=_by_duration,
        count=_counts_by_duration,
    ),
    Question(
        name="language",
        legend=_("Language of the files"),
        answers=_languages,
        narrow=_by_language,
        count=_counts("pack__files__language", Q(pack__files__file__gt="")),
        in_english=True,
    ),
    Question(
        name="awareness",
        legend=_("Awareness date"),
        answers=_awareness_dates,
        narrow=_by_row(PackAwareness, "awareness__code"),
        count=_counts("pack__awareness_rows__awareness__code"),
        in_english=True,
    ),
)


@dataclass(frozen=True)
class Choice:
    """What a teacher ticked, by question. Ticks within a question widen the list; each further question narrows it.

    ``answers`` are all that there are to each question.
    """

    answers: Mapping[str, tuple[Answer, ...]]
    ticked: Mapping[str, tuple[Answer, ...]]

    @classmethod
    def read(cls, query: QueryDict) -> "Choice":
        """Read the ticks from an address; what is no answer of ours is passed over."""
        answers = {question.name: tuple(question.answers(query.getlist(question.name))) for question in QUESTIONS}
        ticked = {name: tuple(a for a in known if a.value in query.getlist(name)) for name, known in answers.items()}
        return cls(answers, ticked)

    def narrow(self, pages: Any, *, but: str = "") -> Any:
        """Return those of ``pages`` that fit every question answered, leaving out the question ``but``."""
        for question in QUESTIONS:
            if self.ticked[question.name] and question.name != but:
                pages = pages.filter(question.narrow([tick.value for tick in self.ticked[question.name]]))
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
    """Return every question with the number of packs behind each answer, given the other questions' answers.

    A question none of whose answers leads anywhere is left out.
    """
    plain = pages.select_related(None).prefetch_related(None)
    drawn = (_facet(asked, choice, asked.count(choice.narrow(plain, but=asked.name))) for asked in QUESTIONS)
    return [facet for facet in drawn if facet.has_any]


def _facet(question: Question, choice: Choice, counts: Mapping[str, int]) -> Facet:
    ticked = choice.ticked[question.name]
    options = [
        Option(answer.value, str(answer.label), counts.get(answer.value, 0), answer in ticked)
        for answer in choice.answers[question.name]
    ]
    return Facet(question.name, str(question.legend), options, question.always_whole, question.in_english)
