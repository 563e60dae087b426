import gzip
import io
import json
import os
import random
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from corpus import Article, Collection, CorpusError, Settings
from corpus.collection import MAX_PROBLEMS
from tests.permissions import permissions_count

ENGLISH = "Calls never stop, and the day is long; whoever answers them needs a break between two of them."
POLISH = "Pracownicy call center odbierają setki telefonów dziennie, a stres rośnie z każdą godziną pracy."
SHORT = "Calls never stop."  # too short to tell its language
MARKDOWN = f"---\ntitle: Calls\nlang: en\n---\n{ENGLISH}\n"

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(name: str, content: str | bytes = MARKDOWN) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def read(*paths: Path | str, settings: Settings | None = None) -> tuple[dict[str, Article], list[str]]:
    """Return (id -> article, problems), the problems with the file's name for its path."""
    collection = Collection(paths, settings or Settings())
    articles = list(collection)
    problems = []
    for problem in collection.problems:
        name = problem.source.rsplit("/", 1)[-1]
        problems.append(str(replace(problem, source=name)))
    assert len({article.id for article in articles}) == len(articles)
    return {article.id: article for article in articles}, problems


def line(**said: object) -> str:
    return json.dumps({"title": "Calls", "text": ENGLISH, "lang": "en"} | said) + "\n"


def test_what_reads_pages_and_markdown_is_imported_when_there_is_some(write: Write) -> None:
    heavy = "trafilatura", "htmldate", "lxml", "markdown_it", "yaml", "urllib3"
    asking = f"""
import sys
import indexer.segments
from corpus import Collection, Settings
for name in sys.argv[1:]:
    assert len(list(Collection([name], Settings()))) == 1
    print(*(module for module in {heavy} if module in sys.modules))
"""
    page = f"<html lang='en'><title>Calls</title><body><h1>Calls</h1><p>{ENGLISH}</p></body></html>"
    files = write("scraped.txt", f"Stres\n\n{POLISH}"), write("calls.md"), write("page.html", page)
    ran = subprocess.run([sys.executable, "-c", asking, *files], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines() == ["", "lxml markdown_it yaml", " ".join(heavy)]


def test_each_kind_of_file_becomes_articles(tmp_path: Path, write: Write) -> None:
    write("calls.md")
    write("page.html", f"<html lang='en'><title>Calls</title><body><h1>Calls</h1><p>{ENGLISH}</p></body></html>")
    write("scraped.txt", f"2024-09-28\n\nStres\n\n{POLISH}")
    write("lines.jsonl", line() + line(id="named"))
    write("zipped.jsonl.gz", gzip.compress(line().encode()))
    articles, problems = read(tmp_path)
    assert problems == []
    assert list(articles) == ["calls", "lines/1", "named", "page", "scraped", "zipped/1"]
    assert {article.body for article in articles.values()} == {ENGLISH, POLISH}
    assert articles["scraped"].published == date(2024, 9, 28)
    assert articles["scraped"].language == "pl"


def test_front_matter_fills_every_field(write: Write) -> None:
    front_matter = (
        "id: calls\nlang: en\ntitle: Call centre stress\ntopics: [wellbeing, pay]\npublished: 2026-05-18\n"
        "author: Ona\nsource: https://example.org/calls\nwork: stress\n"
    )
    articles, problems = read(write("x.md", f"---\n{front_matter}---\nCalls never stop.\n"))
    assert problems == []
    assert articles["calls"] == Article(
        "calls", "en", "Call centre stress", "Calls never stop.", ("wellbeing", "pay"), date(2026, 5, 18),
        "Ona", "https://example.org/calls", "stress",
    )  # fmt: skip


def test_an_article_whose_topics_nobody_named_has_none_yet(write: Write) -> None:
    articles, _ = read(write("pay.txt", "Salary\n\nAsk about the salary, the bonus, the payslip and the pension."))
    assert articles["pay"].topics == ()


@pytest.mark.parametrize(
    ("name", "id", "language", "work"),
    [
        ("getting-paid.md", "getting-paid", "en", "getting-paid"),
        ("pl/getting-paid.md", "pl/getting-paid", "pl", "getting-paid"),
        ("zh-hant/getting-paid.md", "zh-hant/getting-paid", "zh", "getting-paid"),
        ("pt_BR/getting-paid.md", "pt_BR/getting-paid", "pt", "getting-paid"),
        ("guide/de/pay/first.md", "guide/de/pay/first", "de", "guide/pay/first"),
        ("in-depth/first.md", "in-depth/first", "en", "in-depth/first"),
        ("no-code/first.md", "no-code/first", "en", "no-code/first"),
        ("xx/first.md", "xx/first", "en", "xx/first"),
        ("lt.md", "lt", "en", "lt"),
        ("a b#c?%d.md", "a-b-c--d", "en", "a-b-c--d"),
    ],
)
def test_id_language_and_work_come_from_where_a_file_lies(
    tmp_path: Path, write: Write, name: str, id: str, language: str, work: str
) -> None:
    write(name, f"# Calls\n\n{ENGLISH if language == 'en' else SHORT}")
    articles, problems = read(tmp_path)
    assert problems == []
    assert [(article.id, article.language, article.work) for article in articles.values()] == [(id, language, work)]


def test_metadata_outweighs_the_folder(tmp_path: Path, write: Write) -> None:
    write("pl/calls.md", f"---\ntitle: Calls\nid: mine\nlang: de\nwork: ours\n---\n{ENGLISH}")
    articles, _ = read(tmp_path)
    assert (articles["mine"].language, articles["mine"].work) == ("de", "ours")


def test_the_work_is_where_a_file_lies_even_if_its_id_is_stated(tmp_path: Path, write: Write) -> None:
    write("guide/calls.md", f"---\ntitle: Calls\nid: mine\n---\n{ENGLISH}")
    write("guide/pl/calls.md", f"---\ntitle: Telefony\nid: moje\n---\n{POLISH}")
    articles, problems = read(tmp_path)
    assert problems == []
    assert {id: article.work for id, article in articles.items()} == {"mine": "guide/calls", "moje": "guide/calls"}


def test_a_file_named_itself_keeps_the_folder_of_its_language_and_no_other(write: Write) -> None:
    articles, problems = read(write("guide/pl/calls.md", f"# Telefony\n\n{POLISH}"), write("guide/a.md"))
    assert problems == []
    assert (articles["pl/calls"].language, articles["pl/calls"].work) == ("pl", "calls")
    assert articles["a"].work == "a"


def test_folders_of_two_languages_named_apart_hold_the_translations_of_one_work(tmp_path: Path, write: Write) -> None:
    write("site/pl/calls.md", f"# Telefony\n\n{POLISH}")
    write("site/de/calls.md", f"# Anrufe\n\n{SHORT}")
    articles, problems = read(tmp_path / "site/pl", tmp_path / "site/de")
    assert problems == []
    assert {id: (article.language, article.work) for id, article in articles.items()} == {
        "pl/calls": ("pl", "calls"), "de/calls": ("de", "calls"),
    }  # fmt: skip


def test_a_text_in_another_language_than_its_folder_says_is_taken_for_what_it_is(tmp_path: Path, write: Write) -> None:
    write("it/calls.md", f"# Calls\n\n{ENGLISH}")
    write("it/stated.md", f"---\ntitle: Calls\nlang: it\n---\n{ENGLISH}")
    articles, problems = read(tmp_path)
    assert {id: article.language for id, article in articles.items()} == {"it/calls": "en", "it/stated": "it"}
    assert problems == [
        "calls.md: its folder says Italian, its text English, which was taken; give `lang` if not.",
    ]


def test_a_language_is_stated_or_detected_or_reported(write: Write) -> None:
    articles, problems = read(
        write(
            "x.jsonl",
            line(id="stated", lang="pl-PL")
            + line(id="detected", lang=None, text=POLISH)
            + line(id="uncertain", lang=None, text="Bla bla")
            + line(id="unknown", lang="tlh", text=POLISH)
            + line(id="hopeless", lang="tlh", text="Bla bla"),
        )
    )
    assert {id: article.language for id, article in articles.items()} == {
        "stated": "pl", "detected": "pl", "uncertain": "und", "unknown": "pl", "hopeless": "und",
    }  # fmt: skip
    uncertain = "its language is uncertain, so it is indexed without stemming; give `lang` in its metadata."
    assert problems == [
        f"x.jsonl:3: {uncertain}",
        "x.jsonl:4: language 'tlh' has no row in the table; the text is taken for Polish.",
        f"x.jsonl:5: {uncertain}",
    ]


def test_an_unknown_topic_costs_itself_and_nothing_else(write: Write) -> None:
    articles, problems = read(write("x.jsonl", line(id="a", topics=["pay", "gardening"])))
    assert articles["a"].topics == ("pay",)
    assert len(problems) == 1 and problems[0].startswith("x.jsonl:1: left out unknown topics: gardening. Topics are: ")


BAD_FILES = {
    "empty.md": (b"", "empty."),
    "blank.txt": (b" \n\t\n", "empty."),
    "latin.md": ("# Życie\n\nPłaca.".encode("iso-8859-2"), "it is not UTF-8 at byte 2. Save it as UTF-8."),
    "untitled.md": (b"---\nlang: en\n---\n", "empty: there is no text in it."),
    "titled.md": (b"# Title only", "there is a title but no text under it."),
    "nul.txt": (b"\0\0\0\0", "cannot be decoded: character 1 is U+0000"),
    "utf-16.md": (MARKDOWN.encode("utf-16-le"), "UTF-16 without a byte order mark looks so. Save it as UTF-8."),
    "utf-16.jsonl": ('{"text": "Calls."}'.encode("utf-16-be"), "UTF-16 without a byte order mark looks so."),
    "dots.txt": (b"Title\n\n... --- ...", "empty: there is a title but no text."),
    "tag.md": (b"---\ntitle: !!python/object/apply:os.system [exit 1]\n---\nText.", "title is list"),
    "date.md": (b"---\ntitle: T\ndate: 2026-02-30\n---\nText.", "published is '2026-02-30'"),
    "open.md": (b"---\ntitle: T\nText.", "front matter does not end with `---`"),
    "script.html": (b"<html><title>T</title><script>alert(1)</script></html>", "no article found on the page."),
    "binary.html": (bytes(range(256)), "cannot be decoded: it is not UTF-8 at byte 128. Save it as UTF-8."),
    "long.md": (b"# " + b"T" * 501 + b"\n\nText.", "its title has 501 characters; allowed are 500."),
    "dot.md": (b"---\nid: ../../etc/passwd\ntitle: T\n---\nText.", "its id '../../etc/passwd' cannot be an address"),
    "fake.jsonl.gz": (b"plain", "cannot be read to its end: Not a gzipped file"),
    "list.jsonl": (b"[1]", "each line has to be an object"),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_file_is_reported_and_never_costs_another_article(tmp_path: Path, write: Write, name: str) -> None:
    content, reason = BAD_FILES[name]
    write("a-good.md")
    write(name, content)
    write("z-good.md")
    articles, problems = read(tmp_path)
    assert list(articles) == ["a-good", "z-good"]
    assert len(problems) == 1
    assert problems[0].startswith(f"{name}:") and "skipped: " in problems[0] and reason in problems[0]


ESCAPE = "\x1b[31m"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.md", f"# Ca{ESCAPE}lls\n\nNe{ESCAPE}ver.\n\n    st{ESCAPE}op\n"),
        ("a.md", f'---\ntitle: "Ca\\e[31mlls"\n---\nNe{ESCAPE}ver.\n\n    st{ESCAPE}op\n'),
        ("a.txt", f"Ca{ESCAPE}lls\n\nNe{ESCAPE}ver.\n\nst{ESCAPE}op"),
        ("a.jsonl", line(id="a", title=f"Ca{ESCAPE}lls", text=f"Ne{ESCAPE}ver.\nst{ESCAPE}op")),
        ("a.html", f"<title>Ca{ESCAPE}lls</title><h1>Ca{ESCAPE}lls</h1><p>Ne{ESCAPE}ver.</p><p>st{ESCAPE}op</p>"),
    ],
)
def test_control_characters_are_taken_out_of_titles_and_texts(write: Write, name: str, content: str) -> None:
    article = read(write(name, content))[0]["a"]
    assert (article.title, article.body) == ("Ca [31mlls", "Ne [31mver.\nst [31mop")


def test_control_characters_are_taken_out_of_names_and_addresses(write: Write) -> None:
    said = line(id="a", title="\x1b", author="O\x08na", source="https://example.org/\x1b", work="\x7f")
    article = read(write("a.jsonl", said))[0]["a"]
    assert (article.title[:11], article.author) == (ENGLISH[:11], "O na")
    assert (article.source, article.work) == ("https://example.org/", "a")


def test_a_file_that_cannot_be_read_never_costs_another_article(tmp_path: Path, write: Write) -> None:
    memory = Path("/proc/self/mem")  # a regular file that gives an error to whoever reads it, root included
    if not memory.exists():
        pytest.skip("needs /proc")
    write("a.md")
    (tmp_path / "b.md").symlink_to(memory)
    (tmp_path / "c.jsonl").symlink_to(memory)
    write("d.md")
    articles, problems = read(tmp_path)
    assert list(articles) == ["a", "d"]
    assert [problem.split(": skipped: ")[0] for problem in problems] == ["b.md", "c.jsonl"]
    assert all("cannot be read to its end: " in problem for problem in problems)


def test_a_folder_that_cannot_be_listed_is_reported(tmp_path: Path, write: Write) -> None:
    write("a.md")
    write("closed/b.md").parent.chmod(0)
    with permissions_count():
        articles, problems = read(tmp_path)
    (tmp_path / "closed").chmod(0o700)
    assert list(articles) == ["a"]
    assert problems == ["closed: skipped: cannot be listed: Permission denied."]


BAD_LINES = {
    "nonsense": "not JSON: ",
    '{"text": "cut o': "not JSON: ",
    "[" * 200_000: "not an article: nested too deeply.",
    '"text"': "each line has to be an object",
    '{"title": "T"}': "no text: give the article's text",
    '{"title": "T", "text": "half of a pair \\ud83d", "lang": "en"}': "cannot be encoded: it holds half",
    '{"title": "\\udc00", "text": "Text.", "lang": "en"}': "cannot be encoded: it holds half",
    '{"title": "T", "text": "Text.", "lang": "en", "topics": {"pay": 1}}': "topics is dict; it has to be a list",
}


def test_a_bad_line_is_reported_with_its_number_and_never_costs_another(write: Write) -> None:
    articles, problems = read(write("x.jsonl", line() + "\n" + "\n".join(BAD_LINES) + "\n" + line()))
    assert list(articles) == ["x/1", f"x/{3 + len(BAD_LINES)}"]
    assert len(problems) == len(BAD_LINES)
    for number, (problem, reason) in enumerate(zip(problems, BAD_LINES.values(), strict=True), start=3):
        assert problem.startswith(f"x.jsonl:{number}: skipped: ") and reason in problem


def test_a_line_without_an_id_has_that_of_its_place(tmp_path: Path, write: Write) -> None:
    write("deep/a b/x.jsonl", line() + "\n" + line(id="named") + line())
    write("pl/y.ndjson.gz", gzip.compress(line().encode()))
    write("Z.JSONL", line())
    articles, problems = read(tmp_path)
    assert problems == []
    assert list(articles) == ["Z/1", "deep/a-b/x/1", "named", "deep/a-b/x/4", "pl/y/1"]


def test_a_line_that_is_not_utf_8_costs_itself(write: Write) -> None:
    articles, problems = read(write("x.jsonl", b'{"text": "\xb3"}\n' + line().encode()))
    assert list(articles) == ["x/2"]
    assert problems == ["x.jsonl:1: skipped: cannot be decoded: it is not UTF-8 at byte 10. Save it as UTF-8."]


def test_a_second_article_with_an_id_is_reported_with_the_first(tmp_path: Path, write: Write) -> None:
    write("a.jsonl", line(id="calls", title="First") + line(id="calls", title="Second"))
    write("calls.md")
    articles, problems = read(tmp_path)
    assert articles["calls"].title == "First"
    first = tmp_path / "a.jsonl"
    assert problems == [
        f"{name}: skipped: its id 'calls' is that of {first}:1; give it an `id` of its own."
        for name in ("a.jsonl:2", "calls.md")
    ]


def test_a_rejected_article_leaves_its_id_to_the_next(write: Write) -> None:
    articles, _ = read(write("a.jsonl", line(id="calls", text="...") + line(id="calls", title="Second")))
    assert articles["calls"].title == "Second"


@pytest.mark.parametrize("id", ["../x", "a/../x", "..", ".", "a/./b", "/x", "x/", "a//b", "a\\b", "a\0b", "a\x07b"])
def test_an_id_that_cannot_be_an_address_is_refused(write: Write, id: str) -> None:
    articles, problems = read(write("x.jsonl", line(id=id) + line()))
    assert list(articles) == ["x/2"]
    assert len(problems) == 1 and "cannot be an address" in problems[0]


@pytest.mark.parametrize("id", ["a", "a/b", "życie", "..a", "a.b", "?q=1&b#c", "文"])
def test_other_ids_are_taken_as_they_are(write: Write, id: str) -> None:
    assert list(read(write("x.jsonl", line(id=id)))[0]) == [id]


def test_what_is_too_large_is_skipped_and_the_rest_is_read(tmp_path: Path, write: Write) -> None:
    write("a.md", MARKDOWN + "x" * 1000)
    long = b'{"text": "' + b"x" * 10_000_000 + b'"}\n'
    write("b.jsonl", line().encode() + long + line().encode() + long[:-1])
    write("c.jsonl.gz", gzip.compress(long + line().encode()))
    articles, problems = read(tmp_path, settings=Settings(max_file_bytes=1000))
    assert list(articles) == ["b/1", "b/3", "c/2"]
    assert problems == [
        f"{name}: skipped: too large: more than 1,000 bytes (KARJERA_MAX_FILE_BYTES)."
        for name in ("a.md", "b.jsonl:2", "b.jsonl:4", "c.jsonl.gz:1")
    ]


def test_the_largest_file_allowed_is_read(write: Write) -> None:
    size = len(MARKDOWN)
    assert list(read(write("a.md"), settings=Settings(max_file_bytes=size))[0]) == ["a"]
    assert list(read(write("a.md"), settings=Settings(max_file_bytes=size - 1))[0]) == []


def test_an_article_with_too_long_a_body_is_skipped(write: Write) -> None:
    written = write("x.jsonl", line(text="x" * 100) + line(text="x" * 101))
    articles, problems = read(written, settings=Settings(max_article_chars=100))
    assert list(articles) == ["x/1"]
    assert problems == ["x.jsonl:2: skipped: too large: 101 characters; allowed are 100 (KARJERA_MAX_ARTICLE_CHARS)."]


def test_what_stands_before_the_damage_is_kept(tmp_path: Path, write: Write) -> None:
    # Titles that do not repeat, so that a block of the archive holds few of them.
    random_words = random.Random(1)
    many = "".join(line(title=f"{random_words.random()}") for _ in range(2000))
    write("a.jsonl.gz", gzip.compress(many.encode())[:-1000])
    write("b.md")
    articles, problems = read(tmp_path)
    assert {"a/1", "a/1000", "b"} <= articles.keys() and "a/2000" not in articles
    assert len(problems) == 1 and problems[0].startswith("a.jsonl.gz: skipped: cannot be read to its end: ")


def test_an_archive_that_is_damaged_within_never_costs_another_article(tmp_path: Path, write: Write) -> None:
    zipped = bytearray(gzip.compress("".join(line(title=f"{number}") for number in range(50)).encode()))
    zipped[10:40] = b"\xff" * 30  # behind the header of ten bytes
    write("a.jsonl.gz", bytes(zipped))
    write("b.md")
    articles, problems = read(tmp_path)
    assert list(articles) == ["b"]
    assert len(problems) == 1 and problems[0].startswith("a.jsonl.gz: skipped: cannot be read to its end: ")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_tells_the_encoding(write: Write, encoding: str) -> None:
    articles, problems = read(write("a.md", f"---\ntitle: Życie\nlang: pl\n---\n{POLISH}".encode(encoding)))
    assert problems == []
    assert (articles["a"].title, articles["a"].body) == ("Życie", POLISH)


def test_standard_input_is_json_lines_and_comes_last(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO((line() + "nonsense\n" + line(id="b")).encode())))
    collection = Collection(["-", write("a.md")], Settings())
    assert collection.total_bytes() is None
    assert [article.id for article in collection] == ["a", "stdin/1", "b"]
    assert [problem.source for problem in collection.problems] == ["standard input:2"]


def test_a_path_that_does_not_exist_is_a_mistake_in_the_command(tmp_path: Path, write: Write) -> None:
    with pytest.raises(CorpusError, match=r"no such file or folder: .*nowhere"):
        Collection([write("a.md"), tmp_path / "nowhere"], Settings())


def test_a_named_file_of_another_kind_is_reported(write: Write) -> None:
    articles, problems = read(write("photo.png", b"\x89PNG"), write("a.md"))
    assert list(articles) == ["a"]
    assert len(problems) == 1 and problems[0].startswith("photo.png: skipped: this kind of file is not read; allowed")


def test_a_name_that_is_not_utf_8_never_costs_another_article(tmp_path: Path, write: Write) -> None:
    write("a.md")
    try:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/b\xff.md")).write_text(MARKDOWN, encoding="utf-8")
    except OSError:
        pytest.skip("the file system allows UTF-8 only")
    articles, problems = read(tmp_path)
    assert list(articles) == ["a"]
    assert len(problems) == 1
    assert problems[0].endswith(": skipped: its file name is not UTF-8; rename it, or give an `id`.")


@pytest.mark.parametrize("name", [b"b\xff.md", b"pl/b\xff.md"])
def test_an_id_makes_up_for_a_name_that_is_not_utf_8(tmp_path: Path, name: bytes) -> None:
    (tmp_path / "pl").mkdir()
    try:
        path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name))
        path.write_text(f"---\ntitle: Telefony\nid: mine\n---\n{POLISH}", encoding="utf-8")
    except OSError:
        pytest.skip("the file system allows UTF-8 only")
    articles, problems = read(tmp_path)
    assert problems == []
    assert (articles["mine"].language, articles["mine"].work) == ("pl", "mine")


def test_progress_is_counted_in_bytes_and_ends_at_the_total(tmp_path: Path, write: Write) -> None:
    write("a.jsonl", (line() * 3) + "bad\n")
    write("b.md")
    write("empty.md", b"")
    write("photo.png", b"\x89PNG")
    collection = Collection([tmp_path], Settings())
    total = (tmp_path / "a.jsonl").stat().st_size + (tmp_path / "b.md").stat().st_size
    assert collection.total_bytes() == total
    seen = [collection.bytes_read for _ in collection]
    assert seen == sorted(seen) and collection.bytes_read == total
    assert collection.ignored_files == 1


def test_what_is_skipped_is_counted_apart_from_what_is_only_reported(write: Write) -> None:
    written = write("x.jsonl", "bad\n" + line(topics=["gardening"]) + line(lang=None, text=SHORT) + "bad\n" + line())
    collection = Collection([written], Settings())
    assert len(list(collection)) == 3
    assert (collection.problem_count, collection.skipped_count) == (4, 2)


def test_the_sources_are_paths_from_anywhere(tmp_path: Path, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    written = write("pl/a.md")
    monkeypatch.chdir(tmp_path)
    collection = Collection(["pl/a.md", "-", Path("pl"), written], Settings())
    assert collection.sources == (str(written), "-", str(tmp_path / "pl"), str(written))


def test_folders_left_aside_are_counted_with_the_files(tmp_path: Path, write: Write) -> None:
    write("folder/a.md")
    write(".git/b.md")
    write("photo.png")
    collection = Collection([tmp_path], Settings())
    assert [article.id for article in collection] == ["folder/a"]
    assert (collection.ignored_files, collection.skipped_count) == (2, 0)


def test_links_that_are_not_followed_are_problems_with_their_paths(tmp_path: Path, write: Write) -> None:
    write("folder/a.md")
    (tmp_path / "link").symlink_to(tmp_path / "folder")
    (tmp_path / "nowhere.md").symlink_to(tmp_path / "missing.md")
    collection = Collection([tmp_path], Settings())
    assert [article.id for article in collection] == ["folder/a"]
    assert list(map(str, collection.problems)) == [
        f"{tmp_path}/link: skipped: a link to a folder is not followed; name the folder itself.",
        f"{tmp_path}/nowhere.md: skipped: a link that leads nowhere; mend or remove it.",
    ]


def test_an_article_may_be_missing_only_for_what_could_not_be_read(tmp_path: Path, write: Write) -> None:
    write("good.md")
    write("broken.md", "---\ntitle: a: b\n---\n")
    write("lines.jsonl", line() + "{\n" + line(id="named", text="…"))
    (tmp_path / "closed").symlink_to(tmp_path)  # stands for every folder that is not read
    collection = Collection([tmp_path], Settings())
    assert [article.id for article in collection] == ["good", "lines/1"]
    at = str(tmp_path)
    assert collection.files == {"good": f"{at}/good.md", "lines/1": f"{at}/lines.jsonl"}
    assert collection.may_miss("any", f"{at}/broken.md")
    assert collection.may_miss("any", f"{at}/lines.jsonl")
    assert collection.may_miss("any", f"{at}/closed/below/deep.md")
    assert collection.may_miss("named", f"{at}/good.md")  # it is there, and has no text
    assert collection.may_miss("any", None)
    assert not collection.may_miss("any", f"{at}/good.md")
    assert not collection.may_miss("any", f"{at}/gone.md")
    assert not collection.may_miss("any", f"{at}/closed.md")


def test_where_all_is_read_no_article_may_be_missing(write: Write) -> None:
    collection = Collection([write("good.md")], Settings())
    assert [article.id for article in collection] == ["good"]
    assert not collection.may_miss("any", None)


def test_the_same_folder_is_read_the_same_way_twice(tmp_path: Path, write: Write) -> None:
    for name in ("b.md", "a.md", "pl/a.md", "pl/b.md", "c.jsonl"):
        write(name, line() * 3 if name.endswith("l") else MARKDOWN)
    assert [article.content_hash() for article in Collection([tmp_path], Settings())] == [
        article.content_hash() for article in Collection([tmp_path], Settings())
    ]


def test_problems_are_all_counted_and_the_first_thousand_kept(write: Write) -> None:
    collection = Collection([write("x.jsonl", "bad\n" * (MAX_PROBLEMS + 5) + line())], Settings())
    assert len(list(collection)) == 1
    assert len(collection.problems) == MAX_PROBLEMS
    assert collection.skipped_count == MAX_PROBLEMS + 5
    assert collection.problem_count == MAX_PROBLEMS + 5
