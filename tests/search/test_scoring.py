"""What is scored of several languages and segments at once is what each earns alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from math import log

import numpy as np
import pytest

from corpus import Article, Settings
from search.parsing import parse
from search.parts import LanguageParts
from search.planning import plan
from search.scoring import K1, PRIOR_ARTICLES, Candidates, Pool, Scores, Scoring, information, saturated
from tests.search.corpora import cut

# In three segments and two languages: a word in the title, twice, in another inflection, and not at all.
SEGMENTS = (
    [
        Article("en/title", "en", "Salary", "What a job pays, and what it costs."),
        Article("pl/one", "pl", "Praca", "Negocjacje salary trwają."),
    ],
    [
        Article("en/twice", "en", "Money", "A salary, another salary, and negotiations."),
        Article("en/neither", "en", "Zebras", "Zebras graze."),
    ],
    [Article("en/other", "en", "Offers", "Salaries are up for negotiation.")],
)


@contextmanager
def scorings(query: str) -> Iterator[list[Scoring]]:
    with cut(*SEGMENTS) as snapshot:
        planned = plan(parse(query, Settings()), snapshot.counts)
        languages = [LanguageParts.of(language, snapshot) for language in planned.languages]
        groups = range(len(planned.labels))
        shares = [sum(language.said[group] for language in languages) / len(snapshot.live) for group in groups]
        yield [Scoring(number, language, shares) for number, language in enumerate(languages)]


def rows(scores: Scores) -> list[tuple[float, ...]]:
    return sorted(zip(*(column.tolist() for column in scores.columns), strict=True))


def test_information_is_the_surprise_of_a_word() -> None:
    # 100 articles, 9 with the word, no lean: -ln(9.5 / 101) with the prior taken out of both.
    share = (9 + 0.5 + PRIOR_ARTICLES * 0.09) / (100 + 1 + PRIOR_ARTICLES)
    assert information(100, 9, 0.09) == pytest.approx(-log(share))
    assert information(100, 0, 0.0) > information(100, 1, 0.01) > information(100, 50, 0.5) > 0
    assert information(3, 3, 1.0) >= 0


def test_a_second_occurrence_adds_less_than_the_first() -> None:
    once, twice, often = saturated(np.array([1.0, 2.0, 1_000.0]), np.ones(3)).tolist()
    assert once == 1.0
    assert twice - once < once
    assert often < K1 + 1


def test_articles_of_several_languages_and_segments_are_scored_as_each_part_is_alone() -> None:
    with scorings("salary negotiation") as every:
        candidates = [each for scoring in every for each in scoring.lacking(0.0, {0, 1})]
        assert len(candidates) > 2
        together = rows(Pool(candidates).scored())
        assert together == sorted(row for each in candidates for row in rows(Pool([each]).scored()))
        assert len(together) == 4


def test_a_pool_knows_the_language_of_each_of_its_articles() -> None:
    with scorings("salary negotiation") as every:
        english, polish = (Pool(scoring.lacking(0.0, {0, 1})) for scoring in every)
        both = Pool.joined([polish, english])
        assert both.languages.tolist() == [1] * len(polish.numbers) + [0] * len(english.numbers)
        assert both.numbers.tolist() == [*polish.numbers.tolist(), *english.numbers.tolist()]
        assert len(polish.numbers) == 1 and len(english.numbers) == 3


def test_complete_are_those_with_every_required_group_and_lacking_are_the_others() -> None:
    with scorings("salary negotiation") as every:
        complete = Pool([each for scoring in every for each in scoring.complete()]).scored(complete=True)
        assert [len(complete.numbers), set(complete.missing.tolist()), set(complete.shares.tolist())] == [2, {0}, {1.0}]
        some = Pool([each for scoring in every for each in scoring.lacking(0.0, {0, 1})])
        lacking = some.lacking()
        assert not set(lacking.pool.numbers.tolist()) & set(complete.numbers.tolist())
        assert len(lacking.pool.numbers) == 2 and all(0 < share < 1 for share in lacking.shares.tolist())
        assert lacking.missing.tolist() == [0b10, 0b10]
        # Scored or not, they lack the same.
        scored, unscored = lacking.pool.scored(), lacking.unscored()
        assert scored.numbers.tolist() == unscored.numbers.tolist()
        assert scored.missing.tolist() == unscored.missing.tolist()
        assert scored.shares.tolist() == unscored.shares.tolist()
        assert all(scored.scores > 0) and not any(unscored.scores)


def test_a_pool_of_nothing_has_no_scores() -> None:
    with scorings("salary") as every:
        parts = [(scoring, part) for scoring in every for part in scoring.language.parts]
        nothing = [Candidates(scoring, part, np.zeros(0, np.int64)) for scoring, part in parts]
        assert nothing and rows(Pool(nothing).scored()) == rows(Pool([]).scored()) == []
        lacking = Pool(nothing).lacking()
        assert len(lacking.pool.numbers) == len(lacking.missing) == len(lacking.shares) == 0


def test_an_article_that_is_scored_twice_counts_as_it_was_first() -> None:
    def scores(number: int, score: float) -> Scores:
        return Scores(
            np.array([number]),
            np.array([score]),
            np.zeros(1, np.uint64),
            np.ones(1),
            np.zeros(1, bool),
        )

    found = Scores.in_order([scores(7, 0.5), scores(3, 0.25), scores(7, 0.75)])
    assert (found.numbers.tolist(), found.scores.tolist()) == ([3, 7], [0.25, 0.5])
