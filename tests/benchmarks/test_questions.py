from benchmarks.articles import Corpus
from benchmarks.questions import questions


def test_queries_are_distinct_and_of_two_and_three_words_in_turn_the_same_each_time(corpus: Corpus) -> None:
    asked = questions(corpus, 50)
    assert len(set(asked)) == 50
    assert [len(query.split()) for query in asked] == [2, 3] * 25
    assert asked == questions(corpus, 50)


def test_the_words_of_a_query_stand_together_in_an_article(corpus: Corpus) -> None:
    bodies = [set(article.body.lower().replace(".", " ").split()) for article in corpus]
    assert all(any(body.issuperset(query.split()) for body in bodies) for query in questions(corpus, 20))
