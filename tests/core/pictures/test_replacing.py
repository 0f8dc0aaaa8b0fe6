# ruff: noqa: RUF001  (Urdu letters are what is tested)
"""Another picture takes the place of one everywhere in one step, asked for by one person and confirmed by another."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, ReferenceIndex, Revision

from campaigns.models import CampaignPage
from core.approvals.content import files_on, in_force, is_approved
from core.approvals.keeping import publish_laid, sweep
from core.approvals.queries import reason_not_to_approve
from core.languages.trees import lay_trees
from core.models import Approval, DutyOfficer, Image, Organisation, Replacement, TranslatedVersion
from core.pictures import exchanging, replacing
from core.pictures.holding import holders
from core.pictures.registry import PictureUses, Use, picture_uses
from core.pictures.tasks import keep_pictures
from core.translations.actions import publish_words
from core.translations.pieces import missing, pieces_of, written_for
from home.models import ContentPage
from tests.core.pictures.conftest import show
from tests.core.test_approvals import fresh, review
from tests.factories.campaigns import make_draft_page
from tests.factories.pictures import picture

pytestmark = pytest.mark.django_db

SAYS = {"words_en": "Waves, all of one height.", "words_ur": "لہریں، سب ایک اونچائی کی۔"}
URDU = {
    "Campaign hands": "ہاتھ",
    "Everybody knows where to turn.": "سب جانتے ہیں۔",
    "We belong.": "ہم یہیں کے ہیں۔",
    "A teacher": "ایک استاد",
    "Two hands.": "دو ہاتھ۔",
    "Two hands, again.": "پھر دو ہاتھ۔",
    "Ann and Bo.": "این اور بو۔",
}


@pytest.fixture
def waves() -> Image:
    return picture("Waves")


@pytest.fixture
def urdu(page) -> CampaignPage:
    """Return the page in Urdu, live and up to date."""
    lay_trees()
    publish_words(english=page, code="ur", words=URDU)
    found = CampaignPage.objects.get(translation_key=page.translation_key, locale__language_code="ur")
    assert found.alias_of_id is None
    return found


class Desk:
    """An officer who asks, a manager who decides, and visitors who read, before one browser."""

    def __init__(self, client, officer, manager):
        self.client, self.officer, self.manager = client, officer, manager

    def ask(self, held, *, user=None, **said):
        self.client.force_login(user or self.officer)
        return self.client.post(reverse("replace_picture", args=[held.pk]), said)

    def decide(self, decision="confirm", *, user=None):
        self.client.force_login(user or self.manager)
        asked = Replacement.objects.latest("pk")
        return self.client.post(
            reverse("picture_replacement", args=[asked.pk]), {"decision": decision}, follow=True
        ).content.decode()

    def replace(self, held, **said) -> Replacement:
        """Ask, confirm, and let the worker do it."""
        self.ask(held, **said)
        self.decide()
        keep_pictures()
        return Replacement.objects.latest("pk")

    def first_screen(self, user) -> str:
        self.client.force_login(user)
        return self.client.get(reverse("wagtailadmin_home")).content.decode()

    def read(self, page) -> str:
        self.client.logout()
        return self.client.get(page.url).content.decode()


@pytest.fixture
def desk(client, officer, manager) -> Desk:
    return Desk(client, officer, manager)


def holds(page, held) -> bool:
    return ("core.image", held.pk) in files_on(page)


def says(page) -> list[str]:
    blocks = [block.value for block in page.body if block.block_type == "picture"]
    return [page.hero_alternative_text, *(value["alternative_text"] for value in blocks)]


class TestEverywhere:
    def test_what_is_live_what_waits_and_every_language_change_at_once(self, desk, page, urdu, held, waves):
        officer, manager = desk.officer, desk.manager
        draft = fresh(page)
        draft.summary = "Olive's words."
        draft.save_revision(user=officer)
        draft.get_workflow().start(draft, officer)
        later = make_draft_page("later")
        show(later, held)
        later.go_live_at = timezone.now() + timedelta(days=1)
        publish_laid(later)
        before = page.live_revision_id

        assert desk.ask(held, by=waves.pk, **SAYS).status_code == 302
        assert "Picture to replace: confirm" not in desk.first_screen(officer)
        assert "Picture to replace: confirm" in desk.first_screen(manager)
        desk.decide()
        keep_pictures()

        asked = Replacement.objects.get()
        assert (asked.step, asked.pages, holders(held)) == ("done", 3, [])
        live, there = fresh(page), CampaignPage.objects.get(pk=urdu.pk)
        assert says(live) == [SAYS["words_en"], SAYS["words_en"], ""]
        assert says(there) == [SAYS["words_ur"], SAYS["words_ur"], ""]
        assert live.social_image == waves
        assert "Olive" not in live.summary
        for changed in (live, there):
            words = desk.read(changed)
            assert "Waves" in words
            assert "Hands" not in words
            assert "Ann and Bo." not in words
            approval = in_force(changed.pk)
            assert (approval.how, approval.by, approval.replacement) == ("replaced", manager, asked)
            assert is_approved(changed)
        assert sweep() == 0
        assert Revision.objects.get(pk=before).content["hero_image"] == held.pk  # what was live stays on record
        said = PageLogEntry.objects.get(action=exchanging.REPLACED, page=page.pk)
        assert (said.user, said.data) == (manager, {"reason": "“Hands” by “Waves”", "asked_by": "olive"})

        version = TranslatedVersion.objects.get(revision=there.live_revision_id)
        assert version.source_changed is None
        assert missing(pieces_of(live), written_for(live, there.locale, pieces_of(live))) == []

        state = live.current_workflow_state
        assert "Olive" in state.current_task_state.revision.as_object().summary
        assert state.current_task_state.revision.is_latest_revision()
        assert reason_not_to_approve(officer, state)
        assert not reason_not_to_approve(manager, state)
        review(desk.client, manager, page)
        assert (fresh(page).summary, fresh(page).hero_image) == ("Olive's words.", waves)

        waiting = fresh(later).revisions.get(approved_go_live_at__isnull=False)
        assert not holds(waiting.as_object(), held)
        assert Approval.objects.filter(revision=waiting, how="replaced").exists()

    def test_who_wrote_part_of_the_draft_is_known_as_before(self, desk, make_user, page, held, waves):
        officer, manager = desk.officer, desk.manager
        second = make_user("pat", "Communications managers")
        for author, summary in ((second, "Pat's words."), (officer, "Olive's words.")):
            draft = fresh(page).get_latest_revision_as_object()
            draft.summary = summary
            draft.save_revision(user=author)
        draft.get_workflow().start(draft, officer)
        desk.replace(held, by=waves.pk, **SAYS)
        state = fresh(page).current_workflow_state
        assert [bool(reason_not_to_approve(user, state)) for user in (officer, second, manager)] == [True, True, False]

    @pytest.mark.parametrize("must_be_checked", [False, True])
    def test_a_language_without_words_that_may_be_shown_shows_none(self, desk, urdu, held, waves, must_be_checked):
        speakers = Organisation.objects.create(code="speakers", name="Speakers")
        TranslatedVersion.objects.update(checked_by=speakers, checked_on=timezone.localdate())
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(CampaignPage, "needs_checked_words", must_be_checked)
            desk.replace(held, by=waves.pk, **(SAYS if must_be_checked else {"words_en": "Waves."}))
        there = CampaignPage.objects.get(pk=urdu.pk)
        assert (there.hero_image, says(there), is_approved(there)) == (None, ["", ""], True)
        assert TranslatedVersion.objects.get(revision=there.live_revision_id).checked_by == speakers
        assert URDU["We belong."] in desk.read(there)

    def test_none_takes_its_place(self, desk, page, held):
        row = page.get_parent().add_child(instance=ContentPage(title="A row", summary="Laid.", live=False))
        ContentPage.objects.filter(pk=row.pk).update(social_image=held)
        ReferenceIndex.create_or_update_for_object(ContentPage.objects.get(pk=row.pk))
        assert desk.replace(held, none="on").pages == 2
        assert (says(fresh(page)), is_approved(fresh(page)), "<picture>" in desk.read(page)) == ([""], True, False)
        assert ContentPage.objects.get(pk=row.pk).get_latest_revision_as_object().social_image is None
        assert holders(held) == []


class TestAllOrNothing:
    @pytest.fixture
    def second(self, held) -> CampaignPage:
        other = make_draft_page("other")
        show(other, held)
        publish_laid(other)
        return fresh(other)

    def test_what_fails_on_one_page_changes_none_and_says_why(self, desk, page, second, held, waves):
        today = timezone.localdate()
        DutyOfficer.objects.create(user=desk.officer, first_day=today, last_day=today)
        draft = fresh(second)
        draft.summary = "Urgent words."
        draft.save_revision(user=desk.officer)
        desk.client.force_login(desk.officer)
        desk.client.post(reverse("approvals_urgent", args=[second.pk]), {"reason": "Now."})
        before = [Revision.objects.count(), Approval.objects.count()]
        asked = desk.replace(held, by=waves.pk, **SAYS)
        assert asked.step == "failed"
        assert "“Campaign other” was published as urgent and waits for a decision." in asked.problem
        assert [Revision.objects.count(), Approval.objects.count()] == before
        assert holds(fresh(page), held)
        assert asked.problem in desk.decide()

    def test_other_rooms_have_their_share_and_may_refuse(self, desk, page, held, waves, monkeypatch):
        seen = []

        def refuse(exchange):
            seen.append(exchange)
            raise ZeroDivisionError

        def posters(_):
            return [Use(what="Artwork", title="A poster", language="en", says=True)]

        monkeypatch.setitem(picture_uses._look(), "test", PictureUses(of=posters, exchange=refuse))
        desk.client.force_login(desk.officer)
        assert "A poster" in desk.client.get(reverse("wagtailimages:edit", args=[held.pk])).content.decode()
        assert desk.replace(held, by=waves.pk, **SAYS).step == "failed"
        (exchange,) = seen
        assert (exchange.picture, exchange.by, exchange.words["en"]) == (held, waves, SAYS["words_en"])
        assert (exchange.asked_by, exchange.confirmed_by) == (desk.officer, desk.manager)
        assert holds(fresh(page), held)

    def test_a_worker_that_died_is_followed_by_another(self, officer, manager, page, held, waves):
        asked = replacing.ask(picture=held, by=waves, words={"en": "Waves."}, asked_by=officer)
        replacing.confirm(replacement=asked, by=manager)
        Replacement.objects.update(step="running", touched=timezone.now())
        keep_pictures()
        assert Replacement.objects.get().step == "running"
        Replacement.objects.update(touched=timezone.now() - replacing.LOST_AFTER - timedelta(seconds=1))
        keep_pictures()
        assert Replacement.objects.get().step == "done"
        assert holds(fresh(page), waves)


class TestAsking:
    def test_what_cannot_take_its_place_is_refused_beside_its_field(self, desk, page, held, waves):
        ended = picture("Ended", ends_on=timezone.localdate() - timedelta(days=1))
        refused = {
            "Choose another picture, or tick None: one of the two.": {},
            "This is the same picture.": {"by": held.pk},
            "“Ended” could be used until": {"by": ended.pk},
            "“Bare” has no record yet.": {"by": picture("Bare", licence="").pk},
            "Nothing says what “Silent” shows.": {"by": picture("Silent", description="").pk},
        }
        for sentence, said in refused.items():
            answer = desk.ask(held, words_en="Waves.", **said)
            assert sentence in str(answer.context["form"].errors["by"])
        assert "words_en" in desk.ask(held, by=waves.pk).context["form"].errors
        assert not Replacement.objects.exists()
        idle = desk.ask(waves, none="on")
        assert "Nothing shows this picture" in str(idle.context["form"].non_field_errors())

    def test_nobody_confirms_what_they_asked_for_and_one_is_asked_for_at_a_time(self, desk, page, held, waves):
        desk.ask(held, user=desk.manager, by=waves.pk, **SAYS)
        again = desk.ask(held, none="on")
        assert "Somebody has asked for this already." in str(again.context["form"].non_field_errors())
        for user in (desk.manager, desk.officer):
            desk.decide(user=user)
            assert Replacement.objects.get().step == "asked"
        desk.decide("decline")
        assert Replacement.objects.get().step == "declined"
        keep_pictures()
        assert holds(fresh(page), held)

    @pytest.mark.parametrize(
        ("constraint", "wrong"),
        [
            ("replacement_step_known", {"step": "perhaps", "decided_at": "2026-12-01T00:00Z"}),
            ("replacement_confirmed_before_it_begins", {"step": "running"}),
            ("replacement_confirmed_by_a_colleague", {"step": "done", "decided_at": "2026-12-01T00:00Z", "own": True}),
            ("replacement_by_another", {"same": True}),
            ("replacement_one_at_a_time|picture_id", {"twice": True}),
        ],
    )
    def test_database_refuses_what_makes_no_sense(self, officer, held, constraint, wrong):
        given = {"picture": held, "of_title": "Hands", "asked_by": officer} | wrong
        twice = given.pop("twice", False)
        if given.pop("own", False):
            given["decided_by"] = officer
        if given.pop("same", False):
            given["by"] = held
        rows = [Replacement(**given) for _ in range(2 if twice else 1)]
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            Replacement.objects.bulk_create(rows)


def test_an_english_page_that_other_languages_repeat_changes_in_all_of_them(desk, page, held, waves):
    lay_trees()
    desk.replace(held, by=waves.pk, **SAYS)
    alias = Page.objects.get(alias_of=page.pk, locale__language_code="gu")
    assert SAYS["words_en"] in desk.read(alias)
