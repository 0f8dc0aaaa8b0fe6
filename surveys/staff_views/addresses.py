"""The admin's addresses of surveys: the bank, questionnaires, words, texts, waves, their ways in and papers."""

from django.urls import path

from surveys.staff_views import (
    assisting,
    bank,
    codes,
    collectors,
    comparing,
    exports,
    margins,
    marks,
    papers,
    questionnaires,
    texts,
    walking,
    waves,
    words,
)

BELOW = "surveys/ways-in/<int:pk>/"
BATCH = "surveys/batches/<int:pk>/"
ENTRY = "surveys/papers/<int:pk>/"

urlpatterns = [
    path("surveys/questionnaires/bring-in/", questionnaires.bring_in, name="survey_bring_in"),
    path("surveys/questionnaires/<int:pk>/", questionnaires.questionnaire, name="survey_questionnaire"),
    path("surveys/questionnaires/<int:pk>/file/", questionnaires.take_out, name="survey_questionnaire_file"),
    path("surveys/questionnaires/<int:pk>/walk/", walking.walk, name="survey_walk"),
    path("surveys/bank/bring-in/", bank.bring_in_bank, name="survey_bank_bring_in"),
    path("surveys/bank/file/", bank.take_out_bank, name="survey_bank_file"),
    path("surveys/population/bring-in/", margins.bring_in_margins, name="survey_margins_bring_in"),
    path("surveys/languages/", words.languages, name="survey_languages"),
    path(
        "surveys/languages/<str:code>/questionnaires/<int:pk>/",
        words.questionnaire_words,
        name="survey_questionnaire_words",
    ),
    path("surveys/languages/<str:code>/surveys/<int:pk>/", words.survey_words, name="survey_own_words"),
    path("surveys/languages/<str:code>/wordings/<int:pk>/", words.wording_words, name="survey_wording_words"),
    path("surveys/schemas/<slug:name>/", questionnaires.schema, name="survey_schema"),
    path("surveys/texts/", texts.texts, name="survey_texts"),
    path("surveys/texts/<slug:digest>/", texts.text, name="survey_text"),
    path("surveys/texts/<slug:digest>/at-risk/", texts.text_at_risk, name="survey_text_at_risk"),
    path("surveys/waves/<int:pk>/", waves.wave, name="survey_wave"),
    path("surveys/waves/<int:pk>/sign-off/", waves.sign_off, name="survey_wave_sign_off"),
    path("surveys/waves/<int:pk>/open/", waves.open_wave, name="survey_wave_open"),
    path("surveys/waves/<int:pk>/pause/", waves.pause_wave, name="survey_wave_pause"),
    path("surveys/waves/<int:pk>/resume/", waves.resume_wave, name="survey_wave_resume"),
    path("surveys/waves/<int:pk>/extend/", waves.extend_wave, name="survey_wave_extend"),
    path("surveys/waves/<int:pk>/correct/", comparing.correct_wave, name="survey_wave_correct"),
    path("surveys/waves/<int:pk>/compare/<int:other>/", comparing.compare_waves, name="survey_waves_compare"),
    path("surveys/waves/<int:pk>/piloted/", comparing.set_piloted, name="survey_wave_piloted"),
    path("surveys/waves/<int:pk>/close/", waves.close_wave, name="survey_wave_close"),
    path("surveys/waves/<int:pk>/export/", exports.export, name="survey_export"),
    path("surveys/ways-in/<int:pk>/codes/", codes.codes, name="survey_codes"),
    path("surveys/ways-in/<int:pk>/codes/unused/", codes.unused_codes, name="survey_unused_codes"),
    *(
        path(
            f"surveys/ways-in/<int:pk>/codes/{work}/",
            codes.work_on_codes,
            {"work": work},
            name=f"survey_codes_{work}",
        )
        for work in ("make", "renew", "undelivered")
    ),
    path("surveys/ways-in/<int:pk>/limit/", marks.raised_limits, name="survey_raised_limits"),
    path("surveys/waves/<int:pk>/marks/<slug:mark>/", marks.decide_mark, name="survey_decide_mark"),
    path("surveys/waves/<int:pk>/ways-in/", collectors.ways_in, name="survey_ways_in"),
    path("surveys/waves/<int:pk>/ways-in/<slug:kind>/", collectors.add_collector, name="survey_add_collector"),
    path(BELOW, collectors.change_collector, name="survey_change_collector"),
    path(f"{BELOW}remove/", collectors.remove_collector, name="survey_remove_collector"),
    path(f"{BELOW}papers/", papers.every_batch, name="survey_papers"),
    path(f"{BELOW}papers/begin/", papers.begin_batch, name="survey_begin_batch"),
    path(f"{BELOW}papers/<slug:language>.pdf", papers.print_paper, name="survey_print_paper"),
    path(f"{BELOW}asking/", assisting.begin, name="survey_assist"),
    path(f"{BELOW}asking/stop/", assisting.stop, name="survey_assist_stop"),
    path(f"{BELOW}asking/check-main/", assisting.check, {"part": "main"}, name="survey_assist_check"),
    path(f"{BELOW}asking/check-equality/", assisting.check, {"part": "equality"}),
    path(f"{BELOW}asking/<slug:key>/", assisting.ask, name="survey_assist_ask"),
    path(BATCH, papers.batch, name="survey_batch"),
    path(f"{BATCH}paper/", papers.key_paper, name="survey_key_paper"),
    path(f"{BATCH}finish/", papers.finish_batch, name="survey_finish_batch"),
    path(f"{BATCH}reopen/", papers.reopen_batch, name="survey_reopen_batch"),
    path(f"{BATCH}bring-in/", papers.bring_in, name="survey_bring_in_papers"),
    path(ENTRY, papers.correct_paper, name="survey_correct_paper"),
    path(f"{ENTRY}again/", papers.key_again, name="survey_key_again"),
    path(f"{ENTRY}settle/", papers.settle_paper, name="survey_settle_paper"),
    path(f"{ENTRY}take-out/", papers.take_paper_out, name="survey_take_paper_out"),
]
