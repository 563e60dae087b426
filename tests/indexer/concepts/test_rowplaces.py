from pathlib import Path

import numpy as np
import pytest

from corpus import Article
from indexer.codec.container import Array, Container, ContainerWriter
from indexer.concepts import rowplaces, rows
from indexer.concepts.rowplaces import RowPlaces
from tests.indexer.concepts.handful import CONCEPTS
from tests.indexer.concepts.segment import TIME_OFF, Looked, looked_at

ARTICLES = [
    Article("a", "en", "Time off", "Take time off. A call center gives no time off."),
    Article("b", "en", "Calls", "Call center agents."),
]


def number(looked: Looked, term: str) -> int:
    return next(at for at in range(len(looked.table.term_languages)) if looked.table.term(at) == term)


def listed(found: tuple[Array, Array] | None) -> list[tuple[int, int]] | None:
    return list(zip(*(each.tolist() for each in found), strict=True)) if found else None


def test_a_term_stands_in_titles_and_in_bodies() -> None:
    looked = looked_at(ARTICLES, (*CONCEPTS, TIME_OFF))
    known = RowPlaces.of(looked.standing)
    time_off, center, pay = (number(looked, term) for term in ("time off", "call center", "time off in lieu of pay"))
    assert listed(known.places(time_off, True)) == [(0, 0)]
    assert listed(known.places(time_off, False)) == [(0, 1), (0, 8)]
    assert known.places(center, True) is None
    assert listed(known.places(center, False)) == [(0, 4), (1, 0)]
    assert [known.stands(term) for term in (time_off, center, pay)] == [True, True, False]
    assert all(map(known.tells_of, (time_off, center, pay)))


def test_of_terms_in_many_places_or_of_words_in_very_many_nothing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rowplaces, "MAX_ROW_PLACES", 1)
    looked = looked_at(ARTICLES, (*CONCEPTS, TIME_OFF))
    known = RowPlaces.of(looked.standing)
    told = {term: known.tells_of(number(looked, term)) for term in ("time off", "call center", "call center agent")}
    assert told == {"time off": False, "call center": False, "call center agent": True}
    monkeypatch.setattr(rows, "MAX_PLACES", 2)
    looked = looked_at(ARTICLES, (TIME_OFF,))
    assert not RowPlaces.of(looked.standing).tells_of(number(looked, "time off"))


def test_they_are_read_as_they_were_written(tmp_path: Path) -> None:
    looked = looked_at(ARTICLES, (*CONCEPTS, TIME_OFF))
    known = RowPlaces.of(looked.standing)
    with Path(tmp_path, "file").open("wb") as file:
        writer = ContainerWriter(file)
        known.write(writer, "first")
        RowPlaces.of([]).write(writer, "second")
        writer.add("third", np.zeros(0, np.int64))
        writer.finish({})
    container = Container(tmp_path / "file")
    read, empty = (RowPlaces.opened(container, name) for name in ("first", "second"))
    assert read is not None and empty is not None
    assert RowPlaces.opened(container, "third") is None
    for term in range(len(looked.table.term_languages)):
        assert read.tells_of(term) and empty.tells_of(term) and not empty.stands(term)
        for title in (True, False):
            assert listed(read.places(term, title)) == listed(known.places(term, title))
            assert empty.places(term, title) is None
