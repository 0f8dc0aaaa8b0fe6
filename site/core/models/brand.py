"""A council's own brand: a logo and two colours."""

import re
from math import floor
from pathlib import PurePath
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import RegexValidator
from django.db import models
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from core.look.colours import HEX, TEXT, contrast, nearest
from core.look.logo import Logo, recognise

LOGO_HEIGHT = 48  # pixels on the page


COLOUR = RegexValidator(
    re.compile(rf"^{HEX.pattern}\Z", re.IGNORECASE),
    "Write the colour as # and six digits or letters from a to f, such as #1d4f91.",
)


def refuse_alike(main: str, second: str) -> None:
    """Refuse two colours that cannot be told apart by everybody, and name the nearest that can.

    Raises:
        ValidationError: their contrast is under 4.5:1 (WCAG 2.2, 1.4.3).
    """
    if (ratio := contrast(main, second)) >= TEXT:
        return
    raise ValidationError(
        f"The contrast of {main} and {second} is {floor(ratio * 10) / 10}:1, and must be at least {TEXT}:1 to be read. "
        f"The nearest second colour that passes is {nearest(second, (main,), TEXT)}. "
        f"Or keep it, and use {nearest(main, (second,), TEXT)} as the main colour."
    )


def logo_path(_council: "Brand", name: str) -> str:
    """Return a new address for each logo, whatever its owner called it, so that browsers may keep it for good."""
    return f"images/brand/{uuid4().hex}{PurePath(name).suffix}"


class Brand(models.Model):
    """How a council's pages look; all empty for our own look."""

    logo = models.FileField(
        upload_to=logo_path,
        blank=True,
        help_text="PNG, JPEG, WebP or plain SVG, at most 200 kB. It stands on the main colour, beside the site's name.",
    )
    logo_width = models.PositiveSmallIntegerField(default=0, editable=False)
    main_colour = models.CharField(
        max_length=20,
        blank=True,
        validators=[COLOUR],
        help_text="The band at the top, buttons and links, such as #1d4f91. Leave both colours empty for our own.",
    )
    second_colour = models.CharField(
        max_length=20,
        blank=True,
        validators=[COLOUR],
        help_text="Marks and the menu on the band, such as #ffd500. Where a colour cannot be read on a page by day or "
        "by night, its nearest tone that can is used there.",
    )

    class Meta:
        abstract = True

    brand_panel = MultiFieldPanel(
        [FieldPanel("logo"), FieldRowPanel([FieldPanel("main_colour"), FieldPanel("second_colour")])],
        heading="How it looks",
    )

    def brand_problems(self) -> dict[str, ValidationError]:
        """Return what is wrong, by field: a logo that is none, or colours that nobody could tell apart."""
        problems = {}
        for name, check in (("logo", self._check_logo), ("second_colour", self._check_colours)):
            try:
                check()
            except ValidationError as problem:
                problems[name] = problem
        return problems

    def _check_logo(self) -> None:
        logo = self._new_logo()
        if logo:
            self.logo.name = f"logo.{logo.extension}"  # what it is, which its own name need not say
            self.logo_width = round(LOGO_HEIGHT * min(max(logo.width / logo.height, 0.1), 10))
        if not self.logo:
            self.logo_width = 0

    def _new_logo(self) -> Logo | None:
        """Return what was just uploaded; nothing where the logo is as it was."""
        try:
            if not self.logo or not isinstance(self.logo.file, UploadedFile):
                return None
        except OSError:  # the old file is gone from the disk, which is not this form's matter
            return None
        data = self.logo.read()
        self.logo.seek(0)
        return recognise(data)

    def _check_colours(self) -> None:
        pair = (self.main_colour, self.second_colour)
        if any(colour and not HEX.fullmatch(colour) for colour in pair):
            return  # the field's own rule says so
        if any(pair) and not all(pair):
            raise ValidationError("Give both colours, or leave both empty.")
        if not any(pair):
            return
        self.main_colour, self.second_colour = (colour.lower() for colour in pair)
        refuse_alike(*pair)
