from corpus import Article
from corpus.glossary import Concept, Glossary
from indexer.concepts.linting import MIN_ARTICLES, lint
from tests.indexer.concepts.conftest import Compile
from tests.indexer.concepts.handful import CONCEPTS


def concept(id: str, **terms: tuple[str, ...]) -> Concept:
    return Concept(id, "pay", terms, "pay.toml")


def test_concepts_that_can_be_told_apart_have_no_flaws(compile: Compile) -> None:
    assert lint(Glossary(CONCEPTS), compile(), []) == []


def test_what_analysis_makes_nothing_of_is_told(compile: Compile) -> None:
    concepts = (concept("a", en=("salary", "?!")), concept("b", en=("wage", "it is")))
    flaws = [str(flaw) for flaw in lint(Glossary(concepts), compile(*concepts), [])]
    assert flaws == [
        "pay.toml:a:en:?!: it has no words; remove it.",
        "pay.toml:b:en:it is: it is of stop words only, and is not looked for; remove it, or say it in other words.",
    ]


def test_a_term_of_two_concepts_is_told_though_it_is_inflected(compile: Compile) -> None:
    concepts = (concept("a", en=("salary",)), concept("b", en=("income", "Salaries")))
    assert [str(flaw) for flaw in lint(Glossary(concepts), compile(*concepts), [])] == [
        "pay.toml:b:en:Salaries: after analysis it is a term of a too; leave it to one of them."
    ]


def test_a_word_of_most_articles_would_flood_and_a_longer_term_would_not(compile: Compile) -> None:
    concepts = (concept("a", en=("job",)), concept("b", en=("job offer",)))
    articles = [Article(str(number), "en", "", "Jobs and job offers.") for number in range(MIN_ARTICLES)]
    (flaw,) = lint(Glossary(concepts), compile(*concepts), articles)
    assert str(flaw).startswith("pay.toml:a:en:job: it is in 100% of 12 articles")
    assert lint(Glossary(concepts), compile(*concepts), articles[1:]) == []  # too few to tell


def test_imported_concepts_are_not_ours_to_mend(compile: Compile) -> None:
    theirs = Concept("esco-a", "occupations", {"en": ("salary", "?!")}, "http://example.org/a", "ESCO")
    concepts = (concept("a", en=("salary",)), theirs)
    assert lint(Glossary(concepts), compile(*concepts), []) == []
