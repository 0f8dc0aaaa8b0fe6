"""What a council sets once about itself."""

from django.db import models
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting


@register_setting(icon="site")
class CouncilSettings(BaseSiteSetting):
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
    data_protection_email = models.EmailField(blank=True)
    report_url = models.URLField(
        "where to report",
        blank=True,
        help_text="The page where people report hate crime. This site never takes reports.",
    )
    accessibility_prepared = models.DateField(
        "accessibility statement prepared", null=True, blank=True, help_text="The day the statement was last reviewed."
    )
    demonstration = models.BooleanField(
        default=False, editable=False, help_text="The demonstration is loaded: every page says so, no robot keeps it."
    )

    panels = [
        MultiFieldPanel(
            [FieldPanel("site_title"), FieldPanel("council_name"), FieldPanel("area_name"), FieldPanel("area_code")],
            heading="Who runs this site",
        ),
        MultiFieldPanel(
            [
                FieldPanel("contact_email"),
                FieldPanel("contact_telephone"),
                FieldPanel("data_protection_email"),
                FieldPanel("report_url"),
            ],
            heading="Contact",
        ),
        FieldPanel("accessibility_prepared"),
    ]

    class Meta:
        verbose_name = "council"
