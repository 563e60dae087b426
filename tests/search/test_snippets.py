from collections.abc import Sequence

from corpus import Article, Settings, Span
from search.page import Segment
from search.parsing import parse
from search.planning import plan
from search.snippets import ELLIPSIS, SNIPPET_CHARS, snippet
from tests.search.plain import PlainSearch, spans_of


def shown(pieces: tuple[Segment, ...]) -> str:
    return "".join(f"[{piece.text}]" if piece.hit else piece.text for piece in pieces)


def snippet_of(
    query: str, body: str, language: str = "en", markup: tuple[Span, ...] = (), worth: Sequence[float] = ()
) -> str:
    article = Article("a", language, "Title", body, markup=markup)
    planned = plan(parse(query, Settings()), [language])
    marks = PlainSearch([article], Settings()).marks(planned, "a").body
    return shown(snippet(article, spans_of(body), marks, worth or [1.0] * len(planned.labels)))


def padding(sentences: int) -> str:
    return " ".join("Zebras graze on wide plains and nobody bothers them there." for _ in range(sentences))


def test_the_sentence_with_the_word_is_shown_whole() -> None:
    body = f"{padding(5)} Workers in a call center have little rest. {padding(5)}"
    assert snippet_of("rest", body).startswith("Workers in a call center have little [rest]. ")


def test_the_sentence_with_more_of_the_query_is_preferred() -> None:
    body = f"Stress is bad. {padding(4)} Pay and stress go together. {padding(4)}"
    assert snippet_of("pay stress", body).startswith("[Pay] and [stress] go together.")


def test_of_two_equal_sentences_the_one_with_closer_words_is_preferred() -> None:
    far = "Pay may have little to do with how people feel at work, but it may also cause them stress."
    body = f"{far} {padding(4)} Pay and stress go together. {padding(4)}"
    assert snippet_of("pay stress", body).startswith("[Pay] and [stress]")


def test_two_places_cover_what_one_does_not() -> None:
    body = f"Pay is good. {padding(6)} Stress is bad. {padding(6)}"
    assert snippet_of("pay stress", body) == f"[Pay] is good. {ELLIPSIS} [Stress] is bad."


def test_between_two_places_is_one_ellipsis_also_where_the_first_sentence_is_cut() -> None:
    long = f"Pay is what {' '.join(['people'] * 40)} talk about."
    text = snippet_of("pay stress", f"{long} {padding(6)} Stress is bad. {padding(6)}")
    assert text.startswith("[Pay] is what people ")
    assert text.endswith(f" people {ELLIPSIS} [Stress] is bad.")


def test_neighbouring_sentences_have_no_ellipsis_between() -> None:
    assert snippet_of("pay stress", f"Pay is good. Stress is bad. {padding(6)}") == "[Pay] is good. [Stress] is bad."


def test_a_short_sentence_is_followed_by_the_next_ones_that_fit() -> None:
    text = snippet_of("pay", "Pay is good. So is rest. " + padding(9))
    assert text.startswith("[Pay] is good. So is rest. Zebras")
    assert text.endswith("there.")
    assert len(text) <= SNIPPET_CHARS + 2


def test_a_long_sentence_is_cut_at_words_around_what_was_found() -> None:
    body = (
        "Well, " + "one thing leads to another and " * 20 + "in the end stress wins " + "and so it goes on " * 20 + "."
    )
    text = snippet_of("stress", body)
    assert text.startswith(f"{ELLIPSIS} ")
    assert text.endswith(f" {ELLIPSIS}")
    assert "[stress] wins" in text
    assert len(text) <= SNIPPET_CHARS + 8
    assert all(word in body for word in text.replace("[", "").replace("]", "").strip(f" {ELLIPSIS}").split())


def test_of_a_long_sentence_the_words_that_tell_most_are_shown() -> None:
    body = "The job of a manager " + "is to go on and on " * 30 + "without burnout in the end."
    text = snippet_of("manager burnout", body)
    assert "[burnout]" in text or "[manager]" in text
    assert "[burnout]" in snippet_of("job burnout", body, worth=[0.1, 3.0])


def test_the_exact_run_is_preferred_to_its_scattered_pieces() -> None:
    body = "工作的时候压力不大。" + "今天天气很好。" * 40 + "如何应对工作压力是本文的主题。"
    assert "[工作压力]" in snippet_of("工作压力", body, "zh")


def test_a_heading_is_shown_only_if_no_sentence_has_the_word() -> None:
    body = "Stress at work\nA day of stress is long.\nPay\nMoney matters."
    markup = (Span(0, 14, "heading", "2"), Span(40, 43, "heading", "2"))
    assert snippet_of("stress", body, markup=markup) == "A day of [stress] is long."
    assert snippet_of("pay", body, markup=markup).startswith("[Pay]")


def test_the_next_heading_is_not_read_on_into() -> None:
    body = "Stress is bad.\nPay\nMoney matters."
    assert snippet_of("stress", body, markup=(Span(15, 18, "heading", "2"),)) == "[Stress] is bad."


def test_a_heading_is_followed_by_the_beginning_of_a_sentence_that_does_not_fit() -> None:
    body = "Truck drivers\n" + "Whoever drives all night " + "and all day " * 30 + "sleeps little."
    told = snippet_of("truck", body, markup=(Span(0, 13, "heading", "2"),))
    assert told.startswith("[Truck] drivers Whoever drives all night and all day")
    assert told.endswith(" and all …")
    assert len(told) <= SNIPPET_CHARS + len("[] …")
    # Without a blank there is no word to cut it at.
    assert (
        snippet_of("truck", "Truck drivers\n" + "x" * 400, markup=(Span(0, 13, "heading", "2"),)) == "[Truck] drivers"
    )


def test_without_a_word_in_the_body_the_beginning_is_shown() -> None:
    body = "Contents\nFirst sentence here. Second one."
    assert snippet_of("qqq", body, markup=(Span(0, 8, "heading", "2"),)) == "First sentence here. Second one."


def test_lines_become_one() -> None:
    assert "\n" not in snippet_of("pay", "Pay is\nnothing. It is all.")


def test_sentences_of_other_scripts_end_with_their_own_marks() -> None:
    body = "今日は晴れです。" * 30 + "労働条件を見ます。" + "今日は晴れです。" * 30
    assert snippet_of("労働条件", body, "ja").startswith("[労働条件]を見ます。")


def test_an_empty_body_has_no_snippet() -> None:
    assert snippet_of("stress", "") == ""


def test_a_mark_that_goes_past_the_end_of_a_sentence_is_in_none() -> None:
    text = snippet_of('"pay stress"', f"First of all. That is pay. Stress is bad. {padding(3)}")
    assert text.startswith("First of all.")
