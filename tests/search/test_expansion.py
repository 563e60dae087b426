"""What is looked for beside a query's own words; an everyday word leads to the concept in other languages alone."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from corpus import Article, Settings
from corpus.glossary import Concept, Glossary
from indexer.concepts import ConceptTable, TopicAssigner, rowplaces
from indexer.generations import CONCEPTS, IndexFolder
from indexer.writer import write_changes
from search import Engine, SearchRequest
from search.expansion import expanded
from search.page import SearchPage
from search.parsing import parse
from search.planning import plan
from search.snapshot import Snapshot, open_snapshot
from tests.conftest import CALL_CENTER, make_knowing

# "fired" is what people type; articles call it dismissal.
DISMISSAL = Concept(
    "dismissal",
    "law",
    {"en": ("dismissal", "fired"), "pl": ("zwolnienie z pracy", "wyrzucony"), "de": ("Kündigung", "gefeuert")},
    "x.toml",
    everyday={"en": ("fired",), "pl": ("wyrzucony",), "de": ("gefeuert",)},
)
GERMANY = Concept(
    "germany",
    "job-search",
    {"en": ("Germany",), "pl": ("Niemcy",)},
    "x.toml",
    everyday={"en": ("Germany",), "pl": ("Niemcy",)},
)
ARTICLES = (
    Article("en/dismissal", "en", "Dismissal", "What the law says of a dismissal.", work="1"),
    Article("en/kiln", "en", "Pots", "Clay is fired in a kiln.", work="2"),
    Article("pl/dismissal", "pl", "Zwolnienie z pracy", "Co mówi prawo.", work="3"),
    Article("pl/bag", "pl", "Worek", "Worek wyrzucony na śmietnik.", work="4"),
    Article("de/dismissal", "de", "Die Kündigung", "Was das Gesetz sagt.", work="5"),
    Article("de/gun", "de", "Schüsse", "Es wurde gefeuert.", work="6"),
    Article("pl/germany", "pl", "Niemcy", "Jak tam jest?", work="7"),
)


@pytest.fixture
def engine(settings: Settings) -> Engine:
    return make_knowing(settings, Glossary((DISMISSAL, GERMANY)), ARTICLES)


def scored(
    settings: Settings, texts: list[str], query: str, *concepts: Concept
) -> list[tuple[str, float, tuple[str, ...]]]:
    """The hits among Spanish articles with these texts, in an index that knows these concepts."""
    articles = [Article(f"es{at}", "es", "Texto", text, work=str(at)) for at, text in enumerate(texts)]
    page = make_knowing(settings, Glossary(concepts), articles).search(SearchRequest(query))
    assert page.hits
    return [(hit.id, hit.score, hit.missing) for hit in page.hits]


def found(engine: Engine, query: str) -> set[str]:
    return {hit.id for hit in engine.search(SearchRequest(query)).hits}


def test_an_everyday_word_leads_to_the_terms_of_other_languages_and_stays_itself_in_its_own(engine: Engine) -> None:
    assert found(engine, "fired") == {"en/kiln", "pl/dismissal", "de/dismissal"}
    assert found(engine, "wyrzucony") == {"pl/bag", "en/dismissal", "de/dismissal"}


def test_a_word_that_one_language_calls_the_concept_by_is_no_everyday_word_of_it(settings: Settings) -> None:
    interview = Concept(
        "interview",
        "interviews",
        {"en": ("job interview", "interview"), "de": ("Vorstellungsgespräch", "Interview")},
        "x.toml",
        everyday={"de": ("Interview",)},
    )
    articles = [
        Article("en/interview", "en", "The job interview", "What to wear."),
        Article("de/interview", "de", "Das Vorstellungsgespräch", "Was man anzieht."),
    ]
    assert found(make_knowing(settings, Glossary((interview,)), articles), "interview") == {
        "en/interview",
        "de/interview",
    }


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("labour law", ["law"]),
        ("labour-law", ["law"]),
        ("law", ["law"]),
        ("mother-in-law", []),
        ("mother-in-law law", ["law"]),
        ("law-abiding", []),
        ("労働法律", ["law"]),  # written together without a hyphen, as all is there
    ],
)
def test_a_part_of_words_written_together_does_not_name_them(settings: Settings, query: str, named: list[str]) -> None:
    law = Concept("law", "law", {"en": ("law", "labour law"), "ja": ("法律",)}, "x.toml")
    engine = make_knowing(settings, Glossary((law,)), ARTICLES)
    assert [also.concept for also in engine.search(SearchRequest(query)).interpretation.also] == named


def test_a_part_names_a_compound_where_words_are_written_together(settings: Settings) -> None:
    internship = Concept("internship", "education", {"de": ("Praktikum",)}, "x.toml")
    page = make_knowing(settings, Glossary((internship,)), ARTICLES).search(SearchRequest("Marketing-Praktikum"))
    assert [also.concept for also in page.interpretation.also] == ["internship"]


def test_a_word_of_one_language_is_not_that_of_another_without_its_accents(settings: Settings) -> None:
    wages = Concept("wages", "pay", {"en": ("salary",), "pl": ("płace",)}, "x.toml")
    salary = Article("en/salary", "en", "A salary", "To earn.")
    engine = make_knowing(settings, Glossary((wages,)), [salary, Article("en/place", "en", "A place", "To work in.")])
    assert found(engine, "place") == {"en/place"}
    # Nobody else has such a word.
    assert found(make_knowing(settings, Glossary((wages,)), [salary]), "place") == {"en/salary"}


def test_a_word_that_a_concept_is_called_by_with_accents_and_without_is_both(settings: Settings) -> None:
    resume = Concept("cv", "job-search", {"en": ("résumé", "resume"), "pl": ("życiorys",)}, "x.toml")
    articles = [Article("pl/cv", "pl", "Życiorys", "Jak napisać?"), Article("es/goes-on", "es", "Resume", "Otra vez.")]
    assert found(make_knowing(settings, Glossary((resume,)), articles), "resume") == {"pl/cv", "es/goes-on"}


def test_an_abbreviation_finds_itself_and_no_word_of_its_letters(settings: Settings) -> None:
    law = Concept("labour-law", "law", {"en": ("labour law",), "sv": ("LAS",)}, "x.toml")
    articles = [Article("sv/law", "sv", "Turordning", "Enligt LAS."), Article("sv/read", "sv", "Böcker", "Läs mer.")]
    assert found(make_knowing(settings, Glossary((law,)), articles), "labour law") == {"sv/law"}


def test_a_term_is_not_looked_for_by_everyday_words(engine: Engine) -> None:
    assert found(engine, "dismissal") == {"en/dismissal", "pl/dismissal", "de/dismissal"}


def test_a_concept_of_everyday_words_alone_is_looked_for_by_them(engine: Engine) -> None:
    assert found(engine, "Germany") == {"pl/germany"}


def test_where_a_concept_has_no_words_its_everyday_words_weigh_what_they_did(settings: Settings) -> None:
    texts = [f"fired horno {'arcilla' if at else ''}" for at in range(9)]
    assert scored(settings, texts, "fired arcilla", DISMISSAL) == scored(settings, texts, "fired arcilla")


def test_a_word_of_a_language_is_as_common_as_it_is_there_though_it_is_an_everyday_word_of_another(
    settings: Settings,
) -> None:
    designer = Concept(
        "designer",
        "job-search",
        {"es": ("diseñador publicitario",), "it": ("disegnatore", "grafico")},
        "x.toml",
        everyday={"it": ("grafico",)},
    )
    texts, query = [f"El gráfico {'de temperatura' if at else ''}" for at in range(9)], "gráfico temperatura"
    assert scored(settings, texts, query, designer) == scored(settings, texts, query)


def test_who_has_the_other_words_for_two_of_the_query_is_not_put_behind_who_has_one_of_its_own(
    settings: Settings,
) -> None:
    articles = [
        Article("lt/both", "lt", "Skambučių centras", "Kaip dirba skambučių centras.", work="1"),
        Article("en/one", "en", "Stress", "What to do against it.", work="2"),
        *(
            Article(f"en/{at}", "en", "Notes", "Stress again, among many other things that people say.")
            for at in range(5)
        ),
    ]
    page = make_knowing(settings, Glossary((CALL_CENTER,)), articles).search(SearchRequest("call center stress"))
    assert [hit.id for hit in page.hits][:2] == ["lt/both", "en/one"]
    assert [hit.missing for hit in page.hits][:2] == [("stress",), ("call", "center")]


def test_who_has_the_other_word_for_one_of_the_query_comes_behind_who_has_its_own(settings: Settings) -> None:
    articles = [
        Article("pl/other", "pl", "Zwolnienie", "Zwolnienie, zwolnienie i zwolnienie z pracy.", work="1"),
        Article("en/own", "en", "Notes", "Among many other things that people say there is a kiln.", work="2"),
    ]
    page = make_knowing(settings, Glossary((DISMISSAL,)), articles).search(SearchRequest("dismissal kiln"))
    assert [hit.id for hit in page.hits] == ["en/own", "pl/other"]


# One name stands inside the other.
KILN_CONTRACT = Concept(
    "kiln-contract", "pay", {"en": ("kiln contract",), "pl": ("praca wyrzucony",)}, "x.toml", broader="dismissal"
)
CONTRACT = Concept("contract", "pay", {"en": ("contract",), "pl": ("praca",), "lt": ("darbas",)}, "x.toml")
NAMED = (DISMISSAL, GERMANY, KILN_CONTRACT, CONTRACT)
WORDS = {
    "en": "fired dismissal a the kiln contract contracts Germany of",
    "pl": "zwolnienie z ze pracy praca wyrzucony niemcy zwolnienia",
    "de": "Kündigung gefeuert Kündigungen Deutschland",
    "lt": "Fired Germany dismissal darbas",
}


@st.composite
def collections(draw: st.DrawFn) -> list[Article]:
    """A few articles of the words of the two concepts, and of words like them."""
    found = []
    for number in range(draw(st.integers(1, 6))):
        code = draw(st.sampled_from(list(WORDS)))
        spoken = [*WORDS[code].split(), *(term for concept in NAMED for term in concept.terms.get(code, ()))]
        words = st.lists(st.sampled_from(spoken), min_size=1, max_size=8).map(" ".join)
        found.append(Article(f"a{number}", code, draw(words), draw(words), work=str(number // 2)))
    return found


@given(
    collections(),
    st.lists(st.sampled_from(["kiln contract", *" ".join(WORDS.values()).split()]), min_size=1, max_size=3).map(
        " ".join
    ),
    st.sampled_from([0, 1, 1_000]),
)
@examples(max_examples=25, deadline=None)
def test_to_look_only_for_terms_that_stand_in_the_index_finds_the_same(
    articles: list[Article], query: str, most: int
) -> None:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patched:
        # Of terms in more places it is not kept where they stand.
        patched.setattr(rowplaces, "MAX_ROW_PLACES", most)
        settings = Settings(index=Path(folder, "index"), glossary=Path(folder, "glossary"), refresh_ms=0)
        request = SearchRequest(query, explain=True)
        page = make_knowing(settings, Glossary(NAMED), articles).search(request)
        [attested] = Path(folder).rglob("attested.*")
        attested.unlink()
        every = Engine(settings).search(request)
    assert replace(page, milliseconds=0) == replace(every, milliseconds=0)


def test_the_same_is_found_in_an_index_of_many_segments_some_of_which_were_merged(settings: Settings) -> None:
    glossary = Glossary(NAMED)
    make_knowing(settings, glossary, ARTICLES[:1])
    index = IndexFolder(settings.index).live().open()
    topics = TopicAssigner(ConceptTable(next(settings.index.rglob(CONCEPTS))))
    articles = [replace(each, id=f"{each.id}{at}", work=f"{at}") for at in range(2) for each in ARTICLES]
    for number in range(1, len(articles) + 1):
        write_changes(index, articles[max(0, number - 9) : number], allow_shrink=True, topics=topics)
    [attested] = settings.index.rglob("attested.*")
    known = [segment.rows for segment in placed(settings).segments]
    assert None in known and any(known)

    def answers() -> list[SearchPage]:
        engine = Engine(settings)
        queries = ("dismissal", "kiln contract", "gefeuert", "zwolnienie z pracy", "Germany")
        return [replace(engine.search(SearchRequest(query, explain=True)), milliseconds=0) for query in queries]

    found = answers()
    assert all(page.hits for page in found)
    attested.unlink()
    assert answers() == found


def placed(settings: Settings) -> Snapshot:
    snapshot = open_snapshot(IndexFolder(settings.index).live())
    assert snapshot.term_patterns is not None
    return snapshot


def test_a_term_that_stands_nowhere_is_said_and_not_looked_for(settings: Settings) -> None:
    polish, german = ARTICLES[2], ARTICLES[5]
    make_knowing(settings, Glossary((DISMISSAL,)), [polish, german])
    snapshot = open_snapshot(IndexFolder(settings.index).live())
    query = parse("dismissal", settings)
    planned, [expansion] = expanded(plan(query, snapshot.counts), query, snapshot)
    assert expansion.texts() == {"pl": ("zwolnienie z pracy",), "de": ("Kündigung",)}
    assert {code: len(terms) for code, terms in expansion.attested.items()} == {"pl": 1, "de": 0}
    labels = {each.language: [pattern.label for pattern in each.groups[0].patterns[1:]] for each in planned.languages}
    assert labels == {"pl": ["zwolnienie z pracy"], "de": []}


QUESTIONS = Concept(
    "interview-questions",
    "interviews",
    {"en": ("interview questions", "job interview questions"), "pl": ("pytania rekrutacyjne",)},
    "x.toml",
)
INTERVIEW = Concept(
    "job-interview",
    "interviews",
    {"en": ("interview", "job interview"), "pl": ("rozmowa kwalifikacyjna",), "lt": ("darbo pokalbis",)},
    "x.toml",
)
ASKED = (
    Article("en/questions", "en", "Interview questions", "Ten of them."),
    Article("en/doubts", "en", "Questions", "Some doubts."),
    Article("en/interview", "en", "An interview", "How it goes."),
    Article("pl/interview", "pl", "Rozmowa kwalifikacyjna", "Jak przebiega."),
    Article("pl/questions", "pl", "Pytania rekrutacyjne", "Dziesięć z nich."),
    Article("lt/interview", "lt", "Darbo pokalbis", "Kaip jis vyksta."),
)


@pytest.fixture
def asking(settings: Settings) -> Engine:
    return make_knowing(settings, Glossary((QUESTIONS, INTERVIEW)), ASKED)


def test_other_languages_are_asked_for_the_names_inside_a_name_too(asking: Engine) -> None:
    page = asking.search(SearchRequest("interview questions", collapse=False))
    assert [(also.words, also.concept, sorted(also.terms)) for also in page.interpretation.also] == [
        ("interview questions", "interview-questions", ["en", "pl"]),
        ("interview", "job-interview", ["lt", "pl"]),
    ]
    # Lithuanian has no word for the questions, and is found by that for the interview alone.
    assert [hit.id for hit in asking.search(SearchRequest("interview questions", languages=("lt",))).hits] == [
        "lt/interview"
    ]
    polish = asking.search(SearchRequest("interview questions", languages=("pl",)))
    assert [(hit.id, hit.missing) for hit in polish.hits] == [
        ("pl/questions", ()),
        ("pl/interview", ("questions",)),
    ]


def test_a_name_is_opened_as_often_as_there_is_another_inside(asking: Engine) -> None:
    also = asking.search(SearchRequest("job interview questions")).interpretation.also
    assert [(each.words, each.concept) for each in also] == [
        ("job interview questions", "interview-questions"),
        ("job interview", "job-interview"),
    ]


def test_a_language_in_which_a_name_was_opened_has_what_lacks_words_too(settings: Settings) -> None:
    articles = [
        Article("en", "en", "Interview questions in winter", "Snow."),
        Article("lt/name", "lt", "Darbo pokalbis žiemą", "Snow in winter."),
        Article("lt/word", "lt", "Žiema", "Winter."),
    ]
    engine = make_knowing(settings, Glossary((QUESTIONS, INTERVIEW)), articles)
    page = engine.search(SearchRequest("interview questions winter", collapse=False))
    assert [hit.id for hit in page.hits] == ["en", "lt/name", "lt/word"]
    assert [(value.value, value.count) for value in page.languages] == [("lt", 2), ("en", 1)]


SALARY = Concept("salary", "pay", {"en": ("salary",), "pl": ("pensja",), "de": ("Gehalt",)}, "x.toml")
PAY_RISE = Concept(
    "pay-rise",
    "pay",
    {"en": ("pay rise",), "pl": ("podwyżka",), "de": ("Gehaltserhöhung",)},
    "x.toml",
    broader="salary",
)
ON_PAY = (
    Article("en/salary", "en", "Salary", "What a salary is.", work="1"),
    Article("pl/salary", "pl", "Pensja", "Pensja i jej części.", work="2"),
    Article("pl/rise", "pl", "Podwyżka", "Jak rozmawiać.", work="3"),
    Article("de/salary", "de", "Das Gehalt", "Was ein Gehalt ist.", work="4"),
    Article("de/talk", "de", "Das Gespräch", "Ein Gespräch, kein Gehalt.", work="5"),
)


def test_where_no_article_has_a_concept_what_is_broader_will_do(settings: Settings) -> None:
    engine = make_knowing(settings, Glossary((SALARY, PAY_RISE)), ON_PAY)
    page = engine.search(SearchRequest("podwyżka"))
    # In Polish there is one on it, and it is the best. In the others there is none.
    assert page.hits[0].id == "pl/rise"
    assert {hit.id for hit in page.hits} == {"pl/rise", "en/salary", "de/salary", "de/talk"}
    also = {each.concept: each.terms for each in page.interpretation.also}
    assert also["salary"] == {"en": ("salary",), "de": ("Gehalt",)}
    assert [hit.id for hit in engine.search(SearchRequest("podwyżka", expand=False)).hits] == ["pl/rise"]


def test_what_is_broader_is_said_only_where_it_was_looked_for(settings: Settings) -> None:
    engine = make_knowing(settings, Glossary((SALARY, PAY_RISE)), ON_PAY[1:3])
    page = engine.search(SearchRequest("pay rise"))
    assert [hit.id for hit in page.hits] == ["pl/rise"]
    assert [each.concept for each in page.interpretation.also] == ["pay-rise"]


def test_what_is_broader_counts_less_than_what_was_asked_for(settings: Settings) -> None:
    engine = make_knowing(settings, Glossary((SALARY, PAY_RISE)), ON_PAY)
    page = engine.search(SearchRequest("Gespräch Gehaltserhöhung"))
    # No German article has the second word: the one on talks is the best, for all that it says of pay.
    assert page.hits[0].id == "de/talk"
    scores = {hit.id: hit.score for hit in engine.search(SearchRequest("pay rise")).hits}
    assert scores["pl/rise"] > 2 * scores["en/salary"]


def test_an_explanation_says_which_words_are_of_what_is_broader(settings: Settings) -> None:
    engine = make_knowing(settings, Glossary((SALARY, PAY_RISE)), ON_PAY)
    request = SearchRequest("podwyżka")
    found = {id: engine.explain(request, id).groups[0].found for id in ("pl/rise", "en/salary")}
    assert {(word.text, word.tier) for word in found["pl/rise"]} == {("podwyżka", "exact")}
    assert {(word.text, word.tier) for word in found["en/salary"]} == {("salary", "instead")}


def test_an_everyday_word_that_no_article_of_its_language_has_leads_to_the_concept_there_too(
    settings: Settings,
) -> None:
    # ARTICLES[5] says "gefeuert", of guns.
    with_guns = make_knowing(settings, Glossary((DISMISSAL,)), ARTICLES[4:6])
    assert [hit.id for hit in with_guns.search(SearchRequest("gefeuert")).hits] == ["de/gun"]
    engine = make_knowing(settings, Glossary((DISMISSAL,)), ARTICLES[4:5])
    page = engine.search(SearchRequest("gefeuert"))
    assert [hit.id for hit in page.hits] == ["de/dismissal"]
    assert {each.concept: each.terms["de"] for each in page.interpretation.also if each.terms} == {
        "dismissal": ("Kündigung",)
    }
