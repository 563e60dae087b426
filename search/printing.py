"""A page of hits, and why each is there, as lines on a terminal."""

from collections.abc import Sequence

import click

from corpus import LANGUAGES, TOPICS
from search.page import (
    Absence,
    Explanation,
    FacetValue,
    Hit,
    Interpretation,
    RankedAs,
    Replacement,
    SearchPage,
    Segment,
)
from search.reasons import GroupReasons, How, Reason, lacking, reasons
from search.synonyms import other_words
from search.terminal import is_coloured

WIDTH = 100
# Of the other languages of a work so many are named.
MAX_LANGUAGES = 6
_INDENT = "     "

WAYS: dict[How, str] = {
    "exact": "as written",
    "folded": "accents aside",
    "stem": "another form of the word",
    "row": "the words in a row",
    "derived": "another word of the same stem",
    "compound": "the word is part of it",
    "part": "part of the word",
    "prefix": "begins so",
    "typo": "another spelling",
    "glossary": "another word for the same",
    "instead": "a word for the subject in general",
}
ABSENCES: dict[Absence, str] = {
    "words": "not a hit",
    "excluded": "not a hit: it or a translation of it has an excluded word",
    "filtered": "not a hit: a filter does not let it through",
    "translation": "not a hit of its own: another translation stands for it",
    "behind": "a hit, on another page",
}


def echo_page(page: SearchPage) -> None:
    """Print a page of hits."""
    interpretation = page.interpretation
    partial = page.total - page.complete
    summary = f"{page.total} article{'s' * (page.total != 1)}"
    if partial and page.complete:
        summary += f", {page.complete} with every word"
    elif partial:
        summary += ", none with every word"
    click.echo(f"{summary} ({page.milliseconds:.0f} ms)")
    for note in interpretation.notes:
        click.echo(str(note))
    _echo_understood(interpretation)
    if interpretation.unknown:
        click.echo(f"In no article: {', '.join(interpretation.unknown)}")
    if interpretation.left_out:
        click.echo(f"Some lack: {', '.join(interpretation.left_out)}")
    start = (page.request.page - 1) * page.request.size + 1
    for rank, hit in enumerate(page.hits, start=start):
        _echo_hit(rank, hit)
    if not page.hits and page.total:
        click.echo("There is only 1 page." if page.pages == 1 else f"There are only {page.pages} pages.")
    _echo_facet("Languages", page.languages, {code: language.name for code, language in LANGUAGES.items()})
    _echo_facet("Topics", page.topics, {id: topic.label("en") for id, topic in TOPICS.items()})
    _echo_facet("Years", page.years, {})
    if page.pages > 1:
        click.echo(f"\nPage {page.request.page} of {page.pages}")


def _echo_understood(interpretation: Interpretation) -> None:
    found = other_words(interpretation.also)
    if found.first:
        rest = " and others" if found.rest else ""
        click.echo(_filled(f"Also: {', '.join(_clean(word.text) for word in found.first)}{rest}"))
    for replaced in interpretation.replaced:
        click.echo(_filled(_replacement(replaced)))
    if meant := interpretation.did_you_mean:
        click.echo(_filled(f'Did you mean "{_clean(meant.query)}"? {meant.complete} with every word'))


def _replacement(replaced: Replacement) -> str:
    instead = " or ".join(f'"{_clean(word)}"' for word in replaced.instead)
    taken = {"prefix": f"the beginning of {instead}", "part": f"{instead}, of which it is made"}
    return f'No article has "{_clean(replaced.word)}": taken for {taken.get(replaced.kind, instead)}'


def echo_explanation(explanation: Explanation) -> None:
    """Print why an article is a hit, or why it is none."""
    click.secho(f"{_clean(explanation.id)} · {LANGUAGES[explanation.language].name}", bold=True)
    if explanation.absence:
        click.echo(_INDENT + _absence(explanation))
    _echo_reasons(explanation)


def _absence(explanation: Explanation) -> str:
    missing = ", ".join(map(_clean, lacking(explanation)))
    lacks = f": it lacks {missing}, and there are enough that lack less"
    if explanation.absence == "words" and missing:
        return ABSENCES["words"] + lacks
    stands = f", {_clean(explanation.shown_as.id)}" if explanation.shown_as else ""
    return ABSENCES[explanation.absence] + stands


def _echo_reasons(explanation: Explanation) -> None:
    rows = [(group.contribution, _group(group)) for group in reasons(explanation)]
    if explanation.together:
        rows.append((explanation.together, "words of the query that stand together"))
    rows.append((explanation.score, "in all"))
    if explanation.ranked_as:
        rows.append((explanation.ranked_as.score, _ranked_as(explanation.ranked_as, bool(lacking(explanation)))))
    for value, said in rows:
        first, *others = click.wrap_text(said, WIDTH - len(_INDENT) - 6).split("\n")
        click.secho(f"{_INDENT}{value:5.2f} {first}", dim=True)
        for line in others:
            click.secho(f"{_INDENT}      {line}", dim=True)
    if factors := explanation.factors:
        for factor, why in ((factors.preferred, "a language that you read"), (factors.missing, "words are missing")):
            if factor != 1:
                click.secho(f"{_INDENT}×{factor:.2f} for its place: {why}", dim=True)


def _ranked_as(other: RankedAs, lacks: bool) -> str:
    has = f", without {', '.join(map(_clean, other.missing))}" if other.missing else ", with every word" * lacks
    return f"ranked as its {LANGUAGES[other.language].name} translation, {_clean(other.id)}{has}"


def _group(group: GroupReasons) -> str:
    if not group.ways:
        return f"{_clean(group.label)}: {'says little in this language' if group.common else 'not there'}"
    more = [f"{group.more} more"] if group.more else []
    ways = [f"{WAYS[how]} {', '.join(map(_reason, found))}" for how, found in group.ways]
    return f"{_clean(group.label)}: {'; '.join([*ways, *more])}"


def _reason(reason: Reason) -> str:
    places = [f"{name} {count}×" for name, count in (("title", reason.title), ("text", reason.body)) if count]
    return f'"{_clean(reason.text)}" ({", ".join(places)})'


def _echo_hit(rank: int, hit: Hit) -> None:
    click.echo(f"\n{rank:>3}. {_styled(hit.title, bold=True)}")
    facts = [LANGUAGES[hit.language].name, *(TOPICS[topic].label("en") for topic in hit.topics if topic in TOPICS)]
    if hit.published:
        facts.append(hit.published.isoformat())
    click.secho(f"{_INDENT}{hit.id} · {' · '.join(facts)} · {hit.score:.2f}", dim=True)
    for line in _wrapped(hit.snippet):
        click.echo(_INDENT + line)
    if hit.translations:
        others = list(dict.fromkeys(LANGUAGES[other.language].name for other in hit.translations))
        more = f" and {len(others) - MAX_LANGUAGES} more" if len(others) > MAX_LANGUAGES else ""
        click.secho(f"{_INDENT}also in {', '.join(others[:MAX_LANGUAGES])}{more}", dim=True)
    if hit.missing:
        click.secho(f"{_INDENT}without: {', '.join(hit.missing)}", dim=True)
    if hit.explanation:
        _echo_reasons(hit.explanation)


def _echo_facet(name: str, values: Sequence[FacetValue], labels: dict[str, str]) -> None:
    if values:
        shown = (f"{labels.get(value.value, value.value)} {value.count}" for value in values)
        click.echo(f"{chr(10) if name == 'Languages' else ''}{name}: {', '.join(shown)}")


def _styled(segments: Sequence[Segment], bold: bool = False) -> str:
    return "".join(_piece(segment.text, segment.hit, bold) for segment in segments)


def _piece(text: str, hit: bool, bold: bool = False) -> str:
    clean = _clean(text)
    if not hit:
        return click.style(clean, bold=True) if bold else clean
    # Where there are no colours (a file, a pipe, a reader who wants none) brackets show what was found.
    return click.style(clean, bold=True, fg="yellow") if is_coloured() else f"[{clean}]"


def _clean(text: str) -> str:
    # Articles may hold anything, and a terminal obeys control characters.
    return "".join(char if char.isprintable() else " " for char in text)


def _filled(text: str) -> str:
    return click.wrap_text(text, WIDTH, subsequent_indent=_INDENT)


def _wrapped(segments: Sequence[Segment]) -> list[str]:
    """Return styled text in lines of WIDTH, as far as it has blanks to break at."""
    lines, line, width = [], "", 0
    for segment in segments:
        words = segment.text.replace("\n", " ").split(" ")
        for at, word in enumerate(words):
            if at:
                if width + 1 + len(word) > WIDTH - len(_INDENT):
                    lines.append(line)
                    line, width = "", 0
                else:
                    line, width = line + " ", width + 1
            if word:
                line += _piece(word, segment.hit)
                width += len(word)
    return [*lines, line] if line.strip() else lines
