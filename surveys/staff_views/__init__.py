"""Where analysts check and exchange questionnaires, and open, watch and close waves."""

from surveys.staff_views.questionnaires import bring_in, questionnaire, schema, take_out
from surveys.staff_views.waves import close_wave, open_wave, wave

__all__ = ["bring_in", "close_wave", "open_wave", "questionnaire", "schema", "take_out", "wave"]
