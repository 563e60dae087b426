"""Which articles answer, in what order, shown how?

request      what is asked, checked once at the edge
parsing      what a person typed -> words, phrases, exclusions, filters; never an error
planning     what each of them means in each language of the index
matching     which articles have it, read from the postings
ranking      in what order they come, and what is relaxed when too few match
facets       counts by language and topic under the filters
highlighting where in a text the words of the query stand
snippets     the sentences that answer
page         what all of it adds up to: plain frozen values
snapshot     an open index at one moment, and noticing the next
engine       the boundary between what is asked and where it runs
web          the same over HTTP, as pages and as JSON
"""

from search.engine import Engine
from search.errors import ArticleNotFound, BadRequest, SearchError
from search.page import SearchPage
from search.request import SearchRequest

__all__ = ["ArticleNotFound", "BadRequest", "Engine", "SearchError", "SearchPage", "SearchRequest"]
