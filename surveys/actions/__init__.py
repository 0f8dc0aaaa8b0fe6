"""What changes surveys: the bank, waves, drafts and responses."""

from surveys.actions.answering import Ended, Unfinished, WaveClosed, save_answer, submit
from surveys.actions.bank import BankFaults, import_question_bank
from surveys.actions.waves import close_wave, freeze, make_draft_page, open_wave, rewrite_shuffled

__all__ = [
    "BankFaults",
    "Ended",
    "Unfinished",
    "WaveClosed",
    "close_wave",
    "freeze",
    "import_question_bank",
    "make_draft_page",
    "open_wave",
    "rewrite_shuffled",
    "save_answer",
    "submit",
]
