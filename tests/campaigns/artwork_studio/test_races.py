"""What several workers and people do to an artwork at the same moment."""

from unittest import mock

import pytest
from django.core.exceptions import ValidationError

from campaigns.actions import drawing
from campaigns.actions.artwork import approve_artwork, submit_artwork
from campaigns.models import Artwork, ArtworkFile, ArtworkVersion
from campaigns.queries.artwork import digest_of
from tests.factories.artwork import make_artwork
from tests.factories.campaigns import unsaved_campaign
from tests.racing import race

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def test_it_is_approved_once_and_its_files_are_made_once(officer, manager, make_user):
    other = make_user("mo", "Communications managers")
    campaign = unsaved_campaign()
    campaign.save()
    sent = submit_artwork(artwork=make_artwork(campaign, officer), by=officer)
    seen = digest_of(sent.frozen)

    def approve(by):
        return lambda: approve_artwork(artwork=Artwork.objects.get(), by=by, seen=seen)

    with mock.patch("campaigns.tasks.make_files.delay"):
        answers = race(approve(manager), approve(other), approve(manager))
    assert [isinstance(answer, ValidationError) for answer in answers].count(True) == 2
    version = ArtworkVersion.objects.get()

    few = drawing.wanted()[:2]
    with mock.patch("campaigns.actions.drawing.wanted", return_value=few):
        race(*[lambda: drawing.draw_version(ArtworkVersion.objects.get())] * 4)
    version.refresh_from_db()
    assert (version.making, version.done, ArtworkFile.objects.count()) == ("ready", 2, 2)
    assert len({file.file.name for file in ArtworkFile.objects.all()}) == 2
