"""What changes surveys: the bank, waves, drafts and responses."""

from surveys.actions.answering import (
    EndedError,
    UnfinishedError,
    WaveClosedError,
    begin_sitting,
    end_form,
    forget_form,
    record,
    save_answers,
    submit,
)
from surveys.actions.bank import BankError, import_bank_file, import_question_bank
from surveys.actions.codes import (
    BegunError,
    UsedCodeError,
    begin_with_code,
    issue_codes,
    note_undelivered,
    renew_codes,
)
from surveys.actions.collecting import keep_collector, lower_limit, raise_limit, remove_collector, tally
from surveys.actions.coming_back import UnknownCodeError, come_back, give_code
from surveys.actions.corrections import correct_wave, set_piloted
from surveys.actions.documents import import_questionnaire
from surveys.actions.exporting import export_answers
from surveys.actions.keeping import queue_texts, rewrite_due, rewrite_shuffled
from surveys.actions.languages import digest_of, withdraw_check, write_words
from surveys.actions.languages import record_check as record_words_check
from surveys.actions.margins import import_margins
from surveys.actions.marking import decide_mark
from surveys.actions.papers import (
    begin_batch,
    bring_in,
    correct_paper,
    finish_batch,
    key_again,
    key_paper,
    reopen_batch,
    settle_paper,
    take_paper_out,
)
from surveys.actions.planning import make_draft_page, note_plan, sign_off, withdraw_sign_off
from surveys.actions.publishing import approve_results, send_back, submit_results, withdraw_results
from surveys.actions.reading import follow_guide, open_text, read_text, redact_text
from surveys.actions.recall import mark_recall, unmark_recall
from surveys.actions.results import (
    LOST_AFTER,
    ask_for_results,
    compute_results,
    recompute,
    set_breakdowns,
)
from surveys.actions.waves import (
    close_past_wave,
    close_wave,
    extend_wave,
    freeze,
    keep_days,
    open_wave,
    pause_wave,
    resume_wave,
)

__all__ = [
    "LOST_AFTER",
    "BankError",
    "BegunError",
    "EndedError",
    "UnfinishedError",
    "UnknownCodeError",
    "UsedCodeError",
    "WaveClosedError",
    "approve_results",
    "ask_for_results",
    "begin_batch",
    "begin_sitting",
    "begin_with_code",
    "bring_in",
    "close_past_wave",
    "close_wave",
    "come_back",
    "compute_results",
    "correct_paper",
    "correct_wave",
    "decide_mark",
    "digest_of",
    "end_form",
    "export_answers",
    "extend_wave",
    "finish_batch",
    "follow_guide",
    "forget_form",
    "freeze",
    "give_code",
    "import_bank_file",
    "import_margins",
    "import_question_bank",
    "import_questionnaire",
    "issue_codes",
    "keep_collector",
    "keep_days",
    "key_again",
    "key_paper",
    "lower_limit",
    "make_draft_page",
    "mark_recall",
    "note_plan",
    "note_undelivered",
    "open_text",
    "open_wave",
    "pause_wave",
    "queue_texts",
    "raise_limit",
    "read_text",
    "recompute",
    "record",
    "record_words_check",
    "redact_text",
    "remove_collector",
    "renew_codes",
    "reopen_batch",
    "resume_wave",
    "rewrite_due",
    "rewrite_shuffled",
    "save_answers",
    "send_back",
    "set_breakdowns",
    "set_piloted",
    "settle_paper",
    "sign_off",
    "submit",
    "submit_results",
    "take_paper_out",
    "tally",
    "unmark_recall",
    "withdraw_check",
    "withdraw_results",
    "withdraw_sign_off",
    "write_words",
]
