"""Articles like another one: of other works, in any language.

Two things make articles alike. The glossary's concepts that an article names in its title, its headings and the
beginning of its text are looked for in every language by their terms there; the words that tell most about it, in its
own language alone. Both are asked like the words of a query, by at most MAX_CONCEPTS and MAX_WORDS of them, so that the
time is bounded however long an article is.

What it does not do is store anything: an index needs no more than it has for queries.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from corpus import LANGUAGES, Article
from indexer.analysis import query_analyzer, stop_words
from indexer.codec.container import Array
from search.found import Found
from search.matching import Keys, SegmentMatcher, hash_of
from search.ordering import liking
from search.parsing import Group, Operand, ParsedQuery
from search.planning import LanguagePlan, Pattern, PlannedGroup, plan
from search.scoring import information, saturated
from search.snapshot import Snapshot

# Read of an article: its title, so much of its headings, and so much of its text.
HEADINGS_CHARS, TEXT_CHARS = 1_000, 4_000
# What a concept or word says by where it stands; in the text, each time.
TITLE_POINTS, HEADINGS_POINTS, TEXT_POINTS = 3.0, 2.0, 0.5
MAX_CONCEPTS, MAX_WORDS = 8, 12
MIN_WORD_CHARS = 3
# What all words together are worth beside all concepts together: they only speak for the article's own language.
WORDS_SHARE = 0.5
# Articles looked at, the best ones; what scores less than this share of the best is not similar.
POOL = 200
LEAST_SHARE = 0.25
_DIGITS = 9

Points = Mapping[int, float]


def similar(number: int, snapshot: Snapshot, prefer: Sequence[str], size: int) -> list[int]:
    """Return articles of other works by document number, the most similar first, one of each work.

    Of a work it is the translation that the reader likes best, else the one in the article's own language; works that
    there are in a language the reader reads come before others.
    """
    columns = snapshot.columns
    own = columns.languages[int(columns.language_codes[number])]
    named = tuple(prefer) or (own,)
    wanted = tuple(dict.fromkeys((*named, own)))
    shown = []
    for work in snapshot.memory.once(("similar", number), lambda: _works_like(number, snapshot)):
        translations = np.intersect1d(np.flatnonzero(snapshot.work_codes == work), snapshot.live)
        shown.append(int(snapshot.in_order([liking(translations, wanted, columns)], translations)[0]))
    numbers = np.array(shown, np.int64)
    others = liking(numbers, named, columns) == len(named)
    found: list[int] = numbers[np.argsort(others, kind="stable")][:size].tolist()
    return found


def _works_like(number: int, snapshot: Snapshot) -> tuple[int, ...]:
    """Return the codes of works, the most similar first."""
    scores = np.round(_scores(snapshot.article(number), snapshot), _DIGITS)
    scores[snapshot.work_codes == snapshot.work_codes[number]] = 0.0
    numbers = np.flatnonzero(scores > LEAST_SHARE * scores.max(initial=0.0))
    if len(numbers) > POOL:
        least = np.partition(scores[numbers], len(numbers) - POOL)[len(numbers) - POOL]
        numbers = numbers[scores[numbers] >= least]
    ordered = snapshot.in_order([-scores[numbers]], numbers)[:POOL]
    return tuple(dict.fromkeys(snapshot.work_codes[ordered].tolist()))


def _scores(article: Article, snapshot: Snapshot) -> Array:
    """Return how similar each document is."""
    concepts = _concepts(article, snapshot)
    words = _words(article, snapshot)
    # group -> what the article says of it; those of concepts come first, and are the same in all languages
    points = [*concepts.values(), *words.values()]
    found: list[tuple[int, int, Found]] = []  # group, first document of the segment, what is found there
    for language in snapshot.counts:
        groups = _in_language(concepts, language, snapshot)
        if language == article.language:
            groups += words
        planned = LanguagePlan(language, tuple(groups), ())
        keys = Keys.of(planned)
        for segment in snapshot.segments_with(language):
            matcher = SegmentMatcher(keys, segment, snapshot.statistics(language))
            if not matcher.is_empty:
                found += ((at, segment.base, matcher.find(group)) for at, group in enumerate(planned.groups))
    counts: Counter[int] = Counter()
    for group, _, part in found:
        counts[group] += len(part.documents)
    own = snapshot.counts[article.language]
    articles = [len(snapshot.live)] * len(concepts) + [own] * len(words)
    worth = [each * _told(counts[at], articles[at]) for at, each in enumerate(points)]
    whole = [sum(worth[: len(concepts)]) or 1.0] * len(concepts)
    whole += [(sum(worth[len(concepts) :]) or 1.0) / WORDS_SHARE] * len(words)
    scores = np.zeros(len(snapshot.columns.days))
    for group, base, part in found:
        earned = saturated(*part.counted(part.documents))
        scores[part.documents + base] += worth[group] / whole[group] * earned
    return scores


def _told(found: int, articles: int) -> float:
    return information(articles, found, found / max(1, articles))


def _parts(article: Article) -> Iterator[tuple[str, float]]:
    """Yield what is read of an article, with what it says there once."""
    yield article.title, TITLE_POINTS
    headings = "\n".join(article.body[span.start : span.end] for span in article.markup if span.kind == "heading")
    yield headings[:HEADINGS_CHARS], HEADINGS_POINTS
    yield article.body[:TEXT_CHARS], TEXT_POINTS


def _concepts(article: Article, snapshot: Snapshot) -> Points:
    """Return the numbers of the concepts that an article is about most, and how much it says of each."""
    finders = snapshot.concepts
    if finders is None:
        return {}
    finder = finders.of(article.language)
    points: dict[int, float] = {}
    for text, weight in _parts(article):
        found = (match for match in finder.find(text) if not finders.table.is_everyday(match.term))
        counts = Counter(match.concept for match in found)
        for concept, count in counts.items():
            # A title or heading says it once; a text says it each time.
            points[concept] = points.get(concept, 0.0) + weight * (count if weight == TEXT_POINTS else 1)
    best = sorted(points.items(), key=lambda item: (-item[1], finders.table.id(item[0])))[:MAX_CONCEPTS]
    return dict(best)


def _in_language(concepts: Points, language: str, snapshot: Snapshot) -> list[PlannedGroup]:
    """Return the terms of each concept in a language as a group, without patterns where there are none."""
    if snapshot.concepts is None:
        return []
    groups = []
    for concept in concepts:
        entry = snapshot.concepts.table.concept(concept)
        everyday = entry.everyday.get(language, ())
        terms = [term for term in entry.terms.get(language, ()) if term not in everyday]
        operands = tuple(Operand(term, phrase=" " in term) for term in terms)
        groups.append(Group("", operands))
    return list(plan(ParsedQuery(tuple(groups)), [language]).languages[0].groups)


def _words(article: Article, snapshot: Snapshot) -> dict[PlannedGroup, float]:
    """Return the words that tell most about an article, as groups, and how much it says of each."""
    language = article.language
    stops = stop_words(LANGUAGES[language])
    points: dict[str, float] = {}
    patterns: dict[str, Pattern] = {}  # stem -> the word as it stands first
    for text, weight in _parts(article):
        for token in query_analyzer(language).tokens(text):
            if not token.joined and token.form not in stops and len(token.form) >= MIN_WORD_CHARS:
                points[token.stem] = points.get(token.stem, 0.0) + weight
                keys = tuple(dict.fromkeys((token.stem, token.plain)))
                patterns.setdefault(token.stem, Pattern(keys, (), token.form, token.folded))
    stems = list(points)
    articles = snapshot.counts[language]
    told = {
        stem: points[stem] * _told(count, articles)
        for stem, count in zip(stems, _frequencies(stems, language, snapshot), strict=True)
        if count > 1  # what only the article has makes none similar
    }
    best = sorted(told, key=lambda stem: (-told[stem], stem))[:MAX_WORDS]
    return {PlannedGroup((patterns[stem],), False): points[stem] for stem in best}


def _frequencies(stems: Sequence[str], language: str, snapshot: Snapshot) -> list[int]:
    """Return in how many articles of a language each stem is, inflections counted apart."""
    counts = np.zeros(len(stems), np.int64)
    hashes = np.array([hash_of(stem) for stem in stems], np.uint64)
    for segment in snapshot.segments_with(language):
        counts += segment.body_frequencies(language, hashes)
    found: list[int] = np.minimum(counts, snapshot.counts[language]).tolist()
    return found
