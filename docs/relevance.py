"""docs/relevance.md: what `karjera evaluate` measured on public sets, next to a plain formula.

The figures are those of docs/relevance.json, which is what the command printed; only their table is made here.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

MEASURED = Path(__file__).with_suffix(".json")
FEATURES = MEASURED.with_name("features.json")

# nDCG@10 of the plain formula that the page describes, by set.
REFERENCE = {
    "xquad/ar": 0.933,
    "xquad/de": 0.940,
    "xquad/el": 0.949,
    "xquad/en": 0.967,
    "xquad/es": 0.962,
    "xquad/hi": 0.770,
    "xquad/ro": 0.967,
    "xquad/ru": 0.952,
    "xquad/th": 0.910,
    "xquad/tr": 0.936,
    "xquad/vi": 0.939,
    "xquad/zh": 0.965,
    "help-index/cs": 0.633,
    "help-index/de": 0.614,
    "help-index/et": 0.597,
    "help-index/fi": 0.582,
    "help-index/hu": 0.620,
    "help-index/pl": 0.625,
}

PAGE = """\
# How good are the answers?

Written by `make docs` from `docs/relevance.json`, which is what `karjera evaluate` printed for the commit that last
changed it.

`karjera evaluate` indexes the documents of a judged set aside, in the language that the set says, and asks its queries
as a person would: through the engine, with the default settings, parsed as typed. trec_eval computes the measures.

- **nDCG@10**: how close the first ten hits are to the best order there could be, by grades; 1 is that order.
- **MRR@10**: 1 / the rank of the first hit that answers; 0 if it is not among ten.
- **recall@100**: the share of what answers that is among the first hundred hits.
- **zero hits**: the share of queries without any hit.

Times are printed by the command and not shown here: they say more of the machine than of the search.

## The library

The queries of [tests/judged](../tests/judged/README.md), judged against the articles that ship with the project, run in
the test suite under floors: a change that makes the answers worse fails, and names the language and the measure.

## Public sets

Not part of the project; the command takes the path of any set in this form.

- **xquad**: the 240 passages and 1,190 questions of XQuAD, parallel in twelve languages, one passage answering each
  question. Questions share whole phrases with their passage, so it tells whether a language is analysed at all, and how
  long natural questions fare.
- **help-index**: pages of LibreOffice's help; queries are the translators' own index key words, of which the first
  2,000 are asked, and the page that carries the key word answers. Derived and not judged, short, very sensitive to
  inflection; another page may well answer as good, so no engine comes near 1.

*Reference* is the nDCG@10 of one plain formula on the same data: BM25 (k1 1.2, b 0.75) over title and text as one
field, all words of the query joined by OR, no proximity. Words are `\\w+` (which cuts Hindi ones at their vowel signs),
stemmed by PyStemmer 3.1 in the language of the set and stripped of accents; Thai and Chinese are bigrams. It lists
every document with any of the words; Karjera puts those with all of them first, and lists those that lack some only as
far as "Ranking" in [ARCHITECTURE.md](../ARCHITECTURE.md) says.

{table}

## What each part of ranking adds

nDCG@10 with everything, and what is lost without one part (a minus: it would be better without), over the first
{queries} queries of each set, or all where there are fewer: `python -m benchmarks.features`. A part that adds nothing
on these sets is there for what they do not ask: typos, and one language's question about another's articles.

{features}

Korean has no public set here. Over 135 sections of the Open Source Guides, asked 80 queries that were written and
judged for it by reading only, pairs of characters raised nDCG@10 to .891, from .624 of words with their particles on.

Measured and not kept: a bonus for words of the query in one sentence, by the information of the best sentence, beside
the one for words that stand together. Over the first 250 queries of five languages of XQuAD and three of help-index, a
weight of 0.1 changes the mean nDCG@10 by −.0003 and +.0004, one of 0.3 by −.0009 and −.0014: what is close enough to
earn the bonus already stands in one sentence.
"""


def _features(rows: list[dict[str, Any]]) -> Iterator[str]:
    parts = [name for name in rows[0] if name not in ("set", "language", "queries", "everything")]
    yield f"| set | everything | {' | '.join(parts)} |"
    yield "|---|--:|" + "--:|" * len(parts)
    collections: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        collections.setdefault(row["set"].rpartition("/")[0], []).append(row)
        name = row["set"] if row["set"].endswith(row["language"]) else f"{row['set']}, {row['language']}"
        yield _feature_line(name, [row], parts)
    for name, members in collections.items():
        yield _feature_line(f"**mean, {name}**", members, parts)


def _feature_line(name: str, rows: list[dict[str, Any]], parts: list[str]) -> str:
    whole = sum(row["everything"] for row in rows) / len(rows)
    added = (whole - sum(row[part] for row in rows) / len(rows) for part in parts)
    cells = (f"{round(value, 3) + 0.0:+.3f}".replace("-", "−") for value in added)
    return f"| {name} | {whole:.3f} | {' | '.join(cells)} |"


def relevance_page() -> str:
    """Return docs/relevance.md."""
    measured = json.loads(MEASURED.read_text(encoding="utf-8"))
    features = json.loads(FEATURES.read_text(encoding="utf-8"))
    # The library's languages are asked in one go.
    queries = max(row["queries"] for row in features if not row["set"].startswith("judged"))
    return PAGE.format(table="\n".join(_table(measured)), features="\n".join(_features(features)), queries=queries)


def _table(measured: dict[str, Any]) -> Iterator[str]:
    yield "| set | queries | nDCG@10 | reference | difference | MRR@10 | recall@100 | zero hits |"
    yield "|---|--:|--:|--:|--:|--:|--:|--:|"
    for row in measured["rows"]:
        yield _line(row["set"], f"{row['queries']:,}", row, REFERENCE[row["set"]])
    for mean in measured["means"]:
        references = [value for name, value in REFERENCE.items() if name.startswith(f"{mean['of']}/")]
        if references:
            yield _line(f"**mean, {mean['of']}**", "", mean, sum(references) / len(references))


def _line(name: str, queries: str, values: dict[str, Any], reference: float) -> str:
    # + 0.0, so that what rounds to nothing is not written with a minus
    difference = f"{round(values['nDCG@10'] - reference, 3) + 0.0:+.3f}".replace("-", "−")
    cells = (
        name,
        queries,
        f"{values['nDCG@10']:.3f}",
        f"{reference:.3f}",
        difference,
        f"{values['MRR@10']:.3f}",
        f"{values['recall@100']:.3f}",
        f"{values['zero_hit_rate']:.1%}",
    )
    return f"| {' | '.join(cells)} |"
