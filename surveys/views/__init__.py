"""Answering, a page at a time, by the server alone; and what was found."""

from surveys.views.addresses import thanks
from surveys.views.coming_back import close, come_back, later
from surveys.views.device import forget_forms
from surveys.views.entering import enter
from surveys.views.placements import via
from surveys.views.results import results_csv, results_metadata, results_r, survey_results, wave_results
from surveys.views.sending import check, check_equality, done, equality
from surveys.views.steps import leave, not_for_you, start, step

__all__ = [
    "check",
    "check_equality",
    "close",
    "come_back",
    "done",
    "enter",
    "equality",
    "forget_forms",
    "later",
    "leave",
    "not_for_you",
    "results_csv",
    "results_metadata",
    "results_r",
    "start",
    "step",
    "survey_results",
    "thanks",
    "via",
    "wave_results",
]
