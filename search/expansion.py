"""What else a reader means: the other words, in every language, for the concepts in a query.

*call center* is looked for as *skambučių centras* in Lithuanian too, and *CV* as *résumé*, at a lower weight than the
reader's own words. The concepts are those of the glossary that the generation was compiled with; which of them a query
names, `conceptnames` says. A name is opened too: where articles have no word for *interview questions*, those on
interviews may do.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from indexer.codec.container import Array
from indexer.concepts import ConceptFinders, ConceptTable
from indexer.concepts.table import Term
from search.conceptnames import Places, named, named_within
from search.parsing import ParsedQuery
from search.planning import LanguagePlan, Pattern, Plan, PlannedGroup
from search.snapshot import Snapshot
from search.wordings import TermPatterns

# Concepts that one place of a query can stand for: a word may mean another thing in another language.
MAX_MEANINGS = 2


@dataclass(frozen=True, slots=True)
class Expansion:
    """A concept in a query: the groups that name it, by number, and its terms in each language, the preferred first.

    `attested` are those of them that may stand in the index. `lent_to` are the languages that do not name it so, if all
    that do, do by an everyday word. `inside` says that its name stands inside another one, which the languages of these
    terms do not name so. `instead` are concepts, by number, whose terms will do in a language in which no article has
    any of all that is looked for.
    """

    groups: tuple[int, ...]
    concept: str
    terms: Mapping[str, Sequence[Term]]
    attested: Mapping[str, Sequence[Term]]
    lent_to: frozenset[str] = frozenset()
    inside: bool = False
    instead: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

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


def _expansions(plan: Plan, query: ParsedQuery, finders: ConceptFinders, snapshot: Snapshot) -> Iterator[Expansion]:
    def at(
        place: tuple[int, int], concepts: Sequence[Named], languages: frozenset[str], outer: frozenset[int]
    ) -> Iterator[Expansion]:
        for number, said in concepts:
            if number not in outer:
                yield _expansion(place, number, said, languages, bool(outer), finders, snapshot)
        # An article may have the whole name in no word of its language, and still be on what the name is made of.
        saying = frozenset[str]().union(*(said for _, said in concepts))
        others = languages - saying
        if others:
            found = outer.union(number for number, _ in concepts)
            for part, inner in _chosen(named_within(query, place, saying, finders, snapshot)).items():
                # The parts of a word stand at its own place, and have no others.
                if part != place or any(number not in found for number, _ in inner):
                    yield from at(part, inner, others, found)

    spoken = frozenset(language.language for language in plan.languages)
    for place, concepts in _chosen(named(query, finders, snapshot)).items():
        yield from at(place, concepts, spoken, frozenset())


# A concept by number, and the languages that name it so: `Places`.
Named = tuple[int, Mapping[str, bool]]


def _chosen(found: Places) -> dict[tuple[int, int], list[Named]]:
    """Return (first group, last group) -> the concepts that are named there, of places that do not overlap.

    The longest are taken, and of one place what most languages name so.
    """
    taken: dict[int, tuple[int, int]] = {}  # group -> the place that has it
    chosen: dict[tuple[int, int], list[Named]] = {}
    for first, last, concept in sorted(found, key=lambda place: (place[0] - place[1], -len(found[place]), place)):
        where = (first, last)
        if any(taken.get(group, where) != where for group in range(first, last + 1)):
            continue
        taken |= dict.fromkeys(range(first, last + 1), where)
        meanings = chosen.setdefault(where, [])
        if len(meanings) < MAX_MEANINGS:
            meanings.append((concept, found[first, last, concept]))
    return chosen


def _expansion(
    place: tuple[int, int],
    concept: int,
    said: Mapping[str, bool],
    languages: frozenset[str],
    inside: bool,
    finders: ConceptFinders,
    snapshot: Snapshot,
) -> Expansion:
    """Return what a concept adds at a place of the query, which says it in some languages, in these languages."""
    terms = finders.table.terms_by_language(concept)
    # Where one language names it by its own name, another's everyday word of the same letters is nobody's doubt.
    by_everyday = all(said.values())
    looked_for = {
        code: _looked_for(some, said.get(code) if by_everyday else None)
        for code, some in terms.items()
        if code in languages
    }
    return Expansion(
        tuple(range(place[0], place[1] + 1)),
        finders.table.id(concept),
        looked_for,
        {code: _attested(some, snapshot.attested) for code, some in looked_for.items()},
        languages.difference(said) if by_everyday else frozenset(),
        inside,
        {} if inside else _instead(concept, said if by_everyday else {}, languages, finders.table),
    )


def _instead(
    concept: int, by_everyday: Collection[str], languages: frozenset[str], table: ConceptTable
) -> dict[str, tuple[int, ...]]:
    """Return the concepts that will do where one is nowhere, by language.

    In a language that says it by an everyday word, these are its other terms there; in all, a broader concept.
    """
    broader = table.broader(concept)
    others = () if broader is None else (broader,)
    instead = {code: (concept, *others) for code in by_everyday if code in languages}
    return dict.fromkeys(languages, others) | instead if others else instead


def _looked_for(terms: Sequence[Term], by_everyday: bool | None) -> Sequence[Term]:
    """Return the terms to look for in a language that names the concept by an everyday word, by another, or not (None).

    An everyday word leads to the concept in other languages. In its own it says less: whoever asks whether something is
    *legal* does not mean all of labour law. And it stands in so many articles that it is looked for only where nothing
    else is.
    """
    if by_everyday:
        return []
    return [term for term in terms if not term.everyday] or terms


def _attested(terms: Sequence[Term], attested: Array | None) -> Sequence[Term]:
    return [term for term in terms if attested is None or attested[term.number]]


def _extended(language: LanguagePlan, expansions: Sequence[Expansion], patterns: TermPatterns) -> LanguagePlan:
    code = language.language
    groups = list(language.groups)
    for expansion in expansions:
        terms = expansion.attested.get(code)
        is_lent = code in expansion.lent_to
        opened = expansion.inside and code in expansion.terms
        if instead := expansion.instead.get(code):
            for number in expansion.groups:
                groups[number] = groups[number].with_instead(instead)
        if not terms and not is_lent and not opened:
            continue
        attested = patterns.of(terms or ())
        for number in expansion.groups:
            group = groups[number]
            added = _other_than(group, attested)
            # A word that says little in one language may be the name of a thing in another. How common the words of a
            # query are, names inside a name do not tell either.
            lent = opened or (is_lent and bool(added or _other_than(group, patterns.of(expansion.terms.get(code, ())))))
            all_patterns = tuple(dict.fromkeys((*group.patterns, *added)))
            groups[number] = PlannedGroup(all_patterns, group.common, group.lent or lent, group.instead)
    return LanguagePlan(code, tuple(groups), language.excluded)


def _other_than(group: PlannedGroup, patterns: Sequence[Pattern]) -> list[Pattern]:
    stems = {stem for pattern in group.patterns if pattern.form for stem in pattern.stems}
    forms = {pattern.form for pattern in group.patterns if pattern.form}
    return [
        pattern
        for pattern in patterns
        if pattern.is_row or not (stems.intersection(pattern.stems) or forms.intersection(pattern.forms))
    ]
