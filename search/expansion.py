"""What else a reader means: the other words, in every language, for the concepts in a query.

*call center* is looked for as *skambučių centras* in Lithuanian too, and *CV* as *résumé*, at a lower weight than the
reader's own words. The concepts are those of the glossary that the generation was compiled with. The language of a
query is never guessed: each language's terms are looked for in it, the longest first.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from indexer.analysis import Token
from indexer.analysis.tokenizer import find_pieces
from indexer.codec.container import Array
from indexer.concepts import ConceptFinder, ConceptFinders, Match
from indexer.concepts.table import Term
from indexer.lexicon import COMPOUNDING
from search.parsing import Group, Operand, ParsedQuery
from search.planning import LanguagePlan, Pattern, Plan, PlannedGroup
from search.snapshot import Snapshot
from search.wordings import TermPatterns

# Concepts that one place of a query can stand for: a word may mean another thing in another language.
MAX_MEANINGS = 2


@dataclass(frozen=True, slots=True)
class Expansion:
    """A concept in a query: the groups that name it, by number, and its terms in each language, the preferred first.

    `attested` are those of them that may stand in the index. `lent_to` are the languages that do not name it so, if all
    that do, do by an everyday word.
    """

    groups: tuple[int, ...]
    concept: str
    terms: Mapping[str, Sequence[Term]]
    attested: Mapping[str, Sequence[Term]]
    lent_to: frozenset[str] = frozenset()

    def texts(self) -> dict[str, tuple[str, ...]]:
        """Return the terms in each language as the glossary writes them."""
        return {code: tuple(term.text for term in terms) for code, terms in self.terms.items()}


def expanded(plan: Plan, query: ParsedQuery, snapshot: Snapshot) -> tuple[Plan, tuple[Expansion, ...]]:
    """Return a plan that also looks for the other words for a query's concepts, and what they are."""
    finders, patterns = snapshot.concepts, snapshot.term_patterns
    if finders is None or patterns is None:
        return plan, ()
    expansions = tuple(_expansions(plan, query, finders, snapshot))
    languages = tuple(_extended(language, expansions, patterns) for language in plan.languages)
    return replace(plan, languages=languages), expansions


def spelled_to_name(
    plan: Plan, query: ParsedQuery, spellings: Mapping[int, Sequence[str]], snapshot: Snapshot
) -> ParsedQuery:
    """Return the query with some groups, by number, spelled as the first of their spellings that names a concept."""
    finders = snapshot.concepts
    if finders is None:
        return query
    for group, words in spellings.items():
        for word in words:
            spelled = Group(query.groups[group].label, (Operand(word),))
            other = replace(query, groups=(*query.groups[:group], spelled, *query.groups[group + 1 :]))
            if any(group in named.groups for named in _expansions(plan, other, finders, snapshot)):
                query = other
                break
    return query


def _expansions(plan: Plan, query: ParsedQuery, finders: ConceptFinders, snapshot: Snapshot) -> Iterator[Expansion]:
    # (first group, last group, concept) -> the languages that say so, and whether by a word of everyday
    found: dict[tuple[int, int, int], dict[str, bool]] = {}
    for first, groups in _plain_runs(query):
        texts = [group.operands[0].text for group in groups]
        text = " ".join(texts)
        pieces = find_pieces(text)
        ends = list(accumulate((len(each) + 1 for each in texts), initial=-1))[1:]  # of each text in the whole
        for code in finders.table.languages:
            # In most languages nothing begins so, and the words need not be looked at.
            finder = finders.of(code)
            for start, end, match in _found(text, ends, finder, snapshot) if finder.may_find(pieces) else ():
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
        named = found[first, last, concept]
        spoken = {language.language for language in plan.languages}
        terms: dict[str, list[Term]] = {}
        for term in finders.table.terms_of(concept):
            if term.language in spoken:
                terms.setdefault(term.language, []).append(term)
        # Where one language names it by its own name, another's everyday word of the same letters is nobody's doubt.
        by_everyday = all(named.values())
        looked_for = {code: _looked_for(some, named.get(code) if by_everyday else None) for code, some in terms.items()}
        lent = spoken.difference(named) if by_everyday else frozenset()
        yield Expansion(
            tuple(range(first, last + 1)),
            finders.table.id(concept),
            looked_for,
            {code: _attested(some, snapshot.attested) for code, some in looked_for.items()},
            frozenset(lent),
        )


def _looked_for(terms: list[Term], by_everyday: bool | None) -> list[Term]:
    """Return the terms to look for in a language that names the concept by an everyday word, by another, or not (None).

    An everyday word leads to the concept in other languages. In its own it says less: whoever asks whether something is
    *legal* does not mean all of labour law. And it stands in so many articles that it is looked for only where nothing
    else is.
    """
    if by_everyday:
        return []
    return [term for term in terms if not term.everyday] or terms


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


def _found(
    text: str, ends: Sequence[int], finder: ConceptFinder, snapshot: Snapshot
) -> Iterator[tuple[int, int, Match]]:
    """Yield (first text, last text, match) of the concepts in texts that end there, read one after the other."""
    tokens = finder.analyzer.tokens(text)
    matches = finder.find(text, tokens)
    if matches:
        # position -> the text in which that word stands
        owner = {token.position: bisect_right(ends, token.start) for token in tokens}
        together = [] if finder.analyzer.language.code in COMPOUNDING else list(_written_together(tokens))
        for match in matches:
            of_a_part = any(_is_of_a_part(match, words) for words in together)
            if not (of_a_part or _is_another_word(match, tokens, finder, snapshot)):
                yield owner[match.start], owner.get(match.end - 1, owner[match.start]), match


def _is_another_word(match: Match, tokens: Sequence[Token], finder: ConceptFinder, snapshot: Snapshot) -> bool:
    """Tell whether a match is of one word that has accents, while as it was typed it is a word of another language.

    *place* may be Polish *płace* (wages) from who has no such keyboard; but articles write *place*, and that is meant.
    """
    if match.end - match.start > 1 or finder.is_named_without_accents(match):
        return False
    form = next(token.form for token in tokens if token.position == match.start and not token.joined)
    return form.isascii() and snapshot.is_written_beside(finder.analyzer.language.code, form)


def _written_together(tokens: Sequence[Token]) -> Iterator[range]:
    """Yield the positions of words that are also one word together, as around hyphens."""
    for joined in tokens:
        if joined.joined:
            inside = [token.position for token in tokens if joined.start <= token.start and token.end <= joined.end]
            yield range(joined.position, max(inside) + 1)


def _is_of_a_part(match: Match, words: range) -> bool:
    """Tell whether a match has some of these words and not all: *mother-in-law* has nothing to do with the law."""
    found = range(max(match.start, words.start), min(match.end, words.stop))
    return 0 < len(found) < len(words)


def _attested(terms: list[Term], attested: Array | None) -> list[Term]:
    return [term for term in terms if attested is None or attested[term.number]]


def _extended(language: LanguagePlan, expansions: Sequence[Expansion], patterns: TermPatterns) -> LanguagePlan:
    code = language.language
    groups = list(language.groups)
    for expansion in expansions:
        attested = patterns.of(expansion.attested.get(code, ()))
        is_lent = code in expansion.lent_to
        if not attested and not is_lent:
            continue
        for number in expansion.groups:
            group = groups[number]
            added = _other_than(group, attested)
            # A word that says little in one language may be the name of a thing in another.
            lent = is_lent and bool(added or _other_than(group, patterns.of(expansion.terms.get(code, ()))))
            all_patterns = tuple(dict.fromkeys((*group.patterns, *added)))
            groups[number] = PlannedGroup(all_patterns, group.common, group.lent or lent)
    return LanguagePlan(code, tuple(groups), language.excluded)


def _other_than(group: PlannedGroup, patterns: Sequence[Pattern]) -> list[Pattern]:
    stems = {stem for pattern in group.patterns if pattern.form for stem in pattern.stems}
    forms = {pattern.form for pattern in group.patterns if pattern.form}
    return [
        pattern
        for pattern in patterns
        if pattern.is_row or not (stems.intersection(pattern.stems) or forms.intersection(pattern.forms))
    ]
