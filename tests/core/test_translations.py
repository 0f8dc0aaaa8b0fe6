# ruff: noqa: RUF001  (Urdu letters are what is tested)
"""A page in another language goes live whole and approved, or the English page stands in its place."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import strip_tags
from wagtail.models import Locale, Page, PageLogEntry
from wagtail_localize.models import String, StringTranslation, Translation, TranslationSource

from campaigns.models import CampaignIndexPage, CampaignPage
from config.roles import lay_roles
from core.languages.trees import in_english, lay_trees
from core.models import DutyOfficer, Organisation, TranslatedVersion
from core.templatetags.languages import with_marks
from core.translations.actions import forget, publish_words
from core.translations.pieces import pieces_of
from core.translations.queries import outdated
from core.waiting import for_user
from home.models import ContentPage, HomePage
from tests.factories.campaigns import make_campaign_index, make_home, make_live_page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("laid_article")]

ADDRESS = "/ur/campaigns/no-place/"
RICH = '<p>Call <b>999</b> or <a href="https://example.org/">read on</a>.</p>'
URDU = {
    "Campaign no-place": "نفرت کی کوئی جگہ نہیں",
    "Everybody knows where to turn.": "سب جانتے ہیں کہ کہاں جانا ہے۔",
    "Words.": "الفاظ۔",
    "A teacher": "ایک استاد",
    'Call <b>999</b> or <a id="a1">read on</a>.': '<b>999</b> پر فون کریں یا <a id="a1">آگے پڑھیں</a>۔',
}


@pytest.fixture(scope="module")
def laid_article(lay_once) -> None:
    """Lay a live English campaign page with an alias in every other tree."""

    def lay():
        make_campaign_index(make_home())
        lay_roles()
        lay_trees()
        today = timezone.localdate()
        article = make_live_page("no-place", starts=today, ends=today + timedelta(days=60))
        article.body = [("quotation", {"quotation": "Words.", "who": "A teacher"}), ("text", RICH)]
        article.save_revision().publish()

    lay_once(lay)


@pytest.fixture
def article(laid_article, db) -> CampaignPage:
    """Return the English campaign page."""
    return in_english(CampaignPage.objects).get()


@pytest.fixture
def campaign_index(laid_article, db) -> CampaignIndexPage:
    """Return the English list of campaigns."""
    return in_english(CampaignIndexPage.objects).get()


@pytest.fixture
def home(laid_article, db) -> HomePage:
    """Return the English home page."""
    return in_english(HomePage.objects).get()


def there(article, code="ur"):
    return Page.objects.get(translation_key=article.translation_key, locale__language_code=code).specific


def screen(article, code="ur"):
    return reverse("translate", args=[code, article.pk])


def words(article, **changed):
    """Return what the screen posts: the Urdu of every piece, but for what ``changed`` says of an English one."""
    wanted = URDU | {english.replace("_", " "): urdu for english, urdu in changed.items()}
    return {piece.name: wanted[piece.data] for piece in pieces_of(article)}


def save(client, user, article, *, button="save", **changed):
    client.force_login(user)
    return client.post(screen(article), words(article, **changed) | {button: ""}, follow=True)


def decide(client, user, article, decision="approve"):
    client.force_login(user)
    task = there(article).current_workflow_state.current_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[there(article).pk, decision, task.pk])
    return client.post(address, {"comment": "Read.", "next": screen(article)}, follow=True)


def read(address=ADDRESS):
    return Client().get(address).text


def text(response) -> str:
    return " ".join(strip_tags(response.text).split())


@pytest.fixture
def translated(client, officer, manager, article):
    """Return a page whose Urdu is live."""
    save(client, officer, article, button="send")
    decide(client, manager, article)
    assert there(article).alias_of_id is None
    return article


class TestTheWayToALivePage:
    def test_a_page_offers_its_translation_to_who_may_edit_it(self, client, officer, article, make_user):
        client.force_login(officer)
        editor = client.get(reverse("wagtailadmin_pages:edit", args=[article.pk])).text
        assert [name for name in ("Urdu", "Gujarati", "Polish") if f"Translate into {name}" in editor] == [
            "Urdu",
            "Gujarati",
            "Polish",
        ]
        shown = client.get(screen(article)).text
        assert "Visitors see the English page here." in shown
        assert shown.count('lang="ur" dir="rtl"') == 5
        assert "Body, block 1 (Quotation), Who" in shown

    def test_while_it_is_written_and_reviewed_the_english_page_stands_there(self, client, officer, article):
        before = read()
        save(client, officer, article)
        assert there(article).alias_of_id == article.pk
        assert read() == before
        save(client, officer, article, button="send")
        assert there(article).alias_of_id == article.pk
        assert read() == before

    def test_a_piece_left_out_keeps_it_from_being_sent_and_is_named(self, client, officer, article):
        response = save(client, officer, article, button="send", A_teacher="", **{"Words.": ""})
        assert (
            "2 of 5 pieces of text are not yet in Urdu, so the page cannot be sent in: Body, block 1 (Quotation), "
            "Quotation; Body, block 1 (Quotation), Who." in text(response)
        )
        assert "What you wrote is saved." in text(response)
        assert URDU["Campaign no-place"] in response.text
        assert there(article).current_workflow_state is None
        assert not TranslatedVersion.objects.exists()

    def test_whole_and_approved_it_is_live_in_its_language(self, client, officer, manager, article):
        save(client, officer, article, button="send")
        assert ("To approve", URDU["Campaign no-place"]) in [(it.what, it.title) for it in for_user(manager)]
        client.force_login(manager)
        shown = client.get(reverse("wagtailadmin_pages:edit", args=[there(article).pk]), follow=True)
        assert "waits for a colleague" in shown.text
        assert "Approve" in shown.text
        decide(client, manager, article)
        html = read()
        assert f"<h1>{URDU['Campaign no-place']}</h1>" in html
        assert "<b>999</b> پر فون کریں یا" in html
        assert 'href="https://example.org/"' in html
        assert 'tabindex="-1">' in html
        assert "This page is not in" not in html
        assert "No speaker of the language" not in html  # said in Urdu
        assert "ur" in read("/campaigns/no-place/")
        assert f'href="{ADDRESS}" lang="ur"' in read("/campaigns/no-place/")

    def test_the_other_languages_still_show_english(self, translated):
        assert 'tabindex="-1" lang="en" dir="ltr">' in read("/pl/campaigns/no-place/")

    def test_nobody_approves_what_they_wrote(self, client, officer, manager, make_user, article):
        save(client, manager, article)
        save(client, officer, article, button="send")
        decide(client, manager, article)
        assert there(article).alias_of_id == article.pk
        decide(client, make_user("max", "Communications managers"), article)
        assert there(article).alias_of_id is None

    def test_sent_back_it_is_mended_and_sent_in_again(self, client, officer, manager, article):
        save(client, officer, article, button="send")
        decide(client, manager, article, "reject")
        assert [it.what for it in for_user(officer)] == ["Sent back to you"]
        save(client, officer, article, button="send", A_teacher="استاد")
        decide(client, manager, article)
        assert "استاد" in read()
        assert "ایک استاد" not in read()

    def test_what_is_reviewed_is_not_changed_meanwhile(self, client, officer, article):
        save(client, officer, article, button="send")
        response = save(client, officer, article, A_teacher="استاد")
        assert "This translation waits for a colleague's approval" in text(response).replace("&#x27;", "'")
        assert not StringTranslation.objects.filter(data="استاد").exists()


class TestWhatIsRefused:
    @pytest.mark.parametrize(
        "typed",
        [
            "999 پر فون کریں",
            '<b>999</b> <a id="a1">a</a> <script>alert(1)</script>',
            '<b onclick="x()">999</b> <a id="a1">a</a>',
            '<b>999</b> <a id="a2">a</a>',
            '<b>999</b> <a href="javascript:x">a</a>',
        ],
    )
    def test_marks_that_are_not_those_of_the_english(self, client, officer, article, typed):
        client.force_login(officer)
        rich = next(piece for piece in pieces_of(article) if piece.is_rich)
        response = client.post(screen(article), words(article) | {rich.name: typed, "send": ""})
        assert "Keep exactly the marks of the English: &lt;b&gt;, &lt;a id=&quot;a1&quot;&gt;." in response.text
        assert not StringTranslation.objects.exists()
        assert not TranslatedVersion.objects.exists()
        assert URDU["A teacher"] in response.text

    def test_marks_in_plain_words_are_words(self, client, officer, manager, article):
        save(client, officer, article, button="send", A_teacher='<script>alert(1)</script> & "x"\nb')
        decide(client, manager, article)
        assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp;" in read()
        assert "<script>alert" not in read()

    def test_a_title_that_is_too_long_is_named(self, client, officer, article):
        response = save(client, officer, article, button="send", **{"Campaign no-place": "ا" * 300})
        assert "Ensure this value has at most 255 characters" in text(response)
        assert "ا" * 300 in text(response)
        assert not TranslatedVersion.objects.exists()

    @pytest.mark.parametrize("junk", ["a\0b", "x" * 20_001])
    def test_junk_is_answered_beside_the_field(self, client, officer, article, junk):
        client.force_login(officer)
        title = pieces_of(article)[0].name
        response = client.post(screen(article), words(article) | {title: junk})
        assert (response.status_code, list(response.context["form"].errors)) == (200, [title])

    def test_words_for_what_the_english_page_no_longer_has_are_shown_again(self, client, officer, article):
        client.force_login(officer)
        response = client.post(screen(article), words(article) | {"piece-gone": "گیا"})
        assert response.status_code == 200
        assert "has no place any more" in response.text
        assert "گیا" in response.text

    @pytest.mark.parametrize("role", ["Partners", "Schools leads", "Events leads", "Survey analysts", "Administrators"])
    def test_other_roles_neither_read_nor_write(self, client, make_user, article, role):
        user = make_user("other", role)
        client.force_login(user)
        assert client.get(screen(article)).status_code in {302, 403}
        client.post(screen(article), words(article) | {"send": ""})
        client.post(reverse("translation_take_down", args=["ur", article.pk]), {"reason": "x"})
        client.post(reverse("translation_check", args=["ur", article.pk]), {"version": 1})
        assert not StringTranslation.objects.exists()

    @pytest.mark.parametrize("address", ["en/1/", "xx/1/", "ur/999999/", "ur/1/"])
    def test_no_such_page_or_language(self, client, officer, article, address):
        client.force_login(officer)
        assert client.get(f"/admin/translations/{address}").status_code == 404

    def test_a_draft_is_not_translated(self, client, officer, article):
        article.unpublish()
        response = save(client, officer, article)
        assert "The English page is not published yet" in text(response)


class TestClosedWays:
    """What wagtail-localize and Wagtail would let people do past the approval."""

    @pytest.mark.parametrize("address", ["submit/page/{}/", "update/1/", "page/{}/convert_to_alias/"])
    def test_the_librarys_screens_are_gone_for_everybody(self, client, make_user, article, address):
        client.force_login(make_user("root", is_superuser=True))
        locale = Locale.objects.get(language_code="ur")
        source, _ = TranslationSource.get_or_create_from_instance(article)
        Translation.objects.create(source=source, target_locale=locale)
        for number in (article.pk, there(article).pk, source.pk):
            sent = {"locales": [locale.pk], "publish_translations": "on"}
            response = client.post(f"/admin/localize/{address.format(number)}", sent)
            assert response.status_code == 404
        assert there(article).alias_of_id == article.pk
        editor = client.get(reverse("wagtailadmin_pages:edit", args=[article.pk])).text
        assert "Translate this page" not in editor
        assert "Sync translated pages" not in editor

    def test_an_alias_is_not_made_an_ordinary_page(self, client, manager, make_user, article):
        for user in (manager, make_user("root", is_superuser=True)):
            client.force_login(user)
            client.post(reverse("wagtailadmin_pages:convert_alias", args=[there(article).pk]))
            client.post(f"/admin/api/main/pages/{there(article).pk}/action/convert_alias/")
            assert there(article).alias_of_id == article.pk

    def test_the_editor_of_a_translation_is_its_screen_and_takes_no_words(self, client, manager, translated):
        client.force_login(manager)
        address = reverse("wagtailadmin_pages:edit", args=[there(translated).pk])
        response = client.post(address, {"title": "Past the screen", "slug": "x", "action-submit": "yes"})
        assert response.url == screen(translated)
        assert there(translated).get_latest_revision_as_object().title == URDU["Campaign no-place"]

    def test_a_superuser_approves_in_an_emergency_and_publishes_no_other_way(self, client, make_user, officer, article):
        save(client, officer, article, button="send")
        root = make_user("root", is_superuser=True)
        client.force_login(root)
        client.post(f"/admin/bulk/wagtailcore/page/publish/?id={there(article).pk}", {"include_descendants": ""})
        assert there(article).alias_of_id == article.pk
        assert URDU["A teacher"] not in read()
        decide(client, root, article)
        assert URDU["A teacher"] in read()

    def test_it_is_not_taken_down_apart_from_its_screen(self, client, manager, translated):
        client.force_login(manager)
        client.post(reverse("approvals_unpublish", args=[there(translated).pk]), {"reason": "Past the screen."})
        assert there(translated).live


class TestWhenEnglishMovesOn:
    def test_a_reader_is_told_and_led_to_the_english_page(self, client, officer, translated):
        assert 'href="/campaigns/no-place/" hreflang="en"' not in read().partition("<main")[0].partition("wave")[2]
        translated.summary = "Changed."
        translated.save_revision().publish()
        note = read().partition('class="wave"')[2].partition("<main")[0]
        assert 'href="/campaigns/no-place/" hreflang="en"' in note
        assert URDU["A teacher"] in read()
        assert [(it.what, it.title) for it in for_user(officer)][:1] == [
            ("Translation out of date", f"{URDU['Campaign no-place']}, in Urdu")
        ]
        client.force_login(officer)
        shown = client.get(screen(translated)).text
        assert "1 of 5 pieces of text is not translated yet." in shown

    def test_a_mended_translation_is_no_longer_out_of_date(self, client, officer, manager, translated):
        translated.summary = "Changed."
        translated.save_revision().publish()
        save(client, officer, translated, button="send", **{"Changed.": "بدلا ہوا"})
        decide(client, manager, translated)
        assert "بدلا ہوا" in read()
        assert 'href="/campaigns/no-place/" hreflang="en"' not in read().partition('class="wave"')[2]
        assert not outdated().exists()

    def test_what_changes_no_word_does_not_count(self, translated):
        translated.expire_at = timezone.now() + timedelta(days=9)
        translated.save_revision().publish()
        assert not TranslatedVersion.objects.filter(source_changed__isnull=False).exists()

    def test_it_follows_a_new_address(self, translated):
        translated.slug = "new-address"
        translated.save_revision().publish()
        assert URDU["A teacher"] in read("/ur/campaigns/new-address/")

    def test_it_goes_down_with_the_english_page_and_returns_in_english(self, translated):
        translated.unpublish()
        assert Client().get(ADDRESS).status_code == 404
        CampaignPage.objects.get(pk=translated.pk).save_revision().publish()
        assert 'tabindex="-1" lang="en" dir="ltr">' in read()

    def test_it_is_deleted_with_the_english_page(self, translated):
        key = translated.translation_key
        translated.delete()
        assert not Page.objects.filter(translation_key=key).exists()
        assert not TranslatedVersion.objects.exists()

    def test_it_does_not_go_live_once_english_is_down(self, client, officer, manager, article):
        save(client, officer, article, button="send")
        article.unpublish()
        decide(client, manager, article)
        assert not there(article).live


class TestTakingDown:
    def test_a_manager_shows_english_again_and_history_says_why(self, client, officer, manager, translated):
        address = reverse("translation_take_down", args=["ur", translated.pk])
        client.force_login(officer)
        client.post(address, {"reason": "Not mine to take."})
        assert there(translated).alias_of_id is None
        client.force_login(manager)
        client.post(address, {"reason": " "})
        assert there(translated).alias_of_id is None
        client.post(address, {"reason": "A wrong word."})
        assert 'tabindex="-1" lang="en" dir="ltr">' in read()
        assert "<h1>Campaign no-place</h1>" in read()
        entry = PageLogEntry.objects.get(action="groundswell.unpublish")
        assert (entry.user, entry.data) == (manager, {"reason": "A wrong word."})
        assert URDU["A teacher"] in client.get(screen(translated)).text


class TestSpeakers:
    @pytest.fixture
    def house(self):
        return Organisation.objects.create(code="house", name="Speakers' house")

    @pytest.fixture
    def checker(self, make_user, house):
        return make_user("ewa", "Language checkers", organisation=house)

    def check(self, client, user, article, house, **fields):
        client.force_login(user)
        version = TranslatedVersion.objects.order_by("-pk").first()
        sent = {"version": version.pk, "organisation": house.pk, "confirm": "on"} | fields
        return client.post(reverse("translation_check", args=["ur", article.pk]), sent, follow=True)

    def test_a_translation_says_that_nobody_checked_it_until_a_speaker_has(self, client, checker, house, translated):
        assert read().count('class="wrap language-note"') == 1
        assert ("To check", f"{URDU['Campaign no-place']}, in Urdu") in [
            (it.what, it.title) for it in for_user(checker)
        ]
        self.check(client, checker, translated, house, confirm="")
        assert read().count('class="wrap language-note"') == 1
        assert "The words are recorded as checked." in self.check(client, checker, translated, house).text
        assert 'class="wrap language-note"' not in read()
        assert "recorded as checked already" in self.check(client, checker, translated, house).text

    def withdraw(self, client, user, article, version="") -> str:
        client.force_login(user)
        sent = {"version": version or TranslatedVersion.objects.order_by("-pk").first().pk}
        return client.post(reverse("translation_check_withdraw", args=["ur", article.pk]), sent, follow=True).text

    def test_a_check_of_one_page_is_taken_back_alone(self, client, checker, house, translated):
        assert "not recorded as checked any more" in self.withdraw(client, checker, translated)
        assert "Withdraw the check" not in client.get(screen(translated)).text
        self.check(client, checker, translated, house)
        assert "Withdraw the check" in client.get(screen(translated)).text
        assert "not recorded as checked any more" in self.withdraw(client, checker, translated, version="999")
        assert "not recorded as checked any more" in self.withdraw(client, checker, translated, version="x")
        assert "The check is withdrawn." in self.withdraw(client, checker, translated)
        assert read().count('class="wrap language-note"') == 1
        entry = PageLogEntry.objects.get(action="groundswell.translation_check_withdrawn")
        assert (entry.user, entry.data["organisation"]) == (checker, "Speakers' house")
        assert "The words are recorded as checked." in self.check(client, checker, translated, house).text

    def test_officers_and_managers_take_no_check_back(self, client, officer, manager, checker, translated):
        self.check(client, checker, translated, checker.organisation)
        for user in (officer, manager):
            self.withdraw(client, user, translated)
        assert TranslatedVersion.objects.exclude(checked_on=None).exists()

    @pytest.mark.parametrize("fields", [{"version": "999"}, {"version": "x"}, {"organisation": ""}, {"confirm": ""}])
    def test_a_check_names_the_version_shown_and_an_organisation(self, client, checker, house, translated, fields):
        self.check(client, checker, translated, house, **fields)
        assert not TranslatedVersion.objects.exclude(checked_on=None).exists()

    def test_officers_and_managers_do_not_say_that_words_are_right(self, client, officer, manager, house, translated):
        for user in (officer, manager):
            self.check(client, user, translated, house)
        assert not TranslatedVersion.objects.exclude(checked_on=None).exists()

    def test_a_checker_translates_any_page_and_a_manager_approves(self, client, checker, manager, article):
        client.force_login(checker)
        assert "Campaign no-place" in client.get(reverse("translations", args=["ur"])).text
        save(client, checker, article, button="send")
        decide(client, checker, article)
        assert there(article).alias_of_id == article.pk
        decide(client, manager, article)
        assert there(article).alias_of_id is None

    def test_a_page_about_help_goes_live_only_once_checked(self, client, checker, manager, article):
        house = checker.organisation
        help_page = ContentPage(title="Get help", slug="get-help", summary="Call.", sensitive=True)
        article.get_parent().get_parent().add_child(instance=help_page)
        help_page.save_revision().publish()
        client.force_login(checker)
        said = {"Get help": "مدد", "Call.": "فون کریں۔"}
        client.post(screen(help_page), {piece.name: said[piece.data] for piece in pieces_of(help_page)} | {"send": ""})
        decide(client, manager, help_page)
        assert there(help_page).alias_of_id == help_page.pk
        self.check(client, checker, help_page, house)
        decide(client, manager, help_page)
        assert "<h1>مدد</h1>" in read("/ur/get-help/")
        assert "The English page stands in its place" in self.withdraw(client, checker, help_page)
        assert "<h1>Get help</h1>" in read("/ur/get-help/")


def test_the_list_says_how_each_page_stands_in_as_many_queries_for_many(
    client, officer, translated, django_assert_num_queries
):
    client.force_login(officer)
    address = reverse("translations", args=["ur"])
    assert "Translated, not checked by a speaker" in client.get(address).text
    with django_assert_num_queries(17):
        client.get(address)
    make_live_page("second")
    make_live_page("third")
    with django_assert_num_queries(17):
        assert client.get(address).text.count("In English") == 3


def test_words_stay_in_order_and_marks_stand_apart_in_words_from_right_to_left():
    assert with_marks("%(name)s <b>لفظ</b>\n&") == (
        '<bdi dir="ltr">%(name)s</bdi> <bdi dir="ltr">&lt;b&gt;</bdi>لفظ<bdi dir="ltr">&lt;/b&gt;</bdi><br>&amp;'
    )


def test_cards_of_pages_that_nobody_translated_are_marked_english_on_a_translated_page(translated, home):
    publish_words(english=home, code="ur", words={"Home": "سرورق", "Welcome.": "خوش آمدید"})
    assert "<h1>سرورق</h1>" in read("/ur/")
    main = read("/ur/").partition("<main")[2]
    assert f'<a href="{ADDRESS}">{URDU["Campaign no-place"]}</a>' in main
    make_live_page("english", starts=timezone.localdate(), ends=timezone.localdate())
    main = read("/ur/").partition("<main")[2]
    assert '<a href="/ur/campaigns/english/" lang="en" dir="ltr">Campaign english</a>' in main


def test_what_the_system_publishes_leaves_a_persons_work_alone_and_can_be_forgotten(translated):
    publish_words(english=translated, code="ur", words=dict.fromkeys(URDU, "x"))
    assert URDU["A teacher"] in read()
    publish_words(english=translated, code="pl", words={"Words.": "Słowa."})
    assert there(translated, "pl").alias_of_id == translated.pk
    forget(english=translated)
    assert 'tabindex="-1" lang="en" dir="ltr">' in read()
    assert [model.objects.count() for model in (TranslatedVersion, TranslationSource, StringTranslation, String)] == [
        0
    ] * 4


def test_who_is_on_duty_publishes_a_translation_that_was_sent_in_as_urgent_and_another_decides(
    client, officer, manager, article
):
    today = timezone.localdate()
    DutyOfficer.objects.create(user=officer, first_day=today, last_day=today)
    publish = reverse("approvals_urgent", args=[there(article).pk])
    save(client, officer, article)
    assert client.post(publish, {"reason": "Needed."}).status_code == 302  # written, not yet sent in: it may have holes
    assert "نفرت کی کوئی جگہ نہیں" not in client.get(ADDRESS).content.decode()
    shown = save(client, officer, article, button="send").content.decode()
    assert publish in shown
    due = reverse("approvals_due", args=[there(article).pk])
    assert due in shown
    client.post(due, {"day": today.isoformat()})
    assert f"is to be decided by {date_format(today)}" in client.get(screen(article)).content.decode()
    client.post(publish, {"reason": "Needed tonight."})
    decide = reverse("approvals_decide", args=[there(article).pk])
    for who in (officer, manager):
        client.force_login(who)
        marked = client.get(screen(article)).content.decode()
        assert "Needed tonight." in marked
        assert decide in marked
    assert "نفرت کی کوئی جگہ نہیں" in Client().get(ADDRESS).content.decode()
    client.force_login(manager)
    client.post(decide, {"withdraw": "", "reason": "Not so urgent."})
    assert "نفرت کی کوئی جگہ نہیں" not in Client().get(ADDRESS).content.decode()
    assert there(article).alias_of_id == article.pk


def test_a_manager_who_wrote_words_of_an_urgent_translation_does_not_approve_it(client, officer, manager, article):
    today = timezone.localdate()
    DutyOfficer.objects.create(user=officer, first_day=today, last_day=today)
    save(client, manager, article)
    client.force_login(officer)
    client.post(screen(article), words(article) | {"send": ""})
    client.post(reverse("approvals_urgent", args=[there(article).pk]), {"reason": "Needed tonight."})
    client.force_login(manager)
    shown = client.get(reverse("approvals_decide", args=[there(article).pk])).content.decode()
    assert "You wrote words of this translation" in shown
