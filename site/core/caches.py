"""Django's caches, made so that a cache that fails costs speed and nothing else.

A cache forgets; what reads it can always find out anew. So where the store behind one is down, full or broken, reading
finds nothing and writing keeps nothing, and a log line says so. `/readyz` notices, because it reads what it wrote.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

import structlog
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


class PatientFileCache(FileBasedCache):
    """Files in a folder, for an embedded installation."""

    get = _or_nothing(FileBasedCache.get, _default)
    set = _or_nothing(FileBasedCache.set, _no)
    add = _or_nothing(FileBasedCache.add, _no)
    delete = _or_nothing(FileBasedCache.delete, _no)


class PatientRedisCache(RedisCache):
    """Redis, for production."""

    get = _or_nothing(RedisCache.get, _default)
    set = _or_nothing(RedisCache.set, _no)
    add = _or_nothing(RedisCache.add, _no)
    delete = _or_nothing(RedisCache.delete, _no)
