"""What changes surveys: the bank, waves, drafts and responses."""

from surveys.actions.answering import (
    EndedError,
    UnfinishedError,
    WaveClosedError,
    end_form,
    record,
    save_answers,
    submit,
)
from surveys.actions.bank import BankError, import_question_bank
from surveys.actions.documents import import_questionnaire
from surveys.actions.keeping import rewrite_due, rewrite_shuffled
from surveys.actions.waves import close_wave, freeze, make_draft_page, open_wave

__all__ = [
    "BankError",
    "EndedError",
    "UnfinishedError",
    "WaveClosedError",
    "close_wave",
    "end_form",
    "freeze",
    "import_question_bank",
    "import_questionnaire",
    "make_draft_page",
    "open_wave",
    "record",
    "rewrite_due",
    "rewrite_shuffled",
    "save_answers",
    "submit",
]
