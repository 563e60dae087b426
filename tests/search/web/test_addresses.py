from flask import Flask

from search import SearchRequest
from search.web.addresses import article_address, search_address


def test_what_is_as_usual_is_left_out_of_an_address(app: Flask) -> None:
    with app.test_request_context("/"):
        assert search_address(SearchRequest("x")) == "/?q=x"
        assert search_address(SearchRequest("x", expand=False, explain=True)) == "/?q=x&expand=false&explain=true"


def test_an_article_is_marked_with_the_words_that_found_it(app: Flask) -> None:
    with app.test_request_context("/"):
        assert article_address("en/pay", SearchRequest("x", ("en",))) == "/articles/en/pay?q=x"
        assert article_address("en/pay", SearchRequest("x", expand=False)) == "/articles/en/pay?q=x&expand=false"
        assert article_address("en/pay", SearchRequest(expand=False)) == "/articles/en/pay"
