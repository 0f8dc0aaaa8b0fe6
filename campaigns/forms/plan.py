"""The forms of a plan: one for each kind of row, and the rows of a kind together."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet
from django.forms.models import BaseInlineFormSet, inlineformset_factory
from wagtail.admin.forms.formsets import BaseFormSetMixin
from wagtail.admin.widgets import AdminDateInput

from campaigns.models import (
    Activity,
    Audience,
    Campaign,
    CampaignObjective,
    Input,
    Insight,
    Message,
    Risk,
)
from campaigns.queries.plan import last_published, next_target
from core.models import Area, Ward
from indicators.enums import KindChoice, Polarity, Status
from indicators.models import Indicator, Objective, Target
from indicators.publish import Published

MOST_ROWS = 40


class PlanRowForm(forms.ModelForm):
    """One row of the plan of ``campaign``."""

    def __init__(self, *args: Any, campaign: Campaign, **kwargs: Any) -> None:
        """Take the campaign that the row belongs to."""
        super().__init__(*args, **kwargs)
        self.campaign = campaign
        for field in self.fields.values():
            field.error_messages["required"] = "Fill this in, or delete the row."

    def offer(self, name: str, rows: QuerySet[Any], empty_label: str | None = None) -> None:
        """Let the field ``name`` choose among ``rows``; ``empty_label`` says what choosing none means."""
        field = self.fields[name]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset, field.empty_label = rows, empty_label


class ObjectiveForm(PlanRowForm):
    """An objective. What its indicator knows is taken from there where nothing is typed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = [self.campaign.objective_id, self.instance.serves_id]
        drafts = Q(strategy__status=Status.DRAFT) & ~Q(pk__in=own)
        self.offer("serves", Objective.objects.exclude(drafts), "Choose an objective")
        self.fields["serves"].initial = self.campaign.objective_id
        no_target = (Q(kind=KindChoice.PLAIN) | Q(polarity=Polarity.NONE)) & ~Q(pk=self.instance.indicator_id)
        self.offer("indicator", Indicator.objects.exclude(no_target), "None: it claims no outcome")
        self.fields["due"].required = False

    def clean(self) -> dict[str, Any]:
        """Fill in from the indicator what was left empty, and say what is still missing beside its field."""
        super().clean()
        cleaned = self.cleaned_data
        indicator = cleaned.get("indicator")
        if indicator:
            self._take_baseline(last_published(indicator, self.campaign.starts))
            self._take_target(next_target(indicator, self.campaign.starts))
        elif not cleaned.get("how_much") and "how_much" not in self.errors:
            self.add_error("how_much", "Say by how much, or name the indicator that will show it.")
        if not cleaned.get("due") and "due" not in self.errors:
            self.add_error("due", "Say by when.")
        return cleaned

    def _take_baseline(self, known: Published | None) -> None:
        cleaned = self.cleaned_data
        if cleaned.get("baseline") is None and "baseline" not in self.errors:
            if known is None:
                self.add_error(
                    "baseline",
                    "This indicator has no published value from before the campaign. Type where it stood, when, and "
                    "who says so.",
                )
                return
            cleaned |= {"baseline": known.value, "baseline_on": known.period_end, "baseline_source": known.source}
        for name, sentence in (("baseline_on", "Say when it stood there."), ("baseline_source", "Say who says so.")):
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, sentence)

    def _take_target(self, known: Target | None) -> None:
        cleaned = self.cleaned_data
        if cleaned.get("target") is not None or "target" in self.errors:
            return
        if known is None:
            self.add_error("target", "This indicator has no target of its own. Type where it should come to.")
            return
        cleaned["target"] = known.value
        cleaned["due"] = cleaned.get("due") or known.due

    class Meta:
        model = CampaignObjective
        fields = (
            "what",
            "whom",
            "serves",
            "how_much",
            "due",
            "indicator",
            "baseline",
            "baseline_on",
            "baseline_source",
            "target",
        )
        widgets = {"due": AdminDateInput, "baseline_on": AdminDateInput}


class AudienceForm(PlanRowForm):
    """An audience."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.instance.wards.values("pk") if self.instance.pk else []
        in_force = Ward.objects.in_force(self.campaign.starts).values("pk")
        self.offer("wards", Ward.objects.filter(Q(pk__in=chosen) | Q(pk__in=in_force)))
        if not Ward.objects.exists():
            del self.fields["wards"]
        if not Area.objects.exists():
            del self.fields["areas"]

    class Meta:
        model = Audience
        fields = (
            "name",
            "strands",
            "omits",
            "communities",
            "areas",
            "wards",
            "youngest",
            "oldest",
            "languages",
            "is_targeted",
            "reason",
        )
        widgets = {
            "areas": forms.CheckboxSelectMultiple,
            "wards": forms.SelectMultiple(attrs={"size": 6}),
            "reason": forms.Textarea(attrs={"rows": 3}),
        }


class InsightForm(PlanRowForm):
    """An insight."""

    class Meta:
        model = Insight
        fields = ("finding", "source", "found_on")
        widgets = {"finding": forms.Textarea(attrs={"rows": 3}), "found_on": AdminDateInput}


class MessageForm(PlanRowForm):
    """A message."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("audience", self.campaign.audiences.all(), "Everybody")

    class Meta:
        model = Message
        fields = ("words", "audience")


class ActivityForm(PlanRowForm):
    """What is done in a channel."""

    class Meta:
        model = Activity
        fields = ("channel", "what")


class InputForm(PlanRowForm):
    """A cost, or hours of work."""

    class Meta:
        model = Input
        fields = ("what", "kind", "amount", "state", "who", "day")
        widgets = {"day": AdminDateInput}


class RiskForm(PlanRowForm):
    """A risk."""

    class Meta:
        model = Risk
        fields = ("what", "likelihood", "impact", "response", "owner")


class PlanRowsFormSet(BaseFormSetMixin, BaseInlineFormSet):
    """All rows of one kind in one plan: those there are, and new ones."""

    def clean(self) -> None:
        """Refuse to delete an audience that messages speak to."""
        super().clean()
        for form in self.deleted_forms:
            row = form.instance
            if isinstance(row, Audience) and row.pk and row.messages.exists():
                raise ValidationError(
                    f"“{row}” cannot be deleted, because a message speaks to it. Change that message first.",
                    code="protected",
                )

    @property
    def unseen_errors(self) -> list[str]:
        """What is wrong in fields that nobody sees: a row that somebody else has deleted meanwhile."""
        gone = any(field.errors for form in self.forms for field in form.hidden_fields())
        return ["Somebody else has deleted one of these rows meanwhile. Open this page again."] if gone else []


def rows_formset(form: type[forms.ModelForm], *, of: type[Model] = Campaign) -> type[Any]:
    """Return the formset of all rows that ``form`` is for and that belong to one row of the model ``of``."""
    model: type[Model] = form._meta.model
    return inlineformset_factory(
        of,
        model,
        form=form,
        formset=PlanRowsFormSet,
        extra=1,
        max_num=MOST_ROWS,
        validate_max=True,
        absolute_max=MOST_ROWS + 10,
    )
