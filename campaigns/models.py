"""A campaign and its pages."""

from django.db import models

from indicators.models import Objective


class Campaign(models.Model):
    """Planned communications towards an objective of the strategy."""

    code = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=150)
    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, related_name="campaigns")

    def __str__(self) -> str:
        return self.title
