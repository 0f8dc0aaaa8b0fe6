"""Django's caches, made so that a cache that fails costs speed and nothing else.

A cache forgets; what reads it can always find out anew. So where the store behind one is down, full or broken, reading
finds nothing and writing keeps nothing, and a log line says so. `/readyz` notices, because it reads what it wrote.
"""

import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from pathlib import Path
from typing import Any

import structlog
from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.core.cache.backends.filebased import FileBasedCache
from django.core.cache.backends.redis import RedisCache

log = structlog.get_logger(__name__)


def _or_nothing(act: Callable[..., Any], nothing: Callable[..., Any]) -> Callable[..., Any]:
    """Return ``act``, answering what ``nothing`` answers where the store fails."""

    @wraps(act)
    def acting(self: Any, *args: Any, **kwargs: Any) -> Any:
        try:
            return act(self, *args, **kwargs)
        except Exception as error:  # noqa: BLE001  (whatever breaks, a page can do without)
            log.warning("cache failed", asked=act.__name__, problem=type(error).__name__)
            return nothing(*args, **kwargs)

    return acting


def _default(_key: Any, default: Any = None, **_: Any) -> Any:
    return default


def _no(*_: Any, **__: Any) -> bool:
    return False


def _none_of(_keys: Any, **_: Any) -> dict[str, Any]:
    return {}


def _all_failed(data: Any, **_: Any) -> list[str]:
    return list(data)


def _for_us_alone(path: str, flags: int) -> int:
    return os.open(path, flags, mode=0o600)


def _is_given(written: str, place: str) -> bool:
    """Give the file ``written`` the name ``place`` as well; False where another has it."""
    try:
        os.link(written, place)
    except FileExistsError:
        return False
    return True


class PatientFileCache(FileBasedCache):
    """Files in a folder, for an embedded installation."""

    get = _or_nothing(FileBasedCache.get, _default)
    set = _or_nothing(FileBasedCache.set, _no)
    add = _or_nothing(FileBasedCache.add, _no)
    touch = _or_nothing(FileBasedCache.touch, _no)
    delete = _or_nothing(FileBasedCache.delete, _no)
    has_key = _or_nothing(FileBasedCache.has_key, _no)


class DayFileCache(PatientFileCache):
    """Files that nobody asks for again: each is added once, whoever else adds it at the same time, and goes by itself.

    Django deletes a file that is over when somebody asks for it, and looks for room at every write. Here
    ``forget_expired`` does the one (``core.tasks.forget_expired``), and the other is done now and then.
    """

    LOOKS_FOR_ROOM = 500  # at one writing in so many

    def _cull(self) -> None:
        """Look for room now and then: the folder is listed for it, whole."""
        if not secrets.randbelow(self.LOOKS_FOR_ROOM):
            super()._cull()  # type: ignore[misc]  # Django's own, of which its stubs know nothing

    def _add(self: Any, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Keep ``value`` where nothing is kept under ``key``; of several who try at once, one succeeds.

        It is written under a name that nobody looks for, and gets its own when it is whole.
        """
        self._cull()
        place = self._key_to_file(key, version)
        written = f"{place}.{secrets.token_hex(8)}"
        try:
            self._write_for_us(written, timeout, value)
            return _is_given(written, place) or (
                # What is over is deleted by being asked for, and leaves its place.
                not self.has_key(key, version=version) and _is_given(written, place)
            )
        finally:
            with suppress(FileNotFoundError):
                os.unlink(written)  # noqa: PTH108  (at every count of a visitor: a path costs more than this does)

    def _write_for_us(self: Any, written: str, timeout: Any, value: Any) -> None:
        """Write ``value`` into the new file ``written``, in the cache's folder, which is made where it is missing."""
        try:
            file = open(written, "xb", opener=_for_us_alone)  # noqa: SIM115  (closed below)
        except FileNotFoundError:
            self._createdir()
            file = open(written, "xb", opener=_for_us_alone)  # noqa: SIM115  (closed below)
        with file:
            self._write_content(file, timeout, value)

    add = _or_nothing(_add, _no)

    def forget_expired(self: Any) -> int:
        """Delete what is over; return how many files that were."""
        forgotten = 0
        for name in self._list_cache_files():
            with suppress(OSError), Path(name).open("rb") as file:
                forgotten += bool(self._is_expired(file))
        return forgotten


class PatientRedisCache(RedisCache):
    """Redis, for production."""

    get = _or_nothing(RedisCache.get, _default)
    set = _or_nothing(RedisCache.set, _no)
    add = _or_nothing(RedisCache.add, _no)
    touch = _or_nothing(RedisCache.touch, _no)
    delete = _or_nothing(RedisCache.delete, _no)
    has_key = _or_nothing(RedisCache.has_key, _no)
    get_many = _or_nothing(RedisCache.get_many, _none_of)
    set_many = _or_nothing(RedisCache.set_many, _all_failed)


class WrittenOnce(BaseCache):
    """A cache whose keys name what they keep, so that what stands in it is never written again.

    Wagtail keeps which sizes of a picture there are under such keys, and writes them all at each view of the picture.
    """

    def set(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        """Keep ``value``, unless something is kept under ``key`` already."""
        if not self.has_key(key, version=version):
            super().set(key, value, timeout=timeout, version=version)

    def set_many(self, data: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> list[Any]:
        """Keep each value whose key keeps nothing yet."""
        for key, value in data.items():
            self.set(key, value, timeout=timeout, version=version)
        return []


class RenditionFileCache(WrittenOnce, PatientFileCache):
    """The sizes of pictures, in files."""


class RenditionRedisCache(WrittenOnce, PatientRedisCache):
    """The sizes of pictures, in Redis."""
