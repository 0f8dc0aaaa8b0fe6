"""What a council sets once about itself."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Site

from core.leaving import NEUTRAL_SITE, refuse_unfit_exit
from core.models.brand import Brand
from core.remembering import remembered

# The regulations ask for a review of the statement every year.
STATEMENT_HOLDS = timedelta(days=365)


@register_setting(icon="site")
class CouncilSettings(Brand, BaseSiteSetting):
    """The council's name and contact, printed on pages, notices and files."""

    site_title = models.CharField(
        max_length=80, default="Groundswell", help_text="The name of this site, shown at the top of every page."
    )
    council_name = models.CharField(max_length=120, blank=True, help_text="For example: Kirklees Council.")
    area_name = models.CharField(max_length=80, blank=True, help_text="The place it serves, for example Kirklees.")
    area_code = models.CharField(
        max_length=9, blank=True, help_text="The official code of that place, for example E08000034."
    )
    contact_email = models.EmailField(blank=True, help_text="Where people ask for help with this site.")
    contact_telephone = models.CharField(max_length=40, blank=True)
    postal_address = models.TextField(blank=True, help_text="Where people can write to by post, a line each.")
    reply_days = models.PositiveSmallIntegerField(
        "days until a reply",
        null=True,
        blank=True,
        help_text="Within how many working days somebody who asks for another format hears from you.",
    )
    data_protection_officer = models.CharField(
        max_length=120, blank=True, help_text="The officer's post, such as: Data Protection Officer, Legal Services."
    )
    data_protection_email = models.EmailField(blank=True)
    data_transfers = models.TextField(
        "where information goes",
        blank=True,
        help_text="Who hosts the site and its mail, in which countries, and what protects information outside the UK.",
    )
    report_url = models.URLField(
        "where to report",
        blank=True,
        help_text="The page where people report hate crime. This site never takes reports.",
    )
    exit_url = models.URLField(
        "where Leave quickly leads",
        default=NEUTRAL_SITE,
        help_text="A website that nobody would ask about, such as a weather forecast. It must begin with https://.",
    )
    accessibility_prepared = models.DateField("statement prepared", null=True, blank=True)
    accessibility_reviewed = models.DateField(
        "statement last reviewed", null=True, blank=True, help_text="After a year the statement says that it is old."
    )
    accessibility_tested = models.DateField("site last tested", null=True, blank=True)
    accessibility_tests = models.TextField(
        "what was tested, by whom and how",
        blank=True,
        help_text="For example: a sample of 12 pages by Example Ltd, with two screen readers.",
    )
    accessibility_problems = models.TextField(
        "content that is not accessible",
        blank=True,
        help_text="One problem a line: what it is, whom it stops, which criterion it fails, when it will be mended.",
    )
    demonstration = models.BooleanField(
        default=False, editable=False, help_text="The demonstration is loaded: every page says so, no robot keeps it."
    )

    panels = [
        MultiFieldPanel(
            [FieldPanel("site_title"), FieldPanel("council_name"), FieldPanel("area_name"), FieldPanel("area_code")],
            heading="Who runs this site",
        ),
        Brand.brand_panel,
        MultiFieldPanel(
            [
                FieldPanel("contact_email"),
                FieldPanel("contact_telephone"),
                FieldPanel("postal_address"),
                FieldPanel("reply_days"),
                FieldPanel("report_url"),
            ],
            heading="Contact",
        ),
        FieldPanel("exit_url"),
        MultiFieldPanel(
            [
                FieldPanel("data_protection_officer"),
                FieldPanel("data_protection_email"),
                FieldPanel("data_transfers"),
            ],
            heading="Privacy notice",
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("accessibility_prepared"), FieldPanel("accessibility_reviewed")]),
                FieldPanel("accessibility_tested"),
                FieldPanel("accessibility_tests"),
                FieldPanel("accessibility_problems"),
            ],
            heading="Accessibility statement",
        ),
    ]

    class Meta:
        verbose_name = "council"

    @classmethod
    def for_request(cls, request: HttpRequest) -> "CouncilSettings":
        """Return the settings of the site that ``request`` asks, to be read: other requests are given the same."""
        name = cls.get_cache_attr_name()
        if not hasattr(request, name):
            found = remembered("council", lambda: cls.for_site(Site.find_for_request(request)), request=request)
            setattr(request, name, found)
        return getattr(request, name)

    def clean(self) -> None:
        """Refuse a brand that cannot be read, a way out that is none, and dates of the statement that cannot be."""
        super().clean()
        problems: dict[str, Any] = {**self.brand_problems()}
        try:
            refuse_unfit_exit(self.exit_url)
        except ValidationError as unfit:
            problems["exit_url"] = unfit
        for name in ("accessibility_prepared", "accessibility_reviewed", "accessibility_tested"):
            if (getattr(self, name) or date.min) > timezone.localdate():
                problems[name] = "This day is in the future. Give today or earlier."
        if problems:
            raise ValidationError(problems)

    def statement_is_old(self, today: date) -> bool:
        """Tell whether nobody has reviewed the accessibility statement for a year, or ever."""
        reviewed = self.accessibility_reviewed or self.accessibility_prepared
        return reviewed is None or today - reviewed > STATEMENT_HOLDS
