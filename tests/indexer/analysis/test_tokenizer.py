import re
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from indexer.analysis.characters import MARKS
from indexer.analysis.tokenizer import MAX_JOINED_RUNS, MAX_WORD_CHARS, Word, _runs, _two_runs, find_pieces, words


def runs(text: str) -> list[str]:
    return [text[word.start : word.end] for word in words(text) if not word.joined]


def joined(text: str) -> list[str]:
    return [word.spelling for word in words(text) if word.joined]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Names that end in signs.
        ("C++ and C#, not F#m", ["C++", "and", "C#", "not", "F", "m"]),
        ("c++. C++17 area#", ["c++", "C++", "17", "area"]),
        ("C++98/C++11 a++b", ["C++", "98", "C++", "11", "a", "b"]),
        # Numbers.
        ("3.5 hours", ["3.5", "hours"]),
        ("15,81 €", ["15,81"]),
        ("1,000,000.", ["1,000,000"]),
        ("pages 15–20", ["pages", "15", "20"]),
        ("३.५ और ١٥٫٨", ["३.५", "और", "١٥٫٨"]),
        # Apostrophes of all kinds hold a word together, but not feet and inches.
        ("don't don’t donʼt don`t don´t don＇t", ["don't", "don’t", "donʼt", "don`t", "don´t", "don＇t"]),
        ("'quoted' ’tis the workers’", ["quoted", "tis", "the", "workers"]),
        ("5'11", ["5", "11"]),
        # Catalan, Hebrew.
        ("col·laborar", ["col·laborar"]),
        ("צה״ל", ["צה״ל"]),
        # Invisible and combining marks belong to their word.
        ("soft\u00adware", ["soft\u00adware"]),
        ("cafe\u0301 au lait", ["cafe\u0301", "au", "lait"]),
        ("می‌خواهم کار کنم", ["می‌خواهم", "کار", "کنم"]),
        ("मैं नौकरी ढूँढ रही हूँ।", ["मैं", "नौकरी", "ढूँढ", "रही", "हूँ"]),
        ("வேலை தேடுகிறேன்.", ["வேலை", "தேடுகிறேன்"]),
        ("كِتَابٌ جَدِيدٌ", ["كِتَابٌ", "جَدِيدٌ"]),
        # What joins nothing.
        ("and/or one,two 5:either", ["and", "or", "one", "two", "5", "either"]),
        ("#jobs @anna ...", ["jobs", "anna"]),
        ("", []),
        ("\n\t — ?! \u0301", []),
    ],
)
def test_where_words_begin_and_end(text: str, expected: list[str]) -> None:
    assert runs(text) == expected
    assert joined(text) == []


@pytest.mark.parametrize(
    ("text", "expected", "together"),
    [
        ("24/7", ["24", "7"], ["24/7"]),
        ("6:25", ["6", "25"], ["6:25"]),
        ("O*NET", ["O", "NET"], ["ONET"]),
        ("R&D", ["R", "D"], ["R&D"]),
        ("U.S. law", ["U", "S", "law"], ["US"]),
        ("e-mail", ["e", "mail"], ["email"]),
        ("call-center", ["call", "center"], ["callcenter"]),
        ("call‐center call‑center", ["call", "center", "call", "center"], ["callcenter", "callcenter"]),
        ("3.5-hour", ["3.5", "hour"], ["3.5hour"]),
        ("can't-miss", ["can't", "miss"], ["can'tmiss"]),
        ("בית־ספר", ["בית", "ספר"], ["ביתספר"]),
        ("node.js", ["node", "js"], ["node.js"]),
        ("max_size", ["max", "size"], ["maxsize"]),
        ("anna.k@example.org", ["anna", "k", "example", "org"], ["anna.k@example.org"]),
        (
            "see https://www.example.org/jobs?id=7",
            ["see", "https", "www", "example", "org", "jobs", "id", "7"],
            ["www.example.org"],
        ),
    ],
)
def test_what_is_joined_is_its_parts_and_all_together(text: str, expected: list[str], together: list[str]) -> None:
    assert runs(text) == expected
    assert joined(text) == together


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("職場の", ["職場", "場の", "の"]),
        ("職", ["職"]),
        ("职业。发展", ["职业", "业", "发展", "展"]),
        ("カタカナ", ["カタ", "タカ", "カナ", "ナ"]),
        # กิ and น้ำ: a mark stays with the letter that it is written on, ำ counts as a letter.
        ("กิน", ["กิน", "น"]),
        ("น้ำ", ["น้ำ", "ำ"]),
        ("IT企業で働く", ["IT", "企業", "業で", "で働", "働く", "く"]),
        # Korean has spaces, but particles are written to nouns, and nouns together: 면접 is in 면접을 and 면접준비.
        ("면접을 준비", ["면접", "접을", "을", "준비", "비"]),
    ],
)
def test_scripts_in_which_spaces_do_not_tell_the_words_become_bigrams(text: str, expected: list[str]) -> None:
    assert runs(text) == expected


def test_all_together_stands_at_the_place_of_the_first_part() -> None:
    assert list(words("our e-mail address")) == [
        Word(0, 3, 0, "our", False),
        Word(4, 5, 1, "e", False),
        Word(4, 10, 1, "email", True),
        Word(6, 10, 2, "mail", False),
        Word(11, 18, 3, "address", False),
    ]


def test_a_chain_too_long_to_be_typed_is_not_joined() -> None:
    longest = "-".join("a" * MAX_JOINED_RUNS)
    assert joined(longest) == ["a" * MAX_JOINED_RUNS]
    assert joined(longest + "-a") == []
    assert len(runs(longest + "-a")) == MAX_JOINED_RUNS + 1


def test_an_endless_word_is_its_beginning_and_covers_all_of_it() -> None:
    [word] = words("a" * 10_000)
    assert word.spelling == "a" * MAX_WORD_CHARS
    assert (word.start, word.end) == (0, 10_000)


# Time that grows with the square of the length would not end while anybody waits.
LONG = 200_000


@pytest.mark.parametrize(
    ("unit", "found"), [("1,", 1), ("a'", 1), ("a\u0301", 1), ("a-", LONG // 2 + 1), ("1/", LONG // 2 + 1)]
)
def test_an_endless_chain_takes_no_endless_time(unit: str, found: int) -> None:
    text = unit * (LONG // 2) + "1"
    spans = [(word.start, word.end) for word in words(text)]
    assert len(spans) == found
    assert (spans[0][0], spans[-1][1]) == (0, len(text))


MARK = re.compile(f"[{MARKS}]")
SCRIPTS = "aZé7ñžł ß'’.,-/:&@_*#+\u00ad\u200c\u0301नकी்வكَ職場の กิ한"


@given(st.text(st.one_of(st.characters(), st.sampled_from(SCRIPTS))))
@example("\ud7b0")
@settings(max_examples=400, deadline=None)
def test_every_letter_and_digit_is_in_a_word(text: str) -> None:
    covered = {at for word in words(text) if not word.joined for at in range(word.start, word.end)}
    # The vowels of Korean syllables that are taken apart are letters, and marks to us, which alone are no word.
    letters = [at for at, char in enumerate(text) if char.isalnum() and not MARK.match(char)]
    assert [text[at] for at in letters if at not in covered] == []


@given(st.text(st.sampled_from(SCRIPTS)))
@settings(max_examples=400, deadline=None)
def test_words_are_cut_from_the_text_in_order(text: str) -> None:
    found = list(words(text))
    for word in found:
        cut = text[word.start : word.end]
        assert word.spelling == cut[:MAX_WORD_CHARS] or (word.joined and set(word.spelling) <= set(cut))
    plain = [word for word in found if not word.joined]
    assert [word.position for word in plain] == list(range(len(plain)))
    assert all(one.start < next.start for one, next in pairwise(plain))


@given(st.text(st.sampled_from("aąB1٣'’-_#+.ʼŉ\u0301" + "x" * 3), max_size=9))
@settings(max_examples=400, deadline=None)
def test_two_runs_are_no_other_words_for_being_cut_faster(text: str) -> None:
    for piece in [*find_pieces(text), *(f"{left}-{'z' * 70}" for left in find_pieces(text))]:
        assert (_two_runs(piece) or _runs(piece)) == _runs(piece)
