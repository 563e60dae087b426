from pathlib import Path

from benchmarks import answering
from benchmarks.articles import Corpus
from benchmarks.lockstep import Opener, in_lockstep
from benchmarks.questions import questions
from benchmarks.systems import build_karjera


def test_karjera_answers_the_same_without_snippets_and_every_query_is_timed(corpus: Corpus, tmp_path: Path) -> None:
    build_karjera(corpus, tmp_path / "index", 1)
    openers = {
        "whole": Opener(answering.karjera, tmp_path / "index", 4),
        "bare": Opener(answering.karjera_without_snippets, tmp_path / "index", 2),
    }
    asked = questions(corpus, 5)
    timed = in_lockstep(openers, asked[:1], asked[1:])
    assert [len(some) for some in timed.values()] == [4, 2]
    for whole, bare in zip(timed["whole"], timed["bare"], strict=False):
        assert (whole.answer.total, whole.answer.ids) == (bare.answer.total, bare.answer.ids)
        assert whole.answer.snippets > 0 == bare.answer.snippets
