"""Answering, a page at a time, by the server alone."""

from surveys.views.addresses import thanks
from surveys.views.device import forget_forms
from surveys.views.sending import check, check_equality, done, equality
from surveys.views.steps import leave, not_for_you, start, step

__all__ = [
    "check",
    "check_equality",
    "done",
    "equality",
    "forget_forms",
    "leave",
    "not_for_you",
    "start",
    "step",
    "thanks",
]
