"""What a search answers, by the articles' texts alone: no index and no arrays, one article after the other.

What a query means in each language is the plan's word. Everything behind it is here a second time, as plainly as can
be, so that one can see that it is right, and compare.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise, takewhile
from math import log

import numpy as np

from corpus import Article, Settings
from indexer.analysis import Token, query_analyzer, sentence_spans
from indexer.analysis.characters import is_paired
from indexer.analysis.normalization import fold
from indexer.concepts.inflection import MAX_SHORT_STEM_CHARS, is_inflected, may_be_inflected
from indexer.places import Spans
from search.closeness import MAX_DISTANCE, OVERLAP_WEIGHT, TOGETHER_WEIGHT
from search.highlighting import Mark, Marks
from search.occurrences import B_BODY, B_TITLE, MAX_ENDING_CHARS, TIER_WEIGHTS, TITLE_WEIGHT
from search.ordering import MISSING_WEIGHT, PREFERRED_WEIGHT, TOGETHER_POOL
from search.page import FacetValue
from search.parsing import ParsedQuery, parse
from search.planning import LanguagePlan, Pattern, Plan, PlannedGroup, Tier
from search.relaxing import RELAXED_SHARE
from search.request import SearchRequest, Sort
from search.scoring import K1, PRIOR_ARTICLES

# Equal but for the order in which they were added up.
DIGITS = 9


@dataclass(frozen=True, slots=True)
class Place:
    """Where a pattern stands in a title or body, and how it was found there: text[start:end], from a word on."""

    position: int
    start: int
    end: int
    tier: Tier


@dataclass(frozen=True, slots=True)
class PlainMatches:
    """All articles that answer, by id; groups by number."""

    scores: Mapping[str, float]
    missing: Mapping[str, tuple[int, ...]]
    shares: Mapping[str, float]
    unknown: tuple[int, ...]
    told: Mapping[str, Sequence[float]]  # language -> what each group tells


@dataclass(frozen=True, slots=True)
class PlainPage:
    """What a page of hits says; `ids` are in order, `ranked` as what they rank, `scores` theirs."""

    ids: list[str]
    ranked: list[str]
    scores: list[float]
    missing: list[tuple[str, ...]]
    total: int
    complete: int
    articles: int
    languages: tuple[FacetValue, ...]
    topics: tuple[FacetValue, ...]
    years: tuple[FacetValue, ...]


class PlainSearch:
    """Searches these articles."""

    def __init__(self, articles: Iterable[Article], settings: Settings) -> None:
        self.articles = {article.id: article for article in articles}
        self.languages = sorted({article.language for article in self.articles.values()})
        self._settings = settings
        # Of each article, what its title (True) and its body (False) say.
        self._tokens = {
            article.id: {
                True: query_analyzer(article.language).tokens(article.title),
                False: query_analyzer(article.language).tokens(article.body),
            }
            for article in self.articles.values()
        }

    def within(self, language: str) -> list[str]:
        """Return the ids of the articles in a language."""
        return [id for id, article in self.articles.items() if article.language == language]

    # --- one pattern, one article

    def places(self, pattern: Pattern, id: str, title: bool) -> list[Place]:
        """Return where a pattern stands in a title or in a body."""
        if pattern.title and not title:
            return []
        tokens, language = self._tokens[id][title], self.articles[id].language
        if pattern.is_row:
            return list(_rows(pattern, tokens, language))
        return [
            Place(token.position, token.start, token.end, tier_of(pattern, token))
            for token in tokens
            if _matches(pattern, token, language)
        ]

    def frequency(self, patterns: Sequence[Pattern], id: str) -> float:
        """Return how often patterns that count as one are in an article, by tier and by field, against its length.

        A word that several of them find counts once, and every row.
        """
        total = 0.0
        for title, weight, b in ((True, TITLE_WEIGHT, B_TITLE), (False, 1.0, B_BODY)):
            words = {place for each in patterns if not each.is_row for place in self.places(each, id, title)}
            rows = [place for each in patterns if each.is_row for place in self.places(each, id, title)]
            found = sum(TIER_WEIGHTS[place.tier] for place in (*words, *rows))
            length = len(self._tokens[id][title]) / self._mean(self.articles[id].language, title)
            total += weight * found / (1 - b + b * length)
        return total

    def tier(self, pattern: Pattern, id: str) -> Tier | None:
        """Return the best way in which an article has a pattern, None if it does not."""
        return min((place.tier for title in (True, False) for place in self.places(pattern, id, title)), default=None)

    def _mean(self, language: str, title: bool) -> float:
        lengths = [len(self._tokens[id][title]) for id in self.within(language)]
        return max(1.0, sum(lengths) / len(lengths))

    # --- one group, one article

    def found(self, group: PlannedGroup, id: str) -> tuple[float, float] | None:
        """Return the frequency of a group in an article and the weight of its best tier, None if it is not there."""
        tiers = [tier for pattern in group.patterns if (tier := self.tier(pattern, id))]
        if not tiers:
            return None
        others = [pattern for pattern in group.patterns if pattern.tier is Tier.GLOSSARY]
        as_one = [[pattern] for pattern in group.patterns if pattern.tier is not Tier.GLOSSARY] + [others]
        return max(self.frequency(patterns, id) for patterns in as_one), TIER_WEIGHTS[min(tiers)]

    def _positions(self, group: PlannedGroup, id: str, title: bool) -> set[int]:
        return {place.position for pattern in group.patterns for place in self.places(pattern, id, title)}

    # --- a query

    def matches(
        self, planned: Plan, passing: Callable[[Article], bool] = lambda article: True, collapse: bool = False
    ) -> PlainMatches:
        """Return the articles that answer; those that `passing` lets through say whether there are enough.

        With `collapse`, articles of one work are one hit.
        """

        def hits(ids: Iterable[str]) -> int:
            return len({self.work(id) if collapse else id for id in ids})

        plans = {language.language: self._looked_for(planned, language) for language in planned.languages}
        excluded = {id for id in self.articles if self._is_excluded(id, plans)}
        works = {self.work(id) for id in excluded} if collapse else set()
        kept = [id for id in self.articles if id not in excluded and self.work(id) not in works]
        if not planned.labels:
            return PlainMatches(dict.fromkeys(kept, 0.0), dict.fromkeys(kept, ()), dict.fromkeys(kept, 1.0), (), {})
        groups = range(len(planned.labels))
        has = {
            id: {
                group: found
                for group in groups
                if (found := self.found(plans[article.language].groups[group], id)) is not None
            }
            for id, article in self.articles.items()
        }
        everywhere = [sum(group in found for found in has.values()) for group in groups]
        shares = self._shares(planned)
        lacking, scores, told = {}, {}, {}
        share_of: dict[str, float] = {}
        for code, language in plans.items():
            articles = self.within(code)
            counts = [sum(group in has[id] for id in articles) for group in groups]
            told[code] = [_information(len(articles), counts[group], shares[group]) for group in groups]
            required = self._required(language, self._foreign(planned, self._plan_of(planned, code)))
            counting = [group for group in groups if counts[group] or group in required]
            worth = sum(told[code][group] for group in counting) or 1.0
            lost = {group: _information(0, 0, shares[group]) if shares[group] else 0.0 for group in required}
            for id in articles:
                if id not in kept or not any(group in has[id] for group in required):
                    continue
                lacking[id] = tuple(group for group in required if group not in has[id])
                scores[id] = sum(
                    told[code][group] / worth * _saturated(*has[id][group]) for group in counting if group in has[id]
                )
                gone = sum(lost[group] for group in lacking[id])
                share_of[id] = round(1 - gone / (sum(lost.values()) or 1.0), DIGITS) if lacking[id] else 1.0
        complete = {id for id in lacking if not lacking[id]}
        partial = {id: (share_of[id], frozenset(has[id])) for id in lacking if lacking[id]}
        answering = complete | self._following(complete, partial, planned, passing, hits)
        return PlainMatches(
            {id: scores[id] for id in answering},
            {id: lacking[id] for id in answering},
            {id: share_of[id] for id in answering},
            tuple(group for group in groups if not everywhere[group]),
            told,
        )

    def _following(
        self,
        complete: set[str],
        partial: dict[str, tuple[float, frozenset[int]]],
        planned: Plan,
        passing: Callable[[Article], bool],
        hits: Callable[[Iterable[str]], int],
    ) -> set[str]:
        """Return the articles that follow the complete ones: of the partial, a share of information and groups each."""
        telling, every = planned.telling(), frozenset(range(len(planned.labels)))

        def follow(asked: frozenset[int], passing: Callable[[Article], bool], wanted: Callable[[str], int]) -> set[str]:
            following: set[str] = set()
            for code in self.languages:
                some = {
                    id: share
                    for id, (share, has) in partial.items()
                    if id in self.within(code) and not asked.isdisjoint(has) and passing(self.articles[id])
                }
                if wanted(code) > 0:
                    following |= _relaxed(some, wanted(code), hits)
            return following

        page = self._settings.page_size
        following = follow(telling, lambda _: True, lambda code: page - hits(complete.intersection(self.within(code))))
        if any(passing(self.articles[id]) for id in complete | following):
            return following
        for asked in (telling, every):
            if some := follow(asked, passing, lambda _: page):
                return following | some
        return following

    def _shares(self, planned: Plan) -> list[float]:
        """Return the share of all articles that have each group: where it is lent without other words for it."""
        groups = [self._plan_of(planned, article.language).groups for article in self.articles.values()]
        found = [
            [self.found(_own(group) if group.lent else group, id) is not None for group in of_article]
            for id, of_article in zip(self.articles, groups, strict=True)
        ]
        return [sum(has) / len(self.articles) for has in zip(*found, strict=True)]

    def _plan_for(self, planned: Plan, id: str) -> LanguagePlan:
        return self._looked_for(planned, self._plan_of(planned, self.articles[id].language))

    def _plan_of(self, planned: Plan, code: str) -> LanguagePlan:
        return next(each for each in planned.languages if each.language == code)

    def _is_excluded(self, id: str, plans: Mapping[str, LanguagePlan]) -> bool:
        excluded = plans[self.articles[id].language].excluded
        return any(self.tier(pattern, id) is not None for pattern in excluded)

    def _required(self, language: LanguagePlan, foreign: Collection[int]) -> list[int]:
        groups = range(len(language.groups))
        return [group for group in groups if not language.groups[group].common and group not in foreign] or [*groups]

    def _foreign(self, planned: Plan, language: LanguagePlan) -> set[int]:
        """Return the groups that are a stop word of another language, and in this one nowhere as they are written."""
        common = {group for each in planned.languages for group, said in enumerate(each.groups) if said.common}
        articles = self.within(language.language)
        return {
            group
            for group in common
            if not language.groups[group].common
            and not any(
                self.tier(pattern, id) is Tier.EXACT for pattern in language.groups[group].patterns for id in articles
            )
        }

    def _looked_for(self, planned: Plan, language: LanguagePlan) -> LanguagePlan:
        """Return what is looked for in a language: of what is foreign to it nothing by its stem."""
        foreign = self._foreign(planned, language)
        groups = [
            group.without_relatives() if number in foreign else group for number, group in enumerate(language.groups)
        ]
        return LanguagePlan(language.language, tuple(groups), language.excluded)

    def bonus(self, planned: Plan, id: str, told: Sequence[float]) -> float:
        """Return what an article earns by neighbouring groups of the query that stand close in its title or body."""
        language = self._plan_for(planned, id)
        whole = sum(told) or 1.0
        total = 0.0
        for title in (True, False):
            positions = [self._positions(group, id, title) for group in language.groups]
            for group, (left, right) in enumerate(pairwise(positions)):
                # The other way round counts as one word further apart.
                distances = [b - a if b > a else a - b + 1 for a in left for b in right if a != b]
                if distances and min(distances) <= MAX_DISTANCE:
                    weight = TOGETHER_WEIGHT * (OVERLAP_WEIGHT if _overlap(*language.groups[group : group + 2]) else 1)
                    total += weight * min(told[group], told[group + 1]) / whole / min(distances)
        return total

    def passes(self, request: SearchRequest, article: Article) -> bool:
        """Tell whether the filters of a request and those in its query let an article through."""
        return _passes(article, request) and _allowed(article, parse(request.query, self._settings))

    def liking(self, id: str, prefer: Sequence[str]) -> int:
        """Return the place of an article's language among those preferred."""
        language = self.articles[id].language
        return prefer.index(language) if language in prefer else len(prefer)

    def work(self, id: str) -> str:
        """Return what the translations of one another share."""
        return self.articles[id].work or f"only {id}"

    def ordered(
        self, planned: Plan, ids: Iterable[str], found: PlainMatches, sort: Sort, prefer: Sequence[str] = ()
    ) -> list[tuple[str, float]]:
        """Return ids and scores, the best or the newest first."""
        scores = dict(found.scores)
        order = self._order(planned, found, scores, sort, prefer)
        in_order = sorted(ids, key=order)
        if sort == "newest" or not planned.labels:
            return [(id, scores[id]) for id in in_order]
        pool = in_order[:TOGETHER_POOL]
        for id in pool:
            scores[id] += self.bonus(planned, id, found.told[self.articles[id].language])
        return [(id, scores[id]) for id in sorted(pool, key=order) + in_order[TOGETHER_POOL:]]

    def works(
        self, planned: Plan, ids: Iterable[str], found: PlainMatches, sort: Sort, prefer: Sequence[str]
    ) -> dict[str, str]:
        """Return of each work the article as which it ranks, and the one that is shown."""
        order = self._order(planned, found, found.scores, sort, prefer)
        works: dict[str, list[str]] = {}
        for id in ids:
            works.setdefault(self.work(id), []).append(id)
        hits = {}
        for articles in works.values():
            shown = min(articles, key=lambda id: (self.liking(id, prefer), *order(id)))
            hits[shown if sort == "newest" or not planned.labels else min(articles, key=order)] = shown
        return hits

    def _order(
        self, planned: Plan, found: PlainMatches, scores: Mapping[str, float], sort: Sort, prefer: Sequence[str]
    ) -> Callable[[str], tuple[float | int | str, ...]]:
        """Return by what articles are ordered, the smaller the earlier."""

        def best(id: str) -> tuple[float | int | str, ...]:
            liked = self.liking(id, prefer)
            score = scores[id] * (PREFERRED_WEIGHT if liked < len(prefer) else 1)
            if found.missing[id]:
                return 1, -round(score * found.shares[id] ** MISSING_WEIGHT, DIGITS), liked, id
            return 0, -round(score, DIGITS), liked, id

        def newest(id: str) -> tuple[float | int | str, ...]:
            published = self.articles[id].published
            # Without words the order of all articles is one for all readers.
            liked = self.liking(id, prefer) if planned.labels else 0
            day = published.toordinal() if published else 0
            return bool(found.missing[id]), -day, -round(scores[id], DIGITS), liked, id

        return newest if sort == "newest" or not planned.labels else best

    def page(self, request: SearchRequest, planned: Plan) -> PlainPage:
        """Answer a request whose query means this."""
        query = parse(request.query, self._settings)
        found = self.matches(planned, partial(self.passes, request), request.collapse)
        answering = [self.articles[id] for id in found.scores if _allowed(self.articles[id], query)]
        kept = [article.id for article in answering if _passes(article, request)]
        first = (request.page - 1) * request.size
        hits = dict(zip(kept, kept, strict=True))
        if request.collapse:
            hits = self.works(planned, kept, found, request.sort, request.prefer)
        listed = self.ordered(planned, hits, found, request.sort, request.prefer)[
            first : min(first + request.size, self._settings.max_results)
        ]
        shown = [hits[id] for id, _ in listed]
        work = self.work if request.collapse else str
        return PlainPage(
            shown,
            [id for id, _ in listed],
            [score for _, score in listed],
            [tuple(planned.labels[group] for group in found.missing[id]) for id in shown],
            len(hits),
            sum(not found.missing[id] for id in hits),
            len(kept),
            language_values(answering, request, work),
            topic_values(answering, request, work),
            year_values(answering, request, work),
        )

    # --- where it stands

    def marks(self, planned: Plan, id: str) -> Marks:
        """Return where the words of a query stand in an article, found by looking at each of its words."""
        article = self.articles[id]
        language = self._plan_for(planned, id)
        # Stop words are marked only where there is nothing else.
        telling = [number for number, group in enumerate(language.groups) if not group.common]
        found: dict[bool, list[Mark]] = {True: [], False: []}
        for number in telling or range(len(language.groups)):
            for pattern in language.groups[number].patterns:
                for title, marks in found.items():
                    places = self.places(pattern, id, title)
                    marks += [
                        Mark(place.start, place.end, frozenset({number}), TIER_WEIGHTS[place.tier]) for place in places
                    ]
        return Marks(tuple(_joined(found[True], article.title)), tuple(_joined(found[False], article.body)))


def spans_of(body: str) -> Spans:
    """Return the sentences of a body."""
    found = sentence_spans(body)
    return Spans(
        np.array([start for start, _ in found], np.int64), np.array([end - start for start, end in found], np.int64)
    )


Counted = Callable[[str], str]  # the id of an article -> what is counted once for it


def language_values(articles: Iterable[Article], request: SearchRequest, work: Counted = str) -> tuple[FacetValue, ...]:
    """Return the languages of articles under the other filters, most first."""
    kept = (article for article in articles if _passes(article, request, but="language"))
    return _facet({(work(article.id), article.language) for article in kept}, request.languages)


def topic_values(articles: Iterable[Article], request: SearchRequest, work: Counted = str) -> tuple[FacetValue, ...]:
    """Return the topics of articles under the other filters, most first."""
    kept = (article for article in articles if _passes(article, request, but="topic"))
    return _facet({(work(article.id), topic) for article in kept for topic in article.topics}, request.topics)


def year_values(articles: Iterable[Article], request: SearchRequest, work: Counted = str) -> tuple[FacetValue, ...]:
    """Return the years of articles under the other filters, the newest first."""
    kept = (article for article in articles if _passes(article, request, but="year"))
    found = {(work(article.id), article.published.year) for article in kept if article.published}
    counts = Counter(year for _, year in found)
    years = sorted({*counts, *request.years}, reverse=True)
    return tuple(FacetValue(str(year), counts[year], year in request.years) for year in years)


def tier_of(pattern: Pattern, token: Token) -> Tier:
    """Return how a word was found by the pattern of a word, of its beginning or of words as written."""
    if pattern.prefix or pattern.forms or pattern.tier is Tier.GLOSSARY:
        return pattern.tier
    if not pattern.form:  # a phrase of one word
        return pattern.tier
    if token.form == pattern.form:
        return Tier.EXACT
    if token.folded == pattern.folded:
        return Tier.FOLDED
    pairs = zip(token.folded, pattern.folded, strict=False)
    common = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    longer = max(len(token.folded), len(pattern.folded))
    return Tier.STEM if longer - common <= MAX_ENDING_CHARS else Tier.DERIVED


def _matches(pattern: Pattern, token: Token, language: str) -> bool:
    if pattern.prefix:
        return token.folded.startswith(pattern.prefix)
    if pattern.forms:
        return token.form in pattern.forms
    if token.stem not in pattern.stems and token.plain not in pattern.stems:
        return False
    named = pattern.tier is Tier.GLOSSARY
    if named and pattern.form and not is_inflected(token.folded, pattern.folded, language):
        return False
    # A stop word is no inflection of a word that is none.
    stops = query_analyzer(language).stops
    if token.form not in stops or (pattern.form or pattern.label) in stops:
        return True
    if named:
        return token.form == pattern.form
    return bool(pattern.form) and token.folded == pattern.folded


def _may_stand_for(token: Token, form: str, language: str) -> bool:
    """Tell whether a word of a short stem may be meant by that of a row of the glossary."""
    stops = query_analyzer(language).stops
    return (token.form == form or token.form not in stops) and may_be_inflected(token.folded, fold(form), language)


def _rows(pattern: Pattern, tokens: Sequence[Token], language: str) -> Iterator[Place]:
    """Yield the places at which words stand in a row; of a word and several together that match, the longer one."""
    at: dict[int, list[Token]] = {}
    for token in tokens:
        at.setdefault(token.position, []).append(token)
    for position in at:
        row = []
        forms = pattern.label.split(" ") if pattern.tier is Tier.GLOSSARY else pattern.stems
        for stem, offset, form in zip(pattern.stems, pattern.offsets, forms, strict=True):
            here = [token for token in at.get(position + offset, ()) if stem in (token.stem, token.plain)]
            if pattern.tier is Tier.GLOSSARY and len(stem) <= MAX_SHORT_STEM_CHARS:
                here = [token for token in here if _may_stand_for(token, form, language)]
            if not here:
                break
            row.append(here)
        else:
            start = min(token.start for token in row[0])
            yield Place(position, start, max(token.end for token in row[-1]), pattern.tier)


def _information(articles: int, found: int, share_everywhere: float) -> float:
    share = (found + 0.5 + PRIOR_ARTICLES * share_everywhere) / (articles + 1 + PRIOR_ARTICLES)
    return max(0.0, -log(share))


def _overlap(left: PlannedGroup, right: PlannedGroup) -> bool:
    """Tell whether the last character of one pair of characters, with its marks, is the first one of the next."""
    if not (left.patterns and right.patterns):
        return False
    one, next_one = left.patterns[0].form, right.patterns[0].form
    shared = [end for end in range(1, len(next_one)) if one.endswith(next_one[:end])]
    return is_paired(one) and is_paired(next_one) and bool(shared)


def _saturated(frequency: float, weight: float) -> float:
    return frequency * (K1 + 1) / (frequency + K1) * weight


def _own(group: PlannedGroup) -> PlannedGroup:
    """Return a group without the glossary's other words."""
    return replace(group, patterns=tuple(each for each in group.patterns if each.tier is not Tier.GLOSSARY))


def _relaxed(shares: Mapping[str, float], wanted: int, hits: Callable[[Iterable[str]], int]) -> set[str]:
    """Return the articles with RELAXED_SHARE, and of the others the best that fill a page, with all that tie."""
    kept: set[str] = set()
    for share in sorted(set(shares.values()), reverse=True):
        if share < RELAXED_SHARE and hits(kept) >= wanted:
            break
        kept |= {id for id in shares if shares[id] == share}
    return kept


def _passes(article: Article, request: SearchRequest, but: str = "") -> bool:
    if request.languages and but != "language" and article.language not in request.languages:
        return False
    if request.topics and but != "topic" and not set(article.topics) & set(request.topics):
        return False
    if request.years and but != "year" and (article.published is None or article.published.year not in request.years):
        return False
    if request.published_from and (article.published is None or article.published < request.published_from):
        return False
    return not (request.published_to and (article.published is None or article.published > request.published_to))


def _allowed(article: Article, query: ParsedQuery) -> bool:
    return (
        _passes(article, SearchRequest(languages=query.languages, topics=query.topics))
        and article.language not in query.other_languages
        and not set(article.topics) & set(query.other_topics)
    )


def _facet(values: Iterable[tuple[str, str]], selected: Sequence[str]) -> tuple[FacetValue, ...]:
    """Return the values of pairs of what is counted and its value."""
    counts = Counter(value for _, value in values)
    names = sorted({*counts, *selected}, key=lambda name: (-counts[name], name))
    return tuple(FacetValue(name, counts[name], name in selected) for name in names)


def _joined(marks: Iterable[Mark], text: str) -> list[Mark]:
    """Return marks without overlaps, and without pieces of a run of bigrams that stands elsewhere in one."""
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end)):
        if kept and mark.start < kept[-1].end:
            last = kept.pop()
            end, weight = max(last.end, mark.end), max(last.weight, mark.weight)
            mark = Mark(last.start, end, last.groups | mark.groups, weight)
        kept.append(mark)
    paired = {mark.groups for mark in kept if is_paired(text[mark.start])}
    scraps = {groups for groups in paired if any(groups < more for more in paired)}
    return [mark for mark in kept if mark.groups not in scraps]
