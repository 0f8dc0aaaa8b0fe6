"""A campaign, the thing: the row that its pages, plan and placements point to."""

from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext

from core.models import LastingCode
from indicators.models import Objective


class CampaignQuerySet(models.QuerySet["Campaign"]):
    """Campaigns by where a day falls in their dates."""

    def on(self, day: date) -> "CampaignQuerySet":
        """Return the campaigns that run on ``day``; the first and the last day count."""
        return self.filter(starts__lte=day, ends__gte=day)


class Campaign(LastingCode):
    """Planned communications towards an objective of the strategy. Its page in each language points to it."""

    code = models.SlugField(
        "short name",
        max_length=60,
        unique=True,
        help_text="A lasting name in lower case with hyphens, such as no-place-for-hate. It stands in the page's "
        "address and in every count, so it cannot be changed later.",
        error_messages={"unique": "Another campaign already has this short name. Choose one that no campaign has."},
    )
    title = models.CharField(max_length=150, help_text="What people will see at the top of the page.")
    objective = models.ForeignKey(
        Objective,
        on_delete=models.PROTECT,
        related_name="campaigns",
        help_text="The objective of the strategy that this campaign serves.",
    )
    aim = models.TextField(
        max_length=300,
        help_text="One or two plain sentences: what should change, and for whom. They open the page's draft.",
    )
    starts = models.DateField("first day")
    ends = models.DateField("last day")
    closed_on = models.DateField(null=True, blank=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )

    objects = CampaignQuerySet.as_manager()

    class Meta:
        ordering = ("-starts", "title")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__gte=F("starts")),
                name="campaign_ends_after_it_starts",
                violation_error_message="The last day is before the first day. Change one of the two.",
            ),
            models.CheckConstraint(condition=~Q(code=""), name="campaign_has_a_code"),
        ]
        permissions = [("reopen_campaign", "Can open a closed campaign again")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_closed(self) -> bool:
        """Whether it was closed: its plan and placements then stay as they are, and it waits for its evaluation."""
        return self.closed_on is not None

    def why_not_change(self) -> str:
        """Return the sentence that says why nobody changes it, its plan, its placements or its pages any more."""
        if self.closed_on is None:
            return ""
        return f"This campaign was closed on {date_format(self.closed_on, 'j F Y')}, so nothing of it can be changed."

    @property
    def dates(self) -> str:
        """Its first and last day in words: 10 to 17 October 2026, naming a month or year only where they differ."""
        if self.starts == self.ends:
            return date_format(self.ends)
        same_year, same_month = self.starts.year == self.ends.year, self.starts.month == self.ends.month
        first = "j" if same_year and same_month else "MONTH_DAY_FORMAT" if same_year else "DATE_FORMAT"
        return gettext("%(first)s to %(last)s") % {
            "first": date_format(self.starts, first),
            "last": date_format(self.ends),
        }

    def clean(self) -> None:
        """Say beside the field that the dates are the wrong way round."""
        super().clean()
        if self.starts and self.ends and self.ends < self.starts:
            raise ValidationError({"ends": "The last day is before the first day. Change one of the two."})
