import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from corpus import LIBRARY, Article, Collection, Settings
from corpus.errors import GlossaryError
from corpus.glossary import Concept, load_glossary, write_imported
from indexer.building import build, sources_of, sync
from indexer.documents import article_of
from indexer.errors import AnotherWriter, IndexDamaged, IndexerError, IndexMismatch, IndexMissing, VerificationFailed
from indexer.generations import CONCEPTS, Generation, IndexFolder
from indexer.origins import FILE
from indexer.verification import verify
from indexer.writer import Changes

Publish = Callable[..., Generation]
Bodies = Callable[[], dict[str, str]]

# Chunks are so small that a segment is on the disk while articles are still being read.
INDEX_COMMAND = """
import os
import indexer.segments
from corpus import Settings
from indexer.cli import index
indexer.segments.CHUNK_BYTES = 10
os.cpu_count = lambda: 1
index(obj=Settings.from_environment(os.environ))
"""
# For a process to start, and reach what it is waited for.
PATIENCE_SECONDS = 20


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """A folder of three English articles and one Polish."""
    for id, text in (
        ("en/calls", "Calls never stop."),
        ("en/pay", "Pay follows."),
        ("en/night", "Sleep by day."),
        ("pl/pay", "Płaca."),
    ):
        file = tmp_path / "articles" / f"{id}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"# About {id}\n\n{text}\n", encoding="utf-8")
    return tmp_path / "articles"


def quiet(written: int) -> None:
    pass


def only(folder: IndexFolder, *generations: int) -> bool:
    found = sorted(path.name for path in (folder.path / "generations").iterdir())
    return found == [f"{number:06}" for number in generations]


def test_a_build_puts_all_articles_live_and_counts_them(
    folder: IndexFolder, articles: Path, settings: Settings, bodies: Bodies
) -> None:
    told: list[int] = []
    built = build(folder, Collection([articles], settings), settings, told.append)
    assert (built.generation, built.articles) == (1, {"en": 3, "pl": 1})
    assert told == [1, 2, 3, 4]
    assert bodies()["pl/pay"] == "Płaca."
    assert len(bodies()) == 4


def test_a_build_replaces_all_that_was_there(
    folder: IndexFolder, articles: Path, settings: Settings, bodies: Bodies, publish: Publish
) -> None:
    publish(Article("elsewhere", "en", "Elsewhere", "From another folder."))
    assert build(folder, Collection([articles], settings), settings, quiet).generation == 2
    assert bodies().keys() == {"en/calls", "en/pay", "en/night", "pl/pay"}


def test_a_build_keeps_as_many_generations_as_the_settings_say(
    folder: IndexFolder, articles: Path, settings: Settings
) -> None:
    for _ in range(4):
        build(folder, Collection([articles], settings), replace(settings, keep_generations=2), quiet)
    assert only(folder, 3, 4)


def test_a_build_without_articles_leaves_the_live_index(
    folder: IndexFolder, settings: Settings, tmp_path: Path, publish: Publish, bodies: Bodies
) -> None:
    publish(Article("a", "en", "Title", "Body."))
    (tmp_path / "empty").mkdir()
    with pytest.raises(VerificationFailed, match=r"not one article in the input\. The live index was not touched"):
        build(folder, Collection([tmp_path / "empty"], settings), settings, quiet)
    assert bodies() == {"a": "Body."}
    assert only(folder, 1)


def test_a_build_that_lost_most_of_a_language_needs_permission(
    folder: IndexFolder, articles: Path, settings: Settings, bodies: Bodies
) -> None:
    build(folder, Collection([articles], settings), settings, quiet)
    for name in ("en/calls.md", "en/night.md", "pl/pay.md"):
        (articles / name).unlink()
    with pytest.raises(VerificationFailed, match=r"the index would have 1, has 4\. Nothing .*--allow-shrink"):
        build(folder, Collection([articles], settings), settings, quiet)
    assert len(bodies()) == 4
    assert only(folder, 1)
    build(folder, Collection([articles], settings), settings, quiet, allow_shrink=True)
    assert bodies().keys() == {"en/pay"}


@pytest.mark.parametrize("way", ["build", "sync"])
def test_a_build_and_a_sync_that_lost_most_of_a_language_need_permission(
    folder: IndexFolder, tmp_path: Path, settings: Settings, bodies: Bodies, way: str
) -> None:
    file = tmp_path / "articles.jsonl"
    english = "".join(line(f"en/{number}", "Words.") for number in range(13))
    file.write_text(english + "".join(line(f"pl/{number}", "Słowa.", "pl") for number in range(12)), encoding="utf-8")
    build(folder, Collection([file], settings), settings, quiet)
    file.write_text(english + line("pl/0", "Słowa.", "pl"), encoding="utf-8")

    def again(allow_shrink: bool) -> None:
        if way == "build":
            build(folder, Collection([file], settings), settings, quiet, allow_shrink)
        else:
            sync(folder, Collection([file], settings), settings, quiet, allow_shrink)

    with pytest.raises(VerificationFailed, match=r"Polish would have 1, has 12\. Nothing .*--allow-shrink"):
        again(allow_shrink=False)
    assert len(bodies()) == 25
    again(allow_shrink=True)
    assert len(bodies()) == 14


def test_what_a_sync_added_may_not_be_lost_by_a_build_either(
    folder: IndexFolder, articles: Path, settings: Settings, tmp_path: Path
) -> None:
    build(folder, Collection([articles / "en/pay.md"], settings), settings, quiet)
    sync(folder, Collection([articles], settings), settings, quiet)
    with pytest.raises(VerificationFailed, match=r"the index would have 1, has 4\."):
        build(folder, Collection([articles / "en/pay.md"], settings), settings, quiet)


@pytest.mark.parametrize("damage", ["another format", "no tables of contents"])
def test_where_the_live_index_cannot_be_opened_the_counts_of_its_manifest_are_what_may_not_be_lost(
    folder: IndexFolder, articles: Path, settings: Settings, damage: str
) -> None:
    build(folder, Collection([articles], settings), settings, quiet)
    if damage == "another format":
        manifest = folder.live().path / "manifest.json"
        manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"format": 0}))
    else:
        for file in folder.live().path.glob("*.toc"):
            file.unlink()
    with pytest.raises((IndexMismatch, IndexDamaged)):
        folder.live().reader()
    with pytest.raises(VerificationFailed, match=r"the index would have 1, has 4\."):
        build(folder, Collection([articles / "en/pay.md"], settings), settings, quiet)
    assert only(folder, 1)
    build(folder, Collection([articles / "en"], settings), settings, quiet)
    assert only(folder, 1, 2)


def test_the_shipped_library_gives_way_to_articles_of_ones_own(
    folder: IndexFolder, articles: Path, settings: Settings, bodies: Bodies
) -> None:
    build(folder, Collection([LIBRARY], settings), settings, quiet)
    build(folder, Collection([articles], settings), settings, quiet)
    assert bodies().keys() == {"en/calls", "en/pay", "en/night", "pl/pay"}


def test_articles_of_ones_own_beside_the_library_do_not_give_way(
    folder: IndexFolder, articles: Path, settings: Settings
) -> None:
    build(folder, Collection([LIBRARY, articles], settings), settings, quiet)
    with pytest.raises(VerificationFailed, match=r"--allow-shrink"):
        build(folder, Collection([articles], settings), settings, quiet)


def test_the_manifest_of_a_build_says_where_it_is_from_and_how_much_it_was(
    folder: IndexFolder, articles: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(articles)
    build(folder, Collection(["en", articles / "pl"], settings), settings, quiet)
    manifest = folder.live().manifest()
    assert manifest.sources == (str(articles / "en"), str(articles / "pl"))
    assert manifest.articles == {"en": 3, "pl": 1}
    assert sources_of(folder) == manifest.sources


def test_without_an_index_the_source_is_the_shipped_library(folder: IndexFolder) -> None:
    assert sources_of(folder) == (str(LIBRARY),)


def test_after_a_rollback_the_sources_are_those_of_what_is_live_again(
    folder: IndexFolder, articles: Path, settings: Settings
) -> None:
    build(folder, Collection([articles / "en"], settings), settings, quiet)
    build(folder, Collection([articles], settings), settings, quiet)
    folder.rollback()
    assert sources_of(folder) == (str(articles / "en"),)


def test_a_build_that_is_interrupted_leaves_the_live_index(
    folder: IndexFolder, articles: Path, settings: Settings, publish: Publish, bodies: Bodies
) -> None:
    publish(Article("a", "en", "Title", "Body."))

    def interrupt(written: int) -> None:
        if written == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(folder, Collection([articles], settings), settings, interrupt)
    assert bodies() == {"a": "Body."}
    assert only(folder, 1)


# Whoosh leaves a file that it could not read to the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("damage", ["CURRENT", "manifest.json", "*.toc", "MAIN_*"])
def test_a_build_mends_whatever_is_damaged(
    folder: IndexFolder, articles: Path, settings: Settings, publish: Publish, bodies: Bodies, damage: str
) -> None:
    publish(*(Article(f"a/{number}", "en", "Title", "Body.") for number in range(9)))
    files = [file for file in folder.path.rglob(damage) if file.stat().st_size]
    assert files
    for file in files:
        file.write_bytes(b"\0" * 40)
    build(folder, Collection([articles], settings), settings, quiet)
    assert len(bodies()) == 4


def test_a_sync_makes_the_live_generation_hold_exactly_the_input(
    folder: IndexFolder, articles: Path, settings: Settings, bodies: Bodies
) -> None:
    build(folder, Collection([articles], settings), settings, quiet)
    (articles / "en/pay.md").write_text("# About en/pay\n\nPay comes.\n", encoding="utf-8")
    (articles / "en/calls.md").unlink()
    (articles / "en/new.md").write_text("# New\n\nNews.\n", encoding="utf-8")
    synced = sync(folder, Collection([articles], settings), settings, quiet)
    assert (synced.generation, synced.articles) == (1, {"en": 3, "pl": 1})
    assert synced.changes == Changes(added=1, changed=1, removed=1, unchanged=2)
    assert bodies() == {"en/pay": "Pay comes.", "en/night": "Sleep by day.", "en/new": "News.", "pl/pay": "Płaca."}


def test_a_sync_keeps_the_articles_of_files_that_cannot_be_read_until_they_can_or_are_gone(
    folder: IndexFolder, articles: Path, settings: Settings, bodies: Bodies
) -> None:
    lines = articles / "lines.jsonl"
    lines.write_text(line("one", "First.") + line("two", "Second."))
    (articles / "en/named.md").write_text("---\nid: named\ntitle: Named\n---\nBy itself.\n")
    build(folder, Collection([articles], settings), settings, quiet)
    before = bodies()
    assert len(before) == 7

    def changes() -> Changes:
        return sync(folder, Collection([articles], settings), settings, quiet).changes

    # Half saved; not read to its end; a folder in the place of which is a link.
    (articles / "en/named.md").write_text("---\nid: named\ntitle: Na")
    lines.write_text(line("one", "First.") + '{"id": "tw')
    (articles / "pl").rename(articles.with_name("pl"))
    (articles / "pl").symlink_to(articles.with_name("pl"))
    (articles / "en/pay.md").unlink()
    for removed in (1, 0):  # the next one knows as much
        assert changes() == Changes(0, 0, removed, unchanged=3, kept=3)
        assert bodies() == {id: body for id, body in before.items() if id != "en/pay"}
    (articles / "en/named.md").write_text("---\nid: named\ntitle: Named\n---\nBy itself.\n")
    lines.write_text(line("one", "First."))
    (articles / "pl").unlink()
    assert changes() == Changes(0, 0, removed=2, unchanged=4)
    assert bodies().keys() == {"en/calls", "en/night", "named", "one"}


def test_a_sync_that_does_not_know_the_files_of_articles_keeps_all_while_one_cannot_be_read(
    folder: IndexFolder, articles: Path, settings: Settings, bodies: Bodies
) -> None:
    build(folder, Collection([articles], settings), settings, quiet)
    (folder.live().path / FILE).write_text("{")
    (articles / "pl/pay.md").unlink()
    (articles / "en/pay.md").write_text("")
    assert sync(folder, Collection([articles], settings), settings, quiet).changes == Changes(0, 0, 0, 2, kept=2)
    (articles / "en/pay.md").unlink()
    assert sync(folder, Collection([articles], settings), settings, quiet).changes == Changes(0, 0, 2, 2)


def test_a_sync_of_nothing_that_can_be_read_is_refused(
    folder: IndexFolder, articles: Path, settings: Settings, bodies: Bodies
) -> None:
    build(folder, Collection([articles], settings), settings, quiet)
    for file in articles.rglob("*.md"):
        file.write_text("")
    with pytest.raises(VerificationFailed, match="there is not one article in the input"):
        sync(folder, Collection([articles], settings), settings, quiet, allow_shrink=True)
    assert len(bodies()) == 4


def test_a_sync_needs_an_index_of_this_version(
    folder: IndexFolder, articles: Path, settings: Settings, publish: Publish
) -> None:
    with pytest.raises(IndexMissing, match="Run `karjera index build`"):
        sync(folder, Collection([articles], settings), settings, quiet)
    manifest = publish(Article("a", "en", "Title", "Body.")).path / "manifest.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"analysis": "rules 0"}))
    with pytest.raises(IndexMismatch, match="Run `karjera index build`"):
        sync(folder, Collection([articles], settings), settings, quiet)


def test_a_sync_removes_what_a_killed_commit_left(
    folder: IndexFolder, articles: Path, settings: Settings, bodies: Bodies
) -> None:
    build(folder, Collection([articles], settings), settings, quiet)
    leftover = folder.live().path / "_MAIN_2.toc.1790000000.5"
    leftover.write_bytes(b"half")
    sync(folder, Collection([articles], settings), settings, quiet)
    assert not leftover.exists()
    assert len(bodies()) == 4


def line(id: str, text: str, language: str = "en") -> str:
    return json.dumps({"id": id, "lang": language, "title": "Title", "text": text}) + "\n"


@contextmanager
def half_way(command: str, folder: IndexFolder, reached: Callable[[], bool]) -> Iterator[subprocess.Popen[str]]:
    """Run `index <command> -` in a process of its own that has written articles and waits for more."""
    with subprocess.Popen(
        [sys.executable, "-c", INDEX_COMMAND, command, "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        env=os.environ | {"KARJERA_INDEX": str(folder.path)},
        text=True,
    ) as process:
        assert process.stdin
        for id in ("a", "c", "d"):
            process.stdin.write(line(id, "Half of the new articles."))
        process.stdin.flush()
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not reached():
            assert process.poll() is None, "it ended before it was half way"
            assert time.monotonic() < deadline
            time.sleep(0.01)
        yield process
        process.kill()


def test_a_killed_build_harms_nobody_and_needs_no_help(
    folder: IndexFolder, articles: Path, settings: Settings, publish: Publish, bodies: Bodies
) -> None:
    old = {"a": "Old.", "b": "Also old."}
    publish(*(Article(id, "en", "Title", body) for id, body in old.items()))
    generations = folder.path / "generations"
    with half_way("build", folder, lambda: any(generations.glob("*.new/*.toc"))) as process:
        assert bodies() == old
        with pytest.raises(AnotherWriter, match=rf"process {process.pid}\)"):
            build(folder, Collection([articles], settings), settings, quiet)
        process.kill()
        process.wait()
        assert [path for path in generations.glob("000002.*.new") if path.is_dir()]
        assert bodies() == old
    build(folder, Collection([articles], settings), settings, quiet)
    assert only(folder, 1, 2)
    assert len(bodies()) == 4


@pytest.mark.parametrize("command", ["build", "sync"])
def test_sigterm_ends_a_run_and_takes_away_what_it_had_written(
    folder: IndexFolder, publish: Publish, bodies: Bodies, command: str
) -> None:
    publish(Article("a", "en", "Title", "Old."))
    live = folder.live().path

    def files() -> set[Path]:
        return {file for folder in (live.parent, live) for file in folder.iterdir()}

    before = files()
    with half_way(command, folder, lambda: files() != before) as process:
        process.terminate()
        assert process.wait(PATIENCE_SECONDS) == 143
    assert files() == before
    assert bodies() == {"a": "Old."}


def test_a_killed_sync_harms_nobody_and_needs_no_help(
    folder: IndexFolder, settings: Settings, publish: Publish, bodies: Bodies, tmp_path: Path
) -> None:
    old = {"a": "Old.", "b": "Also old."}
    publish(*(Article(id, "en", "Title", body) for id, body in old.items()))
    live = folder.live().path
    before = set(live.iterdir())
    new = tmp_path / "new.jsonl"
    new.write_text(line("a", "New.") + line("b", "Also new."), encoding="utf-8")
    with half_way("sync", folder, lambda: set(live.iterdir()) - before != set()) as process:
        assert bodies() == old
        with pytest.raises(AnotherWriter, match=rf"process {process.pid}\)"):
            sync(folder, Collection([new], settings), settings, quiet)
        process.kill()
        process.wait()
        assert bodies() == old
    assert sync(folder, Collection([new], settings), settings, quiet).changes.changed == 2
    assert bodies() == {"a": "New.", "b": "Also new."}


def test_what_cannot_be_told_is_asked_for(folder: IndexFolder, articles: Path, settings: Settings) -> None:
    build(folder, Collection([articles], settings), settings, quiet)
    (folder.live().path / "manifest.json").write_text("{")
    with pytest.raises(IndexerError, match="say with PATH what to read"):
        sources_of(folder)


def test_a_sync_notes_what_the_index_now_comes_from(
    folder: IndexFolder, articles: Path, settings: Settings, tmp_path: Path
) -> None:
    build(folder, Collection([articles], settings), settings, quiet)
    more = tmp_path / "more.jsonl"
    more.write_text(line("extra", "One more."), encoding="utf-8")
    sync(folder, Collection([articles, more], settings), settings, quiet)
    assert sources_of(folder) == (str(articles), str(more))


def test_a_build_over_a_damaged_current_keeps_the_newest(
    folder: IndexFolder, articles: Path, settings: Settings
) -> None:
    for _ in range(2):
        build(folder, Collection([articles], settings), settings, quiet)
    (folder.path / "CURRENT").write_text("nothing")
    build(folder, Collection([articles], settings), settings, quiet)
    assert [generation.number for generation in folder.all()] == [1, 2, 3]


ZITHER = Concept("zither", "education", {"en": ("zither",)}, "http://example.org/zither", "Somebody else")


def topics(folder: IndexFolder) -> dict[str, tuple[str, ...]]:
    with folder.live().reader() as reader:
        found = [article_of(reader.stored_fields(number)) for number in reader.all_doc_ids()]
    return {article.id: article.topics for article in found}


@pytest.fixture
def silent(tmp_path: Path) -> Path:
    """Articles that state no topics, and one that does."""
    folder = tmp_path / "silent"
    folder.mkdir()
    (folder / "pay.md").write_text("# Salary\n\nAsk about the salary: a salary, a bonus, a pension and the payslip.\n")
    (folder / "zither.md").write_text("# Zither\n\nZithers, a zither, and one more zither. Zithers!\n")
    (folder / "stated.md").write_text("---\ntopics: [law]\nlang: en\n---\n# Salary\n\nSalary, salary, salary.\n")
    return folder


def test_a_build_assigns_topics_where_none_are_stated(folder: IndexFolder, silent: Path, settings: Settings) -> None:
    build(folder, Collection([silent], settings), settings, quiet)
    assert topics(folder) == {"pay": ("pay",), "zither": (), "stated": ("law",)}
    assert folder.live().manifest().glossary == load_glossary(settings.glossary).digest


def test_what_was_assigned_is_no_change_for_a_sync(folder: IndexFolder, silent: Path, settings: Settings) -> None:
    build(folder, Collection([silent], settings), settings, quiet)
    synced = sync(folder, Collection([silent], settings), settings, quiet)
    assert synced.changes == Changes(0, 0, 0, unchanged=3)
    (silent / "pay.md").write_text("# Salary\n\nAsk about the salary, the bonus, the pension, a salary, the payslip.\n")
    synced = sync(folder, Collection([silent], settings), settings, quiet)
    assert synced.changes == Changes(0, 1, 0, unchanged=2)
    assert topics(folder)["pay"] == ("pay",)


def test_a_sync_with_another_glossary_writes_what_it_changes(
    folder: IndexFolder, silent: Path, settings: Settings
) -> None:
    build(folder, Collection([silent], settings), settings, quiet)
    before = folder.stamp()
    write_imported(settings.glossary, [ZITHER])
    synced = sync(folder, Collection([silent], settings), settings, quiet)
    assert synced.changes == Changes(0, 1, 0, unchanged=2)
    assert topics(folder) == {"pay": ("pay",), "zither": ("education",), "stated": ("law",)}
    assert folder.live().manifest().glossary == load_glossary(settings.glossary).digest
    assert folder.stamp() != before  # for running services to see
    verify(folder.live().open())
    assert not list(folder.live().path.glob("*.new"))


def test_a_sync_that_fails_leaves_the_glossary_as_it_was(
    folder: IndexFolder, silent: Path, settings: Settings, tmp_path: Path
) -> None:
    build(folder, Collection([silent], settings), settings, quiet)
    before = (folder.live().path / CONCEPTS).read_bytes()
    write_imported(settings.glossary, [ZITHER])
    (tmp_path / "empty").mkdir()
    with pytest.raises(VerificationFailed):
        sync(folder, Collection([tmp_path / "empty"], settings), settings, quiet)
    assert (folder.live().path / CONCEPTS).read_bytes() == before
    assert not list(folder.live().path.glob("*.new"))
    verify(folder.live().open())


def test_a_build_with_the_same_glossary_takes_over_the_compiled_one(
    folder: IndexFolder, silent: Path, settings: Settings
) -> None:
    build(folder, Collection([silent], settings), settings, quiet)
    first = folder.live().path / CONCEPTS
    build(folder, Collection([silent], settings), settings, quiet)
    assert folder.live().number == 2
    assert (folder.live().path / CONCEPTS).read_bytes() == first.read_bytes()


@pytest.mark.parametrize("harm", ["remove", "alter", "exchange"])
def test_verifying_covers_the_compiled_glossary(
    folder: IndexFolder, silent: Path, settings: Settings, harm: str
) -> None:
    build(folder, Collection([silent], settings), settings, quiet)
    generation = folder.live()
    file = generation.path / CONCEPTS
    data = file.read_bytes()
    if harm == "remove":
        file.unlink()
    elif harm == "alter":
        file.write_bytes(data[:100] + bytes([data[100] ^ 1]) + data[101:])
    else:
        manifest = generation.path / "manifest.json"
        manifest.write_text(manifest.read_text().replace(generation.manifest().glossary, "0" * 64))
    with pytest.raises(VerificationFailed, match=r"glossary|concepts is damaged"):
        verify(generation.open())
    # And what is damaged is not taken over.
    build(folder, Collection([silent], settings), settings, quiet)
    verify(folder.live().open())


def test_an_unusable_import_stops_a_build_before_it_begins(
    folder: IndexFolder, silent: Path, settings: Settings
) -> None:
    settings.glossary.mkdir()
    (settings.glossary / "imported.jsonl").write_text("{}\n")
    with pytest.raises(GlossaryError, match=r"imported\.jsonl:1: no concept"):
        build(folder, Collection([silent], settings), settings, quiet)
    assert not folder.path.exists()
