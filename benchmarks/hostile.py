"""Inputs that nobody wrote with care: tokens of a format in any order, cut, repeated, nested, between random text."""

from collections.abc import Sequence

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from corpus import LIBRARY

# Of a soup.
MAX_TOKENS = 24
# How often one token may stand in a row: deep nesting, long runs.
REPEATS = (1, 1, 1, 1, 2, 3, 7, 40, 400, 3_000)

QUERY_TOKENS = (
    '"', "„", "”", "“", "«", "»", "「", "」", "＂", "-", "−", "--", "OR", " OR ", "or", "*", "**", "stres*", "title:",
    "lang:", "lang:pl", "-lang:pl,en", "lang:xx", "topic:pay", "-topic:", "title:lang:pl", ":", ",", "'", "’", "`",
    "\\", "call center", "call-center", "C++", "l'emploi", "أجور", "工作压力", "ストレス", "การทำงาน", "ｶﾅ",
    "e\u0301", "\u0301" * 9, "ß", "ﬁ", "İ", "\u00ad", "\u200b", "\u200d", "\u202e", "\ufeff", "\x00", "\x1b[31m",
    "\ud800", "👩‍💻", "1234567890", "²", "٣", " ", "  ", "\u00a0", "\u3000", "\n", "\t", "a", "W" * 100,
)  # fmt: skip
MARKDOWN_TOKENS = (
    "---\n", "---", "\n", "\n\n", "title: x\n", "title: [\n", "lang: pl\n", "id: ../x\n", "topics: [pay, law]\n",
    "topics:\n  - pay\n", "published: 2026-02-30\n", "published: 2026-11-22\n", "a: &a [*a]\n", "<<: *a\n",
    "!!python/object:x", "? ", ": ", "{", "}", "[", "]", "|\n", ">\n", "# ", "## ", "###### ", "===\n", "- ", "* ",
    "1. ", "999999999999. ", "> ", "    ", "\t", "```\n", "~~~", "`", "**", "__", "*", "_", "[a](http://b)",
    "[a](javascript:x)", "![a](b)", "[a][b]", "[b]: http://c 'd'\n", "<div>", "</div>", "<script>", "<!--", "-->",
    "<a href='", "| a | b |\n|---|---|\n", "|", "&amp;", "&#0;", "&#x110000;", "\\", "\x00", "\ufeff", "\u2028", "\r",
    "e\u0301", "工作", "Kto pyta, zarabia więcej. ",
)  # fmt: skip
HTML_TOKENS = (
    "<html>", "<html lang='pl'>", "<head>", "</head>", "<body>", "<title>", "</title>", "<meta charset='utf-16'>",
    "<meta charset=x>", "<meta name=date content='2026-13-45'>",
    "<meta property='article:published_time' content='2026'>", "<article>", "</article>", "<main>", "<section>",
    "<div>", "</div>", "<div hidden>", "<div style='display:none'>", "<p>", "</p>", "<h1>", "</h1>", "<h2>", "<h6>",
    "<ul>", "<ol start=-1>", "<li>", "</ul>", "<table>", "<tr>", "<td>", "<td rowspan=99999>", "<a href='http://a'>",
    "<a href='javascript:x'>", "</a>", "<b>", "<em>", "</em>", "<code>", "<pre>", "<blockquote>", "<br>",
    "<img src=x onerror=y>", "<script>", "</script>", "<style>", "<svg>", "<math>", "<template>", "<iframe>",
    "<frameset>", "<noscript>", "<!--", "-->", "<!doctype html>", "<![CDATA[", "]]>",
    "<?xml version='1.0' encoding='x'?>", "<?php", "<", ">", "&", "&amp;", "&#0;", "&#xD800;", "&nosuch;", "'", '"',
    "=", "/", "<x:y z='", "\x00", "\x0c", "\ufeff", "工作", "\n",
    "Kto pyta, zarabia więcej. Pracownik pyta o płacę. ", "Ask for a salary that fits. ",
)  # fmt: skip
JSON_TOKENS = (
    "{", "}", "[", "]", ",", ":", '"', '"title"', '"body"', '"text"', '"lang"', '"id"', '"topics"', '"published"',
    '"terms"', '"topic"', '"pay"', '"source"', '"attribution"', '{"title": "x", "body": "', '"pl"', '"../x"',
    '"2026-02-30"', "null", "true", "NaN", "Infinity", "-0", "1e999", "9" * 50, "9" * 5_000, '"\\ud800"', '"\\u0000"',
    "\\", "\n", "\u2028", "\ufeff", "\x00", '{"title": "x", "body": "Ask for a salary that fits."}',
    '{"id": "a", "topic": "pay", "terms": {"en": ["b"]}, "source": "", "attribution": ""}',
)  # fmt: skip
TOML_TOKENS = (
    "[", "]", "[[", "]]", "[[notice]]\n", "[call-center]\n", "[a.b]\n", "topic = \"pay\"\n", "topics = [\"pay\"]\n",
    "en = [\"a\"]\n", "en = [1, {}]\n", "words = [\"stres*\", \"*\", \"\"]\n", "text = \"x\"\n",
    "link = \"javascript:x\"\n", "link = \"https://[\"\n", "languages = [\"pl\"]\n", "concepts = [\"burn-out\"]\n",
    "a = ", "a.b.c = ", "1", "9" * 5_000, "1e999", "nan", "true", "{", "}", "{a = ", "\"", "'", "\"\"\"", "'''", "\\",
    "\\u0000", "\\uD800", "2026-02-30", "2026-11-22T25:00:00", "07:32:00", "#", "=", ".", ",", "\n", "\r", "\t",
    "\x00", "\ufeff", "工作",
)  # fmt: skip
TOML_VALUES = (
    '"pay"', '["pay"]', '["stres*", "urlop"]', '["*"]', '[""]', "[1]", "[[]]", "[" * 400, "[" * 5_000, "{a = " * 2_000,
    "9" * 5_000, "-1", "1e999", "nan", "true", "2026-02-30", "2026-11-22", "07:32:00", '"javascript:x"', '"https://["',
    '"https://a.b/c"', '"x"', '"""x\ny"""', "'x'", '"\\u0000"', '"\\uD800"', "{a = 1}", '["pl", "xx"]', '["burn-out"]',
    '"工作"', "",
)  # fmt: skip
SETTING_TEXTS = (
    "", "0", "-1", "1", "10", "1e3", "1.5", "0x10", " 5", "٣", "9" * 5_000, "on", "off", "json", "plain", "true",
    "local", "open", "https://a.b", "https://a.b/c", "http://[::1]:80", "https://[", "//", "\x00", "\ud800", "/", ".",
    "~", "a\nb",
)  # fmt: skip


def soup(tokens: Sequence[str], text: SearchStrategy[str] | None = None) -> SearchStrategy[str]:
    """Return texts of such tokens in any order and number, with random text between them."""
    one = st.builds(str.__mul__, st.sampled_from(tokens), st.sampled_from(REPEATS))
    words = text if text is not None else st.text(max_size=20)
    return st.lists(st.one_of(one, st.sampled_from(tokens), words), max_size=MAX_TOKENS).map("".join)


def assignments() -> SearchStrategy[str]:
    """Return TOML that is one, more often than a soup is: tables, names, and values that are right, wrong or huge."""
    table = st.sampled_from(("[[notice]]", "[call-center]", "[a]", ""))
    name = st.sampled_from(
        ("topic", "topics", "words", "concepts", "languages", "text", "link", "en", "pl", "a.b", "'x y'")
    )
    value = st.sampled_from(TOML_VALUES)
    row = st.builds("{} = {}".format, name, value)
    block = st.builds(lambda head, rows: "\n".join((head, *rows)), table, st.lists(row, max_size=6))
    return st.lists(block, max_size=4).map("\n".join)


def damaged(originals: Sequence[str], tokens: Sequence[str]) -> SearchStrategy[str]:
    """Return texts in which a piece was replaced by tokens."""

    def cut(original: str, first: float, last: float, between: str) -> str:
        start, end = sorted((int(first * len(original)), int(last * len(original))))
        return original[:start] + between + original[end:]

    place = st.floats(0, 1)
    return st.builds(cut, st.sampled_from(originals), place, place, soup(tokens))


def encoded(texts: SearchStrategy[str]) -> SearchStrategy[bytes]:
    """Return texts as the bytes of a file, in encodings right and wrong, some cut off or preceded by other bytes."""

    def data(text: str, encoding: str, before: bytes, cut: int) -> bytes:
        return before + text.encode(encoding, "replace" if encoding != "utf-8" else "surrogatepass")[: cut or None]

    encodings = st.sampled_from(("utf-8", "utf-8", "utf-8", "utf-8-sig", "utf-16", "cp1250", "shift-jis"))
    before = st.one_of(st.just(b""), st.just(b""), st.binary(max_size=4))
    return st.builds(data, texts, encodings, before, st.sampled_from((0, 0, 0, -1, -2, 7)))


def library() -> list[str]:
    """Return some articles of the library, as they are written."""
    files = sorted(LIBRARY.rglob("*.md"))
    return [file.read_text(encoding="utf-8") for file in files[:: len(files) // 12]]
