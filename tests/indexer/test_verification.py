import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from whoosh.index import FileIndex

from corpus import Article
from indexer.adding import document, with_analyzers
from indexer.codec import ColumnarCodec
from indexer.codec.segment import ColumnarSegment
from indexer.errors import IndexDamaged, VerificationFailed
from indexer.generations import Generation, IndexFolder
from indexer.lexicon import write_lexicon
from indexer.places import write_places
from indexer.segments import BESIDE
from indexer.storage import DurableStorage
from indexer.suggestions import write_suggestions
from indexer.verification import SAMPLE, Verified, check_not_shrunk, verify
from indexer.writer import write_all
from tests.indexer.codec.corpora import EXTENSIONS as CODEC_EXTENSIONS
from tests.indexer.codec.corpora import open_writer

Publish = Callable[..., Generation]

CALLS = Article("calls", "en", "Call center stress", "Calls never stop.")
PAY = Article("pay", "en", "Asking for a raise", "Pay follows.")
NIGHT = Article("night", "pl", "Praca w nocy", "Sen jest ważny.")


@pytest.fixture
def index(folder: IndexFolder) -> FileIndex:
    """An index of CALLS, to which tests add documents that no build of ours would write."""
    with folder.lock():
        with folder.new_generation() as index:
            write_all(index, [CALLS])
        return folder.publish(keep=3).open()


def add(index: FileIndex, **fields: Any) -> None:
    """Add PAY with some fields of another content, as a segment of four files and a file of suggestions."""
    writer = open_writer(index, ColumnarCodec())
    plain = writer.schema
    writer.schema = with_analyzers(plain)
    writer.add_document(**(document(PAY) | fields))
    writer.schema = plain
    writer.commit(merge=False)
    segment, storage = index._segments()[-1], index.storage
    assert isinstance(segment, ColumnarSegment)
    assert isinstance(storage, DurableStorage)
    write_lexicon({}, storage, segment)
    write_places([], storage, segment)
    write_suggestions(storage, index._segments(), index.latest_generation())


def test_a_sound_index_is_read_and_searched_as_a_whole(publish: Publish) -> None:
    assert verify(publish(NIGHT, CALLS, PAY).open()) == Verified({"en": 2, "pl": 1}, searched=3)


def test_a_sound_document_added_by_hand_is_sound(index: FileIndex) -> None:
    add(index)
    assert verify(index) == Verified({"en": 2}, searched=2)


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"article": document(PAY)["article"].replace("Pay follows", "Pay falls")},
         "article pay is not what was written"),
        ({"hash": b"0" * 64}, "article pay is not what was written"),
        ({"article": "{"}, r"document 1 cannot be read \("),
        ({"article": "{}"}, r"document 1 cannot be read \("),
        ({"_stored_language": "pl"}, "article pay is in en, but counted as pl"),
        ({"title_en": "Another title"}, "article pay is not found by its title"),
        ({"id": ["money"]}, "article pay is not found by its title"),
    ],
)  # fmt: skip
def test_a_document_that_is_not_what_it_should_be_is_named(
    index: FileIndex, fields: dict[str, Any], problem: str
) -> None:
    add(index, **fields)
    with pytest.raises(VerificationFailed, match=f"the index is not sound: .*{problem}"):
        verify(index)


def test_an_id_that_is_there_twice_is_named(index: FileIndex) -> None:
    add(index)
    add(index)
    with pytest.raises(VerificationFailed, match="article pay is there twice"):
        verify(index)


def test_many_problems_are_counted_after_the_first_few(publish: Publish, index: FileIndex) -> None:
    for _ in range(7):
        add(index, article="{")
    with pytest.raises(VerificationFailed, match=r"document 1 .*document 5 [^;]*; and 2 more\.$"):
        verify(index)


# Whoosh leaves a file that it could not read to the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_flipped_byte_is_found_or_does_no_harm_but_never_ends_in_a_traceback(publish: Publish) -> None:
    generation = publish(CALLS, PAY, NIGHT)
    sound = Verified({"en": 2, "pl": 1}, searched=3)
    found = 0
    for file in segment_files(generation):
        data = file.read_bytes()
        for at in range(0, len(data), max(1, len(data) // 60)):
            file.write_bytes(data[:at] + bytes([data[at] ^ 0x55]) + data[at + 1 :])
            try:
                assert verify(generation.open()) == sound
            except (VerificationFailed, IndexDamaged):
                found += 1
        file.write_bytes(data)
    assert found
    assert verify(generation.open()) == sound


def segment_files(generation: Generation) -> list[Path]:
    return [file for file in generation.path.iterdir() if file.name.startswith("MAIN_") and file.stat().st_size]


EXTENSIONS = (*CODEC_EXTENSIONS, *BESIDE)


@pytest.fixture(params=EXTENSIONS)
def file(publish: Publish, request: pytest.FixtureRequest) -> Path:
    """Each of the files of a segment that is live."""
    publish(CALLS, PAY)
    (found,) = publish(CALLS, NIGHT).path.glob(f"MAIN_*{request.param}")
    return found


def test_every_file_of_a_segment_is_there(publish: Publish) -> None:
    generation = publish(CALLS, PAY, NIGHT)
    assert {file.suffix for file in segment_files(generation)} == set(EXTENSIONS)


def test_a_missing_file_is_named(folder: IndexFolder, file: Path) -> None:
    file.unlink()
    with pytest.raises((VerificationFailed, IndexDamaged), match=re.escape(file.name)):
        verify(folder.live().open())


def test_a_file_that_was_cut_off_is_named(folder: IndexFolder, file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-1])
    with pytest.raises((VerificationFailed, IndexDamaged), match=rf"{re.escape(file.name)} is damaged"):
        verify(folder.live().open())


def test_an_altered_byte_is_named_with_its_file(folder: IndexFolder, file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[64] ^= 0x01  # the first byte of the first section
    file.write_bytes(content)
    with pytest.raises(VerificationFailed, match=rf"not sound: {re.escape(file.name)} is damaged: section .* altered"):
        verify(folder.live().open())


def test_a_title_without_words_is_no_problem(publish: Publish) -> None:
    assert verify(publish(Article("dots", "en", "…!", "Words.")).open()).articles == {"en": 1}


def test_of_a_large_index_a_sample_is_searched_for(publish: Publish) -> None:
    articles = [Article(f"a/{number}", "en", f"Title {number}", "Body.") for number in range(2 * SAMPLE + 1)]
    verified = verify(publish(*articles).open())
    assert verified.articles == {"en": 2 * SAMPLE + 1}
    # Every second one, the first included.
    assert verified.searched == SAMPLE + 1


@pytest.mark.parametrize(
    ("new", "live"),
    [
        ({"en": 2}, {}),
        ({"en": 2}, {"en": 4}),
        ({"en": 5, "pl": 1}, {"en": 5, "pl": 2}),
        ({"en": 2, "lt": 1}, {"en": 2}),
        ({"en": 40, "pl": 15}, {"en": 40, "pl": 30}),
    ],
)
def test_up_to_half_may_go(new: dict[str, int], live: dict[str, int]) -> None:
    check_not_shrunk(new, live)


@pytest.mark.parametrize(
    ("new", "live"),
    [
        ({"en": 9, "pl": 2}, {"en": 9, "pl": 5}),
        ({"en": 20}, {"en": 20, "pl": 10, "lt": 3}),
    ],
)
def test_up_to_ten_articles_of_a_language_may_go_and_be_all_of_it(new: dict[str, int], live: dict[str, int]) -> None:
    check_not_shrunk(new, live)


def test_articles_of_an_uncertain_language_may_be_given_one() -> None:
    check_not_shrunk({"en": 40}, {"en": 10, "und": 30})


@pytest.mark.parametrize(
    ("new", "live", "named"),
    [
        ({"en": 14}, {"en": 29}, "English would have 14, has 29"),
        ({"en": 40}, {"en": 40, "pl": 11}, "Polish would have 0, has 11"),
        ({"en": 90}, {"en": 40, "pl": 30, "lt": 20}, "Polish would have 0, has 30; Lithuanian would have 0, has 20"),
        ({"en": 9}, {"en": 40, "xx": 11}, "English would have 9, has 40; xx would have 0, has 11"),
        # Few in every language, or of no certain one; but most of all there is.
        ({"en": 1}, {"en": 4}, "the index would have 1, has 4"),
        ({"en": 4}, {"en": 4, "pl": 3, "lt": 2}, "the index would have 4, has 9"),
        ({"en": 4}, {"en": 4, "und": 30}, "the index would have 4, has 34"),
    ],
)
def test_what_lost_most_of_its_articles_is_named_with_the_way_out(
    new: dict[str, int], live: dict[str, int], named: str
) -> None:
    with pytest.raises(VerificationFailed) as raised:
        check_not_shrunk(new, live)
    assert str(raised.value) == (
        f"far fewer articles than before: {named}. Nothing was changed. "
        "If they are to go, run the command again with --allow-shrink."
    )
