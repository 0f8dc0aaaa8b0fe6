"""What others ask of surveys: one file for what each question is about."""

from surveys.queries.answers import (
    Marked,
    count_of_answers,
    instruments_answered,
    marked,
    results_approved_on,
    were_figures_read,
)
from surveys.queries.asked import (
    asked_before,
    asked_by,
    asked_in,
    corrected_on,
    left_out_since,
    read_instrument,
    version_of,
    versions_of,
)
from surveys.queries.drafts import elsewhere_key, form_in_progress, goes_on_elsewhere, sent_key, was_sent
from surveys.queries.pages import Standing, open_survey_pages, standing_of, survey_page_at, wave_taking_answers
from surveys.queries.populations import newest_margins, weighable_by
from surveys.queries.questionnaires import drafted_items, faults_of_questionnaire
from surveys.queries.results import published_results, results_of, results_to_compute
from surveys.queries.signing import faults_of_sign_off, notices, signed_digest, why_not_sign_off
from surveys.queries.texts import question_of
from surveys.queries.waves import (
    closed_waves,
    faults_of,
    faults_of_correction,
    key_in_hold,
    waves_that_open_themselves,
    waves_to_close,
    waves_to_open,
    wordings_to_pilot,
)
from surveys.queries.ways_in import (
    CodeCounts,
    code_counts,
    open_link_of,
    papers_left,
    placement_of,
    takes_codes,
    unused_serials,
)

__all__ = [
    "CodeCounts",
    "Marked",
    "Standing",
    "asked_before",
    "asked_by",
    "asked_in",
    "closed_waves",
    "code_counts",
    "corrected_on",
    "count_of_answers",
    "drafted_items",
    "elsewhere_key",
    "faults_of",
    "faults_of_correction",
    "faults_of_questionnaire",
    "faults_of_sign_off",
    "form_in_progress",
    "goes_on_elsewhere",
    "instruments_answered",
    "key_in_hold",
    "left_out_since",
    "marked",
    "newest_margins",
    "notices",
    "open_link_of",
    "open_survey_pages",
    "papers_left",
    "placement_of",
    "published_results",
    "question_of",
    "read_instrument",
    "results_approved_on",
    "results_of",
    "results_to_compute",
    "sent_key",
    "signed_digest",
    "standing_of",
    "survey_page_at",
    "takes_codes",
    "unused_serials",
    "version_of",
    "versions_of",
    "was_sent",
    "wave_taking_answers",
    "waves_that_open_themselves",
    "waves_to_close",
    "waves_to_open",
    "weighable_by",
    "were_figures_read",
    "why_not_sign_off",
    "wordings_to_pilot",
]
