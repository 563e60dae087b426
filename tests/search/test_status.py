from datetime import UTC, date, datetime

from search import Engine


def test_the_status_counts_articles_works_languages_and_topics(engine: Engine) -> None:
    said = engine.status()
    assert (said.articles, said.works, said.generation) == (9, 3, 1)
    assert said.languages == {"en": 3, "lt": 3, "pl": 3}
    assert list(said.topics.items()) == [("wellbeing", 5), ("customer-service", 3), ("pay", 3)]
    assert said.newest == date(2026, 7, 3)
    assert (datetime.now(UTC) - said.built).total_seconds() < 600
    assert said.built <= said.changed <= datetime.now(UTC)
