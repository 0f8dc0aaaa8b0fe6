"""What an analyst chooses before a wave's figures are computed, and how its tables are broken down."""

from typing import Any

from django import forms

from surveys.enums import Kind, SampleType
from surveys.instruments import questions
from surveys.models import Wave
from surveys.models.results import STRAND_OF
from surveys.queries import newest_margins
from surveys.results.choices import FEWEST, LEAST_FEWEST, USUAL_TRIM, Choices, NotSaid, Part, Variance

TRIMS = (("3", "3 times the mean"), ("5", "5 times the mean"), ("", "No limit"))
FEWEST_EITHER = ((str(FEWEST), f"{FEWEST} people"), (str(LEAST_FEWEST), f"{LEAST_FEWEST} people, for a reason"))


class ChoicesForm(forms.Form):
    """Each choice as a sentence; what the wave has no use for is not asked."""

    part = forms.ChoiceField(
        label="Whose answers are counted",
        widget=forms.RadioSelect,
        choices=(
            (Part.ALL, "Everybody who answered, as not representative"),
            (Part.RANDOM, "Those in the random sample alone"),
        ),
        help_text="People whom chance chose and people who came by themselves are never mixed without saying so.",
    )
    margins = forms.MultipleChoiceField(
        label="Weight to the population by",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Without any, every person counts as they were drawn. A later wave is compared with this one only if "
        "it is weighted by the same.",
    )
    not_answered = forms.ChoiceField(
        label="Who did not say what they are weighted by",
        widget=forms.RadioSelect,
        choices=(
            (NotSaid.OWN, "is a category of their own, which keeps the share that it has among the answers"),
            (NotSaid.REFUSE, "is not allowed: compute nothing if there is anybody"),
        ),
        help_text="If they are over a fifth of the answers, the weighted figures are marked [u], too uncertain.",
    )
    trim = forms.ChoiceField(
        label="No person counts for more than",
        widget=forms.RadioSelect,
        choices=TRIMS,
        required=False,
        help_text="A limit keeps a few people from speaking for very many. It also leaves the population met a little "
        "less well, and you are told by how much.",
    )
    variance = forms.ChoiceField(
        label="The intervals",
        widget=forms.RadioSelect,
        choices=(
            (Variance.FIXED, "take the weights as given: simple, and a little too wide"),
            (Variance.RAKING_AWARE, "know that the weights were made to match the population"),
        ),
    )
    without_marked = forms.BooleanField(
        label="Leave out every answer with a mark, whatever was decided about the mark", required=False
    )
    fewest = forms.ChoiceField(
        label="A published number stands for at least",
        widget=forms.RadioSelect,
        choices=FEWEST_EITHER,
        help_text="Fewer is for people whom nobody could guess from what is known of them. Your name is kept with it.",
    )
    fewest_reason = forms.CharField(label="The reason, if it is fewer than ten", max_length=300, required=False)

    def __init__(self, *args: Any, wave: Wave, **kwargs: Any) -> None:
        """Ask what makes a difference for ``wave``."""
        kwargs["initial"] = self.usual() | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.by = self.margins_of(wave)
        self.fields["margins"].choices = self.by  # type: ignore[attr-defined]
        samples = set(wave.collectors.values_list("sample_type", flat=True))
        if SampleType.RANDOM not in samples or len(samples) < 2:
            del self.fields["part"]
        if not self.by:
            for name in ("margins", "not_answered", "trim", "variance"):
                del self.fields[name]
        if not any(wave.responses.values_list("marks", flat=True)):
            del self.fields["without_marked"]

    @staticmethod
    def usual() -> dict[str, Any]:
        """Return the choices that most waves are computed with."""
        return {
            "part": Part.ALL,
            "not_answered": NotSaid.OWN,
            "trim": f"{USUAL_TRIM:g}",
            "variance": Variance.FIXED,
            "fewest": str(FEWEST),
        }

    @staticmethod
    def chosen(choices: Choices) -> dict[str, Any]:
        """Return ``choices`` as the form shows them, to change one of them."""
        trim = "" if choices.trim is None else f"{choices.trim:g}"
        return choices.as_json() | {"trim": trim, "fewest": str(choices.fewest)}

    @staticmethod
    def margins_of(wave: Wave) -> list[tuple[str, str]]:
        """Return each question that ``wave`` can be weighted by, with its words and where the numbers are from."""
        known = newest_margins(wave.population)
        asked = [(item["question"], item["text"]) for item in questions(wave.body) if item["question"] in known]
        return [(code, f"{code} {text} ({_source(known[code][0])})") for code, text in asked]

    def clean(self) -> dict[str, Any]:
        """Ask for a reason where a number may stand for fewer than ten."""
        said = super().clean() or {}
        if said.get("fewest") == str(LEAST_FEWEST) and not said.get("fewest_reason"):
            self.add_error("fewest_reason", "Say why a number may stand for fewer than ten people here.")
        return said

    def choices(self, by: str) -> Choices:
        """Return what was chosen, by the person with this name."""
        said, fewest = self.cleaned_data, int(self.cleaned_data["fewest"])
        return Choices(
            part=Part(said.get("part") or Part.ALL),
            margins=tuple(code for code, _ in self.by if code in said.get("margins", ())),
            not_answered=NotSaid(said.get("not_answered") or NotSaid.OWN),
            trim=float(said["trim"]) if said.get("trim") else None,
            variance=Variance(said.get("variance") or Variance.FIXED),
            without_marked=bool(said.get("without_marked")),
            fewest=fewest,
            fewest_reason=said["fewest_reason"] if fewest < FEWEST else "",
            fewest_by=by if fewest < FEWEST else "",
        )


def _source(margin: Any) -> str:
    return f"{margin.source}, {margin.year}{', sample data' if margin.is_sample else ''}"


class BreakdownsForm(forms.Form):
    """By which questions the tables of a survey are broken down."""

    questions = forms.MultipleChoiceField(
        label="Break the tables down by", widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, wave: Wave, **kwargs: Any) -> None:
        """Offer the questions of ``wave`` that take one answer and ask about the person, or are weighted by."""
        super().__init__(*args, **kwargs)
        offered = [
            (item["question"], f"{item['question']} {item['text']}") for item in questions(wave.body) if _is_about(item)
        ]
        self.fields["questions"].choices = offered  # type: ignore[attr-defined]


def _is_about(item: Any) -> bool:
    return item["kind"] in Kind.one_of and (
        item["sensitive"] or bool(item.get("reason")) or item["question"] in STRAND_OF
    )
