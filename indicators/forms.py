"""The admin's forms for indicators and for numbers entered by hand."""

from typing import Any, cast

from django import forms
from wagtail.admin.forms import WagtailAdminModelForm

from indicators import actions
from indicators.intervals import with_interval
from indicators.models import Indicator, Measurement
from indicators.registry import Kind, Reading, measures

READING_FIELDS = (
    "area_code",
    "area_name",
    "period_start",
    "period_end",
    "value",
    "lower",
    "upper",
    "se",
    "n",
    "numerator",
    "denominator",
    "marker",
    "wording_id",
    "population",
    "sample_type",
    "source",
    "is_sample",
)


class IndicatorForm(WagtailAdminModelForm):
    """An indicator; its measure is chosen among those that the rooms offer."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """List the measures with what each needs to know."""
        super().__init__(*args, **kwargs)
        offered = [(key, measure.name) for key, measure in measures.items()]
        self.fields["measure"] = forms.ChoiceField(
            choices=[("", "Entered by hand"), *offered],
            required=False,
            help_text="How the number is got. A measure brings its own kind and unit.",
        )
        self.fields["parameters"].help_text = self._parameters_in_words()

    @staticmethod
    def _parameters_in_words() -> str:
        sentences = [
            f"{measure.name} takes " + "; ".join(f"{name}: {words}" for name, words in measure.parameters.items())
            for _, measure in measures.items()
            if measure.parameters
        ]
        return 'Written as {"name": "value"}. ' + ". ".join(sentences)

    def clean(self) -> dict[str, Any]:
        """Take an empty box of parameters as none."""
        cleaned = super().clean()
        cleaned["parameters"] = cleaned.get("parameters") or {}
        return cleaned


class MeasurementForm(WagtailAdminModelForm):
    """A number entered by hand: the interval is reckoned from what is typed, and the row only ever added."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the indicators that nobody computes."""
        super().__init__(*args, **kwargs)
        by_hand = Indicator.objects.filter(measure="")
        cast("forms.ModelChoiceField", self.fields["indicator"]).queryset = by_hand
        self.fields["value"].required = False
        self.fields["value"].help_text = "Leave empty for a percentage or a rate: it is reckoned from the two below."

    def _reading(self, cleaned: dict[str, Any]) -> Reading:
        given: dict[str, Any] = {name: cleaned.get(name) for name in READING_FIELDS}
        if given["value"] is None:
            given["value"] = given["numerator"] or 0.0
        return Reading(**given)

    def clean(self) -> dict[str, Any]:
        """Reckon value and interval by the indicator's kind; say what is missing."""
        cleaned = super().clean()
        indicator = cleaned.get("indicator")
        if indicator is None or not cleaned.get("period_start") or not cleaned.get("period_end"):
            return cleaned
        kind = Kind(indicator.kind)
        if cleaned.get("value") is None and kind not in {Kind.PROPORTION, Kind.RATE}:
            self.add_error("value", "Enter the value.")
            return cleaned
        if kind == Kind.SURVEY and None in {cleaned.get("lower"), cleaned.get("upper"), cleaned.get("n")}:
            self.add_error("lower", "A survey estimate needs both limits of its interval, and its base.")
            return cleaned
        try:
            self.reading = with_interval(self._reading(cleaned), kind, per=indicator.per)
        except ValueError as error:
            field = "numerator" if kind in {Kind.PROPORTION, Kind.RATE} else "value"
            self.add_error(field, str(error))
            return cleaned
        return cleaned | {name: getattr(self.reading, name) for name in ("value", "lower", "upper", "n")}

    def save(self, commit: bool = True) -> Measurement:  # noqa: ARG002, FBT001, FBT002  (Django's own signature)
        """Record the number as a new revision where it differs from the one that stands."""
        indicator = self.cleaned_data["indicator"]
        reading = self._reading(self.cleaned_data)
        added = actions.enter(indicator=indicator, reading=reading)
        return added or self._standing(indicator, reading)

    @staticmethod
    def _standing(indicator: Indicator, reading: Reading) -> Measurement:
        return Measurement.objects.current().get(
            indicator=indicator,
            area_code=reading.area_code,
            period_start=reading.period_start,
            period_end=reading.period_end,
        )
