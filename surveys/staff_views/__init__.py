"""Where analysts check and exchange questionnaires, and open, watch and close waves."""

from surveys.staff_views.collectors import add_collector, change_collector, remove_collector, ways_in
from surveys.staff_views.questionnaires import bring_in, questionnaire, schema, take_out
from surveys.staff_views.texts import text, text_at_risk, texts
from surveys.staff_views.waves import close_wave, open_wave, wave

__all__ = [
    "add_collector",
    "bring_in",
    "change_collector",
    "close_wave",
    "open_wave",
    "questionnaire",
    "remove_collector",
    "schema",
    "take_out",
    "text",
    "text_at_risk",
    "texts",
    "wave",
    "ways_in",
]
