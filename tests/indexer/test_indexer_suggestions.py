from pathlib import Path

import pytest
from whoosh.index import FileIndex

from corpus import Article, Settings
from indexer.errors import IndexDamaged, VerificationFailed
from indexer.generations import Generation, IndexFolder
from indexer.suggestions import MIN_DOCUMENTS, SuggestionTable, open_suggestions, suggestions_file
from indexer.verification import verify
from indexer.writer import write_all, write_changes

ARTICLES = [
    Article("a", "pl", "Praca w nocy", "Noc i sen."),
    Article("b", "en", "Night work", "Sleep, the night, e-mail."),
    Article("c", "en", "Sleep", "Sleep at night. Every night!"),
    Article("d", "en", "Rest", "Asleep by night, 24 hours."),
]


@pytest.fixture
def live(settings: Settings) -> Generation:
    folder = IndexFolder(settings.index)
    with folder.lock():
        with folder.new_generation() as index:
            write_all(index, ARTICLES)
        return folder.publish(2)


def opened(live: Generation, commit: int) -> SuggestionTable:
    table = open_suggestions(live.path, commit)
    assert table is not None
    return table


def titles(table: SuggestionTable, letters: str) -> list[int]:
    return sorted(table.titles.texts(table.titles.beginning(letters).words)[0].tolist())


def terms(table: SuggestionTable) -> dict[str, tuple[str, int]]:
    return {
        table.term(number): (table.languages[table.term_languages[number]], int(table.term_documents[number]))
        for number in range(len(table.term_languages))
    }


def test_documents_are_found_by_the_words_of_their_titles(live: Generation) -> None:
    with live.reader() as reader:
        ids = reader.column_reader("id")
        table = opened(live, 1)
        found = {letters: {ids[number] for number in titles(table, letters)} for letters in ("n", "work", "sleep", "x")}
    assert found == {"n": {"a", "b"}, "work": {"b"}, "sleep": {"c"}, "x": set()}


def test_words_that_many_articles_of_a_language_have_are_listed(live: Generation) -> None:
    assert MIN_DOCUMENTS == 3
    # In three English texts: "night". Of "at" and "the" there are too few, and they would be stop words.
    assert terms(opened(live, 1)) == {"night": ("en", 3)}


def test_a_commit_has_suggestions_of_its_own_and_those_before_are_gone(live: Generation) -> None:
    write_changes(live.open(), [*ARTICLES[:3], Article("e", "en", "Zeppelins", "Night.")])
    assert open_suggestions(live.path, 1) is None
    table = opened(live, 2)
    assert len(titles(table, "zep")) == 1 and titles(table, "rest") == []
    assert terms(table) == {"night": ("en", 3)}
    assert [file.name for file in live.path.glob("suggestions.*")] == ["suggestions.00000002"]


def test_deleted_articles_do_not_count(live: Generation) -> None:
    write_changes(live.open(), ARTICLES[:3])
    table = opened(live, 2)
    assert titles(table, "rest") == [] and terms(table) == {}


def test_a_sync_that_changes_nothing_leaves_them(live: Generation) -> None:
    write_changes(live.open(), ARTICLES)
    assert titles(opened(live, 1), "rest") != []


def test_a_commit_that_fails_leaves_none(live: Generation, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr("indexer.writer.TOC.write", fail)
    with pytest.raises(OSError, match="no space"):
        write_changes(live.open(), ARTICLES[1:])
    assert [file.name for file in live.path.glob("suggestions.*")] == ["suggestions.00000001"]


def test_an_index_of_nothing_has_none_to_offer(settings: Settings) -> None:
    folder = IndexFolder(settings.index)
    with folder.lock(), folder.new_generation() as index:
        write_all(index, [])
        table = SuggestionTable(suggestions_file(Path(index.storage.folder), 1))  # type: ignore[attr-defined]
        assert len(table.titles) == len(table.typed) == 0


def test_verifying_reads_them(live: Generation) -> None:
    def verified() -> FileIndex:
        index = live.open()
        verify(index)
        return index

    verified()
    file = suggestions_file(live.path, 1)
    data = file.read_bytes()
    file.write_bytes(data[:64] + bytes([data[64] ^ 1]) + data[65:])
    with pytest.raises(VerificationFailed, match=r"suggestions\.00000001 is damaged: section titles\.codes is altered"):
        verified()
    file.write_bytes(data[:-1])
    with pytest.raises(IndexDamaged, match="truncated or altered"):
        open_suggestions(live.path, 1)
    file.unlink()
    with pytest.raises(VerificationFailed, match="its suggestions are missing"):
        verified()
