"""The menu Campaigns."""

from typing import Any

from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.log_actions import LogFormatter
from wagtail.models import ModelLogEntry

from campaigns.forms import CampaignForm
from campaigns.models import Campaign
from campaigns.staff_views import (
    approving,
    artwork,
    calendar_hooks,  # noqa: F401  (its hooks register themselves)
    evaluation,
    kits,
    mailchimp,  # noqa: F401  (its hooks register themselves)
    mailing_sending,
    mailings,
    placements,
    updates_hooks,  # noqa: F401
)
from campaigns.staff_views.campaigns import CampaignAdd, CampaignDelete, CampaignFilters, CampaignList
from campaigns.staff_views.closing import CampaignEdit, close, reopen
from campaigns.staff_views.plan import plan, plan_part
from campaigns.staff_views.reach import add_figure, reach, take_figure_back
from campaigns.staff_views.tracing import trace_file
from campaigns.staff_views.year import year

# What the history of a campaign shows: of each action its name in code, its label, and what it says.
LOGGED = (
    ("close", "Close", "Closed"),
    ("begin_evaluation", "Begin the evaluation", "Evaluation begun"),
    ("submit_evaluation", "Send the evaluation in", "Evaluation sent in"),
    ("approve_evaluation", "Approve the evaluation", "Evaluation approved"),
    ("take_out_of_evaluation", "Take out of the evaluation", "Withdrawn numbers taken out of an evaluation"),
    ("send_back_evaluation", "Send the evaluation back", "Evaluation sent back"),
    ("begin_artwork", "Begin an artwork", "Artwork begun"),
    ("delete_artwork", "Delete an artwork", "Artwork deleted"),
    ("submit_artwork", "Send an artwork in", "Artwork sent in"),
    ("approve_artwork", "Approve an artwork", "Artwork approved"),
    ("send_back_artwork", "Send an artwork back", "Artwork sent back"),
    ("make_artwork_again", "Make an artwork again", "Artwork to be made again"),
    ("exchange_picture", "Exchange a picture", "Picture of an artwork exchanged"),
    ("begin_kit", "Begin the share kit", "Share kit begun"),
    ("submit_kit", "Send the share kit in", "Share kit sent in"),
    ("approve_kit", "Approve the share kit", "Share kit approved"),
    ("send_back_kit", "Send the share kit back", "Share kit sent back"),
    ("begin_mailing", "Begin a mailing", "Mailing begun"),
    ("delete_mailing", "Delete a mailing", "Mailing deleted"),
    ("submit_mailing", "Send a mailing in", "Mailing sent in"),
    ("approve_mailing", "Approve a mailing", "Mailing approved"),
    ("send_back_mailing", "Send a mailing back", "Mailing sent back"),
    ("send_mailing", "Send a mailing", "Mailing asked to be sent"),
    ("stop_mailing", "Stop a mailing", "Mailing stopped"),
    ("keep_placement", "Keep a placement", "Added or changed a placement"),
    ("lead_placement", "Lead a placement elsewhere", "Led a placement to a page"),
)


class CampaignViewSet(ModelViewSet):
    """List, add and change campaigns."""

    model = Campaign
    name = "campaigns"
    icon = "globe"
    menu_label = "Campaigns"
    menu_order = 110
    add_to_admin_menu = True
    copy_view_enabled = False
    index_view_class = CampaignList
    add_view_class = CampaignAdd
    edit_view_class = CampaignEdit
    delete_view_class = CampaignDelete
    filterset_class = CampaignFilters
    search_fields = ("title", "code", "aim")
    edit_handler = ObjectList(
        [
            FieldPanel("title"),
            FieldPanel("code"),
            FieldPanel("objective"),
            FieldPanel("aim"),
            MultiFieldPanel([FieldRowPanel([FieldPanel("starts"), FieldPanel("ends")])], heading="Dates"),
        ],
        base_form_class=CampaignForm,
    )

    def get_urlpatterns(self) -> list[URLPattern]:
        """Add the addresses of what is done to a campaign as a whole."""
        return [
            *super().get_urlpatterns(),
            path("close/<int:pk>/", close, name="close"),
            path("reopen/<int:pk>/", reopen, name="reopen"),
            path("plan/<int:pk>/", plan, name="plan"),
            path("plan/<int:pk>/<slug:part>/", plan_part, name="plan_part"),
            path("reach/<int:pk>/", reach, name="reach"),
            path("reach/<int:pk>/add/", add_figure, name="add_figure"),
            path("reach/<int:pk>/<int:figure>/take-back/", take_figure_back, name="take_figure_back"),
            path("year/", year, name="year"),
            *placements.addresses,
            *artwork.addresses,
            *kits.addresses,
            *mailings.addresses,
            *mailing_sending.addresses,
            path("trace/", trace_file, name="trace_file"),
            path("evaluation/<int:pk>/", evaluation.evaluation, name="evaluation"),
            path("evaluation/<int:pk>/begin/", evaluation.begin, name="begin_evaluation"),
            path("evaluation/<int:pk>/lessons/", evaluation.lessons, name="lessons"),
            path("evaluation/<int:pk>/send/", evaluation.submit, name="submit_evaluation"),
            path("evaluation/<int:pk>/approve/", approving.approve, name="approve_evaluation"),
            path("evaluation/<int:pk>/send-back/", approving.send_back, name="send_back_evaluation"),
            path("evaluation/<int:pk>/evaluation.pdf", evaluation.as_pdf, name="evaluation_pdf"),
            path("evaluation/<int:pk>/evaluation.xlsx", evaluation.as_spreadsheet, name="evaluation_xlsx"),
        ]


@hooks.register("register_admin_viewset")
def campaigns() -> CampaignViewSet:
    """Offer the menu."""
    return CampaignViewSet()


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    """Name what history shows."""
    for name, label, said in LOGGED:
        actions.register_action(f"campaigns.{name}", label, said)
    actions.register_action("campaigns.reopen")(ReopenEntry)


class ReopenEntry(LogFormatter):
    """A manager opened a closed campaign again."""

    label = "Open again"
    message = "Opened again"

    def format_comment(self, log_entry: ModelLogEntry) -> str:
        """Show the reason."""
        return log_entry.data.get("reason", "")
