"""Which articles have a pattern, and how: by example, against the articles' own texts, and against Whoosh."""

from collections import Counter
from collections.abc import Iterable
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st
from whoosh.query.compound import Or
from whoosh.query.positional import Phrase
from whoosh.query.qcore import Query
from whoosh.query.terms import Prefix, Term

from corpus import Article, Settings
from indexer.analysis import query_analyzer
from indexer.analysis.lines import as_lines, lines_of
from indexer.schema import body_field, title_field
from search.found import Found
from search.matching import Keys, SegmentMatcher
from search.occurrences import B_BODY, B_TITLE, TIER_WEIGHTS, TITLE_WEIGHT, tier_of
from search.parsing import parse
from search.planning import LanguagePlan, Pattern, PlannedGroup, Tier, plan
from search.request import SearchRequest
from search.snapshot import Snapshot
from tests.conftest import ARTICLES
from tests.search.corpora import History, asked, cut, histories, indexed, other_words, snapshot_of, vocabularies
from tests.search.plain import PlainSearch


def planned(language: str, *patterns: Pattern) -> LanguagePlan:
    return LanguagePlan(language, (PlannedGroup(patterns, False),), patterns)


def matchers(snapshot: Snapshot, asked_for: LanguagePlan) -> Iterable[tuple[SegmentMatcher, int]]:
    for segment in snapshot.segments_with(asked_for.language):
        statistics = snapshot.statistics(asked_for.language)
        yield SegmentMatcher(Keys.of(asked_for), segment, statistics), segment.base


def by_id(snapshot: Snapshot, found: Found, base: int) -> dict[str, tuple[float, float]]:
    columns = zip(*(column.tolist() for column in (found.documents, *found.counted(found.documents))), strict=True)
    return {snapshot.id(number + base): (frequency, weight) for number, frequency, weight in columns}


def found(snapshot: Snapshot, language: str, *patterns: Pattern) -> dict[str, tuple[float, float]]:
    """Return id -> frequency and weight of the articles that have any of the patterns."""
    asked_for = planned(language, *patterns)
    together: dict[str, tuple[float, float]] = {}
    for matcher, base in matchers(snapshot, asked_for):
        together |= by_id(snapshot, matcher.find(asked_for.groups[0]), base)
    return together


def tiers(snapshot: Snapshot, language: str, *patterns: Pattern) -> dict[str, Tier]:
    names = {TIER_WEIGHTS[tier]: tier for tier in (Tier.EXACT, Tier.FOLDED, Tier.STEM, Tier.DERIVED)}
    return {id: names[weight] for id, (_, weight) in found(snapshot, language, *patterns).items()}


def excluded(snapshot: Snapshot, language: str, *patterns: Pattern) -> set[str]:
    asked_for = planned(language, *patterns)
    return {
        snapshot.id(number + base)
        for matcher, base in matchers(snapshot, asked_for)
        for number in matcher.excluded(asked_for.excluded).tolist()
    }


def word(text: str, language: str, title: bool = False) -> Pattern:
    [token] = query_analyzer(language).tokens(text)
    return Pattern(tuple(dict.fromkeys((token.stem, token.plain))), (), token.form, token.folded, title=title)


def row(*stems: str) -> Pattern:
    return Pattern(stems, tuple(range(len(stems))))


def beginning(prefix: str, title: bool = False) -> Pattern:
    return Pattern(prefix=prefix, tier=Tier.FOLDED, title=title)


def test_a_word_is_found_as_written_and_in_other_inflections() -> None:
    with cut(ARTICLES) as snapshot:
        assert tiers(snapshot, "pl", word("pracownik", "pl")) == {
            "pl/pay": Tier.EXACT,
            "pl/night": Tier.STEM,
            "pl/calls": Tier.STEM,  # "Pracownicy"
        }


def test_a_word_of_the_same_stem_that_goes_on_otherwise_is_derived() -> None:
    # Snowball maps both darbuotojas (employee) and darbas (work) to darb.
    with cut(ARTICLES) as snapshot:
        assert tiers(snapshot, "lt", word("darbas", "lt")) == {
            "lt/night": Tier.EXACT,
            "lt/calls": Tier.DERIVED,
            "lt/pay": Tier.DERIVED,
        }


@pytest.mark.parametrize(
    ("typed", "written", "language", "tier"),
    [
        ("sąd", "sąd", "pl", Tier.EXACT),
        ("sąd", "sad", "pl", Tier.FOLDED),
        ("sad", "sąd", "pl", Tier.FOLDED),
        ("klientow", "klientów", "pl", Tier.FOLDED),
        ("worker", "workers", "en", Tier.STEM),
        ("klienci", "klientami", "pl", Tier.STEM),
        ("darbas", "darbininkams", "lt", Tier.DERIVED),
        ("darbininkams", "darbas", "lt", Tier.DERIVED),
    ],
)
def test_tiers_tell_how_near_a_written_word_is(typed: str, written: str, language: str, tier: Tier) -> None:
    assert tier_of(word(typed, language), written) is tier


STOPS = (
    Article("lt/course", "lt", "Kursai", "Kurie kursai tinka?"),
    Article("lt/which", "lt", "Klausimas", "Kurie ir kur?"),
    Article("pl/be", "pl", "Być", "Być czy mieć?"),
)


@pytest.mark.parametrize(
    ("language", "pattern", "ids"),
    [
        # Snowball maps both Polish kurs (a course), read as Lithuanian, and kurie (which) to kur.
        ("lt", word("kurs", "lt"), set()),
        ("lt", Pattern(("kur",), tier=Tier.PART), set()),
        ("lt", word("kursas", "lt"), {"lt/course"}),
        ("lt", word("kurie", "lt"), {"lt/course", "lt/which"}),  # who types one means it
        ("lt", Pattern(("kur",), (), label="kurie"), {"lt/course", "lt/which"}),
        ("pl", word("byc", "pl"), {"pl/be"}),  # without its accent
        ("pl", word("byc", "pl")._replace(tier=Tier.GLOSSARY), set()),  # a glossary leaves out none
        ("pl", word("być", "pl")._replace(tier=Tier.GLOSSARY), {"pl/be"}),
    ],
)
def test_a_stop_word_is_no_inflection_of_a_word_that_is_none(language: str, pattern: Pattern, ids: set[str]) -> None:
    with cut(STOPS) as snapshot:
        assert found(snapshot, language, pattern).keys() == ids


def test_a_row_of_the_glossary_takes_no_other_word_of_a_short_stem() -> None:
    # Bullying at work; own work; the article has to say one of them.
    articles = [
        Article("lt/bullying", "lt", "Patyčios darbe", "Apie patyčias darbe."),
        Article("lt/own", "lt", "Darbas", "Mano pačios darbe, pačią darbe, pats darbe."),
    ]
    bullying = Pattern(("pat", "darb"), (0, 1), label="patyčios darbe")
    with cut(articles) as snapshot:
        assert found(snapshot, "lt", bullying).keys() == {"lt/bullying", "lt/own"}
        assert found(snapshot, "lt", bullying._replace(tier=Tier.GLOSSARY)).keys() == {"lt/bullying"}


def test_a_frequency_counts_fields_lengths_and_tiers() -> None:
    articles = [Article("a", "en", "Call", "Calls and call."), Article("b", "en", "One two three", "Nothing of it.")]
    with cut(articles) as snapshot:
        [(id, (frequency, weight))] = found(snapshot, "en", word("call", "en")).items()
    # A title of 1 word where the mean is 2; a body of 3, as is the mean, with one exact and one other inflection.
    in_title = TITLE_WEIGHT / (1 - B_TITLE + B_TITLE * 1 / 2)
    in_body = (TIER_WEIGHTS[Tier.EXACT] + TIER_WEIGHTS[Tier.STEM]) / (1 - B_BODY + B_BODY * 1)
    assert (id, weight) == ("a", TIER_WEIGHTS[Tier.EXACT])
    assert frequency == pytest.approx(in_title + in_body)


def test_the_other_words_for_a_concept_count_as_one() -> None:
    others = [word(text, "en")._replace(tier=Tier.GLOSSARY) for text in ("hotline", "helpline", "hotlines")]
    others.append(row("call", "center")._replace(tier=Tier.GLOSSARY, label="call center"))
    texts = {
        "one": "Hotline hotline hotline.",
        "each": "Hotline helpline, call center.",
        "none": "No call in a center.",
    }
    with cut([Article(id, "en", "T", text) for id, text in texts.items()]) as snapshot:
        by_id = found(snapshot, "en", *others)
        assert by_id.keys() == {"one", "each"}
        mean = (3 + 4 + 5) / 3
        for id, length in (("one", 3), ("each", 4)):
            frequency = 3 * TIER_WEIGHTS[Tier.GLOSSARY] / (1 - B_BODY + B_BODY * length / mean)
            assert by_id[id] == pytest.approx((frequency, TIER_WEIGHTS[Tier.GLOSSARY]))


def test_in_the_title_only_the_title_counts() -> None:
    # "Call center stress" over "Calls never stop. Stress grows in a call center."
    with cut(ARTICLES) as snapshot:
        assert set(found(snapshot, "en", word("calls", "en", title=True))) == {"en/calls"}
        assert tiers(snapshot, "en", word("calls", "en", title=True)) == {"en/calls": Tier.STEM}
        assert found(snapshot, "en", word("never", "en", title=True)) == {}


def test_the_same_word_asked_for_twice_counts_once() -> None:
    with cut(ARTICLES) as snapshot:
        once = found(snapshot, "en", word("call", "en"))
        assert found(snapshot, "en", word("call", "en"), word("call", "en")) == once


def test_a_word_typed_with_accents_prefers_the_one_with_them() -> None:
    with cut(
        [Article("court", "pl", "Sąd", "Sąd pracy."), Article("orchard", "pl", "Sad", "Sad i praca.")]
    ) as snapshot:
        assert tiers(snapshot, "pl", word("sąd", "pl"))["court"] is Tier.EXACT
        plain = tiers(snapshot, "pl", word("sad", "pl"))
        assert (plain["court"], plain["orchard"]) == (Tier.FOLDED, Tier.EXACT)


def test_an_inflection_typed_without_accents_is_found() -> None:
    # klientami stems to klient, as klientów does; without its accents klientów does not.
    with cut([Article("a", "pl", "Praca", "Obsługa klientów.")]) as snapshot:
        assert tiers(snapshot, "pl", word("klientow", "pl")) == {"a": Tier.FOLDED}
        assert tiers(snapshot, "pl", word("klientami", "pl")) == {"a": Tier.STEM}


def test_a_joined_word_is_found_in_another_inflection() -> None:
    with cut([Article("a", "en", "Writing", "An e-mail is short.")]) as snapshot:
        assert tiers(snapshot, "en", word("emails", "en")) == {"a": Tier.STEM}


def test_a_row_counts_only_where_its_stems_follow_each_other() -> None:
    with cut(ARTICLES) as snapshot:
        assert tiers(snapshot, "en", row("call", "center")) == {"en/calls": Tier.STEM}
        assert found(snapshot, "en", row("center", "call")) == {}
        # The title ends with what the body does not begin with.
        assert found(snapshot, "en", row("stress", "call")) == {}


def test_a_row_of_one_word_twice_needs_it_twice() -> None:
    with cut([Article("a", "en", "T", "so so"), Article("b", "en", "T", "so it so")]) as snapshot:
        assert set(found(snapshot, "en", row("so", "so"))) == {"a"}


def test_a_phrase_of_one_word_is_found_as_phrases_are() -> None:
    [language] = plan(parse('"darbuotojas"', Settings()), ["lt"]).languages
    with cut(ARTICLES) as snapshot:
        assert tiers(snapshot, "lt", *language.groups[0].patterns)["lt/pay"] <= Tier.STEM


def test_a_beginning_finds_words_with_and_without_accents() -> None:
    with cut(ARTICLES) as snapshot:
        assert tiers(snapshot, "pl", beginning("plac")) == {"pl/pay": Tier.FOLDED}
        assert set(found(snapshot, "pl", beginning("prac"))) == {"pl/calls", "pl/pay", "pl/night"}
        assert set(found(snapshot, "pl", beginning("prac", title=True))) == {"pl/night"}


def test_a_beginning_finds_all_words_however_many() -> None:
    with cut([Article(f"{at:03}", "en", "Words", f"a{at:03}x") for at in range(250)]) as snapshot:
        assert len(found(snapshot, "en", beginning("a"))) == 250


def test_words_as_written_are_found_by_nothing_else() -> None:
    with cut(ARTICLES) as snapshot:
        pattern = Pattern(forms=("pracownik", "pracownicy", "nobody"), tier=Tier.COMPOUND)
        weights = {id: weight for id, (_, weight) in found(snapshot, "pl", pattern).items()}
        assert weights == dict.fromkeys(["pl/pay", "pl/calls"], TIER_WEIGHTS[Tier.COMPOUND])


def test_another_language_is_never_matched() -> None:
    with cut(ARTICLES) as snapshot:
        assert found(snapshot, "de", word("call", "de")) == {}


def test_deleted_articles_are_not_found() -> None:
    with indexed(list(ARTICLES), list(ARTICLES[1:])) as settings:
        snapshot = snapshot_of(settings)
        assert found(snapshot, "en", word("call", "en")) == {}
        assert excluded(snapshot, "en", word("call", "en")) == set()


def test_it_is_said_whether_a_word_is_written_somewhere_as_it_was_typed() -> None:
    with cut(ARTICLES) as snapshot:
        for typed, written in (("pracownik", True), ("pracownika", False), ("placę", False), ("płacę", True)):
            asked_for = planned("pl", word(typed, "pl"))
            [(matcher, _)] = matchers(snapshot, asked_for)
            assert matcher.find(asked_for.groups[0]).written is written


@given(asked(), st.sampled_from([0, 4_096]))
@examples(max_examples=35, deadline=None)
def test_groups_are_found_where_the_texts_have_them(
    example: tuple[History, list[SearchRequest]], few_places: int
) -> None:
    history, requests = example
    with indexed(*history) as settings, pytest.MonkeyPatch.context() as patched:
        patched.setattr("search.occurrences._FEW_PLACES", few_places)
        snapshot, plain = snapshot_of(settings), PlainSearch(history[-1], settings)
        for request in requests:
            for language in plan(parse(request.query, settings), snapshot.counts).languages:
                articles = plain.within(language.language)
                for group in language.groups:
                    expected = {id: known for id in articles if (known := plain.found(group, id))}
                    got = found(snapshot, language.language, *group.patterns)
                    assert got.keys() == expected.keys()
                    for id, known in expected.items():
                        assert got[id] == pytest.approx(known, rel=1e-9)
                assert excluded(snapshot, language.language, *language.excluded) == {
                    id for id in articles if any(plain.tier(pattern, id) for pattern in language.excluded)
                }


@given(asked())
@examples(max_examples=35, deadline=None)
def test_other_words_are_found_and_counted_where_the_texts_have_them(
    example: tuple[History, list[SearchRequest]],
) -> None:
    history, requests = example
    with indexed(*history) as settings:
        snapshot, plain = snapshot_of(settings), PlainSearch(history[-1], settings)
        for request in requests:
            for language in plan(parse(request.query, settings), snapshot.counts).languages:
                patterns = tuple(dict.fromkeys(pattern for group in language.groups for pattern in group.patterns))
                others = tuple(dict.fromkeys(other_words(patterns)))
                for group in (PlannedGroup(others, False), PlannedGroup((*patterns[:1], *others), False)):
                    articles = plain.within(language.language)
                    expected = {id: known for id in articles if (known := plain.found(group, id))}
                    got = found(snapshot, language.language, *group.patterns)
                    assert got.keys() == expected.keys()
                    for id, known in expected.items():
                        assert got[id] == pytest.approx(known, rel=1e-9)
                    # To the last bit what is remembered, and what is found of many articles, which is not.
                    assert found(snapshot, language.language, *group.patterns) == got
                    with pytest.MonkeyPatch.context() as patched:
                        patched.setattr("search.found.MAX_FEW_DOCUMENTS", -1)
                        assert found(snapshot_of(settings), language.language, *group.patterns) == got


def whoosh_finds(snapshot: Snapshot, query: Query) -> set[str]:
    with snapshot.generation.open().searcher() as searcher:
        return {snapshot.id(number) for number in searcher.docs_for_query(query)}


@given(vocabularies().flatmap(histories))
@examples(max_examples=15, deadline=None)
def test_the_same_articles_are_found_as_by_whooshs_own_matchers(history: History) -> None:
    with indexed(*history) as settings:
        snapshot = snapshot_of(settings)
        for language in snapshot.counts:
            fields = title_field(language), body_field(language)
            with snapshot.generation.open().reader() as reader:
                forms = sorted({term.decode() for name in fields for term in reader.lexicon(name)})
            analyzer = query_analyzer(language)
            folded, stems = lines_of(analyzer.folded_lines(as_lines(forms))), analyzer.stems(forms)
            plain = analyzer.stems(folded)

            for stem in {*stems, *plain}:
                inflected = [
                    form
                    for form, *keys in zip(forms, stems, plain, strict=True)
                    if stem in keys and form not in analyzer.stops
                ]
                expected = whoosh_finds(snapshot, Or([Term(name, form) for name in fields for form in inflected]))
                assert set(found(snapshot, language, Pattern((stem,)))) == expected
            for prefix in {form[:2] for form in folded}:
                written = [form for form, bare in zip(forms, folded, strict=True) if bare.startswith(prefix)]
                expected = whoosh_finds(snapshot, Or([Term(name, form) for name in fields for form in written]))
                assert expected >= whoosh_finds(snapshot, Or([Prefix(name, prefix) for name in fields]))
                assert set(found(snapshot, language, beginning(prefix))) == expected
            # Whoosh's phrases are of words as written: where a stem has only one, they are ours.
            keys = Counter(key for pair in zip(stems, plain, strict=True) for key in set(pair))
            single = [(form, stem) for form, stem in zip(forms, stems, strict=True) if keys[stem] == 1]
            for first, second in permutations(single[:5], 2):
                phrases = Or([Phrase(name, [first[0], second[0]], slop=1) for name in fields])
                assert set(found(snapshot, language, row(first[1], second[1]))) == whoosh_finds(snapshot, phrases)
