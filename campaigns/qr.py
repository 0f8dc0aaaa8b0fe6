"""QR codes of short addresses, as all that is printed has them."""

import segno

LEVEL, QUIET = "q", 4  # a quarter of it may be dirty or torn; modules of white around it, without which none is found


def symbol(address: str) -> segno.QRCode:
    """Return the code that holds ``address`` and nothing else, so that it stays small."""
    return segno.make(address, error=LEVEL, micro=False)


def modules(code: segno.QRCode) -> int:
    """Return how many modules ``code`` is wide with its white margin."""
    return int(code.symbol_size(border=QUIET)[0])
