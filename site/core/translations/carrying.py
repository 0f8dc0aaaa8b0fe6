"""A translation whose version is saved once more, with nothing but a picture changed, stays the translation it was."""

from wagtail.models import Revision

from core.translations.models import TranslatedVersion
from core.translations.pieces import digest_of
from core.translations.queries import english_of, version_of


def carry_over(*, old: int, new: Revision, is_up_to_date: bool, has_new_words: bool) -> None:
    """Let ``new`` be the translation that the version with the key ``old`` is, if it is one.

    ``is_up_to_date`` says that it is of the English page as that stands now. A speaker's word holds on unless words
    came in that no speaker has seen.
    """
    version, english = version_of(old), english_of(new.content_object)
    if version is None or english is None:
        return
    TranslatedVersion.objects.create(
        page=version.page,
        revision=new,
        digest=digest_of(english.specific) if is_up_to_date else version.digest,
        source_changed=None if is_up_to_date else version.source_changed,
        checked_by=None if has_new_words else version.checked_by,
        checked_on=None if has_new_words else version.checked_on,
    )
