from benchmarks.articles import Corpus
from benchmarks.growth import grown


def test_a_grown_corpus_has_the_articles_as_they_are_and_copies_with_words_of_their_own(corpus: Corpus) -> None:
    articles, count = list(corpus), corpus.articles
    larger = list(grown(corpus, 3))
    assert larger[:count] == articles
    assert len({article.id for article in larger}) == 3 * count
    words = [
        {word for article in larger[copy * count :][:count] for word in article.body.lower().split()}
        for copy in range(3)
    ]
    for first, second in ((0, 1), (0, 2), (1, 2)):
        assert 0.05 < len(words[first] - words[second]) / len(words[first]) < 0.25
