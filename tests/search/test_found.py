import numpy as np
import pytest

from corpus import Article
from indexer.analysis import query_analyzer
from indexer.codec.container import Array
from search.found import Found, counted
from search.matching import Keys, SegmentMatcher
from search.occurrences import TIER_WEIGHTS
from search.planning import LanguagePlan, Pattern, PlannedGroup, Tier, word
from search.snapshot import Snapshot
from tests.search.corpora import cut, indexed, snapshot_of

ARTICLES = (
    Article("a", "en", "T", "A hotline."),
    Article("b", "en", "T", "A helpline."),
    Article("c", "en", "T", "A hotline, and a helpline."),
    Article("d", "en", "T", "Nothing of it."),
)


def pattern(text: str, tier: Tier = Tier.STEM) -> Pattern:
    [token] = query_analyzer("en").tokens(text)
    return word(token, tier)


def found_of(snapshot: Snapshot, *patterns: Pattern) -> Found:
    asked_for = LanguagePlan("en", (PlannedGroup(patterns, False),), ())
    [segment] = snapshot.segments_with("en")
    return SegmentMatcher(Keys.of(asked_for), segment, snapshot.statistics("en")).find(asked_for.groups[0])


def ids(snapshot: Snapshot, numbers: Array) -> set[str]:
    return {snapshot.id(number) for number in numbers.tolist()}


def test_the_readers_own_words_are_told_from_the_other_words_for_them() -> None:
    with cut(ARTICLES) as snapshot:
        both = found_of(snapshot, pattern("hotline"), pattern("helpline", Tier.GLOSSARY))
        assert ids(snapshot, both.documents) == {"a", "b", "c"}
        assert ids(snapshot, both.own) == {"a", "c"}
        alone = found_of(snapshot, pattern("helpline", Tier.GLOSSARY))
        assert ids(snapshot, alone.documents) == {"b", "c"}
        assert ids(snapshot, alone.own) == set()
        own = found_of(snapshot, pattern("hotline"))
        assert ids(snapshot, own.own) == ids(snapshot, own.documents) == {"a", "c"}


def test_a_deleted_article_is_not_found_by_any_word() -> None:
    with indexed(list(ARTICLES), list(ARTICLES[1:])) as settings:
        snapshot = snapshot_of(settings)
        both = found_of(snapshot, pattern("hotline"), pattern("helpline", Tier.GLOSSARY))
        assert ids(snapshot, both.own) == {"c"}


def test_of_several_parts_frequencies_and_weights_come_end_to_end() -> None:
    with cut(ARTICLES) as snapshot:
        own = found_of(snapshot, pattern("hotline"))
        other = found_of(snapshot, pattern("helpline", Tier.GLOSSARY))
        every = np.arange(4)
        frequencies, weights = counted([(own, every), (other, every)])
        numbers = {snapshot.id(number): number for number in every.tolist()}
        assert {id for id, number in numbers.items() if weights[number]} == {"a", "c"}
        assert {id for id, number in numbers.items() if weights[4 + number]} == {"b", "c"}
        assert set(weights.tolist()) == {0.0, TIER_WEIGHTS[Tier.EXACT], TIER_WEIGHTS[Tier.GLOSSARY]}
        assert frequencies.tolist() == pytest.approx([*own.counted(every)[0], *other.counted(every)[0]])
