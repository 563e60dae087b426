"""What a page says of how its query was understood: what was added, replaced, left out and not found."""

from collections.abc import Sequence

from search.answering import Ranked
from search.expansion import Expansion
from search.page import Also, Hit, Interpretation, Replacement
from search.parsing import ParsedQuery


def interpretation_of(query: ParsedQuery, ranked: Ranked, hits: Sequence[Hit]) -> Interpretation:
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
        also=tuple(
            Also(" ".join(planned.labels[group] for group in expansion.groups), expansion.concept, texts)
            for expansion in ranked.expansions
            if (texts := _looked_for(expansion, ranked))
        ),
        unknown=unknown,
        left_out=tuple(label for label in planned.labels if label in missing and label not in unknown),
        notes=ranked.notes,
    )


def _looked_for(expansion: Expansion, ranked: Ranked) -> dict[str, tuple[str, ...]]:
    """Return the terms looked for: of what is broader than a name, in the languages where that is found instead."""
    texts = expansion.texts()
    if not expansion.instead:
        return texts
    groups = frozenset(expansion.groups)
    languages = {part.plan.language for part in ranked.matches.parts if part.instead & groups}
    return {code: terms for code, terms in texts.items() if code in languages}
