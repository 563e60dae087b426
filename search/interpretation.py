"""What a page says of how its query was understood: what was added, replaced, left out and not found."""

from collections.abc import Iterator, Sequence

from search.answering import Ranked
from search.page import Also, Hit, Interpretation, Replacement
from search.parsing import ParsedQuery
from search.snapshot import Snapshot


def interpretation_of(query: ParsedQuery, ranked: Ranked, hits: Sequence[Hit], snapshot: Snapshot) -> Interpretation:
    """Return what a query was taken for, of which these hits are on the page."""
    planned = ranked.plan
    unknown = tuple(planned.labels[group] for group in ranked.matches.unknown)
    missing = {label for hit in hits for label in hit.missing}
    return Interpretation(
        words=planned.labels,
        excluded=tuple(excluded.label for excluded in query.excluded),
        languages=query.languages,
        topics=query.topics,
        replaced=tuple(
            Replacement(planned.labels[correction.group], correction.words, correction.tier.name.lower())
            for correction in ranked.corrections
        ),
        also=(
            *(
                Also(query.words(expansion.groups), expansion.concept, expansion.texts())
                for expansion in ranked.expansions
            ),
            *_instead(ranked, snapshot),
        ),
        unknown=unknown,
        left_out=tuple(label for label in planned.labels if label in missing and label not in unknown),
        notes=ranked.notes,
    )


def _instead(ranked: Ranked, snapshot: Snapshot) -> Iterator[Also]:
    """Yield what was found in languages where nothing else of a concept is: its other words, or what is broader."""
    table = snapshot.concepts.table if snapshot.concepts else None
    used: dict[int, tuple[set[int], set[str]]] = {}  # concept -> for which groups, in which languages
    for part in ranked.matches.parts:
        for group in part.instead:
            for concept in part.plan.groups[group].instead:
                groups, languages = used.setdefault(concept, (set(), set()))
                groups.add(group)
                languages.add(part.plan.language)
    for concept, (groups, languages) in used.items() if table else ():
        assert table is not None
        terms: dict[str, tuple[str, ...]] = {}
        for term in table.terms_of(concept):
            if term.language in languages and not term.everyday:
                terms[term.language] = (*terms.get(term.language, ()), term.text)
        words = " ".join(label for group, label in enumerate(ranked.plan.labels) if group in groups)
        yield Also(words, table.id(concept), terms)
