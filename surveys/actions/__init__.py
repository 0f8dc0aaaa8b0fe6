"""What changes surveys: the bank, waves, drafts and responses."""

from surveys.actions.answering import EndedError, UnfinishedError, WaveClosedError, end_form, save_answer, submit
from surveys.actions.bank import BankError, import_question_bank
from surveys.actions.waves import close_wave, freeze, make_draft_page, open_wave, rewrite_shuffled

__all__ = [
    "BankError",
    "EndedError",
    "UnfinishedError",
    "WaveClosedError",
    "close_wave",
    "end_form",
    "freeze",
    "import_question_bank",
    "make_draft_page",
    "open_wave",
    "rewrite_shuffled",
    "save_answer",
    "submit",
]
