"""Which words of a query name a concept of the glossary, and which would if they were spelled otherwise.

The language of a query is never guessed: each language's terms are looked for in it, the longest first.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import NamedTuple

from indexer.analysis import Token
from indexer.analysis.tokenizer import find_pieces
from indexer.concepts import ConceptFinder, ConceptFinders, Match
from indexer.lexicon import COMPOUNDING
from search.compoundnames import concepts_of_parts
from search.compounds import MIN_PART_CHARS
from search.parsing import Group, Operand, ParsedQuery
from search.snapshot import Snapshot
from search.strangers import is_another_word, is_of_another_language

# (first group, last group, concept) -> the languages that name it so, and whether by a word of everyday
Places = dict[tuple[int, int, int], dict[str, bool]]


class _Word(NamedTuple):
    """A word of a query without any syntax, and the number of its group; `again`: it stands further left, too."""

    group: int
    text: str
    again: bool = False


def named(
    query: ParsedQuery, finders: ConceptFinders, snapshot: Snapshot, languages: Iterable[str] | None = None
) -> Places:
    """Return the concepts that a query names: where, and in which languages it does, of some or of all."""
    found: Places = {}
    reading = list(map(finders.of, finders.table.languages if languages is None else languages))
    for run in _plain_runs(query):
        text = " ".join(word.text for word in run)
        pieces = find_pieces(text)
        # Where each word ends in the whole.
        ends = list(accumulate((len(word.text) + 1 for word in run), initial=-1))[1:]
        for finder in reading:
            # In most languages nothing begins so, and the words need not be looked at.
            for start, end, match in _found(text, ends, finder, snapshot) if finder.may_find(pieces) else ():
                # What comes again, as in *trabajo de fin de semana*, belongs to where it came first.
                groups = [word.group for word in run[start : end + 1] if not word.again]
                if groups:
                    place = groups[0], groups[-1], match.concept
                    found.setdefault(place, {})[finder.analyzer.language.code] = finder.is_everyday(match)
        words = {word.group: word.text.casefold() for word in run if not word.again}
        for place in [place for place in found if place[0] == place[1] and place[0] in words]:
            if is_of_another_language(place[0], words, found[place].keys(), snapshot):
                del found[place]
        _add_parts([word for word in run if not word.again], found, reading, snapshot)
    return found


def named_within(
    query: ParsedQuery, place: tuple[int, int], languages: Iterable[str], finders: ConceptFinders, snapshot: Snapshot
) -> Places:
    """Return the concepts that are named inside a name, which some groups of the query are in some languages.

    `place` is the first and the last of them. Of several words they are in all but the first or the last; of one word,
    in its parts.
    """
    found: Places = {}
    (first, last), languages = place, tuple(languages)
    if first == last:
        word = _Word(first, query.groups[first].operands[0].text)
        _add_parts([word], found, list(map(finders.of, languages)), snapshot)
        return found
    for start, end in ((first, last), (first + 1, last + 1)):
        groups = query.groups[start:end]
        typed = tuple(group for group in query.typed if group in groups)
        inside = named(replace(query, groups=groups, typed=typed), finders, snapshot, languages)
        for (begin, stop, concept), said in inside.items():
            found.setdefault((begin + start, stop + start, concept), {}).update(said)
    return found


def _add_parts(words: Sequence[_Word], found: Places, finders: Sequence[ConceptFinder], snapshot: Snapshot) -> None:
    """Add the concepts that parts of words name, which name nothing as a whole."""
    for group, text, _ in words:
        if len(text) >= 2 * MIN_PART_CHARS and not any(start <= group <= end for start, end, _ in found):
            for finder in finders:
                for match in concepts_of_parts(text, finder, snapshot):
                    place = group, group, match.concept
                    found.setdefault(place, {})[finder.analyzer.language.code] = finder.is_everyday(match)


def _plain_runs(query: ParsedQuery) -> Iterator[list[_Word]]:
    """Yield words without any syntax that were typed one after the other."""
    numbers = {group: number for number, group in enumerate(query.groups)}
    seen: set[int] = set()
    run: list[_Word] = []
    for group in query.typed or query.groups:
        operand, number = group.operands[0], numbers.get(group)
        plain = len(group.operands) == 1 and not (operand.phrase or operand.prefix or operand.title)
        if plain and number is not None:
            run.append(_Word(number, operand.text, number in seen))
            seen.add(number)
            continue
        if run:
            yield run
        run = []
    if run:
        yield run


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
            if not (of_a_part or is_another_word(match, tokens, finder, snapshot)):
                yield owner[match.start], owner.get(match.end - 1, owner[match.start]), match


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


def spelled_to_name(query: ParsedQuery, spellings: Mapping[int, Sequence[str]], snapshot: Snapshot) -> ParsedQuery:
    """Return the query with some groups, by number, spelled as the first of their spellings that names a concept."""
    finders = snapshot.concepts
    if finders is None:
        return query
    for group, words in spellings.items():
        spelled = (_spelled(query, group, word) for word in words)
        query = next((other for other in spelled if _is_named(group, other, finders, snapshot)), query)
    return query


def spells_a_name(query: ParsedQuery, group: int, word: str, snapshot: Snapshot) -> bool:
    """Tell whether a group of the query, spelled so, names a concept together with its neighbours."""
    finders = snapshot.concepts
    if finders is None or len(query.groups) < 2:
        return False
    return _is_named(group, _spelled(query, group, word), finders, snapshot, least=2)


def _spelled(query: ParsedQuery, group: int, word: str) -> ParsedQuery:
    asked = query.groups[group]
    spelled = Group(asked.label, (Operand(word),))
    groups, typed = (tuple(spelled if each == asked else each for each in all_) for all_ in (query.groups, query.typed))
    return replace(query, groups=groups, typed=typed)


def _is_named(group: int, query: ParsedQuery, finders: ConceptFinders, snapshot: Snapshot, least: int = 1) -> bool:
    """Tell whether a group belongs to the name of a concept, of so many groups at least."""
    places = named(query, finders, snapshot)
    return any(first <= group <= last and last - first + 1 >= least for first, last, _ in places)
