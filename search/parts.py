"""What a query finds in the articles of one language, segment by segment, before anything is scored."""

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.codec.container import Array
from indexer.schema import LANGUAGE
from search.matching import Found, Keys, SegmentMatcher
from search.planning import LanguagePlan
from search.segment import Segment
from search.snapshot import LanguageStatistics, Snapshot


@dataclass(frozen=True, slots=True)
class Part:
    """What a query finds in the articles of one language in one segment; `groups` by number, documents local."""

    plan: LanguagePlan
    segment: Segment
    groups: tuple[Found, ...]
    excluded: Array

    def has_language(self, local: int) -> bool:
        """Tell whether a document of the segment is in the language of this part."""
        codes = self.segment.codes(LANGUAGE)
        return bool(codes[local] == self.plan.language.encode())


@dataclass(frozen=True, slots=True)
class LanguageParts:
    """The words of a query in the articles of one language; `found` counts those with each group."""

    plan: LanguagePlan
    parts: tuple[Part, ...]
    found: tuple[int, ...]
    statistics: LanguageStatistics

    @classmethod
    def of(cls, plan: LanguagePlan, snapshot: Snapshot) -> "LanguageParts":
        """Look for the words in the segments that have articles in the language."""
        statistics = snapshot.statistics(plan.language)
        parts = []
        keys = Keys.of(plan)
        for segment in snapshot.segments_with(plan.language):
            matcher = SegmentMatcher(keys, segment, statistics)
            if matcher.is_empty and not keys.others:
                continue
            groups = tuple(matcher.find(group) for group in plan.groups)
            parts.append(Part(plan, segment, groups, matcher.excluded(plan.excluded)))
        found = [0] * len(plan.groups)
        for part in parts:
            for group, there in enumerate(part.groups):
                found[group] += len(there.documents)
        return cls(plan, tuple(parts), tuple(found), statistics)

    def said(self, group: int) -> int:
        """Return how many articles tell how common a group is: not those where it is lent, which have other words."""
        return 0 if self.plan.groups[group].lent else self.found[group]

    def required(self, common: Sequence[bool]) -> list[int]:
        """Return the groups that an article should have: all but stop words, unless there is nothing else."""
        return [
            group
            for group, planned in enumerate(self.plan.groups)
            if not planned.common
            # "at" in Lithuanian: it says little in another language, and here it is no word, only the stem of some.
            and not (common[group] and not any(part.groups[group].written for part in self.parts))
        ] or list(range(len(common)))
