"""What each word of a query means in each language of the index: a pure function of query and languages.

The language of a query is never guessed. Every operand is analysed under every language there is, and an article is
matched under its own language's analysis alone.

    word        its stem, and its form and folded form as written: a better match where they differ
    e-mail      the runs in a row (e mail), or all together as one form (email)
    phrase      the stems in a row
    stres*      every form that begins so, accents aside
"""

from collections.abc import Iterable
from dataclasses import dataclass

from indexer.analysis import Analyzer, Token, query_analyzer, stop_words
from indexer.analysis.characters import is_unspaced
from search.parsing import Group, Operand, ParsedQuery


@dataclass(frozen=True, slots=True)
class Pattern:
    """What to look for in one language; an article has it if it has any of the parts that are given.

    `stems` have to stand in a row, in the title or in the body. `form` and `folded` are words as written, `prefix` is
    the beginning of a folded one; both wherever they stand. With `title`, only the title counts.
    """

    stems: tuple[str, ...] = ()
    form: str = ""
    folded: str = ""
    prefix: str = ""
    title: bool = False


@dataclass(frozen=True, slots=True)
class PlannedGroup:
    """Patterns any of which will do. `common`: it is made of stop words, and says little in this language."""

    patterns: tuple[Pattern, ...]
    common: bool


@dataclass(frozen=True, slots=True)
class LanguagePlan:
    """A query in one language; `groups` are in the order of the query's own, one each."""

    language: str
    groups: tuple[PlannedGroup, ...]
    excluded: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """A query in every language of the index; `labels` are its groups as the person wrote them."""

    labels: tuple[str, ...]
    languages: tuple[LanguagePlan, ...]


def plan(query: ParsedQuery, languages: Iterable[str]) -> Plan:
    """Return what a query means in these languages."""
    return Plan(
        tuple(group.label for group in query.groups),
        tuple(_language_plan(query, code) for code in languages),
    )


def _language_plan(query: ParsedQuery, code: str) -> LanguagePlan:
    analyzer = query_analyzer(code)
    return LanguagePlan(
        code,
        tuple(_planned(group, analyzer) for group in query.groups),
        tuple(pattern for operand in query.excluded for pattern in _patterns(operand, analyzer)),
    )


def _planned(group: Group, analyzer: Analyzer) -> PlannedGroup:
    stops = stop_words(analyzer.language)
    common = all(
        not operand.title and all(token.form in stops for token in analyzer.tokens(operand.text) if not token.joined)
        for operand in group.operands
    )
    patterns = (pattern for operand in group.operands for pattern in _patterns(operand, analyzer))
    return PlannedGroup(tuple(dict.fromkeys(patterns)), common)


def _patterns(operand: Operand, analyzer: Analyzer) -> list[Pattern]:
    tokens = analyzer.tokens(operand.text)
    joined = [token for token in tokens if token.joined]
    runs = _without_last_of_bigrams([token for token in tokens if not token.joined])
    title = operand.title
    if operand.phrase:
        return [Pattern(stems=tuple(run.stem for run in runs), title=title)] if runs else []
    if operand.prefix and len(runs) == 1:
        return [Pattern(prefix=runs[0].folded, title=title)]
    if len(runs) > 1:  # e-mail, 24/7, O*NET
        row = Pattern(stems=tuple(run.stem for run in runs), title=title)
        whole = [Pattern(form=token.form, folded=token.folded, title=title) for token in joined]
        return [row, *(whole if not title else [])]
    if runs and _is_half_a_bigram(runs[0]):
        return [Pattern(prefix=runs[0].folded, title=title)]
    return [Pattern((run.stem,), run.form, run.folded, title=title) for run in runs]


def _without_last_of_bigrams(runs: list[Token]) -> list[Token]:
    # In 職場の the bigrams 職場 and 場の say it all; の alone would ask for a run that ends there.
    kept: list[Token] = []
    for run in runs:
        if not kept or run.start >= kept[-1].end or run.end > kept[-1].end:
            kept.append(run)
    return kept


def _is_half_a_bigram(run: Token) -> bool:
    return run.end - run.start == 1 and is_unspaced(run.form)
