from dataclasses import replace
from pathlib import Path

import pytest
from whoosh.index import FileIndex

from corpus import Article
from corpus.glossary import Concept, Glossary
from indexer.concepts import ConceptTable, TopicAssigner, write_compiled
from indexer.concepts.attested import AttestedTerms, Attesting, attested_file, open_attested
from indexer.errors import IndexDamaged, VerificationFailed
from indexer.generations import CONCEPTS as CONCEPTS_FILE
from indexer.generations import IndexFolder
from indexer.merging import MERGE_FACTOR
from indexer.storage import DurableStorage
from indexer.verification import verify
from indexer.writer import write_all, write_changes
from tests.indexer.concepts.handful import CALL_CENTER, CONCEPTS, PAY

CALLS = Article("calls", "en", "Call center stress", "A call is stress.")
AGENT = Article("agent", "en", "Agents", "A call center agent is an employee.")
ALGA = Article("alga", "lt", "Alga", "Darbuotojas.")


def compiled(folder: Path, *concepts: Concept) -> ConceptTable:
    file = folder / f"concepts-{len(list(folder.glob('concepts-*')))}"
    write_compiled(Glossary(concepts), file)
    return ConceptTable(file)


@pytest.fixture
def table(tmp_path: Path) -> ConceptTable:
    return compiled(tmp_path, *CONCEPTS)


@pytest.fixture
def index(tmp_path: Path, table: ConceptTable) -> FileIndex:
    """An index of two commits, CALLS and ALGA."""
    folder = IndexFolder(tmp_path / "index")
    with folder.lock():
        with folder.new_generation(glossary=table.digest) as built:
            concepts = folder_of(built) / CONCEPTS_FILE
            write_compiled(Glossary(CONCEPTS), concepts)
            write_all(built, [CALLS], concepts=concepts)
        index = folder.publish(1).open()
    write_changes(index, [CALLS, ALGA], topics=TopicAssigner(table))
    return index


def folder_of(index: FileIndex) -> Path:
    assert isinstance(index.storage, DurableStorage)
    return Path(index.storage.folder)


def opened(index: FileIndex) -> AttestedTerms:
    found = open_attested(folder_of(index), index.latest_generation())
    assert found is not None
    return found


def terms(index: FileIndex, table: ConceptTable) -> list[set[str]]:
    """Return the terms of each segment."""
    attested = opened(index)
    found = [attested.terms(segment.segid) for segment in index._segments()]
    assert attested.are_of(table) and all(each is not None for each in found)
    return [{table.term(term) for term in each.tolist()} for each in found if each is not None]


def files(index: FileIndex) -> list[str]:
    return [file.name for file in folder_of(index).glob("attested.*")]


def test_a_commit_tells_which_terms_stand_in_each_of_its_segments(index: FileIndex, table: ConceptTable) -> None:
    assert terms(index, table) == [{"call center"}, {"alga", "darbuotojas"}]
    assert files(index) == ["attested.00000002"]


def test_segments_that_were_there_are_not_looked_at_again(index: FileIndex, table: ConceptTable) -> None:
    assert isinstance(index.storage, DurableStorage)
    attesting = Attesting(index.storage, table, index._segments(), 2)
    assert not attesting.look_at(index._segments())
    assert Attesting(index.storage, table, index._segments()[:1], 2).look_at(index._segments())


def test_a_merged_segment_has_the_terms_of_those_it_was_merged_of(index: FileIndex, table: ConceptTable) -> None:
    articles = [CALLS, ALGA]
    for number in range(MERGE_FACTOR - 2):
        articles.append(replace(AGENT, id=f"agent{number}"))
        write_changes(index, articles, topics=TopicAssigner(table))
    assert terms(index, table) == [{"call center", "alga", "darbuotojas", "employee", "call center agent"}]


def test_it_is_kept_where_terms_of_several_words_stand_but_not_in_a_merged_segment(
    index: FileIndex, table: ConceptTable
) -> None:
    center = next(term.number for term in table.terms_of(CONCEPTS.index(CALL_CENTER)) if term.text == "call center")
    articles = [CALLS, ALGA]
    for number in range(MERGE_FACTOR - 2):
        rows = [opened(index).rows(segment.segid) for segment in index._segments()]
        assert [known.stands(center) for known in rows if known] == [True, False, *[False] * number]
        articles.append(replace(ALGA, id=f"alga{number}"))
        write_changes(index, articles, topics=TopicAssigner(table))
    [merged] = index._segments()
    assert opened(index).rows(merged.segid) is None


def test_a_sync_that_changes_nothing_leaves_them(index: FileIndex, table: ConceptTable) -> None:
    file = attested_file(folder_of(index), 2)
    written = file.stat().st_ino
    write_changes(index, [CALLS, ALGA], topics=TopicAssigner(table))
    assert files(index) == [file.name] and file.stat().st_ino == written


def test_of_another_glossary_all_segments_are_looked_at_again_though_no_article_changed(
    index: FileIndex, table: ConceptTable, tmp_path: Path
) -> None:
    other = compiled(tmp_path, PAY, CALL_CENTER)
    before = opened(index)
    write_changes(index, [CALLS, ALGA], topics=TopicAssigner(other), reassign=True)
    assert terms(index, other) == [{"call center"}, {"alga"}]
    assert not opened(index).are_of(table)
    # Who had it open goes on with it.
    assert before.are_of(table) and before.terms(index._segments()[0].segid) is not None


def test_a_commit_without_a_glossary_tells_nothing(index: FileIndex) -> None:
    write_changes(index, [CALLS, ALGA, AGENT])
    assert files(index) == []


def test_of_a_commit_that_fails_nothing_is_left(index: FileIndex, table: ConceptTable) -> None:
    # It cannot be written where there is a folder of its name.
    blocked = folder_of(index) / "attested.00000003.new"
    blocked.mkdir()
    with pytest.raises(IsADirectoryError):
        write_changes(index, [CALLS, AGENT], topics=TopicAssigner(table))
    blocked.rmdir()
    assert files(index) == ["attested.00000002"]
    assert terms(index, table) == [{"call center"}, {"alga", "darbuotojas"}]


def test_an_altered_byte_is_named_when_the_index_is_verified(index: FileIndex) -> None:
    verify(index)
    file = attested_file(folder_of(index), 2)
    content = bytearray(file.read_bytes())
    content[64] ^= 1
    file.write_bytes(content)
    with pytest.raises(VerificationFailed, match=r"attested\.00000002 is damaged"):
        verify(index)


def test_what_is_no_such_file_is_damaged(tmp_path: Path) -> None:
    attested_file(tmp_path, 1).write_bytes(b"nothing")
    with pytest.raises(IndexDamaged):
        open_attested(tmp_path, 1)
    assert open_attested(tmp_path, 2) is None
