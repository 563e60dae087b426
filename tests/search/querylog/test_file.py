import multiprocessing
from pathlib import Path

import pytest

from search.querylog.file import QueryLogFile, files, numbered

LINES = 400
PROCESSES = 4


def lines(path: Path) -> list[str]:
    return [line for file in files(path) for line in file.read_text().splitlines()]


def test_lines_are_added_to_what_is_there(tmp_path: Path) -> None:
    path = tmp_path / "queries.log"
    path.write_text("before\n")
    log = QueryLogFile(path, 10_000, 5)
    log.append("first")
    log.append("second")
    assert path.read_text() == "before\nfirst\nsecond\n"


def test_nobody_but_owner_and_group_reads_it(tmp_path: Path) -> None:
    QueryLogFile(tmp_path / "queries.log", 10_000, 5).append("first")
    assert (tmp_path / "queries.log").stat().st_mode & 0o027 == 0


def test_a_file_that_has_grown_is_numbered_and_the_oldest_goes(tmp_path: Path) -> None:
    path = tmp_path / "queries.log"
    log = QueryLogFile(path, 30, 2)
    for number in range(9):
        log.append(f"line {number}" + "." * 9)  # two are 32 bytes
    assert [file.name for file in files(path)] == ["queries.log.2", "queries.log.1", "queries.log"]
    assert [line.strip(".") for line in lines(path)] == ["line 4", "line 5", "line 6", "line 7", "line 8"]


def test_a_file_that_somebody_took_away_is_begun_anew(tmp_path: Path) -> None:
    path = tmp_path / "queries.log"
    log = QueryLogFile(path, 10_000, 2)
    log.append("first")
    path.rename(tmp_path / "elsewhere")
    log.append("second")
    log.close()
    log.append("third")
    assert path.read_text() == "second\nthird\n"


def test_who_rotates_while_another_does_leaves_it_to_them(tmp_path: Path) -> None:
    path = tmp_path / "queries.log"
    one, other = QueryLogFile(path, 10, 3), QueryLogFile(path, 1_000, 3)
    other.append("first")
    one.append("second, too long")  # renames
    other.append("third")
    assert numbered(path, 1).read_text() == "first\nsecond, too long\n"
    assert path.read_text() == "third\n"


def test_a_full_disk_is_an_error_and_nothing_worse() -> None:
    log = QueryLogFile(Path("/dev/full"), 10_000, 2)
    for _ in range(3):
        with pytest.raises(OSError, match="No space left"):
            log.append("a line")


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        QueryLogFile(tmp_path / "nowhere" / "queries.log", 10_000, 2).append("a line")


def test_no_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "target").write_text("")
    (tmp_path / "queries.log").symlink_to(tmp_path / "target")
    with pytest.raises(OSError, match="symbolic links"):
        QueryLogFile(tmp_path / "queries.log", 10_000, 2).append("a line")
    assert (tmp_path / "target").read_text() == ""


def test_after_a_line_was_cut_off_the_next_one_begins_anew(tmp_path: Path) -> None:
    path = tmp_path / "queries.log"
    context = multiprocessing.get_context("spawn")
    process = context.Process(target=write_with_little_room, args=(path,))
    process.start()
    process.join()
    assert process.exitcode == 0
    assert lines(path) == ["0123456789", "01234", "after"]


def write_with_little_room(path: Path) -> None:
    import resource

    log = QueryLogFile(path, 10_000, 2)
    log.append("0123456789")
    resource.setrlimit(resource.RLIMIT_FSIZE, (16, resource.RLIM_INFINITY))
    with pytest.raises(OSError, match="only 5 of 11 bytes"):
        log.append("0123456789")
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    log.append("after")


def write_many(path: Path, process: int) -> None:
    log = QueryLogFile(path, 2_000, 100)
    for number in range(LINES):
        log.append(f"{process} {number} " + "x" * (number % 50))


def test_processes_that_write_and_rotate_at_once_lose_no_line(tmp_path: Path) -> None:
    path = tmp_path / "queries.log"
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=write_many, args=(path, number)) for number in range(PROCESSES)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    written = lines(path)
    assert len(list(files(path))) > 2
    assert len(written) == LINES * PROCESSES
    wanted = {f"{process} {number} " + "x" * (number % 50) for process in range(PROCESSES) for number in range(LINES)}
    assert set(written) == wanted


def test_only_files_of_the_log_are_its_files(tmp_path: Path) -> None:
    for name in ("q[1].log", "q[1].log.2", "q[1].log.10", "q[1].log.lock", "q[1].log.02", "q[1].log.x", "q1.log.1"):
        (tmp_path / name).write_text("")
    (tmp_path / "q[1].log.3").mkdir()
    assert [file.name for file in files(tmp_path / "q[1].log")] == ["q[1].log.10", "q[1].log.2", "q[1].log"]
    assert list(files(tmp_path / "nowhere" / "q.log")) == []
