"""Taking out of a picture's file what is no picture: places, times, cameras, names. Not one pixel changes.

Files are made of segments; those that draw the picture or say its colours are copied as they are, all others left out,
and with them whatever follows the picture's end (the second picture of a phone's camera, say).
"""

import struct
from collections.abc import Callable, Iterator, Mapping

# JPEG, ITU-T T.81, annex B: a marker is 0xFF and its kind.
START, END, SCAN = 0xD8, 0xD9, 0xDA
WITHOUT_LENGTH = {0x01, *range(0xD0, 0xD8)}
OF_APPLICATIONS, COMMENT = range(0xE0, 0xF0), 0xFE
KEPT_OF_APPLICATIONS = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
# PNG, ISO/IEC 15948, and its third edition's cICP.
PNG_START = b"\x89PNG\r\n\x1a\n"
KEPT_OF_PNG = frozenset(
    {
        b"IHDR",
        b"PLTE",
        b"IDAT",
        b"IEND",
        b"tRNS",
        b"gAMA",
        b"cHRM",
        b"sRGB",
        b"iCCP",
        b"cICP",
        b"sBIT",
        b"bKGD",
        b"pHYs",
    }
)
# WebP, RFC 9649.
KEPT_OF_WEBP = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ICCP"})
SAYS_EXIF_OR_XMP = 0x08 | 0x04


def without_metadata(kind: str, data: bytes) -> bytes:
    """Return a JPEG, PNG or WEBP file without all that is no picture.

    Raises:
        ValueError: it ends before its end, or is not of that kind.
    """
    try:
        return WAYS[kind](data)
    except (IndexError, struct.error) as error:
        raise ValueError("The file ends before its end.") from error


def _jpeg(data: bytes) -> bytes:
    return b"".join([b"\xff\xd8", *_jpeg_segments(data), b"\xff\xd9"])


def _jpeg_segments(data: bytes) -> Iterator[bytes]:
    at = 2
    while True:
        if data[at] != 0xFF:
            raise ValueError("No marker where one should stand.")
        while data[at + 1] == 0xFF:  # filling
            at += 1
        marker = data[at + 1]
        if marker == END:
            return
        if marker in WITHOUT_LENGTH:
            yield data[at : at + 2]
            at += 2
            continue
        ends = at + 2 + struct.unpack_from(">H", data, at + 2)[0]
        if marker == SCAN:
            ends = _end_of_scan(data, ends)
        if marker != COMMENT and (
            marker not in OF_APPLICATIONS
            or data.startswith(KEPT_OF_APPLICATIONS.get(marker, b"nothing is kept"), at + 4)
        ):
            yield data[at:ends]
        at = ends


def _end_of_scan(data: bytes, at: int) -> int:
    """Return where the next marker after a scan stands: in a scan 0xFF is followed by zero or a restart."""
    while True:
        at = data.index(b"\xff", at)
        if data[at + 1] and data[at + 1] not in WITHOUT_LENGTH:
            return at
        at += 2


def _png(data: bytes) -> bytes:
    kept, at = [PNG_START], len(PNG_START)
    while True:
        length, kind = struct.unpack_from(">I4s", data, at)
        ends = at + 12 + length
        if kind in KEPT_OF_PNG:
            kept.append(data[at:ends])
        if kind == b"IEND":
            return b"".join(kept)
        at = ends


def _webp(data: bytes) -> bytes:
    kept, at = [], 12
    whole = min(len(data), 8 + struct.unpack_from("<I", data, 4)[0])
    while at < whole:
        kind, length = struct.unpack_from("<4sI", data, at)
        ends = at + 8 + length + length % 2
        part = data[at:ends]
        if kind == b"VP8X":
            part = part[:8] + bytes([part[8] & ~SAYS_EXIF_OR_XMP]) + part[9:]
        if kind in KEPT_OF_WEBP:
            kept.append(part)
        at = ends
    body = b"".join(kept)
    return b"RIFF" + struct.pack("<I", 4 + len(body)) + b"WEBP" + body


WAYS: Mapping[str, Callable[[bytes], bytes]] = {"JPEG": _jpeg, "PNG": _png, "WEBP": _webp}
