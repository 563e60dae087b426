import os
import signal
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from whoosh.index import TOC, FileIndex

from corpus import Article
from indexer import schema
from indexer.errors import HelperEnded, VerificationFailed
from indexer.generations import Generation, IndexFolder
from indexer.writer import Changes, write_all, write_changes

Publish = Callable[..., Generation]
Bodies = Callable[[], dict[str, str]]
# (field, term) -> article id -> how often, at which positions
Postings = dict[tuple[str, str], dict[str, tuple[int, tuple[int, ...]]]]

CALLS = Article("calls", "en", "Call center stress", "Calls never stop. A call is stress.", ("wellbeing",))
PAY = Article("pay", "en", "Asking for a raise", "Pay follows.", ("pay",))
NIGHT = Article("night", "pl", "Praca w nocy", "Praca męczy.")
NAKTIS = Article("naktis", "lt", "Darbas naktį", "Darbas vargina.")


def postings(index: FileIndex) -> Postings:
    found: Postings = {}
    with index.reader() as reader:
        if not reader.doc_count():
            return found
        ids = reader.column_reader(schema.ID)
        for field, term in reader.all_terms():
            matcher = reader.postings(field, term)
            articles: dict[str, tuple[int, tuple[int, ...]]] = {}
            while matcher.is_active():
                positions = tuple(matcher.value_as("positions")) if matcher.supports("positions") else ()
                articles[ids[matcher.id()]] = (int(matcher.weight()), positions)
                matcher.next()
            if articles:
                found[field, term.decode()] = articles
    return found


def test_every_word_is_posted_under_its_article(publish: Publish) -> None:
    found = postings(publish(CALLS, PAY, NIGHT).open())
    # As written, but for case. "never stop a is" stand between.
    assert found["title_en", "call"] == {"calls": (1, (0,))}
    assert found["body_en", "calls"] == {"calls": (1, (0,))}
    assert found["body_en", "call"] == {"calls": (1, (4,))}
    assert found["body_en", "stress"] == {"calls": (1, (6,))}
    assert found["title_en", "for"] == {"pay": (1, (1,))}
    assert found["body_pl", "praca"] == {"night": (1, (0,))}
    assert found["body_pl", "męczy"] == {"night": (1, (1,))}
    assert found["language", "en"].keys() == {"calls", "pay"}
    assert found["topics", "pay"].keys() == {"pay"}
    assert ("body_en", "praca") not in found
    assert ("body_pl", "meczy") not in found


def test_the_same_build_twice_gives_the_same_postings(publish: Publish) -> None:
    articles = (CALLS, PAY, NIGHT, NAKTIS)
    assert postings(publish(*articles).open()) == postings(publish(*articles).open())


def test_the_order_of_articles_changes_no_posting_and_no_count(publish: Publish) -> None:
    one, other = publish(CALLS, PAY, NIGHT, NAKTIS).open(), publish(NAKTIS, PAY, CALLS, NIGHT).open()
    assert postings(one) == postings(other)
    with one.reader() as first, other.reader() as second:
        for field, term in first.all_terms():
            assert first.doc_frequency(field, term) == second.doc_frequency(field, term)
            assert first.frequency(field, term) == second.frequency(field, term)
        assert first.doc_count() == second.doc_count() == 4


def test_writing_all_tells_how_many_there_are_in_each_language(folder: IndexFolder) -> None:
    with folder.lock(), folder.new_generation() as index:
        assert write_all(index, [CALLS, NIGHT, PAY]) == {"en": 2, "pl": 1}


def test_a_sync_adds_changes_and_removes_by_content(publish: Publish, bodies: Bodies) -> None:
    index = publish(CALLS, PAY, NIGHT).open()
    longer = replace(PAY, body="Pay follows work.")
    assert write_changes(index, [NAKTIS, CALLS, longer]) == Changes(added=1, changed=1, removed=1, unchanged=1)
    assert bodies() == {"calls": CALLS.body, "pay": "Pay follows work.", "naktis": "Darbas vargina."}
    assert postings(index) == postings(publish(CALLS, longer, NAKTIS).open())


def test_a_sync_keeps_what_may_be_missing_for_a_passing_failure(publish: Publish, bodies: Bodies) -> None:
    index = publish(CALLS, PAY, NIGHT).open()
    changes = write_changes(index, [CALLS], may_miss=lambda id: id == PAY.id)
    assert changes == Changes(added=0, changed=0, removed=1, unchanged=1, kept=1)
    assert bodies() == {"calls": CALLS.body, "pay": PAY.body}
    assert postings(index) == postings(publish(CALLS, PAY).open())
    assert write_changes(index, [CALLS]) == Changes(added=0, changed=0, removed=1, unchanged=1)


def test_what_is_kept_is_not_lost(publish: Publish) -> None:
    index = publish(CALLS, PAY, NIGHT, NAKTIS).open()
    with pytest.raises(VerificationFailed, match="the index would have 1, has 4"):
        write_changes(index, [CALLS])
    assert write_changes(index, [CALLS], may_miss=lambda id: True) == Changes(0, 0, 0, unchanged=1, kept=3)


@pytest.mark.parametrize(
    "changed",
    [
        replace(PAY, title="Raise"),
        replace(PAY, topics=("pay", "law")),
        replace(PAY, language="pl"),
        replace(PAY, author="Anna"),
        replace(PAY, work="money"),
    ],
)
def test_whatever_an_article_says_counts_as_content(publish: Publish, changed: Article) -> None:
    index = publish(CALLS, PAY).open()
    assert write_changes(index, [CALLS, changed]) == Changes(added=0, changed=1, removed=0, unchanged=1)
    assert postings(index) == postings(publish(CALLS, changed).open())


def test_with_nothing_to_do_there_is_no_commit(publish: Publish) -> None:
    generation = publish(CALLS, PAY)
    index = generation.open()
    before = {file.name: file.stat().st_mtime_ns for file in generation.path.glob("*.toc")}
    assert write_changes(index, [PAY, CALLS]) == Changes(0, 0, 0, unchanged=2)
    assert {file.name: file.stat().st_mtime_ns for file in generation.path.glob("*.toc")} == before
    assert index.latest_generation() == 1


def test_syncs_add_up(publish: Publish, bodies: Bodies) -> None:
    index = publish(CALLS, PAY).open()
    for number in range(8):
        write_changes(index, [CALLS, replace(PAY, body=f"Pay number {number}."), NIGHT])
    assert bodies() == {"calls": CALLS.body, "pay": "Pay number 7.", "night": NIGHT.body}
    assert postings(index) == postings(publish(CALLS, replace(PAY, body="Pay number 7."), NIGHT).open())


def failing(*articles: Article) -> Iterator[Article]:
    yield from articles
    raise RuntimeError("the disk with the articles is gone")


def test_an_error_while_articles_are_read_cancels_the_whole_sync(publish: Publish, bodies: Bodies) -> None:
    index = publish(CALLS, PAY).open()
    before = postings(index)
    with pytest.raises(RuntimeError, match="the disk with the articles is gone"):
        write_changes(index, failing(NIGHT, replace(CALLS, body="Silence.")))
    assert postings(index) == before
    assert bodies() == {"calls": CALLS.body, "pay": PAY.body}
    # The writer is free again, and nothing of the cancelled one is left in it.
    assert write_changes(index, [CALLS, PAY, NIGHT]) == Changes(added=1, changed=0, removed=0, unchanged=2)
    assert postings(index) == postings(publish(CALLS, PAY, NIGHT).open())


def test_an_error_while_articles_are_read_cancels_the_whole_build(folder: IndexFolder, publish: Publish) -> None:
    with folder.lock(), folder.new_generation() as index:
        with pytest.raises(RuntimeError):
            write_all(index, failing(NIGHT, CALLS))
        assert postings(index) == {}
        write_all(index, [PAY])
        assert postings(index) == postings_of_pay_alone()


def postings_of_pay_alone() -> Postings:
    once: dict[str, tuple[int, tuple[int, ...]]] = {"pay": (1, ())}
    title = ["asking", "for", "a", "raise"]
    found: Postings = {("title_en", form): {"pay": (1, (at,))} for at, form in enumerate(title)}
    found |= {("body_en", "pay"): {"pay": (1, (0,))}, ("body_en", "follows"): {"pay": (1, (1,))}}
    found |= {("id", "pay"): once, ("language", "en"): once, ("topics", "pay"): once, ("work", ""): once}
    return found


def helpers_of_this_process() -> list[int]:
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it has ended meanwhile
            parent = int((process / "stat").read_text().rpartition(")")[2].split()[1])
            if parent == os.getpid() and b"indexer.helping" in (process / "cmdline").read_bytes():
                found.append(int(process.name))
    return found


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="without /proc nothing tells which process to kill")
def test_a_killed_helper_cancels_the_whole_build(
    folder: IndexFolder, publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(CALLS)
    monkeypatch.setattr("indexer.segments.CHUNK_BYTES", 250)

    def articles() -> Iterator[Article]:
        for number in range(400):
            yield replace(CALLS, id=f"calls-{number}", body="Calls never stop. " * 20)
            if number == 200:
                (helper,) = helpers_of_this_process()
                os.kill(helper, signal.SIGKILL)

    with (
        pytest.raises(HelperEnded, match="by signal 9"),
        folder.lock(),
        folder.new_generation() as index,
    ):
        write_all(index, articles(), processes=2)
    assert folder.live().number == 1
    assert [path.name for path in folder.live().path.parent.iterdir()] == ["000001"]


def test_a_sync_that_would_remove_most_is_refused_unless_it_is_meant(publish: Publish, bodies: Bodies) -> None:
    index = publish(CALLS, PAY, NIGHT, replace(PAY, id="raise"), replace(NIGHT, id="noc")).open()
    with pytest.raises(VerificationFailed, match=r"would have 2, has 5\. Nothing was changed\..*--allow-shrink"):
        write_changes(index, [CALLS, NAKTIS])
    assert bodies().keys() == {"calls", "pay", "night", "raise", "noc"}
    assert write_changes(index, [CALLS, NAKTIS], allow_shrink=True) == Changes(1, 0, 4, unchanged=1)
    assert bodies().keys() == {"calls", "naktis"}


def test_half_may_go(publish: Publish, bodies: Bodies) -> None:
    index = publish(CALLS, PAY, NIGHT, NAKTIS).open()
    assert write_changes(index, [CALLS, PAY]) == Changes(0, 0, removed=2, unchanged=2)
    assert bodies().keys() == {"calls", "pay"}


def test_an_empty_input_empties_no_index_even_if_it_may_shrink(publish: Publish, bodies: Bodies) -> None:
    index = publish(CALLS, PAY).open()
    with pytest.raises(VerificationFailed, match=r"not one article in the input\. Nothing was changed"):
        write_changes(index, [], allow_shrink=True)
    assert bodies().keys() == {"calls", "pay"}


def test_an_interrupt_when_the_table_is_already_there_takes_nothing_away(
    publish: Publish, bodies: Bodies, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = publish(Article("a", "en", "Pay", "Pay day.")).open()
    write = TOC.write

    def interrupted(table: TOC, *where: object) -> None:
        write(table, *where)
        raise KeyboardInterrupt

    monkeypatch.setattr(TOC, "write", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_changes(index, [Article("a", "en", "Pay", "Pay day."), Article("b", "en", "Night", "By night.")])
    assert set(bodies()) == {"a", "b"}
