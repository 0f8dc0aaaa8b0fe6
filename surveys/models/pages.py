"""The pages that lead to surveys."""

from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index

from campaigns.queries import related_pages
from core.approvals.showing import as_approved
from core.blocks import BodyBlock
from core.enums import SupportKind
from core.languages.addresses import spoken
from core.models import BasePage, SupportService
from core.models.pages import crumbs
from surveys.models.fieldwork import Wave
from surveys.models.surveys import Survey


class SurveyIndexPage(BasePage):
    """Every survey that is open now. Its address is fixed, because the questions stand below it."""

    is_shared = False
    listed_as = _("List of surveys")
    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["surveys.SurveyPage"]

    def clean(self) -> None:
        """Refuse another address than the one that the questions stand below."""
        super().clean()
        if self.slug and self.slug != "surveys":
            raise ValidationError({"slug": "The questions are asked under /surveys/, so the slug has to be surveys."})

    def counted_as(self) -> None:
        """Count nobody: a visit to a survey is not a number."""

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the pages of open surveys."""
        from surveys.queries import open_survey_pages

        return super().get_context(request, *args, **kwargs) | {
            "survey_pages": as_approved(open_survey_pages().child_of(self), request),
        }


class SurveyPageQuerySet(PageQuerySet):
    """Survey pages by where their surveys stand."""

    def taking_answers(self, on: date) -> "SurveyPageQuerySet":
        """Return the live pages of surveys that take answers on the day ``on``."""
        return self.live().filter(survey__in=Wave.objects.taking_answers(on).values("survey"))


class SurveyPage(BasePage):
    """The first page of a survey: why, who sees it, how long it takes, and that it is not a place to report."""

    is_shared = False
    needs_checked_words = True
    listed_as = _("Survey")
    parent_page_types = ["surveys.SurveyIndexPage"]
    subpage_types: list[str] = []

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="pages")
    body = StreamField(BodyBlock(required=False), blank=True, help_text="Optional: shown below the purpose.")

    objects = PageManager.from_queryset(SurveyPageQuerySet)()

    content_panels = [*BasePage.content_panels, FieldPanel("survey"), FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("body"), index.FilterField("survey_id")]

    def counted_as(self) -> None:
        """Count nobody: a visit to a survey is not a number."""

    def address_by_placement(self, code: str) -> str:
        """Return the address by which the wave that takes answers knows a poster, if it has one with this ``code``."""
        from surveys.queries import placement_of, wave_taking_answers

        wave = wave_taking_answers(slug=self.slug, on=timezone.localdate())
        return reverse("surveys:via", args=[self.slug, code]) if wave and placement_of(wave, code) else ""

    def belongs_to(self) -> str:
        """Return the code of the survey's campaign, although no visit is counted under it."""
        return self.survey.campaign.code if self.survey.campaign else ""

    def search_words(self) -> str:
        """Return why we ask, which the page shows too while the survey is open, in the language of its other words."""
        notice = self.survey.notice_in(settings.LANGUAGE_CODE if self.alias_of_id else self.locale.language_code)
        return f"{notice.title} {notice.purpose}"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add where the survey stands and where to turn."""
        from surveys.queries import asked_by, corrected_on, open_link_of, standing_of, takes_codes
        from surveys.queries.published import approved_results

        standing = standing_of(self.survey, on=timezone.localdate())
        return super().get_context(request, *args, **kwargs) | {
            "wave": standing.wave,
            "survey_state": standing.state,
            # Asked where it is drawn: a part of the page may be in another language than the rest.
            "asked_here": lambda: asked_by(standing.wave, spoken()) if standing.wave else None,
            "is_open_to_all": bool(standing.wave and open_link_of(standing.wave)),
            "takes_codes": bool(standing.wave and takes_codes(standing.wave)),
            "corrected_on": corrected_on(standing.wave) if standing.state == "open" else None,
            "has_results": approved_results(self.survey).exists(),
            "ended": "ended" in request.GET,
            "went_on": request.GET.get("ended") == "elsewhere",
            "waits": "waits" in request.GET,
            "via": request.GET.get("via", ""),
            "services": SupportService.objects.exclude(kind=SupportKind.SUPPORT),
            "related": related_pages(self.survey.campaign, beside=self, request=request),
            "crumbs": crumbs(self, request),
        }
