"""What each word of a query means in each language of the index: a pure function of query and languages.

The language of a query is never guessed. Every operand is analysed under every language there is, and an article is
matched under its own language's analysis alone.

    word        its stem, and its form and folded form as written: a better match where they differ
    e-mail      the runs in a row (e mail), or all together as one form (email)
    phrase      the stems in a row
    stres*      every form that begins so, accents aside
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import NamedTuple

from indexer.analysis import Analyzer, Token, query_analyzer, written_runs
from indexer.analysis.tokenizer import is_single_letter
from search.parsing import Group, Operand, ParsedQuery


class Tier(IntEnum):
    """How a word was found, the best first."""

    EXACT = 1  # as written
    FOLDED = 2  # as written, accents aside
    STEM = 3  # in another inflection, or in a phrase
    DERIVED = 4  # in another word of the same stem
    COMPOUND = 5  # as a part of a word written together
    PART = 6  # a part of the word, where the word as typed is nowhere
    PREFIX = 7  # as the beginning of a word, where the word as typed is nowhere
    TYPO = 8  # in another spelling, where the word as typed is nowhere
    GLOSSARY = 9  # as another word for the same concept, maybe in another language


class Pattern(NamedTuple):
    """What to look for in one language: a word, words in a row, the beginning of a word, or certain words as written.

    A word has one of `stems`, and `form` and `folded` say how it was written. Of a row, each of `stems` is that of a
    word `offsets` behind the first one, and `label` says them all. `prefix` is the beginning of a folded form. `forms`
    are found in the way that `tier` names; so are a word or a row of the tier GLOSSARY, of a word only its inflections.
    With `title`, only the title counts. Of a row that is a term of the glossary, `term` is its number: a segment may
    know where it stands.
    """

    stems: tuple[str, ...] = ()
    offsets: tuple[int, ...] = ()
    form: str = ""
    folded: str = ""
    prefix: str = ""
    forms: tuple[str, ...] = ()
    label: str = ""
    tier: Tier = Tier.STEM
    title: bool = False
    term: int | None = None

    @property
    def is_row(self) -> bool:
        return len(self.offsets) > 1


# Tiers of patterns that look for the stem of a word, by itself or as a part of another.
_OF_STEMS = (Tier.STEM, Tier.COMPOUND)


@dataclass(frozen=True, slots=True)
class PlannedGroup:
    """Patterns any of which will do.

    `common`: it is made of stop words, and says little in this language. `lent`: other words are looked for here that
    do not tell how common it is, those of a whole concept for an everyday word, or of names inside a name. Where no
    article of the language has any of the patterns, the terms of the concepts `instead`, by number, will do.
    """

    patterns: tuple[Pattern, ...]
    common: bool
    lent: bool = False
    instead: tuple[int, ...] = ()

    @property
    def is_named(self) -> bool:
        """Tell whether the glossary has other words for it: then it is the name of something."""
        return any(pattern.tier is Tier.GLOSSARY for pattern in self.patterns)

    def with_instead(self, concepts: tuple[int, ...]) -> "PlannedGroup":
        """Return it with more concepts that will do."""
        return PlannedGroup(self.patterns, self.common, self.lent, (*self.instead, *concepts))

    def without_relatives(self) -> "PlannedGroup":
        """Return it without words that are no more than of one stem with it."""
        kept = tuple(pattern for pattern in self.patterns if pattern.is_row or pattern.tier not in _OF_STEMS)
        return replace(self, patterns=kept)


@dataclass(frozen=True, slots=True)
class LanguagePlan:
    """A query in one language; `groups` are in the order of the query's own, one each."""

    language: str
    groups: tuple[PlannedGroup, ...]
    excluded: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """A query in every language of the index; `labels` are its groups as the person wrote them."""

    labels: tuple[str, ...]
    languages: tuple[LanguagePlan, ...]

    def common_somewhere(self) -> frozenset[int]:
        """Return the groups that are stop words in any of the languages."""
        groups = range(len(self.labels))
        return frozenset(group for group in groups if any(each.groups[group].common for each in self.languages))

    def telling(self) -> frozenset[int]:
        """Return the groups that are no stop words in any of the languages, or the name of something; of none, all."""
        groups, common = frozenset(range(len(self.labels))), self.common_somewhere()
        named = {group for group in common if any(each.groups[group].is_named for each in self.languages)}
        return groups - (common - named) or groups


def plan(query: ParsedQuery, languages: Iterable[str]) -> Plan:
    """Return what a query means in these languages."""
    return Plan(
        tuple(group.label for group in query.groups),
        tuple(_language_plan(query, code) for code in languages),
    )


def _language_plan(query: ParsedQuery, code: str) -> LanguagePlan:
    analyzer = query_analyzer(code)
    return LanguagePlan(
        code,
        tuple(_planned(group, analyzer) for group in query.groups),
        tuple(
            pattern
            for excluded in query.excluded
            for pattern in _planned(Group(excluded.label, (excluded.operand,)), analyzer).patterns
        ),
    )


def _planned(group: Group, analyzer: Analyzer) -> PlannedGroup:
    patterns: dict[Pattern, None] = {}
    common = True
    for operand in group.operands:
        tokens = analyzer.tokens(operand.text)
        runs = written_runs(tokens)
        common &= not (operand.title or operand.prefix) and all(run.form in analyzer.stops for run in runs)
        patterns.update(dict.fromkeys(_patterns(operand, tokens, runs, analyzer.stops)))
    return PlannedGroup(tuple(patterns), common)


def _patterns(operand: Operand, tokens: list[Token], runs: list[Token], stops: Collection[str]) -> list[Pattern]:
    title = operand.title
    if not runs:
        return []
    if operand.phrase:
        return [in_a_row(runs, title=title)]
    joined = [token for token in tokens if token.joined and token.form not in stops]  # U.S. is not "us"
    if operand.prefix or (len(runs) == 1 and is_single_letter(operand.text)):
        # Of call-cent* what is written together; of a single letter of Chinese, all bigrams that it begins.
        return [Pattern(prefix=token.folded, tier=Tier.FOLDED, title=title) for token in joined or runs[-1:]]
    if len(runs) > 1:  # e-mail, 24/7, O*NET
        return [in_a_row(runs, title=title), *(word(token, title=title) for token in joined)]
    return [word(runs[0], title=title)]


def in_a_row(runs: Sequence[Token], tier: Tier = Tier.STEM, title: bool = False, term: int | None = None) -> Pattern:
    """Return the pattern of words one after the other, which may be a term of the glossary."""
    first = runs[0].position
    offsets = tuple(run.position - first for run in runs)
    label = " ".join(run.form for run in runs)
    return Pattern(tuple(run.stem for run in runs), offsets, label=label, tier=tier, title=title, term=term)


def word(token: Token, tier: Tier = Tier.STEM, title: bool = False) -> Pattern:
    """Return the pattern of a word."""
    stems = tuple(dict.fromkeys((token.stem, token.plain)))
    return Pattern(stems, (), token.form, token.folded, tier=tier, title=title)
