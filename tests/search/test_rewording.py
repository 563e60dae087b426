import pytest

from corpus import Article, Settings
from corpus.glossary import Concept, Glossary
from search import Engine, SearchRequest
from search.page import Rewording
from tests.conftest import SLIPS, MakeEngine, make_knowing

# Twelve articles on managers, one on a manger, one in which a manger is a manager; six in French on eating.
ARTICLES = (
    *(Article(f"m{at}", "en", f"Managers {at}", "A manager leads people and budgets.") for at in range(12)),
    Article("hay", "en", "Hay", "A manger holds hay."),
    Article("slip", "en", "Leading", "The manger leads people, whatever their bugdets."),
    *(Article(f"f{at}", "fr", f"Repas {at}", "Manger au bureau, entre les lignes.") for at in range(6)),
    *SLIPS,
)


@pytest.fixture
def engine(make_engine: MakeEngine) -> Engine:
    return make_engine(ARTICLES)


def meant(engine: Engine, query: str, **parameters: object) -> Rewording | None:
    return engine.search(SearchRequest(query, **parameters)).interpretation.did_you_mean  # type: ignore[arg-type]


def test_a_rare_word_near_a_common_one_is_asked_about(engine: Engine) -> None:
    # One Polish article has "kierownig", seven have "kierownik".
    assert meant(engine, "kierownig") == Rewording("kierownik", 7)


def test_the_rest_of_the_query_stays_as_it_was_typed(engine: Engine) -> None:
    assert meant(engine, "Kierownig  ZESPOŁU -urlop lang:pl") == Rewording("kierownik  ZESPOŁU -urlop lang:pl", 7)


def test_a_word_that_is_common_in_another_language_is_asked_about_where_it_is_rare(engine: Engine) -> None:
    # Six French articles and two English ones have "manger", and one of all has "leads" beside it.
    assert meant(engine, "manger") is None
    assert meant(engine, "manger leads") == Rewording("manager leads", 12)


def test_several_words_may_be_meant_otherwise(engine: Engine) -> None:
    assert meant(engine, "manger bugdets") == Rewording("manager budgets", 12)


def test_nothing_is_offered_that_finds_little_more_under_the_same_filters(engine: Engine) -> None:
    assert meant(engine, "kierownig", languages=("pl",)) == Rewording("kierownik", 7)
    assert meant(engine, "kierownig", languages=("en",)) is None
    # No English article has both, exchanged or not.
    assert meant(engine, "manger hay") is None


def test_a_word_that_enough_articles_have_is_meant_as_it_is(engine: Engine) -> None:
    assert meant(engine, "manager") is None
    assert meant(engine, "people") is None


@pytest.mark.parametrize("query", ["", '"kierownig"', "kierowni*", "title:kierownig", "-kierownig", "kierownig OR hay"])
def test_what_was_typed_with_care_is_left_alone(engine: Engine, query: str) -> None:
    assert meant(engine, query) is None


def test_what_no_article_has_is_corrected_and_not_asked_about(engine: Engine) -> None:
    page = engine.search(SearchRequest("kierownyk"))
    assert [replaced.word for replaced in page.interpretation.replaced] == ["kierownyk"]
    assert page.interpretation.did_you_mean is None


def test_the_name_of_a_concept_is_no_slip(settings: Settings) -> None:
    manger = Concept("manger", "occupations", {"en": ("manger",)}, "x.toml")
    knowing = make_knowing(settings, Glossary((manger,)), ARTICLES)
    assert meant(knowing, "manger leads") is None


def test_a_long_query_is_not_asked_about(engine: Engine) -> None:
    assert meant(engine, "kierownig a b c d e f") is None


def test_a_word_that_stands_in_the_query_twice_is_exchanged_where_it_is_a_word(engine: Engine) -> None:
    assert meant(engine, "kierownig -kierownigowie") == Rewording("kierownik -kierownigowie", 7)
    # The first of them is excluded: what was meant cannot be told from it.
    assert meant(engine, "-kierownig kierownig") is None


def test_a_word_that_makes_the_name_of_a_concept_comes_before_a_more_common_one(settings: Settings) -> None:
    letter = Concept("letter", "job-search", {"en": ("cover letter",), "sv": ("personligt brev",)}, "x.toml")
    articles = [
        *(Article(f"letter{at}", "en", f"A cover letter {at}", "A letter.") for at in range(3)),
        *(Article(f"later{at}", "en", f"Later {at}", "Sooner or later they cover it.") for at in range(6)),
        # A stem that the mistyped word has in another language: so it is not unknown.
        Article("sv", "sv", "Leta", "Leta eller letar."),
    ]
    knowing = make_knowing(settings, Glossary((letter,)), articles)
    assert meant(knowing, "cover leter") == Rewording("cover letter", 3)
    assert meant(knowing, "cover leter", languages=("sv",)) is None
    assert meant(make_knowing(settings, Glossary(()), articles), "cover leter") == Rewording("cover later", 6)


def test_a_short_word_is_asked_about_only_where_another_makes_the_name_of_a_concept(settings: Settings) -> None:
    offer = Concept("offer", "job-search", {"en": ("job offer",)}, "x.toml")
    articles = [
        *(Article(f"offer{at}", "en", f"A job {at}", "An offer over the phone.") for at in range(6)),
        Article("slip", "en", "Other", "An ofer of a job, in ofr."),
    ]
    knowing = make_knowing(settings, Glossary((offer,)), articles)
    assert meant(knowing, "job ofer") == Rewording("job offer", 6)
    assert meant(knowing, "phone ofer") is None
    assert meant(knowing, "job ofr") is None
    assert meant(make_knowing(settings, Glossary(()), articles), "job ofer") is None
