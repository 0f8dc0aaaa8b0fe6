"""The languages that artwork and the texts of a share kit can be in: those of the site, and others of our towns.

A poster may speak a language that the site is not in. Its words are then typed by somebody who knows it, and no page
stands behind them.
"""

from django.conf import settings

from campaigns.artwork.fonts import is_right_to_left

OTHERS = {
    "ar": "Arabic",
    "bn": "Bengali",
    "bg": "Bulgarian",
    "ckb": "Kurdish (Sorani)",
    "cs": "Czech",
    "fa": "Persian",
    "fr": "French",
    "hu": "Hungarian",
    "lt": "Lithuanian",
    "lv": "Latvian",
    "pa": "Punjabi (Gurmukhi)",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "sk": "Slovak",
    "so": "Somali",
    "sq": "Albanian",
    "uk": "Ukrainian",
    "vi": "Vietnamese",
}


def languages() -> dict[str, str]:
    """Return the code of each language with its name in English, those of the site first."""
    ours = {code: str(name) for code, name in settings.LANGUAGES}
    return ours | {code: name for code, name in OTHERS.items() if code not in ours}


def language_name(code: str) -> str:
    """Return the name in English of the language ``code``; the code where it is offered no more."""
    return languages().get(code, code)


def direction(code: str) -> str:
    """Return how lines of the language ``code`` run, as HTML says it."""
    return "rtl" if is_right_to_left(code) else "ltr"


def is_of_site(code: str) -> bool:
    """Tell whether the site itself is in the language ``code``, so that a page may stand behind its words."""
    return code in dict(settings.LANGUAGES)
