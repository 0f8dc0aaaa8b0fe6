"""Steps of a mailing on its way out, as people ask for them and a worker takes them."""

from django.utils import timezone

from campaigns.actions.sending.asking import prepare, request_send
from campaigns.actions.sending.carrying import carry_on
from campaigns.models import Mailing
from campaigns.queries.sending import earliest


def laid(mailing, by):
    prepare(mailing=mailing, by=by)
    return carried(mailing)


def carried(mailing):
    carry_on(mailing.pk)
    return Mailing.objects.select_related("campaign").get(pk=mailing.pk)


def asked(mailing, by, *, at_once=False):
    due = None if at_once else earliest(timezone.now())
    request_send(mailing=mailing, by=by, seen=mailing.digest, due=due)
    return Mailing.objects.select_related("campaign").get(pk=mailing.pk)


def scheduled(mailing, by):
    return carried(asked(laid(mailing, by), by))


def states(mailing):
    return [event.to_state for event in reversed(mailing.events.all())]
