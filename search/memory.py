"""What was found out about an index, or a segment of it, that does not change: kept for whoever asks again."""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

# Answers that are kept, of a segment and of an index.
MAX_REMEMBERED = 10_000

Found = TypeVar("Found")

_UNKNOWN = object()


class Memory:
    """Answers by what was asked. Safe to share between threads, which may at worst find out the same."""

    def __init__(self) -> None:
        self._known: dict[Hashable, Any] = {}

    def once(self, key: Hashable, find: Callable[[], Found]) -> Found:
        """Return what `find` returns, or did when it was called for this key; of very much, all is forgotten."""
        known: Any = self._known.get(key, _UNKNOWN)
        if known is _UNKNOWN:
            known = find()
            if len(self._known) >= MAX_REMEMBERED:
                self._known.clear()
            self._known[key] = known
        found: Found = known
        return found
