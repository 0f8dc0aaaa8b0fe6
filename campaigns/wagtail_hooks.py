"""The menu Campaigns."""

from wagtail import hooks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.viewsets.model import ModelViewSet

from campaigns.forms import CampaignForm
from campaigns.models import Campaign
from campaigns.staff_views.campaigns import CampaignAdd, CampaignDelete, CampaignFilters, CampaignList


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


@hooks.register("register_admin_viewset")
def campaigns() -> CampaignViewSet:
    """Offer the menu."""
    return CampaignViewSet()
