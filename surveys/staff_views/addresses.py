"""The admin's addresses of the ways in to a wave: their list, papers, and answers entered for somebody."""

from django.urls import path

from surveys.staff_views import assisting, collectors, papers

BELOW = "surveys/ways-in/<int:pk>/"
BATCH = "surveys/batches/<int:pk>/"
ENTRY = "surveys/papers/<int:pk>/"

urlpatterns = [
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
