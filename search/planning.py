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
from indexer.analysis.tokenizer import is_single_letter
from search.parsing import Group, Operand, ParsedQuery


@dataclass(frozen=True, slots=True)
class Pattern:
    """What to look for in one language; an article has it if it has any of the parts that are given.

    `stems` have to stand `offsets` apart, in the title or in the body. `form` and `folded` are words as written,
    `plain` the stem of the folded form, `prefix` the beginning of a folded form; all wherever they stand. With `title`,
    only the title counts.
    """

    stems: tuple[str, ...] = ()
    offsets: tuple[int, ...] = ()  # of each stem's place from the first one's
    form: str = ""
    folded: str = ""
    plain: str = ""
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
        tuple(pattern for excluded in query.excluded for pattern in _patterns(excluded.operand, analyzer)),
    )


def _planned(group: Group, analyzer: Analyzer) -> PlannedGroup:
    stops = stop_words(analyzer.language)
    common = all(
        not operand.title and all(run.form in stops for run in _runs(analyzer.tokens(operand.text)))
        for operand in group.operands
    )
    patterns = (pattern for operand in group.operands for pattern in _patterns(operand, analyzer))
    return PlannedGroup(tuple(dict.fromkeys(patterns)), common)


def _patterns(operand: Operand, analyzer: Analyzer) -> list[Pattern]:
    tokens = analyzer.tokens(operand.text)
    joined = [token for token in tokens if token.joined]
    runs = _runs(tokens)
    title = operand.title
    if not runs:
        return []
    if operand.phrase:
        return [_row(runs, title)]
    if operand.prefix or (len(runs) == 1 and is_single_letter(operand.text)):
        # Of call-cent* what is written together; of a single letter of Chinese, all bigrams that it begins.
        return [Pattern(prefix=token.folded, title=title) for token in joined or runs[-1:]]
    if len(runs) > 1:  # e-mail, 24/7, O*NET
        return [_row(runs, title), *(_word(token, title) for token in joined)]
    return [_word(runs[0], title)]


def _row(runs: list[Token], title: bool) -> Pattern:
    first = runs[0].position
    return Pattern(tuple(run.stem for run in runs), tuple(run.position - first for run in runs), title=title)


def _word(token: Token, title: bool) -> Pattern:
    return Pattern((token.stem,), (0,), token.form, token.folded, token.plain, title=title)


def _runs(tokens: list[Token]) -> list[Token]:
    # In 職場の the bigrams 職場 and 場の say it all; の alone would ask for a run that ends there.
    kept: list[Token] = []
    for run in tokens:
        if run.joined:
            continue
        if not kept or run.start >= kept[-1].end or run.end > kept[-1].end:
            kept.append(run)
    return kept
