import pytest

from corpus import Settings
from search.highlighting import Highlighter, Mark, segments
from search.page import Segment
from search.parsing import parse
from search.planning import plan


def marked(query: str, language: str, text: str, title: bool = False) -> str:
    highlighter = Highlighter(plan(parse(query, Settings()), [language]).languages[0])
    pieces = segments(text, 0, len(text), highlighter.marks(text, title=title))
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
