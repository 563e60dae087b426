"""What is wrong with our glossary that only analysis, or the articles, can tell."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from corpus import LANGUAGES, Article, Language
from corpus.glossary import Concept, Flaw, Glossary
from indexer.analysis import Analyzer, query_analyzer, stop_words, written_runs
from indexer.concepts.compiling import GlossaryCompiler
from indexer.concepts.finding import ConceptFinder
from indexer.concepts.table import ConceptTable

# A term of one word in a larger share of a language's articles would flood what it is searched with. Of the articles
# of the library that is what a word common to their trade has: "work", "time".
MAX_SHARE = 0.75
# Fewer articles of a language say nothing; more than the highest say no more.
MIN_ARTICLES = 12
MAX_ARTICLES = 2_000


@dataclass(frozen=True, slots=True)
class Place:
    """Where a term stands in a glossary."""

    concept: Concept
    language: str
    term: str

    def flaw(self, reason: str) -> Flaw:
        """Return a flaw of the term."""
        return Flaw(self.concept.source, self.concept.id, self.language, self.term, reason)


def lint(glossary: Glossary, table: ConceptTable, articles: Iterable[Article]) -> list[Flaw]:
    """Return the flaws of the concepts that are ours, by file; `table` is the glossary compiled."""
    ours = [concept for concept in glossary.concepts if not concept.attribution]
    return sorted(chain(_unfindable(ours), _claimed(ours), _flooding(ours, table, articles)))


def _places(concepts: Iterable[Concept]) -> Iterator[Place]:
    for concept in concepts:
        for language, terms in concept.terms.items():
            for term in terms:
                yield Place(concept, language, term)


def _unfindable(concepts: Iterable[Concept]) -> Iterator[Flaw]:
    for place in _places(concepts):
        words = written_runs(query_analyzer(place.language).tokens(place.term))
        if not words:
            yield place.flaw("it has no words; remove it.")
        elif _is_idle([word.form for word in words], place.term, LANGUAGES[place.language]):
            yield place.flaw("it is of stop words only, and is not looked for; remove it, or say it in other words.")


def _is_idle(forms: list[str], term: str, language: Language) -> bool:
    stops = stop_words(language)
    return all(form in stops for form in forms) and not (len(forms) == 1 and term.isupper())


def _claimed(concepts: list[Concept]) -> Iterator[Flaw]:
    for claim in GlossaryCompiler(Glossary(tuple(concepts))).claims:
        place = Place(concepts[claim.concept], claim.language, claim.term)
        yield place.flaw(
            f"after analysis it is a term of {concepts[claim.claimed_by].id} too; leave it to one of them."
        )


def _flooding(concepts: list[Concept], table: ConceptTable, articles: Iterable[Article]) -> Iterator[Flaw]:
    finders: dict[str, ConceptFinder] = {}
    totals: Counter[str] = Counter()
    found: Counter[tuple[str, int]] = Counter()  # language, number of a term -> articles it is in
    for article in articles:
        language = article.language
        if totals[language] >= MAX_ARTICLES:
            continue
        if language not in finders:
            finders[language] = ConceptFinder(table, Analyzer(LANGUAGES[language]))
        totals[language] += 1
        found.update({(language, match.term) for match in finders[language].find_in_article(article.body)})
    for number, place in enumerate(_places(concepts)):
        total = totals[place.language]
        share = found[place.language, number] / max(1, total)
        if total >= MIN_ARTICLES and share > MAX_SHARE and len(place.term.split()) == 1:
            yield place.flaw(
                f"it is in {share:.0%} of {total} articles, and would flood what it is searched with; say it in a "
                f"longer term. Allowed are {MAX_SHARE:.0%}."
            )
