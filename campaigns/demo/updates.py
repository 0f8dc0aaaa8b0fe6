"""What people agree to in the demonstration, in every language; which audience they sign up to is yours to choose."""

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from campaigns.models import ConsentWording, SignUp
from core.demonstration import Chapter, chapters

WORDINGS = {
    "en": "I agree that the council sends me news by email about what it does against hate. I can stop at any time.",
    "ur": "میں متفق ہوں کہ کونسل مجھے ای میل سے خبریں بھیجے کہ وہ نفرت کے خلاف کیا کرتی ہے، "
    "اور یہ کہ انہیں کسی بھی وقت بند کیا جا سکتا ہے",
    "gu": "હું સંમત છું કે કાઉન્સિલ નફરત સામે શું કરે છે તેના સમાચાર મને ઇમેઇલથી મોકલે. હું ગમે ત્યારે બંધ કરી શકું છું.",
    "pl": "Zgadzam się, aby rada wysyłała mi e-mailem wiadomości o tym, co robi przeciw nienawiści. Mogę zrezygnować w "
    "każdej chwili.",
}


@transaction.atomic
def load(done: Callable[[str], None]) -> None:
    """Put a wording into force in each language that has none."""
    now = timezone.now()
    there = set(ConsentWording.objects.values_list("language", flat=True))
    ConsentWording.objects.bulk_create(
        ConsentWording(language=code, version=1, text=text, written_at=now, approved_at=now)
        for code, text in WORDINGS.items()
        if code not in there
    )
    done("What people agree to")


def remove() -> None:
    """Take away the wordings that nobody agreed to: an agreement keeps its words."""
    agreed = SignUp.objects.values("wording")
    ConsentWording.objects.filter(text__in=WORDINGS.values()).exclude(pk__in=agreed).delete()


chapters.offer("campaigns-updates")(Chapter(order=67, steps=1, load=load, remove=remove))
