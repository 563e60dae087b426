"""What an explanation comes to for a reader: the words that were found, each once, the best first, and not too many.

The words for it are those of the page and of the terminal.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from search.page import Explanation, FoundWord, GroupExplanation

How = Literal["exact", "folded", "stem", "row", "derived", "compound", "part", "prefix", "typo", "glossary", "instead"]
# Ways in which a word can be found, the best first: those of a Tier, words in a row, and what will do instead.
WAYS: tuple[How, ...] = get_args(How)

# Words shown for a word of the query; `a*` finds hundreds in an article.
MAX_WORDS = 5


@dataclass(frozen=True, slots=True)
class Reason:
    """A word of the article, and how often it stands in the title and in the text."""

    text: str
    title: int
    body: int


@dataclass(frozen=True, slots=True)
class GroupReasons:
    """What a word of the query, as it was written, found in an article, by how it was found, the best way first.

    `more` counts further words of the article.
    """

    label: str
    ways: tuple[tuple[How, tuple[Reason, ...]], ...]
    more: int
    contribution: float
    common: bool


def reasons(explanation: Explanation) -> tuple[GroupReasons, ...]:
    """Return the reasons for each word of the query, in its order."""
    query = " ".join(group.label for group in explanation.groups).casefold()
    return tuple(_of_group(group, query) for group in explanation.groups)


def lacking(explanation: Explanation) -> tuple[str, ...]:
    """Return the words of the query that an article should have and lacks, as they were written."""
    return tuple(group.label for group in explanation.groups if not group.found and not group.common)


def _of_group(group: GroupExplanation, query: str) -> GroupReasons:
    counts: dict[tuple[str, How], list[int]] = {}  # -> times in the title, times in the text
    for word in group.found:
        # The concept's own name is among its terms: to call it another word for the same would be odd.
        if word.tier == "glossary" and f" {word.text.casefold()} " in f" {query} " and len(group.found) > 1:
            continue
        count = counts.setdefault((word.text, _how(word, group.label)), [0, 0])
        count[word.field != "title"] += word.count
    best = sorted(counts, key=lambda key: (WAYS.index(key[1]), -sum(counts[key]), key))
    ways: dict[How, list[Reason]] = {}
    for text, how in best[:MAX_WORDS]:
        ways.setdefault(how, []).append(Reason(text, *counts[text, how]))
    return GroupReasons(
        group.label,
        tuple((how, tuple(found)) for how, found in ways.items()),
        max(0, len(best) - MAX_WORDS),
        group.contribution,
        group.common,
    )


def _how(word: FoundWord, label: str) -> How:
    if word.tier == "stem" and " " in word.text:
        return "row"
    if word.tier == "folded" and _begins(word.text, label.split()):
        return "prefix"
    return next(way for way in WAYS if way == word.tier)


def _begins(text: str, typed: Sequence[str]) -> bool:
    """Tell whether a person asked with a star for words that begin so; accents aside, so letters are not compared."""
    return any(part.endswith("*") and len(text) >= len(part) - 1 for part in typed)
