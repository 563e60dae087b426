"""What was found out about an index, or a segment of it, that does not change: kept for whoever asks again."""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

Found = TypeVar("Found")

_UNKNOWN = object()


class Memory:
    """Answers by what was asked, at most `bound`. Safe to share: threads may at worst find out the same."""

    def __init__(self, bound: int) -> None:
        self._bound = bound
        self._known: dict[Hashable, Any] = {}

    def once(self, key: Hashable, find: Callable[[], Found]) -> Found:
        """Return what `find` returns, or did when it was called for this key; of very much, all is forgotten."""
        known: Any = self._known.get(key, _UNKNOWN)
        if known is _UNKNOWN:
            known = find()
            if len(self._known) >= self._bound:
                self._known.clear()
            self._known[key] = known
        found: Found = known
        return found
