"""Where the words of a query stand: by example, and against marks found by looking at each word of the text."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as examples

from corpus import Article, Settings
from search import SearchRequest
from search.highlighting import Mark, Marks, locate, segments
from search.page import Segment
from search.parsing import parse
from search.planning import plan
from search.ranking import match
from search.snapshot import Snapshot
from tests.search.corpora import History, asked, cut, indexed, snapshot_of
from tests.search.plain import PlainSearch


def marks_in(snapshot: Snapshot, query: str, settings: Settings) -> dict[str, Marks]:
    """Return id -> marks of every article."""
    numbers = np.sort(snapshot.live)
    located = locate(match(plan(parse(query, settings), snapshot.counts), snapshot, settings).parts, numbers)
    found = {}
    for number in numbers.tolist():
        article = snapshot.article(number)
        found[article.id] = located[number].marks(article, *snapshot.places([number]))
    return found


def marked(query: str, language: str, text: str, title: bool = False) -> str:
    article = Article("a", language, text if title else "", "" if title else text)
    with cut([article]) as snapshot:
        marks = marks_in(snapshot, query, Settings())["a"]
    pieces = segments(text, 0, len(text), marks.title if title else marks.body)
    assert "".join(piece.text for piece in pieces) == text
    return "".join(f"[{piece.text}]" if piece.hit else piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("query", "language", "text", "expected"),
    [
        ("pracownik", "pl", "Wielu pracowników śpi.", "Wielu [pracowników] śpi."),
        ("darbuotojas", "lt", "Daug darbuotojų miega.", "Daug [darbuotojų] miega."),
        ("zazolc", "und", "Zażółć gęślą", "[Zażółć] gęślą"),
        ("klientow", "pl", "Obsługa klientów", "Obsługa [klientów]"),
        ("emails", "en", "Send an e-mail.", "Send an [e-mail]."),
        ("stres*", "pl", "To stresujące, bez stresu.", "To [stresujące], bez [stresu]."),
        ("email", "en", "Send an e-mail.", "Send an [e-mail]."),
        ("e-mail", "en", "Send an email.", "Send an [email]."),
        ("emploi", "fr", "L'emploi d'été", "L'[emploi] d'été"),
        ("stress", "en", "STRESS & <b>stress</b>", "[STRESS] & <b>[stress]</b>"),
        ("pay stress", "en", "Stress follows pay.", "[Stress] follows [pay]."),
        ("caf\u00e9", "fr", "Un cafe\u0301 noir", "Un [cafe\u0301] noir"),
        ("कर्मचारी", "hi", "हर कर्मचारी का अधिकार", "हर [कर्मचारी] का अधिकार"),
    ],
)
def test_words_are_marked_as_they_are_written(query: str, language: str, text: str, expected: str) -> None:
    assert marked(query, language, text) == expected


def test_a_phrase_is_one_mark_and_its_words_elsewhere_are_none() -> None:
    text = "Call us. A call center is a center."
    assert marked('"call center"', "en", text) == "Call us. A [call center] is a center."


def test_overlapping_bigrams_are_one_mark() -> None:
    assert marked("労働条件", "ja", "労働条件を見る。") == "[労働条件]を見る。"


@pytest.mark.parametrize(
    ("query", "language", "text", "expected"),
    [
        ("ソース", "ja", "ソースとベースと", "[ソース]とベースと"),
        ("ความเครียด", "th", "ความรู้และความเครียด", "ความรู้และ[ความเครียด]"),
    ],
)
def test_where_a_run_is_found_whole_its_pieces_elsewhere_are_none(
    query: str, language: str, text: str, expected: str
) -> None:
    assert marked(query, language, text) == expected


def test_where_a_run_is_not_found_whole_its_pieces_are_all_there_is() -> None:
    assert marked("労働条件", "ja", "労働者と条件") == "[労働]者と[条件]"


def test_stop_words_are_marked_only_where_there_is_nothing_else() -> None:
    assert marked("how to get a raise", "en", "How to ask for a raise") == "How to ask for a [raise]"
    assert marked("to be", "en", "To be or not") == "[To] [be] or not"


def test_words_asked_for_in_the_title_are_marked_there_only() -> None:
    assert marked("title:stress", "en", "Stress", title=True) == "[Stress]"
    assert marked("title:stress", "en", "Stress") == "Stress"


def test_a_piece_of_a_text_keeps_the_marks_within_it() -> None:
    pieces = segments("one two three", 4, 13, [Mark(0, 3, frozenset({0})), Mark(8, 13, frozenset({0}))])
    assert pieces == (Segment("two ", False), Segment("three", True))


@pytest.mark.parametrize(
    ("query", "language", "text", "expected"),
    [
        # Longer as it is compared than as it is written, yet one word.
        ("straße", "de", "Straße-Büro", "[Straße]-Büro"),
        ("straße", "de", "Straße,Büro", "[Straße],Büro"),
        ("straße", "de", "Straße/Büro", "[Straße]/Büro"),
        ("office", "en", "ofﬁce-work", "[ofﬁce]-work"),
    ],
)
def test_a_word_is_marked_alone_whatever_is_joined_to_it(query: str, language: str, text: str, expected: str) -> None:
    assert marked(query, language, text) == expected


@pytest.mark.parametrize(
    ("query", "language", "text", "expected"),
    [
        ("usa", "en", "In the U.S.A. now", "In the [U.S.A]. now"),
        ("callcenterx", "en", "A call-center-x here", "A [call-center-x] here"),
        ("24/7", "en", "Open 24/7/365 and 24/7", "Open [24/7]/365 and [24/7]"),
        ('"send email"', "en", "Please send e-mail now.", "Please [send e-mail] now."),
        ("lemploicadre*", "fr", "Voici l'emploi-cadre ici", "Voici [l'emploi-cadre] ici"),
    ],
)
def test_of_several_words_together_all_are_marked(query: str, language: str, text: str, expected: str) -> None:
    assert marked(query, language, text) == expected


def test_a_mark_tells_how_well_it_matches() -> None:
    with cut([Article("a", "en", "", "Worker, workers.")]) as snapshot:
        exact, other = marks_in(snapshot, "worker", Settings())["a"].body
    assert exact.weight == 1.0
    assert other.weight < 1.0


def test_a_word_that_several_groups_ask_for_has_them_all() -> None:
    with cut([Article("a", "en", "", "Workers.")]) as snapshot:
        [mark] = marks_in(snapshot, "worker work*", Settings())["a"].body
    assert mark.groups == {0, 1}


@given(asked(8))
@examples(max_examples=40, deadline=None)
def test_marks_are_where_the_texts_have_the_words(example: tuple[History, list[SearchRequest]]) -> None:
    history, requests = example
    with indexed(*history) as settings:
        snapshot, plain = snapshot_of(settings), PlainSearch(history[-1], settings)
        for request in requests:
            planned = plan(parse(request.query, settings), snapshot.counts)
            if planned.labels:
                for id, marks in marks_in(snapshot, request.query, settings).items():
                    assert marks == plain.marks(planned, id)
