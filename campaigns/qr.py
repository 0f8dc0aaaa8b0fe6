"""QR codes of short addresses, wherever they are printed.

Level Q: a code still reads with a quarter of it dirty or torn. Around it stay four modules of white, without which
scanners do not find it.
"""

from functools import lru_cache

import segno

LEVEL, QUIET = "q", 4


@lru_cache(maxsize=64)
def symbol(address: str) -> segno.QRCode:
    """Return the code that holds ``address`` and nothing else, so that it stays small."""
    return segno.make(address, error=LEVEL, micro=False)


def modules_across(code: segno.QRCode) -> int:
    """Return how many modules ``code`` is wide with its white margin."""
    return int(code.symbol_size(border=QUIET)[0])
