"""Mail as the tests send it, and where it stands."""

from django.core.mail import send_mail

from core.outbox.models import OutboxMessage


def one_mail(**changes) -> OutboxMessage:
    send_mail(
        **{"subject": "Hello", "message": "Words", "from_email": None, "recipient_list": ["a@example.org"]} | changes
    )
    return OutboxMessage.objects.latest("pk")


def states() -> list[str]:
    return list(OutboxMessage.objects.order_by("pk").values_list("state", flat=True))
