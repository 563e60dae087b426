"""Which terms may stand in a segment, beside what the articles' texts say, one article after the other."""

from hypothesis import given
from hypothesis import settings as examples

from corpus import Article
from indexer.analysis import query_analyzer
from indexer.analysis.normalization import fold
from indexer.concepts.inflection import is_inflected
from indexer.concepts.wording import wording
from tests.indexer.concepts.handful import CONCEPTS
from tests.indexer.concepts.plainrows import rows_of
from tests.indexer.concepts.segment import TIME_OFF, looked_at, some_articles


def stands(term: str, code: str, articles: list[Article]) -> bool:
    """Tell whether a term stands in a title or a body, by the words there."""
    analyzer = query_analyzer(code)
    singles = wording(analyzer.tokens(term)).singles
    for text in (text for article in articles if article.language == code for text in (article.title, article.body)):
        if any(
            {token.stem, token.plain} & {single.stem, single.plain}
            and is_inflected(fold(token.form), single.folded, code)
            for token in analyzer.tokens(text)
            for single in singles
        ):
            return True
        if rows_of(term, code, text):
            return True
    return False


@given(some_articles())
@examples(max_examples=30, deadline=None)
def test_the_terms_are_those_that_stand_in_a_title_or_body(articles: list[Article]) -> None:
    table, standing, _ = looked_at(articles, (*CONCEPTS, TIME_OFF))
    found = {term for each in standing for term in each.terms.tolist()}
    assert {table.term(term) for term in found} == {
        table.term(number)
        for number, language in enumerate(table.term_languages.tolist())
        if stands(table.term(number), table.languages[language], articles)
    }
