"""The room surveys."""

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    """Questions, questionnaires, waves and answers."""

    name = "surveys"
    verbose_name = "Surveys"
