"""A picture that is withdrawn, or whose last day has passed, is shown nowhere, and no page comes down with it."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.core.files.storage import FileSystemStorage, default_storage
from django.urls import reverse
from django.utils import timezone

from core.approvals.content import is_approved
from core.approvals.keeping import sweep
from core.models import Image, Rendition, User
from core.pictures.tasks import keep_pictures
from tests.core.test_approvals import fresh, review
from tests.factories.pictures import picture

pytestmark = pytest.mark.django_db
WHY = "Her mother asked us to."


def withdraw(client, user, held, reason=WHY):
    client.force_login(user)
    answer = client.post(reverse("withdraw_picture", args=[held.pk]), {"reason": reason})
    client.logout()
    return answer


def shows(client, page) -> tuple[bool, bool, bool]:
    """Tell whether visitors get the page, pictures on it, and one of its card."""
    answer = client.get(page.url)
    words = answer.content.decode()
    return answer.status_code == 200 and "We belong." in words, "<picture>" in words, "og:image" in words


def files_of(held) -> list[str]:
    return [size.file.name for size in Rendition.objects.filter(image=held)]


@pytest.fixture
def _keeping(settings):
    """Keep pages, as a site does that people visit."""
    settings.PAGES_KEPT_FOR = 300
    cache.clear()
    yield
    cache.clear()


@pytest.mark.usefixtures("_keeping")
def test_from_the_moment_of_withdrawal_no_page_shows_it_and_no_address_has_its_files(
    client, officer, held, page, django_capture_on_commit_callbacks
):
    assert shows(client, page) == (True, True, True)
    files = files_of(held)
    assert files
    assert all(map(default_storage.exists, files))

    client.force_login(officer)
    asked = client.get(reverse("withdraw_picture", args=[held.pk])).content.decode()
    assert "Campaign hands" in asked
    with django_capture_on_commit_callbacks(execute=True):
        withdraw(client, officer, held)

    assert shows(client, page) == (True, False, False)
    assert "Ann and Bo." not in client.get(page.url).content.decode()
    assert "<picture>" not in client.get(page.get_parent().url).content.decode()
    assert not Rendition.objects.filter(image=held).exists()
    assert not any(map(default_storage.exists, files))
    assert (sweep(), is_approved(fresh(page))) == (0, True)

    client.force_login(officer)
    seen = client.get(reverse("wagtailimages:edit", args=[held.pk])).content.decode()
    assert "Withdrawn on" in seen
    assert WHY in seen
    assert "Campaign hands" in seen
    assert not Rendition.objects.filter(image=held).exists()
    assert list(client.get(reverse("wagtailimages_chooser:choose_results")).context["results"]) == []
    to_staff = Image.objects.get().get_rendition("width-100").url
    assert b"".join(client.get(to_staff)).startswith(b"\x89PNG")
    client.logout()
    assert client.get(to_staff).status_code == 302


def test_a_picture_is_withdrawn_once_with_a_reason_by_who_keeps_pictures(client, officer, make_user, held):
    teacher = make_user("sam", "Schools leads")
    assert withdraw(client, teacher, held).status_code == 302  # Wagtail leads who may not to the first screen
    assert not Image.objects.get().withdrawn_at
    assert "Say why it is withdrawn" in withdraw(client, officer, held, reason=" ").content.decode()
    withdraw(client, officer, held)
    withdraw(client, officer, held, reason="Again")
    kept = Image.objects.get()
    assert (kept.withdrawn_because, kept.withdrawn_by) == (WHY, officer)


def test_after_its_last_day_it_is_gone_by_itself(client, officer, held, page):
    Image.objects.filter(pk=held.pk).update(ends_on=date(2026, 12, 24))
    with time_machine.travel("2026-12-24 22:00:00+00:00", tick=False):
        client.force_login(officer)
        assert "Picture ends soon" in client.get(reverse("wagtailadmin_home")).content.decode()
        client.logout()
        assert shows(client, page) == (True, True, True)
        keep_pictures()
        assert files_of(held)
    with time_machine.travel("2026-12-25 00:00:30+00:00", tick=False):
        assert shows(client, page) == (True, False, False)
        keep_pictures()
        assert not files_of(held)
        assert is_approved(fresh(page))
        client.force_login(officer)
        home = client.get(reverse("wagtailadmin_home")).content.decode()
        assert "Picture to replace" in home
        assert "“Hands” could be used until 24 December 2026." in home


def test_a_file_that_could_not_be_taken_away_is_tried_again(held, page, client, monkeypatch):
    client.get(page.url)
    Image.objects.filter(pk=held.pk).update(withdrawn_at=timezone.now(), withdrawn_because=WHY)
    count = len(files_of(held))
    with monkeypatch.context() as broken:
        broken.setattr(FileSystemStorage, "delete", lambda *_: 1 / 0)
        keep_pictures()
        assert len(files_of(held)) == count
    keep_pictures()
    assert not files_of(held)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"people": ""}, "Nobody said whose “Waves” is and who is shown. Fill in its record under Images."),
        ({"ends_on": date(2026, 1, 31)}, "“Waves” could be used until 31 January 2026. Choose another picture"),
    ],
)
def test_a_page_with_it_is_not_approved_and_says_why(client, manager, page, fields, sentence):
    waves, author = picture("Waves", **fields), User.objects.get(username="olive")
    draft = fresh(page)
    draft.hero_image = waves
    draft.save_revision(user=author)
    draft.get_workflow().start(draft, author)
    client.force_login(author)
    assert sentence in client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    review(client, manager, page)
    assert fresh(page).hero_image_id != waves.pk
    Image.objects.filter(pk=waves.pk).update(people="none", ends_on=None)
    review(client, manager, page)
    assert fresh(page).hero_image_id == waves.pk


def test_the_list_is_narrowed_down_by_state(client, officer):
    picture("Whole")
    picture("Soon", ends_on=timezone.localdate() + timedelta(days=20))
    picture("Nobody knows", source="")
    picture("Over", ends_on=timezone.localdate() - timedelta(days=1))
    client.force_login(officer)
    for state, title in {"ends-soon": "Soon", "no-record": "Nobody knows", "given-up": "Over"}.items():
        for more in ("", f"&q={title.split()[0]}"):
            found = client.get(f"{reverse('wagtailimages:index_results')}?state={state}{more}").context["object_list"]
            assert [shown.title for shown in found] == [title]
