"""Names of sizes, channels and languages on the page of a kit: they stand in data files, and are marked here."""

from django.utils.translation import gettext_noop as _

NAMES = frozenset({
    _("Link preview"), _("Square post"), _("Story"), _("Screen"), _("A4 poster"), _("A3 poster"),
    _("X"), _("Facebook or Instagram"), _("WhatsApp"), _("SMS"), _("Email subject"), _("Newsletter"),
    _("English"), _("Urdu"), _("Gujarati"), _("Polish"), _("Arabic"), _("Bengali"), _("Bulgarian"),
    _("Kurdish (Sorani)"), _("Czech"), _("Persian"), _("French"), _("Hungarian"), _("Lithuanian"), _("Latvian"),
    _("Punjabi (Gurmukhi)"), _("Portuguese"), _("Romanian"), _("Russian"), _("Slovak"), _("Somali"), _("Albanian"),
    _("Ukrainian"), _("Vietnamese"),
})  # fmt: skip
