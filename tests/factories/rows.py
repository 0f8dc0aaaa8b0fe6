"""One row of everything that the admin edits."""

from datetime import date

from django.contrib.auth.models import Group
from django.core.mail import EmailMessage
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect

from campaigns.calendar.enums import DateRule
from campaigns.models import AwarenessDate
from core.approvals.rota import Deputy, DutyOfficer
from core.models import Area, Organisation, SupportService, User, Ward
from core.outbox import actions as outbox
from indicators.models import Definition, Target
from reach.models import Count
from schools.models import RegisterImport
from surveys.models import Margin, Question
from tests.factories.calendar import make_period
from tests.factories.campaigns import make_draft_page
from tests.factories.classes import make_class
from tests.factories.events import make_event, make_occurrence
from tests.factories.indicators import indicator, measurement
from tests.factories.reach import make_figure
from tests.factories.register import make_school
from tests.factories.schools import make_file, make_pack
from tests.factories.surveys import make_wave


def make_one_of_each() -> None:
    """Make one row, or a few, of every model that has forms in the admin; the list of campaigns must stand."""
    owner = Organisation.objects.create(code="voices", name="Voices")
    ward = Ward.objects.create(key="dalton", name="Dalton", valid_from=date(2020, 5, 1))
    Area.objects.create(code="north", name="North").wards.add(ward)
    SupportService.objects.create(
        name="Helpline", description="Listens.", owner=owner, last_checked=timezone.localdate(), telephone="01484 1"
    )
    user = User.objects.create_user("row", "row@example.org", organisation=owner)
    user.groups.add(Group.objects.get(name="Partners"))
    today = timezone.localdate()
    DutyOfficer.objects.create(user=user, first_day=today, last_day=today)
    deputy = User.objects.create_user("deputy", "deputy@example.org")
    Deputy.objects.create(for_whom=user, user=deputy, first_day=today, last_day=today)
    make_draft_page()
    of = indicator("B5")
    measurement(of)
    Target.objects.create(indicator=of, value=60, due=date(2028, 3, 31))
    Definition.objects.create(
        code="hate-crime", term="Hate crime", text="A crime.", source="S", valid_from=date(2020, 1, 1)
    )
    make_period(date(2027, 3, 22))
    AwarenessDate.objects.create(name="A day", rule=DateRule.DAY, month=3, day=21, source="Those who hold it")
    make_occurrence(make_event())
    make_file(make_pack())
    make_school()
    RegisterImport.objects.create(kind="schools", name="schools.csv", digest="0" * 64, state="reported")
    make_class()
    make_wave()
    given = {"population": "Residents", "option": "16-24", "total": 12_000, "source": "A census", "year": 2021}
    Margin.objects.create(question=Question.objects.first(), **given)
    Count.objects.create(
        day=date(2026, 10, 1), channel="web", metric="views", method="counted", rule_version=1, quantity=3
    )
    make_figure()
    Redirect.objects.create(old_path="/old", redirect_link="/new")
    outbox.put(EmailMessage("A subject", "Words.", "council@example.org", ["ada@example.org"]))
