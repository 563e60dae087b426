"""Did you mean: the same query with a rare word exchanged for one that is written nearly so and is common.

A word that no article has is corrected, and the reader told (`correction`). A word that few articles have is looked
for as it is; but where articles with every word are few, and the index has a common word a letter away, the reader is
asked. What is near comes from the index's own words, language by language: the word has to be rare in the language in
which the other one is common, and all other words of the query be there too. And nothing is offered before it was
counted: it has to find several times as many articles, under the same filters. Less is asked of a word that makes the
name of a concept with its neighbours, and it comes first: *cover leter* is rather *cover letter* than *cover later*.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cache

from corpus import UNDETERMINED, Settings
from indexer.analysis import query_analyzer
from search.conceptnames import spells_a_name
from search.correction import is_long_enough, typos_in
from search.nearby import CommonWord, common_words
from search.page import Rewording
from search.parsing import Group, ParsedQuery, parse
from search.ranking import Matches
from search.snapshot import Snapshot

# So many articles with every word are enough, and nobody is asked.
ENOUGH = 5
# The other word has to be in so many times as many articles of its language, and the other query to find so many more.
TIMES_MORE = 5
# Of a longer query hardly any article has every word, mistyped or not.
MAX_GROUPS = 6
# Queries that are counted.
MAX_COUNTED = 3

Count = Callable[[str], int]


def reworded(
    text: str,
    query: ParsedQuery,
    matches: Matches,
    right: Collection[int],
    complete: int,
    count: Count,
    snapshot: Snapshot,
    settings: Settings,
) -> Rewording | None:
    """Return the query that the reader may have meant, None if it is this one.

    `right` are the groups that are certainly meant as they are, `complete` is how many hits have every word now, and
    `count` tells that of another query.
    """
    if complete >= ENOUGH or not 1 <= len(query.groups) <= MAX_GROUPS or matches.unknown:
        return None

    @cache
    def makes_name(group: int, word: str) -> bool:
        return spells_a_name(query, group, word, snapshot)

    found = _found(matches)
    near = _near(query.groups, right, found, snapshot, makes_name)
    better: list[tuple[bool, Rewording]] = []
    for instead in _exchanges(near, matches, found, len(query.groups))[:MAX_COUNTED]:
        other = _exchanged(text[: settings.max_query_chars], query, instead, settings)
        hits = count(other) if other else 0
        named = any(makes_name(number, word) for number, word in instead.items())
        if hits >= (complete + 1 if named else TIMES_MORE * max(1, complete)):
            better.append((named, Rewording(other, hits)))
    _, best = max(better, key=lambda each: (each[0], each[1].complete), default=(False, None))
    return best


def _found(matches: Matches) -> Mapping[str, Counter[int]]:
    """Return by language how many articles have each group."""
    found: dict[str, Counter[int]] = {}
    for part in matches.parts:
        counts = found.setdefault(part.plan.language, Counter())
        counts.update({group: len(each.documents) for group, each in enumerate(part.groups)})
    return found


def _near(
    groups: Sequence[Group],
    right: Collection[int],
    found: Mapping[str, Counter[int]],
    snapshot: Snapshot,
    makes_name: Callable[[int, str], bool],
) -> dict[str, dict[int, CommonWord]]:
    """Return by language, for each group that is rare there, the word that is nearest to it.

    That is one that makes the name of a concept, or else a common one.
    """
    nearest: dict[str, dict[int, tuple[tuple[bool, int, int, str], CommonWord]]] = {}
    for number, group in enumerate(groups):
        word = "" if number in right else _plain_word(group)
        typos, short = typos_in(word)
        for other in _others(word, typos, snapshot) if typos else ():
            articles = found.get(other.language, Counter())[number]
            if other.articles <= articles:
                continue
            named = is_long_enough(word, other.form) and makes_name(number, other.form)
            if not named and (short or other.articles < TIMES_MORE * max(1, articles)):
                continue
            of_language = nearest.setdefault(other.language, {})
            ranked = (not named, other.typos, -other.articles, other.form), other
            of_language[number] = min(ranked, of_language.get(number, ranked))
    return {code: {number: other for number, (_, other) in words.items()} for code, words in nearest.items() if words}


def _plain_word(group: Group) -> str:
    """Return the folded form of a group that is one word without any syntax, or nothing."""
    operand = group.operands[0]
    if len(group.operands) > 1 or operand.phrase or operand.prefix or operand.title or not operand.text.isalpha():
        return ""
    return query_analyzer(UNDETERMINED.code).word(operand.text)[1]


def _others(word: str, typos: int, snapshot: Snapshot) -> Iterator[CommonWord]:
    """Yield the common words that differ in so many letters at most, but in one."""
    table = snapshot.typed
    if table is not None:
        near = common_words(word, table.typed.like(word, typos), typos, table)
        yield from (other for other in near if other.typos)


def _exchanges(
    near: Mapping[str, Mapping[int, CommonWord]], matches: Matches, found: Mapping[str, Counter[int]], groups: int
) -> list[dict[int, str]]:
    """Return what could stand for which groups, the likeliest first: fewer letters exchanged, commoner words."""
    ranked: dict[tuple[tuple[int, str], ...], tuple[int, int]] = {}
    common = {part.plan.language: [group.common for group in part.plan.groups] for part in matches.parts}
    for language, words in near.items():
        for chosen in (words, *({number: word} for number, word in words.items())):
            there = found.get(language, Counter())
            idle = common.get(language, [False] * groups)
            if all(number in chosen or there[number] or idle[number] for number in range(groups)):
                said = tuple((number, word.form) for number, word in sorted(chosen.items()))
                rank = (
                    sum(word.typos for word in chosen.values()),
                    -min(word.articles for word in chosen.values()),
                )
                ranked[said] = min(rank, ranked.get(said, rank))
    return [dict(said) for said in sorted(ranked, key=lambda said: (ranked[said], said))]


def _exchanged(text: str, query: ParsedQuery, instead: Mapping[int, str], settings: Settings) -> str:
    """Return the query as it was typed, with other words for some groups; nothing where that says something else."""
    wanted = [instead.get(number, group.label) for number, group in enumerate(query.groups)]
    for number, word in instead.items():
        label = re.escape(query.groups[number].label)
        text = re.sub(rf"(?<!\w){label}(?!\w)", lambda _, word=word: word, text, count=1)  # type: ignore[misc]
    other = parse(text, settings)
    same = (other.excluded, other.languages, other.topics) == (query.excluded, query.languages, query.topics)
    return text if same and [group.label for group in other.groups] == wanted else ""
