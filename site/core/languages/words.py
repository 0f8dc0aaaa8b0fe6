"""Words of Django's own that pages show. Django knows no Gujarati, so our catalogues hold them too."""

from django.utils.translation import gettext_noop as _

MONTHS = (
    _("January"), _("February"), _("March"), _("April"), _("May"), _("June"), _("July"), _("August"), _("September"),
    _("October"), _("November"), _("December"),
)  # fmt: skip
DAYS = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))
SIZES = (_("%s KB"), _("%s MB"), _("%s GB"))
LANGUAGES = (_("English"), _("Urdu"), _("Gujarati"), _("Polish"))
FORMS = (_("This field is required."),)
