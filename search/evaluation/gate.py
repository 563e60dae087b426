"""Floors under the measures, pinned together with the data they were measured on.

A gate file is TOML: a table for each set with the SHA-256 of its data, and in it one for each language with the number
of queries asked and the floors. A floor is a measured value rounded down, so what keeps the ranking keeps the gate. A
floor of other data says nothing, so data that differ fail; times are no part of it, since they say more of the machine.
"""

import math
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from search.evaluation.errors import BadGate, ExtraMissing
from search.evaluation.measuring import MEASURES, Measured

DIGITS = 3
# Sums of floats differ in their last bits from one processor to another.
TOLERANCE = 1e-9
UPDATE = "--update-gate"

_HEADER = "# Written by `karjera evaluate DATA… --gate FILE --update-gate`: floors, and the data they are of.\n\n"


@dataclass(frozen=True, slots=True)
class Pinned:
    """What is pinned for one language of one set; `floors` are in the order of MEASURES."""

    sha256: str
    queries: int
    floors: tuple[float, ...]


class Gate:
    """The floors of some sets."""

    def __init__(self, pinned: dict[tuple[str, str], Pinned]) -> None:
        self._pinned = pinned  # set, language -> what is pinned

    @classmethod
    def read(cls, file: Path) -> "Gate":
        """Read a gate file; raises BadGate."""
        try:
            said = tomllib.loads(file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise BadGate(f"there is no gate file {file}; {UPDATE} writes it.") from None
        except (OSError, ValueError) as error:
            raise BadGate(f"{file} cannot be read: {error}.") from None
        try:
            return cls({key: pinned for name, table in said.items() for key, pinned in _of_set(name, table)})
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise BadGate(
                f"{file} is no gate file ({type(error).__name__}: {error}); remove it, and write it with {UPDATE}."
            ) from None

    @property
    def sets(self) -> tuple[str, ...]:
        """The names of the sets that have floors."""
        return tuple(dict.fromkeys(name for name, _ in self._pinned))

    def failures(self, rows: Sequence[Measured], languages: Sequence[str] = ()) -> list[str]:
        """Return what is not as pinned, a sentence each; none if the gate is passed.

        With `languages`, only those were measured, and nothing is said of the others.
        """
        measured = {(row.set, row.language): row for row in rows}
        found = [
            f"{name}, {language}: has floors, but was not measured; name its folder too, or remove its floors."
            for name, language in self._pinned
            if (name, language) not in measured and (not languages or language in languages)
        ]
        for key, row in measured.items():
            pinned = self._pinned.get(key)
            if pinned is None:
                found.append(f"{row.set}, {row.language}: has no floors; {UPDATE} pins them.")
            elif pinned.sha256 != row.sha256:
                found.append(
                    f"{row.set}, {row.language}: its data differ from those the floors were measured on "
                    f"(SHA-256 {row.sha256[:12]}…, pinned {pinned.sha256[:12]}…). If they were meant to change, "
                    f"pin them anew with {UPDATE}; if not, restore them."
                )
            elif pinned.queries != row.queries:
                found.append(
                    f"{row.set}, {row.language}: {row.queries} queries were asked, the floors are of {pinned.queries}; "
                    "ask as many (see --queries)."
                )
            else:
                found += [
                    f"{row.set}, {row.language}: {name} is {value:.4f}, under its floor of {floor:.{DIGITS}f}."
                    for name, value, floor in zip(MEASURES, row.values.scores, pinned.floors, strict=True)
                    if value < floor - TOLERANCE
                ]
        return found

    def lowered(self, rows: Sequence[Measured]) -> list[str]:
        """Return the floors that updated() would lower or drop, a sentence each."""
        sets, measured = {row.set for row in rows}, {(row.set, row.language) for row in rows}
        dropped = [
            f"{name}, {language}: its floors would be gone, since the set has no such queries any more."
            for name, language in self._pinned
            if name in sets and (name, language) not in measured
        ]
        return dropped + [
            f"{row.set}, {row.language}: the floor of {name} would go from {before:.{DIGITS}f} to {after:.{DIGITS}f}."
            for row in rows
            if (pinned := self._pinned.get((row.set, row.language)))
            for name, before, after in zip(MEASURES, pinned.floors, _floors(row), strict=True)
            if after < before
        ]

    def updated(self, rows: Sequence[Measured]) -> "Gate":
        """Return the gate with whole sets pinned as measured; what it says of other sets stays."""
        measured = {row.set for row in rows}
        kept = {key: pinned for key, pinned in self._pinned.items() if key[0] not in measured}
        return Gate(kept | {(row.set, row.language): Pinned(row.sha256, row.queries, _floors(row)) for row in rows})

    def write(self, file: Path) -> None:
        """Write a gate file; raises ExtraMissing."""
        try:
            import tomli_w
        except ModuleNotFoundError as error:
            raise ExtraMissing(error.name) from None
        tables: dict[str, dict[str, Any]] = {}
        for (name, language), pinned in sorted(self._pinned.items()):
            table = tables.setdefault(name, {"sha256": pinned.sha256})
            table[language] = {"queries": pinned.queries, **dict(zip(MEASURES, pinned.floors, strict=True))}
        file.write_text(_HEADER + tomli_w.dumps(tables), encoding="utf-8")


def _of_set(name: str, table: dict[str, Any]) -> list[tuple[tuple[str, str], Pinned]]:
    sha256 = str(table["sha256"])
    return [
        (
            (name, language),
            Pinned(sha256, int(said["queries"]), tuple(float(said[measure]) for measure in MEASURES)),
        )
        for language, said in table.items()
        if language != "sha256"
    ]


def _floors(row: Measured) -> tuple[float, ...]:
    # 0.29 * 100 is 28.999…96: what a value lacks by arithmetic alone does not lower its floor.
    return tuple(math.floor((value + TOLERANCE) * 10**DIGITS) / 10**DIGITS for value in row.values.scores)
