"""What a query finds in the articles of one language, segment by segment, before anything is scored."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from indexer.codec.container import Array
from indexer.schema import LANGUAGE
from search.found import Found
from search.matching import Keys, SegmentMatcher
from search.planning import LanguagePlan
from search.segment import Segment
from search.snapshot import LanguageStatistics, Snapshot


@dataclass(frozen=True, slots=True)
class Part:
    """What a query finds in the articles of one language in one segment; `groups` by number, documents local.

    `foreign` are the groups that are stop words of another language, and no words of this one as they are written; of
    those `instead`, what was found is what will do where nothing else is.
    """

    plan: LanguagePlan
    segment: Segment
    groups: tuple[Found, ...]
    excluded: Array
    foreign: frozenset[int]
    instead: frozenset[int] = frozenset()

    def has_language(self, local: int) -> bool:
        """Tell whether a document of the segment is in the language of this part."""
        codes = self.segment.codes(LANGUAGE)
        return bool(codes[local] == self.plan.language.encode())


@dataclass(frozen=True, slots=True)
class LanguageParts:
    """The words of a query in the articles of one language; `found` counts those with each group.

    `foreign` is as in its parts. `said` counts the articles that tell how common a group is: those that have it, but
    where it is lent only those with the word itself, and not with other words.
    """

    plan: LanguagePlan
    parts: tuple[Part, ...]
    found: tuple[int, ...]
    said: tuple[int, ...]
    statistics: LanguageStatistics
    foreign: frozenset[int]

    @classmethod
    def of(cls, plan: LanguagePlan, snapshot: Snapshot, common: Collection[int] = ()) -> "LanguageParts":
        """Look for the words in the segments that have articles in the language.

        `common` are the groups that are stop words in any language. *and* and *at* are in English: to German and
        Lithuanian they are stems of some words, which nobody asks for.
        """
        statistics = snapshot.statistics(plan.language)
        keys = Keys.of(plan)
        matchers = []
        for segment in snapshot.segments_with(plan.language):
            matcher = SegmentMatcher(keys, segment, statistics)
            if not matcher.is_empty or keys.others:
                matchers.append((matcher, segment))
        found = [[matcher.find(group) for matcher, _ in matchers] for group in plan.groups]
        foreign = frozenset(
            group
            for group in common
            if not plan.groups[group].common and not any(there.written for there in found[group])
        )
        said = [
            sum(len(each.own) for each in there) if planned.lent else _count(there)
            for planned, there in zip(plan.groups, found, strict=True)
        ]
        for group in foreign:
            others = plan.groups[group].without_relatives()
            found[group] = [matcher.find(others) for matcher, _ in matchers]
        instead = set()
        for group, planned in enumerate(plan.groups):
            if planned.instead and not _count(found[group]):
                wanted = (snapshot.patterns_of(each, plan.language) for each in planned.instead)
                patterns = tuple(dict.fromkeys(chain.from_iterable(wanted)))
                found[group] = [matcher.find_instead(patterns) for matcher, _ in matchers]
                instead |= {group} if _count(found[group]) else set()
        parts = [
            Part(
                plan,
                segment,
                tuple(of_group[at] for of_group in found),
                matcher.excluded(plan.excluded),
                foreign,
                frozenset(instead),
            )
            for at, (matcher, segment) in enumerate(matchers)
        ]
        return cls(plan, tuple(parts), tuple(map(_count, found)), tuple(said), statistics, foreign)

    def excluding(self, numbers: Array) -> "LanguageParts":
        """Return it with these documents of the index, sorted, excluded."""
        parts = []
        for part in self.parts:
            first, last = numbers.searchsorted([part.segment.base, part.segment.base + part.segment.count])
            parts.append(replace(part, excluded=numbers[first:last] - part.segment.base))
        return replace(self, parts=tuple(parts))

    def required(self) -> list[int]:
        """Return the groups that an article should have: all but stop words, unless there is nothing else."""
        groups = range(len(self.plan.groups))
        return [group for group in groups if not self.plan.groups[group].common and group not in self.foreign] or [
            *groups
        ]


def with_documents(parts: Iterable[Part], numbers: Array) -> Iterator[tuple[Part, Array]]:
    """Yield (part, documents) of the parts that have any of some documents of the index, sorted; those are local."""
    there: dict[int, dict[str, Array]] = {}  # base of a segment -> language -> documents
    for part in parts:
        base = part.segment.base
        if base not in there:
            there[base] = part.segment.by_language(numbers)
        documents = there[base].get(part.plan.language)
        if documents is not None:
            yield part, documents


def _count(found: Sequence[Found]) -> int:
    return sum(len(there.documents) for there in found)
