"""The table of roles, and what each role meets in the admin."""

from dataclasses import replace
from io import StringIO

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page

from campaigns.models import CampaignIndexPage
from config.roles import EVERY_ROLE, ROLES, _pairs, lay_roles, named, permissions
from core.models import Organisation, User
from tests.factories.campaigns import make_draft_page, make_live_page

pytestmark = pytest.mark.django_db

NAMES = [
    "Communications officers",
    "Communications managers",
    "Coordinators",
    "Strategic group",
    "Schools leads",
    "Events leads",
    "Survey analysts",
    "Partners",
    "Language checkers",
    "Administrators",
]


def test_the_ten_roles_stand_after_a_migrate():
    assert list(ROLES) == NAMES
    assert sorted(Group.objects.values_list("name", flat=True)) == sorted(NAMES)


@pytest.mark.parametrize("role", NAMES)
def test_every_name_and_verb_of_the_table_exists(role):
    for name, verb in _pairs({**EVERY_ROLE, **ROLES[role].models}):
        assert named(name, verb) in permissions()
    for name in ROLES[role].pages:
        assert name == name.lower()


def test_a_slip_in_the_table_is_an_error(monkeypatch):
    monkeypatch.setitem(ROLES, "Partners", replace(ROLES["Partners"], models={"indicators.strategy": "veiw"}))
    with pytest.raises(KeyError, match="veiw"):
        lay_roles()


def test_nobody_holds_a_publish_permission(campaign_index):
    group = Group.objects.create(name="A group made by hand")
    publish = Permission.objects.get(content_type__app_label="wagtailcore", codename="publish_page")
    GroupPagePermission.objects.create(group=group, page=campaign_index, permission=publish)
    assert GroupPagePermission.objects.filter(permission__codename="publish_page").exists()
    lay_roles()
    assert not GroupPagePermission.objects.filter(permission__codename="publish_page").exists()
    assert not Permission.objects.filter(codename__startswith="publish_", group__isnull=False).exists()


def test_laying_twice_changes_nothing(campaign_index):
    def state():
        return (
            sorted(Group.objects.values_list("name", "permissions__content_type", "permissions__codename")),
            sorted(GroupPagePermission.objects.values_list("pk", "group__name", "page", "permission__codename")),
        )

    before = state()
    call_command("lay_roles", stdout=StringIO())
    assert state() == before


def test_what_was_added_to_a_role_by_hand_goes_again(campaign_index):
    officers = Group.objects.get(name="Communications officers")
    officers.permissions.add(permissions()["core.user", "change_user"])
    GroupPagePermission.objects.create(
        group=officers,
        page=Page.get_first_root_node(),
        permission_id=permissions()["wagtailcore.page", "change_page"],
    )
    lay_roles()
    assert not officers.permissions.filter(codename="change_user").exists()
    assert set(officers.page_permissions.values_list("page", flat=True)) == {campaign_index.pk}


def test_a_group_of_the_councils_own_is_left_alone():
    own = Group.objects.create(name="Photographers")
    own.permissions.add(permissions()["campaigns.campaign", "view_campaign"])
    lay_roles()
    assert [held.codename for held in own.permissions.all()] == ["view_campaign"]


PLACES = {
    "wagtailadmin_home": NAMES,
    "campaigns:index": NAMES[:2],
    "campaigns:add": NAMES[:2],
    "campaign_calendar": NAMES[:3] + NAMES[4:7],
    "restricted_periods:index": NAMES[:2],
    "restricted_periods:add": NAMES[1:2],
    "awareness_dates:add": NAMES[:2],
    "wagtailusers_users:index": ["Administrators"],
    "wagtailimages:index": NAMES[:3] + NAMES[4:7],
    "wagtaildocs:index": NAMES[:3] + NAMES[4:7],
    "wagtailredirects:index": ["Administrators"],
    "languages": ["Language checkers", "Administrators"],
    "wagtailusers_groups:index": [],
    "wagtailadmin_workflows:index": [],
    "wagtailsites:index": [],
}


@pytest.mark.parametrize("role", NAMES)
def test_a_role_opens_what_the_table_says_and_nothing_else(client, make_user, campaign_index, role):
    client.force_login(make_user("someone", role))
    opened = {name for name in PLACES if client.get(reverse(name)).status_code == 200}
    assert opened == {name for name, roles in PLACES.items() if role in roles}


@pytest.mark.parametrize("role", NAMES)
def test_only_officers_and_managers_edit_campaign_pages(client, make_user, campaign_index, role):
    page = make_draft_page()
    client.force_login(make_user("someone", role))
    response = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert (response.status_code == 200) == (role in NAMES[:2])


@pytest.mark.parametrize("role", NAMES)
def test_nobody_may_publish_or_delete_what_is_live(make_user, campaign_index, role):
    user = make_user("someone", role)
    can = make_live_page().permissions_for_user(user)
    assert not can.can_publish()
    assert not can.can_delete()
    assert not CampaignIndexPage.objects.get().permissions_for_user(user).can_publish_subpage()


class TestAdministrators:
    @pytest.fixture
    def administrator(self, make_user, campaign_index):
        return make_user("ada", "Administrators")

    def form(self, user, **fields):
        return {
            "username": user.username,
            "email": user.email,
            "first_name": "A",
            "last_name": "B",
            "is_active": "on",
            "language": "en",
            "groups": [],
            **fields,
        }

    def test_they_give_a_colleague_a_role(self, client, administrator, make_user):
        olive = make_user("olive")
        group = Group.objects.get(name="Partners")
        client.force_login(administrator)
        client.post(reverse("wagtailusers_users:edit", args=[olive.pk]), self.form(olive, groups=[group.pk]))
        assert [held.name for held in olive.groups.all()] == ["Partners"]

    def test_they_say_for_whom_a_colleague_works_and_in_which_language_mail_comes(self, client, administrator):
        voices = Organisation.objects.create(code="voices", name="Voices")
        password = {"password1": "a-longer-password-9", "password2": "a-longer-password-9"}
        new = {"username": "nina", "email": "nina@example.org", "first_name": "N", "last_name": "A", **password}
        client.force_login(administrator)
        assert 'name="organisation"' in client.get(reverse("wagtailusers_users:add")).content.decode()
        client.post(reverse("wagtailusers_users:add"), {**new, "organisation": voices.pk, "language": "en"})
        nina = User.objects.get(username="nina")
        assert (nina.organisation, nina.language) == (voices, "en")

        address = reverse("wagtailusers_users:edit", args=[nina.pk])
        assert '<option value="en" selected>' in client.get(address).content.decode()
        client.post(address, self.form(nina, organisation="", language="en"))
        nina.refresh_from_db()
        assert nina.organisation is None
        refused = client.post(address, self.form(nina, organisation="999", language="xx"))
        assert set(refused.context["form"].errors) == {"organisation", "language"}

    def test_they_make_nobody_a_superuser(self, client, administrator, make_user):
        olive = make_user("olive")
        client.force_login(administrator)
        client.post(reverse("wagtailusers_users:edit", args=[olive.pk]), self.form(olive, is_superuser="on"))
        password = {"password1": "a-longer-password-9", "password2": "a-longer-password-9", "is_superuser": "on"}
        new = self.form(olive, username="new", email="new@example.org", **password)
        client.post(reverse("wagtailusers_users:add"), new)
        assert not type(olive).objects.filter(is_superuser=True).exists()

    def test_they_do_not_take_a_superusers_account_over(self, client, administrator, make_user):
        root = make_user("root", is_superuser=True)
        password = {"password1": "a-longer-password-9", "password2": "a-longer-password-9", "is_superuser": "on"}
        client.force_login(administrator)
        address = reverse("wagtailusers_users:edit", args=[root.pk])
        assert client.get(address).status_code == 302
        client.post(address, self.form(root, **password))
        client.post(f"/admin/bulk/core/user/set_active_state/?id={root.pk}", {"mark_as_active": ""})
        client.post(f"/admin/bulk/core/user/delete/?id={root.pk}", {})
        root.refresh_from_db()
        assert (root.check_password("a-long-password"), root.is_active) == (True, True)
