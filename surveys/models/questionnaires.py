"""Questionnaires: which wordings are asked, in which order."""

from django.db import models
from modelcluster.fields import ParentalKey

from surveys.models.ordering import OrderedParent
from surveys.models.questions import Wording


class Questionnaire(OrderedParent):
    """Sections of items. A wave freezes it, so changing it never touches what people were asked."""

    ordered_children = ("sections",)

    code = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=150)
    introduction = models.TextField(blank=True, help_text="Read before the first question. Two or three sentences.")

    class Meta:
        ordering = ("title",)

    def __str__(self) -> str:
        return self.title


class Section(OrderedParent):
    """A part of a questionnaire, under a heading."""

    ordered_children = ("items",)
    sort_order_field = "order"

    questionnaire = ParentalKey(Questionnaire, on_delete=models.CASCADE, related_name="sections")
    title = models.CharField(max_length=100)
    order = models.IntegerField(default=0, editable=False)

    class Meta:
        ordering = ("order",)
        constraints = [models.UniqueConstraint(fields=("questionnaire", "order"), name="section_order_unique")]

    def __str__(self) -> str:
        return self.title


class Item(models.Model):
    """One wording in its place."""

    sort_order_field = "order"

    section = ParentalKey(Section, on_delete=models.CASCADE, related_name="items")
    wording = models.ForeignKey(Wording, on_delete=models.PROTECT, related_name="+")
    required = models.BooleanField(
        default=True, help_text="Untick so that people can leave it out. A sensitive question can always be left out."
    )
    order = models.IntegerField(default=0, editable=False)

    class Meta:
        ordering = ("order",)
        constraints = [
            models.UniqueConstraint(fields=("section", "order"), name="item_order_unique"),
            models.UniqueConstraint(
                fields=("section", "wording"),
                name="item_wording_unique",
                violation_error_message="This wording is in the section already. Ask it once.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.wording)
