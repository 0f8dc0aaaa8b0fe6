"""The strategy, its objectives and its numbers."""

from django.db import models


class Strategy(models.Model):
    """A strategy with its years."""

    code = models.SlugField(max_length=40, unique=True)
    title = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.title


class Objective(models.Model):
    """One thing that the strategy wants."""

    strategy = models.ForeignKey(Strategy, on_delete=models.CASCADE, related_name="objectives")
    code = models.SlugField(max_length=40)
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("order",)
        constraints = [models.UniqueConstraint(fields=("strategy", "code"), name="objective_code_unique")]

    def __str__(self) -> str:
        return self.title
