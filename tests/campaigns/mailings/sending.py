"""Steps of a mailing on its way out, as people ask for them and a worker takes them."""

from django.urls import reverse
from django.utils import timezone

from campaigns.actions.sending.asking import prepare, request_send
from campaigns.actions.sending.carrying import carry_on
from campaigns.models import Mailing
from campaigns.queries.sending import earliest


class Page:
    """The page of a mailing, as one person sees it."""

    def __init__(self, client, user, mailing):
        client.force_login(user)
        self.client, self.pk = client, mailing.pk

    def __str__(self):
        return self.client.get(reverse("campaigns:mailing", args=[self.pk])).content.decode()

    def at(self, name):
        return self.client.get(reverse(f"campaigns:{name}", args=[self.pk])).content.decode()

    def press(self, name, **typed):
        return self.client.post(reverse(f"campaigns:{name}", args=[self.pk]), typed)

    def work(self):
        carry_on(self.pk)
        return str(self)


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


def sent_at_once(mailing, by):
    return carried(asked(laid(mailing, by), by, at_once=True))


def states(mailing):
    return [event.to_state for event in reversed(mailing.events.all())]
