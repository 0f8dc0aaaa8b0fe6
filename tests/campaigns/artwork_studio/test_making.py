"""The set of files: made in the worker, once, and given out only while their picture may be used."""

import hashlib
import signal
import sys
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from unittest import mock

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from PIL import Image as Canvas
from PIL.PngImagePlugin import PngInfo

from campaigns import tasks
from campaigns.actions import drawing
from campaigns.actions.artwork import save_artwork
from campaigns.actions.worker import make_next
from campaigns.artwork import apart
from campaigns.models import ArtworkFile, ArtworkVersion
from core.making import apart as processes
from core.making.claims import LOST_AFTER, claim
from core.models import Image
from core.waiting import for_user
from tests.factories.artwork import make_artwork, make_picture, make_version
from tests.factories.campaigns import unsaved_campaign

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign(campaign_index):
    campaign = unsaved_campaign("no-place-for-hate")
    campaign.save()
    return campaign


@pytest.fixture
def picture():
    return make_picture(credit="A. Khan", licence="cc-by")


@pytest.fixture
def version(campaign, officer, manager, picture):
    artwork = make_artwork(
        campaign, officer, language="ur", headline="نفرت کی کوئی جگہ نہیں", layout="words-on-picture",
        text="", picture=picture, picture_alternative="ایک لہر",
    )  # fmt: skip
    return make_version(artwork, sent_by=officer, approved_by=manager)


@pytest.fixture
def few(monkeypatch):
    """Let a set be its three smallest files, since a whole one takes seconds."""
    every = drawing.wanted()
    monkeypatch.setattr(drawing, "wanted", lambda: every[:3])


def made(version):
    while make_next():
        pass
    version.refresh_from_db()
    return version


def page(client, version):
    return client.get(reverse("campaigns:artwork", args=[version.artwork_id]))


def trace(client, **sent):
    return client.post(reverse("campaigns:trace_file"), sent)


def test_a_whole_set_is_made_told_given_and_traced_back(client, officer, version):
    with mock.patch("campaigns.tasks.make_files.delay") as nudge:
        tasks.make_files()
    nudge.assert_called_once_with()  # to come again for the next
    version.refresh_from_db()
    assert (version.making, version.done, version.of, version.problem) == ("ready", 8, 8, "")
    files = {file.name: file for file in version.files.all()}
    stem = "no-place-for-hate-poster-ur"
    assert set(files) == {
        *(f"{stem}-{size}-v1.png" for size in ("open-graph", "square", "story", "screen", "a4", "a3")),
        f"{stem}-a4-v1.pdf",
        f"{stem}-a3-v1.pdf",
    }
    client.force_login(officer)
    assert f"{stem}-a3-v1.pdf" in page(client, version).content.decode()
    for file in files.values():
        given = client.get(reverse("campaigns:artwork_file", args=[file.uuid]))
        content = b"".join(given)
        assert (hashlib.sha256(content).hexdigest(), len(content)) == (file.sha256, file.bytes)
        assert f'filename="{file.name}"' in given.headers["Content-Disposition"]
        assert file.uuid.hex in file.file.name.replace("-", "")
        if file.kind == "png":
            drawn = Canvas.open(BytesIO(content))
            assert drawn.size == (file.width, file.height)
            told = {name: drawn.info[name] for name in ("Campaign", "Artwork", "Version", "Language", "Description")}
            assert told == {
                "Campaign": "no-place-for-hate", "Artwork": "poster", "Version": "1", "Language": "ur",
                "Description": version.alternative_text,
            }  # fmt: skip
            assert drawn.info["Copyright"] == "A. Khan. Creative Commons Attribution (CC BY)"
        found = trace(client, file=SimpleUploadedFile("found.bin", content)).content.decode()
        assert f"<strong>{file.name}</strong>, exactly as it was made" in found
        assert "Approved by" in found
        assert "martha" in found

    kept = PngInfo()
    for name in ("Campaign", "Artwork", "Version", "Language"):
        kept.add_text(name, told[name])
    saved = BytesIO()
    drawn.resize((20, 20)).save(saved, "PNG", pnginfo=kept)
    anew = trace(client, file=SimpleUploadedFile("x.png", saved.getvalue())).content.decode()
    assert "somebody saved it anew" in anew
    unknown = trace(client, file=SimpleUploadedFile("x.png", b"x")).content.decode()
    assert "It is no artwork of this site, or another program saved it anew" in unknown
    assert "exactly as it was made" in trace(client, sha256=f" {file.sha256.upper()} ").content.decode()
    for wrong in ({}, {"sha256": "12"}, {"sha256": "g" * 64}):
        assert trace(client, **wrong).status_code == 422


def test_whoever_looks_sees_how_far_it_is_and_the_page_looks_again(client, officer, version):
    client.force_login(officer)
    assert "waiting for the worker" in page(client, version).content.decode()
    ArtworkVersion.objects.update(making="making", claim="00000000-0000-0000-0000-000000000001", done=3, of=8)
    answer = page(client, version)
    assert "3 of 8 files made" in answer.content.decode()
    assert answer.headers["Refresh"] == "2"


@pytest.mark.usefixtures("few")
def test_a_worker_that_died_is_followed_by_another_and_its_files_are_not_made_twice(version, tmp_path):
    mine = claim(version, done=0, of=3)
    first, *_ = drawing.wanted()
    drawn = tmp_path / "drawn.png"
    drawn.write_bytes(b"png")
    drawing._keep(version, mine, first, drawn, 1)
    ArtworkVersion.objects.update(touched=timezone.now())
    assert not make_next()  # it is being made
    with time_machine.travel(timezone.now() + LOST_AFTER + timedelta(seconds=1)):
        assert make_next()
        with pytest.raises(drawing.LostClaimError):  # whoever was thought dead writes nothing more
            drawing._keep(version, mine, drawing.wanted()[1], drawn, 2)
    version.refresh_from_db()
    assert (version.making, version.done, version.files.count()) == ("ready", 3, 3)
    assert version.files.first().bytes == 3


@pytest.mark.usefixtures("few")
def test_what_cannot_be_drawn_is_refused_in_its_sentence_with_no_file_and_tried_again(client, officer, version):
    with mock.patch("campaigns.actions.drawing.obstacle", return_value="Install libfribidi."):
        made(version)
    assert (version.making, version.problem, version.files.count()) == ("refused", "Install libfribidi.", 0)
    assert "Artwork not made" in [thing.what for thing in for_user(officer)]
    client.force_login(officer)
    again = reverse("campaigns:make_artwork_again", args=[version.pk])
    assert again in page(client, version).content.decode()
    client.post(again)
    with mock.patch("campaigns.artwork.apart.COMMAND", program("raise RuntimeError('odd')")):
        assert made(version).problem.startswith("Something went wrong that nobody foresaw (RuntimeError).")
    assert not ArtworkFile.objects.exists()
    client.post(again)
    assert made(version).making == "ready"


ONE_FILE_AND_THEN = """
import os, pathlib, signal, sys, time
pathlib.Path(sys.argv[1], "open-graph.png").write_bytes(b"the first file")
{}
"""


def program(code):
    """Return the command of a process that ends in one way or another."""
    return (sys.executable, "-c", code)


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize(
    ("end", "limits", "sentence"),
    [
        ("os.kill(os.getpid(), signal.SIGKILL)", {}, "was ended from outside (SIGKILL), perhaps because the machine"),
        (
            "x = bytearray(90_000_000); time.sleep(60)",
            {"CEILING": 80_000_000},
            "took more than 400 megabytes of memory",
        ),
        ("time.sleep(60)", {"PATIENCE": 0.2}, "took longer than 3 minutes and was ended. Try again"),
    ],
    ids=["killed", "memory", "time"],
)
def test_a_drawing_process_that_dies_or_takes_too_much_is_told_and_tried_again(
    client, officer, version, *, end, limits, sentence
):
    begun = []
    start = processes.psutil.Popen
    with (
        mock.patch.multiple(apart, COMMAND=program(ONE_FILE_AND_THEN.format(end)), **limits),
        mock.patch.object(processes.psutil, "Popen", lambda *args, **of: begun.append(start(*args, **of)) or begun[-1]),
    ):
        made(version)
    assert version.making == "refused"
    assert sentence in version.problem
    assert not ArtworkFile.objects.exists()
    [process] = begun
    assert process.returncode is not None
    assert not Path(process.args[-1]).exists()
    assert "Artwork not made" in [thing.what for thing in for_user(officer)]
    client.force_login(officer)
    client.post(reverse("campaigns:make_artwork_again", args=[version.pk]))
    assert made(version).making == "ready"


@pytest.mark.usefixtures("few")
def test_whoever_lost_the_claim_ends_the_process_that_draws_for_it(version):
    begun = []
    start = processes.psutil.Popen

    def taken(*args, **more):
        begun.append(start(*args, **more))
        ArtworkVersion.objects.update(claim="00000000-0000-0000-0000-000000000001")
        return begun[-1]

    with (
        mock.patch.object(apart, "COMMAND", program(ONE_FILE_AND_THEN.format("time.sleep(60)"))),
        mock.patch.object(processes, "TELL", 0.1),
        mock.patch.object(processes.psutil, "Popen", taken),
    ):
        make_next()
    assert begun[0].returncode == -signal.SIGKILL
    version.refresh_from_db()
    assert (version.making, version.problem, version.files.count()) == ("making", "", 0)


@pytest.mark.usefixtures("few")
def test_one_that_somebody_changed_past_the_site_is_not_made(client, officer, version):
    ArtworkVersion.objects.update(design=version.design | {"headline": "Something else"})
    assert "not as it was approved" in made(version).problem
    client.force_login(officer)
    assert "Do not use it." in page(client, version).content.decode()


@pytest.mark.usefixtures("few")
def test_a_withdrawn_picture_ends_the_making_and_the_giving_out(client, officer, version, picture):
    made(version)
    file = version.files.first()
    client.force_login(officer)
    where = reverse("campaigns:artwork_file", args=[file.uuid])
    assert client.get(where).status_code == 200
    Image.objects.filter(pk=picture.pk).update(withdrawn_at=timezone.now(), withdrawn_because="Asked.")
    assert client.get(where).url == reverse("campaigns:artwork", args=[version.artwork_id])
    said = page(client, version).content.decode()
    assert "was withdrawn" in said
    assert file.name not in said
    assert "Take it down." in trace(client, sha256=file.sha256).content.decode()
    drawn = client.get(reverse("campaigns:drawn_artwork", args=[version.artwork_id, "square"]))
    assert (drawn.status_code, "was withdrawn" in drawn.content.decode()) == (422, True)
    ArtworkVersion.objects.update(making="waiting")
    assert "was withdrawn" in made(version).problem
    answer = client.post(reverse("campaigns:change_artwork", args=[version.artwork_id]), {
        "layout": "words-on-picture", "headline": "x", "picture": picture.pk,
    })  # fmt: skip
    assert "was withdrawn" in str(answer.context["form"].errors["picture"])
    assert answer.context["shown"] == []
    assert "was withdrawn" in answer.context["unusable"]


@pytest.mark.usefixtures("few")
def test_another_file_under_the_same_picture_is_not_what_was_approved(version, picture):
    picture.file.storage.delete(picture.file.name)
    picture.file.storage.save(picture.file.name, ContentFile(b"another"))
    assert "another one than was approved" in made(version).problem


@pytest.mark.usefixtures("few")
def test_a_superseded_version_says_so_where_it_is_traced(client, officer, manager, version):
    made(version)
    artwork = save_artwork(artwork=version.artwork, changed={}, by=officer)
    make_version(artwork, sent_by=officer, approved_by=manager)
    client.force_login(officer)
    assert "Superseded by version 2." in trace(client, sha256=version.files.first().sha256).content.decode()


@pytest.mark.usefixtures("few")
def test_the_database_keeps_one_file_of_each_and_only_what_can_be_told_apart(version):
    file = made(version).files.first()
    for wrong in (
        {"sha256": "x" * 64}, {"kind": "svg"}, {"bytes": 0}, {"name": "Ünicode.png"},
        {"size": version.files.last().size, "kind": version.files.last().kind},
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            ArtworkFile.objects.filter(pk=file.pk).update(**wrong)
