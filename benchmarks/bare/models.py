"""A page with a title and a text, Wagtail's own form page, and a row of one address."""

from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.contrib.forms.models import AbstractForm, AbstractFormField
from wagtail.fields import RichTextField
from wagtail.models import Page


class BarePage(Page):
    """A title and a text, nothing else."""

    body = RichTextField()


class BareFormField(AbstractFormField):
    """One field of the form page."""

    page = ParentalKey("BareFormPage", on_delete=models.CASCADE, related_name="form_fields")


class BareFormPage(AbstractForm):
    """Wagtail's own form page with a landing page after it."""


class BareSignUp(models.Model):
    """An address."""

    email = models.EmailField()

    def __str__(self) -> str:
        return self.email
