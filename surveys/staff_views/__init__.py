"""Where analysts check and exchange questionnaires, write them in other languages, and open, watch and close waves."""

from surveys.staff_views.bank import bring_in_bank, may_bring_in_bank, take_out_bank
from surveys.staff_views.codes import codes, unused_codes, work_on_codes
from surveys.staff_views.comparing import compare_waves, correct_wave, set_piloted
from surveys.staff_views.exports import export
from surveys.staff_views.marks import decide_mark, raised_limits
from surveys.staff_views.questionnaires import bring_in, questionnaire, schema, take_out
from surveys.staff_views.texts import text, text_at_risk, texts
from surveys.staff_views.walking import walk
from surveys.staff_views.waves import (
    close_wave,
    extend_wave,
    open_wave,
    pause_wave,
    resume_wave,
    sign_off,
    wave,
)
from surveys.staff_views.words import languages, questionnaire_words, wording_words

__all__ = [
    "bring_in",
    "bring_in_bank",
    "close_wave",
    "codes",
    "compare_waves",
    "correct_wave",
    "decide_mark",
    "export",
    "extend_wave",
    "languages",
    "may_bring_in_bank",
    "open_wave",
    "pause_wave",
    "questionnaire",
    "questionnaire_words",
    "raised_limits",
    "resume_wave",
    "schema",
    "set_piloted",
    "sign_off",
    "take_out",
    "take_out_bank",
    "text",
    "text_at_risk",
    "texts",
    "unused_codes",
    "walk",
    "wave",
    "wording_words",
    "work_on_codes",
]
