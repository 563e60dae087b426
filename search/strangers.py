"""Whether a word that looks like a name is one: what articles of other languages, and the rest of a query, say of it.

Nobody says in which language a query is. But its words are known: those that articles have, and stop words.
"""

from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache

from indexer.analysis import Token, query_analyzer
from indexer.concepts import ConceptFinder, Match
from search.snapshot import Snapshot


def is_another_word(match: Match, tokens: Sequence[Token], finder: ConceptFinder, snapshot: Snapshot) -> bool:
    """Tell whether a match is of one word which, as it was typed, is another word of another language.

    *place* may be Polish *płace* (wages) from who has no such keyboard; but articles write *place*, and that is meant.
    """
    if match.end - match.start > 1:
        return False
    code = finder.analyzer.language.code
    word = next(token for token in tokens if token.position == match.start and not token.joined)
    common = bool(_stop_words(tuple(snapshot.counts)).get(word.form, frozenset()) - {code})
    if not common and finder.is_as_typed(word, match):
        return False
    if not finder.may_be_spelled(word, match):
        return True  # Spanish *algún* (some) is no Lithuanian *alga* (pay)
    unaccented = word.form.isascii() and not finder.is_named_without_accents(match)
    if unaccented and snapshot.is_written_beside(code, word.form):
        return True
    is_inflection = finder.is_inflection(word, match)
    if not (is_inflection or common):
        return False
    if is_inflection:
        # English *time* is no inflection of Spanish *timo* (scam), unless Spanish articles have it.
        if snapshot.is_written_in(code, word.form):
            return False
        if common or snapshot.is_written_beside(code, word.form):
            return True
    # Lithuanian *kitas* (other) means German nurseries only beside German words.
    others = [token.form for token in tokens if token.form != word.form and token.form not in finder.analyzer.stops]
    return not _may_be_of(code, others, snapshot)


def is_of_another_language(at: int, words: Mapping[int, str], said: Collection[str], snapshot: Snapshot) -> bool:
    """Tell whether one of the words of a query, by number, which names something in some languages, is of another one.

    Spanish *cual es tu mayor defecto* does not ask for an English mayor: its stop words are Spanish and not English,
    and Spanish articles have a word like that.
    """
    stops = _stop_words(tuple(snapshot.counts))
    others = [stops[word] for number, word in words.items() if number != at and word in stops]
    if not others:
        return False
    speaking = frozenset.intersection(*others)
    if not speaking.isdisjoint(said):
        return False
    asked = words[at]
    return any(asked in query_analyzer(code).stops or snapshot.is_written_in(code, asked) for code in speaking)


@lru_cache(maxsize=8)
def _stop_words(languages: tuple[str, ...]) -> Mapping[str, frozenset[str]]:
    """Return of each stop word in which of some languages it is one."""
    found: dict[str, set[str]] = {}
    for language in languages:
        for word in query_analyzer(language).stops:
            found.setdefault(word, set()).add(language)
    return {word: frozenset(codes) for word, codes in found.items()}


def _may_be_of(language: str, words: Sequence[str], snapshot: Snapshot) -> bool:
    """Tell whether articles of a language have one of the words, as they are written, or no article has any."""
    if any(snapshot.is_written_in(language, word) for word in words):
        return True
    return not any(snapshot.is_written_beside(language, word) for word in words)
