"""What else a reader means: the other words, in every language, for the concepts in a query.

*call center* is looked for as *skambučių centras* in Lithuanian too, and *CV* as *résumé*, at a lower weight than the
reader's own words. The concepts are those of the glossary that the generation was compiled with. The language of a
query is never guessed: each language's terms are looked for in it, the longest first.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from indexer.analysis import query_analyzer, written_runs
from indexer.analysis.tokenizer import find_pieces
from indexer.concepts import ConceptFinders, Match
from search.parsing import Group, ParsedQuery
from search.planning import LanguagePlan, Pattern, Plan, PlannedGroup, Tier, in_a_row
from search.snapshot import Snapshot

# Concepts that one place of a query can stand for: a word may mean another thing in another language.
MAX_MEANINGS = 2


@dataclass(frozen=True, slots=True)
class Expansion:
    """A concept in a query: the groups that name it, by number, and its terms in each language, the preferred first.

    `lent_to` are the languages that do not name it so, if all that do, do by an everyday word.
    """

    groups: tuple[int, ...]
    concept: str
    terms: Mapping[str, tuple[str, ...]]
    lent_to: frozenset[str] = frozenset()


def expanded(plan: Plan, query: ParsedQuery, snapshot: Snapshot) -> tuple[Plan, tuple[Expansion, ...]]:
    """Return a plan that also looks for the other words for a query's concepts, and what they are."""
    finders = snapshot.concepts
    if finders is None:
        return plan, ()
    expansions = tuple(_expansions(plan, query, finders))
    languages = tuple(_extended(language, expansions) for language in plan.languages)
    return replace(plan, languages=languages), expansions


def _expansions(plan: Plan, query: ParsedQuery, finders: ConceptFinders) -> Iterator[Expansion]:
    # (first group, last group, concept) -> the languages that say so, and whether by a word of everyday
    found: dict[tuple[int, int, int], dict[str, bool]] = {}
    for first, groups in _plain_runs(query):
        texts = [group.operands[0].text for group in groups]
        pieces = find_pieces(" ".join(texts))
        for code in finders.table.languages:
            # In most languages nothing begins so, and the words need not be looked at.
            for start, end, match in _found(texts, code, finders) if finders.of(code).may_find(pieces) else ():
                place = first + start, first + end, match.concept
                found.setdefault(place, {})[code] = finders.table.is_everyday(match.term)
    taken: dict[int, tuple[int, int]] = {}  # group -> the place that has it
    meanings: dict[tuple[int, int], int] = {}
    for first, last, concept in sorted(found, key=lambda place: (place[0] - place[1], -len(found[place]), place)):
        where = (first, last)
        if any(taken.get(group, where) != where for group in range(first, last + 1)):
            continue
        if meanings.get(where, 0) == MAX_MEANINGS:
            continue
        meanings[where] = meanings.get(where, 0) + 1
        taken |= dict.fromkeys(range(first, last + 1), where)
        entry = finders.table.concept(concept)
        spoken = {language.language for language in plan.languages}
        terms = {
            code: _looked_for(some, entry.everyday.get(code, ()), found[first, last, concept].get(code))
            for code, some in entry.terms.items()
            if code in spoken
        }
        named = found[first, last, concept]
        lent = spoken.difference(named) if all(named.values()) else frozenset()
        yield Expansion(tuple(range(first, last + 1)), entry.id, terms, frozenset(lent))


def _looked_for(terms: tuple[str, ...], everyday: tuple[str, ...], by_everyday: bool | None) -> tuple[str, ...]:
    """Return the terms to look for in a language that names the concept by an everyday word, by another, or not (None).

    An everyday word leads to the concept in other languages. In its own it says less: whoever asks whether something is
    *legal* does not mean all of labour law. And it stands in so many articles that it is looked for only where nothing
    else is.
    """
    if by_everyday:
        return ()
    return tuple(term for term in terms if term not in everyday) or terms


def _plain_runs(query: ParsedQuery) -> Iterator[tuple[int, list[Group]]]:
    """Yield (number of the first, groups) of neighbouring groups that are words without any syntax."""
    run: list[Group] = []
    for number, group in enumerate(query.groups):
        operand = group.operands[0]
        if len(group.operands) == 1 and not (operand.phrase or operand.prefix or operand.title):
            run.append(group)
            continue
        if run:
            yield number - len(run), run
        run = []
    if run:
        yield len(query.groups) - len(run), run


def _found(texts: Sequence[str], code: str, finders: ConceptFinders) -> Iterator[tuple[int, int, Match]]:
    """Yield (first text, last text, match) of the concepts in some texts, read one after the other."""
    text = " ".join(texts)
    tokens = query_analyzer(code).tokens(text)
    ends: list[int] = []  # of each text in the whole
    for each in texts:
        ends.append((ends[-1] + 1 if ends else 0) + len(each))
    # position -> the text in which that word stands
    owner = {token.position: sum(end <= token.start for end in ends) for token in tokens}
    for match in finders.of(code).find(text, tokens):
        yield owner[match.start], owner.get(match.end - 1, owner[match.start]), match


def _extended(language: LanguagePlan, expansions: Sequence[Expansion]) -> LanguagePlan:
    groups = list(language.groups)
    for expansion in expansions:
        patterns = [
            pattern
            for term in expansion.terms.get(language.language, ())
            for pattern in _patterns(term, language.language)
        ]
        for number in expansion.groups:
            group = groups[number]
            own = {stem for pattern in group.patterns if pattern.form for stem in pattern.stems}
            added = [pattern for pattern in patterns if pattern.is_row or not own.intersection(pattern.stems)]
            # A word that says little in one language may be the name of a thing in another.
            lent = group.lent or (bool(added) and language.language in expansion.lent_to)
            groups[number] = PlannedGroup(tuple(dict.fromkeys((*group.patterns, *added))), group.common, lent)
    return LanguagePlan(language.language, tuple(groups), language.excluded)


# Other queries name the same concepts; these are the terms of some hundreds of them.
@lru_cache(maxsize=10_000)
def _patterns(term: str, code: str) -> tuple[Pattern, ...]:
    """Return the patterns of a term in a language: its words in a row, or the word that it is."""
    tokens = query_analyzer(code).tokens(term)
    runs = written_runs(tokens)
    if not runs:
        return ()
    words = [token for token in tokens if token.joined] if len(runs) > 1 else runs
    whole = [token for token in words if token.start == runs[0].start and token.end == runs[-1].end]
    found = [in_a_row(runs, Tier.GLOSSARY)] if len(runs) > 1 else []
    for token in whole:
        stems = tuple(dict.fromkeys((token.stem, token.plain)))
        found.append(Pattern(stems, (), token.form, token.folded, tier=Tier.GLOSSARY))
    return tuple(found)
