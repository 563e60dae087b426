import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from corpus import LIBRARY, Article, Settings
from corpus.collection import MAX_PROBLEMS
from indexer.cli import LINE_EVERY_ARTICLES, SHOWN_PROBLEMS, index
from indexer.generations import Generation, IndexFolder
from tests.permissions import permissions_count

Publish = Callable[..., Generation]
Bodies = Callable[[], dict[str, str]]
Run = Callable[..., Result]

INDEX_COMMAND = """
import os
from corpus import LIBRARY, Settings
from indexer.cli import index
index(obj=Settings.from_environment(os.environ))
"""


@pytest.fixture
def run(settings: Settings) -> Run:
    """Run `karjera index …` over the test's own index."""

    def run(*arguments: str | Path, input: str | bytes | None = None) -> Result:
        result = CliRunner().invoke(index, [str(argument) for argument in arguments], obj=settings, input=input)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    return run


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """Two articles in English and one in Polish."""
    write(tmp_path / "articles", "en/calls", "Calls never stop.")
    write(tmp_path / "articles", "en/pay", "Pay follows.")
    write(tmp_path / "articles", "pl/pay", "Płaca.")
    return tmp_path / "articles"


def write(folder: Path, id: str, text: str) -> None:
    file = folder / f"{id}.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"# About {id}\n\n{text}\n", encoding="utf-8")


def line(id: str, text: str = "Words.") -> str:
    return json.dumps({"id": id, "lang": "en", "title": "Title", "text": text}) + "\n"


def test_build_says_what_is_live_now(run: Run, articles: Path, bodies: Bodies) -> None:
    result = run("build", articles)
    assert result.exit_code == 0
    english, polish, summary = result.stdout.splitlines()
    assert english.split() == ["English", "2"]
    assert polish.split() == ["Polish", "1"]
    assert summary.startswith("Generation 1 is live: 3 articles in ")
    assert summary.endswith(" s.")
    assert result.stderr == ""
    assert bodies().keys() == {"en/calls", "en/pay", "pl/pay"}


def test_without_a_path_the_shipped_library_is_built(run: Run, bodies: Bodies) -> None:
    result = run("build", "--strict")
    assert result.exit_code == 0, result.stderr
    assert set(bodies()) == {f"{file.parent.name}/{file.stem}" for file in LIBRARY.rglob("*.md")}


@pytest.mark.parametrize("command", ["build", "sync"])
def test_without_a_path_what_the_live_index_was_built_from_is_read_again(
    run: Run, articles: Path, tmp_path: Path, bodies: Bodies, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.chdir(tmp_path)
    run("build", "articles/en", "articles/pl")
    write(articles, "en/new", "New.")
    write(articles, "lt/elsewhere", "Kitur.")
    monkeypatch.chdir("/")
    for _ in range(2):
        assert run(command).exit_code == 0
        assert bodies().keys() == {"en/calls", "en/pay", "en/new", "pl/pay"}


@pytest.mark.parametrize("command", ["build", "sync"])
def test_standard_input_cannot_be_read_again(run: Run, bodies: Bodies, command: str) -> None:
    run("build", "-", input=line("a", "First."))
    result = run(command, input=line("b"))
    assert result.exit_code == 1
    assert result.stderr == "Error: the live index was built from standard input; say with PATH what to read.\n"
    assert bodies() == {"a": "First."}


def test_json_lines_are_read_from_standard_input(run: Run, bodies: Bodies) -> None:
    result = run("build", "-", input=line("a", "First.") + "\n" + line("b", "Zażółć."))
    assert result.exit_code == 0
    assert bodies() == {"a": "First.", "b": "Zażółć."}


def test_problems_are_listed_with_file_and_reason_and_cost_no_other_article(
    run: Run, articles: Path, bodies: Bodies
) -> None:
    (articles / "en/empty.md").write_bytes(b"")
    (articles / "en/latin.md").write_bytes(b"# Caf\xe9\n\ntext\n")
    (articles / "en/.hidden.md").write_text("# Hidden\n\nnot read\n")
    write(articles, "twice", "An English text that is long enough to be taken for one, as one sees by reading it all.")
    (articles / "more.jsonl").write_text(line("twice") + "[]\n" + line("last"), encoding="utf-8")
    result = run("build", articles)
    assert result.exit_code == 0
    assert bodies().keys() == {"en/calls", "en/pay", "pl/pay", "twice", "last"}
    problems = [text for text in result.stderr.splitlines() if text.startswith("  ! ")]
    assert [text.split(": skipped: ")[0] for text in problems] == [
        f"  ! {articles}/more.jsonl:2",
        f"  ! {articles}/twice.md",
        f"  ! {articles}/en/empty.md",
        f"  ! {articles}/en/latin.md",
    ]
    assert "not UTF-8 at byte 5" in problems[3]
    assert "1 hidden files or files of other kinds were left aside" in result.stderr
    assert "4 problems, 4 inputs skipped" in result.stderr


@pytest.mark.parametrize("command", ["build", "sync"])
def test_strict_ends_with_a_status_but_puts_live_what_could_be_read(
    run: Run, articles: Path, bodies: Bodies, command: str
) -> None:
    run("build", articles)
    assert run(command, "--strict", articles).exit_code == 0
    write(articles, "en/new", "New.")
    (articles / "en/empty.md").write_bytes(b"")
    assert run(command, "--strict", articles).exit_code == 1
    assert bodies().keys() == {"en/calls", "en/pay", "en/new", "pl/pay"}
    assert run(command, articles).exit_code == 0


def test_names_that_would_steer_the_terminal_are_not_printed_as_they_are(run: Run, articles: Path) -> None:
    (articles / "red\x1b[31m\x07.md").write_bytes(b"")
    (articles / os.fsdecode(b"caf\xe9.md")).write_bytes(b"")
    (articles / "lines.jsonl").write_text(json.dumps({"text": "x", "topics": ["\x1b]0;title\x07\u202e"]}) + "\n")
    result = run("build", articles)
    assert result.exit_code == 0
    assert "red\ufffd[31m\ufffd.md: skipped: empty." in result.stderr
    assert "caf\ufffd.md: skipped: empty." in result.stderr
    assert not {char for char in result.stderr if not char.isprintable()} - {"\n"}


def test_a_flood_of_problems_is_cut_and_counted(run: Run, tmp_path: Path) -> None:
    bad = SHOWN_PROBLEMS + 3
    result = run("build", "-", input="{}\n" * bad + line("good"))
    problems = [text for text in result.stderr.splitlines() if text.startswith("  ! ")]
    assert len(problems) == SHOWN_PROBLEMS + 1
    assert problems[0] == "  ! standard input:1: skipped: " + problems[0].split("skipped: ")[1]
    assert problems[-1] == "  ! and 3 more problems"
    assert f"{bad} problems, {bad} inputs skipped" in result.stderr


def test_all_skipped_inputs_are_counted_and_warnings_are_not(run: Run) -> None:
    bad = MAX_PROBLEMS + 3
    # Too short for its language to be certain: a remark that costs no article.
    uncertain = json.dumps({"id": "a", "title": "Oj", "text": "Oj."}) + "\n"
    result = run("build", "-", input=uncertain + "{}\n" * bad)
    assert result.exit_code == 0
    assert f"{bad + 1} problems, {bad} inputs skipped" in result.stderr


def test_where_there_is_no_terminal_a_line_now_and_then_tells_how_far_it_is(run: Run) -> None:
    result = run("build", "-", input="".join(line(f"a/{number}") for number in range(LINE_EVERY_ARTICLES + 1)))
    assert result.stderr.splitlines() == [f"{LINE_EVERY_ARTICLES} articles read"]


def test_on_a_terminal_there_is_a_bar(articles: Path, settings: Settings) -> None:
    terminal, end = pty.openpty()
    environment = os.environ | {"KARJERA_INDEX": str(settings.index)}
    command = [sys.executable, "-c", INDEX_COMMAND, "build", str(articles)]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=end, env=environment, check=True)
    os.close(end)
    shown = os.read(terminal, 100_000).decode()
    os.close(terminal)
    assert "Reading articles" in shown
    assert "100%" in shown
    assert b"Generation 1 is live: 3 articles" in done.stdout


def test_a_sync_says_what_it_kept_for_want_of_its_file(run: Run, articles: Path, bodies: Bodies) -> None:
    run("build", articles)
    (articles / "en/pay.md").write_text("---\ntitle: Pay: half saved\n---\n")
    result = run("sync", articles)
    assert result.exit_code == 0
    kept = "0 removed, 2 as before, 1 kept as before, since their files cannot be read now; 3 articles in "
    assert result.stdout.startswith(f"Generation 1: 0 added, 0 changed, {kept}")
    assert "en/pay.md: skipped: front matter is not YAML" in result.stderr
    assert len(bodies()) == 3


def test_a_sync_keeps_the_articles_of_files_and_folders_without_permission(
    run: Run, articles: Path, bodies: Bodies
) -> None:
    run("build", articles)
    closed = articles / "en/pay.md", articles / "pl"
    for path in closed:
        path.chmod(0)
    with permissions_count():
        result = run("sync", articles)
    for path in closed:
        path.chmod(0o700)
    assert "0 removed, 1 as before, 2 kept as before, since their files cannot be read now;" in result.stdout
    assert "pl: skipped: cannot be listed: Permission denied." in result.stderr
    assert len(bodies()) == 3


def test_sync_says_what_it_did(run: Run, articles: Path, bodies: Bodies) -> None:
    run("build", articles)
    write(articles, "en/pay", "Pay comes.")
    write(articles, "en/new", "New.")
    (articles / "en/calls.md").unlink()
    result = run("sync", articles)
    assert result.exit_code == 0
    assert result.stdout.startswith("Generation 1: 1 added, 1 changed, 1 removed, 1 as before; 3 articles in ")
    assert bodies() == {"en/pay": "Pay comes.", "en/new": "New.", "pl/pay": "Płaca."}
    assert run("sync", articles).stdout.startswith("Generation 1: 0 added, 0 changed, 0 removed, 3 as before;")


def test_status_shows_what_is_live_and_what_could_be_gone_back_to(
    run: Run, articles: Path, folder: IndexFolder
) -> None:
    run("build", articles)
    run("build", articles)
    result = run("status")
    assert result.exit_code == 0
    said = {
        name.strip(): value.strip() for name, _, value in (text.partition(":") for text in result.stdout.splitlines())
    }
    assert said["Articles"] == "3"
    assert said["Generation"].startswith(f"2, built {folder.live().manifest().built}, 1 segment")
    assert said["Rollback to"] == "1"
    assert "Rolled back" not in said
    assert said["Folder"].startswith(str(folder.live().path))
    assert said["Analysis"] == folder.live().manifest().analysis
    assert [text.split() for text in result.stdout.splitlines()[:2]] == [["English", "2"], ["Polish", "1"]]


def test_status_tells_what_was_rolled_back_from_what_can_be_gone_back_to(run: Run, articles: Path) -> None:
    for _ in range(3):
        run("build", articles)
    run("rollback")
    said = run("status").stdout
    assert "Generation:  2, " in said
    assert "Rollback to: 1\nRolled back: 3, to be removed by the next build\n" in said
    run("rollback")
    said = run("status").stdout
    assert "Rollback to: none\nRolled back: 2, 3, to be removed by the next build\n" in said
    run("build", articles)
    said = run("status").stdout
    assert "Generation:  4, " in said
    assert "Rollback to: 1\nFolder:" in said


def test_verify_reads_everything(run: Run, articles: Path) -> None:
    run("build", articles)
    result = run("verify")
    assert result.exit_code == 0
    assert result.stdout == "Generation 1 is sound: 3 articles read, 3 searched for and found.\n"


def test_rollback_goes_back_once(run: Run, articles: Path, bodies: Bodies) -> None:
    run("build", articles)
    write(articles, "en/pay", "Pay comes.")
    run("build", articles)
    result = run("rollback")
    assert (result.exit_code, result.stdout) == (0, "Generation 1 is live again.\n")
    assert bodies()["en/pay"] == "Pay follows."
    result = run("rollback")
    assert result.exit_code == 1
    assert "Nothing was changed." in result.stderr
    assert bodies()["en/pay"] == "Pay follows."


@pytest.mark.parametrize("command", [("status",), ("verify",), ("rollback",), ("sync", "-")])
def test_without_an_index_every_command_names_the_one_that_makes_it(run: Run, command: tuple[str, ...]) -> None:
    result = run(*command, input="")
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: there is no index in ")
    assert "Run `karjera index build`" in result.stderr


@pytest.mark.parametrize("command", [("status",), ("verify",), ("sync", "-")])
def test_an_index_of_another_version_is_not_touched_and_the_command_to_run_is_named(
    run: Run, publish: Publish, command: tuple[str, ...]
) -> None:
    manifest = publish(Article("a", "en", "Title", "Body.")).path / "manifest.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"format": 0}))
    result = run(*command, input="")
    assert result.exit_code == 1
    assert "built with format 0" in result.stderr
    assert "Run `karjera index build`" in result.stderr


# Whoosh leaves a file that it could not read to the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("command", [("status",), ("verify",), ("sync", "-")])
def test_a_damaged_index_is_told_with_the_ways_out(run: Run, publish: Publish, command: tuple[str, ...]) -> None:
    generation = publish(Article("a", "en", "Title", "Body."))
    for file in generation.path.glob("MAIN_*"):
        file.write_bytes(b"")
    result = run(*command, input=line("b"))
    assert result.exit_code == 1
    assert "`karjera index rollback`, or run `karjera index build`" in result.stderr


def test_a_build_if_there_is_none_leaves_the_one_there_is(run: Run, articles: Path, bodies: Bodies) -> None:
    assert run("build", "--if-missing", articles).stdout.splitlines()[-1].startswith("Generation 1 is live: 3 articles")
    write(articles, "en/new", "New.")
    result = run("build", "--if-missing", articles)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("There is an index in ") and result.stdout.endswith("; nothing was built.\n")
    assert len(bodies()) == 3


@pytest.mark.parametrize("what", ["CURRENT", "manifest.json"])
def test_a_build_if_there_is_none_does_not_replace_one_that_cannot_be_used(
    run: Run, articles: Path, folder: IndexFolder, what: str
) -> None:
    run("build", articles)
    for file in folder.path.rglob(what):
        file.write_bytes(b"\0")
    result = run("build", "--if-missing", articles)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "Go back with `karjera index rollback`, or run `karjera index build`." in result.stderr
    assert [generation.number for generation in folder.all()] == [1]


@pytest.mark.parametrize("closed", ["", "CURRENT", "generations", "generations/000001", "generations/*/manifest.json",
                                    "generations/*/*.toc"])  # fmt: skip
def test_somebody_elses_index_is_told_with_who_can_read_it(
    run: Run, articles: Path, folder: IndexFolder, closed: str
) -> None:
    run("build", articles)
    (path,) = folder.path.glob(closed) if closed else (folder.path,)
    mode = path.stat().st_mode
    path.chmod(0)
    with permissions_count():
        results = run("status"), run("sync"), run("build", "--if-missing")
    path.chmod(mode)
    for result in results:
        assert result.exit_code == 1
        assert result.stderr.startswith("Error: this user may not read ")
        assert result.stderr.endswith("(Permission denied). Run the command as the user that owns the index.\n")


def test_a_path_that_is_not_there_is_a_mistake_in_the_command(run: Run, tmp_path: Path) -> None:
    result = run("build", tmp_path / "articels")
    assert result.exit_code == 1
    assert result.stderr == f"Error: no such file or folder: {tmp_path / 'articels'}\n"


def test_another_writer_is_waited_for_by_the_operator(
    run: Run, articles: Path, folder: IndexFolder, publish: Publish, bodies: Bodies
) -> None:
    publish(Article("a", "en", "Title", "Body."))
    with folder.lock():
        for command in (("build", articles), ("sync", articles), ("rollback",)):
            result = run(*command)
            assert result.exit_code == 1
            assert f"another build or sync is writing to {folder.path} (process {os.getpid()})" in result.stderr
            assert "Wait for it to end, or stop it, and run the command again" in result.stderr
    assert bodies() == {"a": "Body."}


@pytest.mark.parametrize("command", ["build", "sync"])
def test_shrinking_by_most_is_refused_with_the_option_that_allows_it(
    run: Run, articles: Path, bodies: Bodies, command: str
) -> None:
    run("build", articles)
    for id in ("en/calls", "en/pay"):
        (articles / f"{id}.md").unlink()
    result = run(command, articles)
    assert result.exit_code == 1
    assert "run the command again with --allow-shrink" in result.stderr
    assert len(bodies()) == 3
    assert run(command, "--allow-shrink", articles).exit_code == 0
    assert bodies().keys() == {"pl/pay"}


@pytest.mark.parametrize("command", ["build", "sync"])
def test_when_no_input_could_be_read_the_problems_say_why(
    run: Run, publish: Publish, bodies: Bodies, command: str
) -> None:
    publish(Article("a", "en", "Title", "Body."))
    result = run(command, "-", input="not JSON\n")
    assert result.exit_code == 1
    assert "  ! standard input:1: skipped: not JSON" in result.stderr
    assert "Error: there is not one article in the input." in result.stderr
    assert bodies() == {"a": "Body."}


def test_explain_topics_says_which_words_speak_for_what(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "pay.md").write_text("---\nlang: en\n---\n# Salary\n\n## A bonus\n\nA salary, the salary, a bonus.\n")
    (folder / "stated.md").write_text("---\ntopics: [law]\nlang: en\n---\n# Salary\n\nA salary.\n")
    run("build", folder)
    lines = run("explain-topics", "pay").output.splitlines()
    assert lines[0] == "pay: Pay and benefits (from its text)"
    assert lines[1].startswith("  Pay and benefits ")
    assert [" ".join(line.split()) for line in lines[2:4]] == [
        f"salary {lines[2].split()[1]} 1 in the title, 2 in the text",
        f"bonus {lines[3].split()[1]} 1 in the headings, 2 in the text",
    ]
    assert run("explain-topics", "stated").output.startswith(
        "stated: Rights, contracts and leave (as its metadata states)"
    )


def test_explaining_an_article_that_is_not_there_says_so(run: Run, articles: Path) -> None:
    run("build", articles)
    result = run("explain-topics", "nowhere")
    assert (result.exit_code, result.output) == (1, "Error: there is no article 'nowhere' in the live index.\n")
