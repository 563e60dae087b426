"""Which articles answer, in what order, shown how?

request      what is asked, checked once at the edge
parameters   how parameters are checked, and what is said of a fault
cursor       where a page of hits ended, for the next one
parsing      what a person typed -> words, phrases, exclusions, filters; never an error
costs        what of it would be looked for in too much
planning     what each of them means in each language of the index
matching     which articles have it, read from the postings
occurrences  where words stand, read from the arrays
ranking      which articles answer, and how well
relaxing     which of them lack words, where too few have every one
ordering     in what order they are listed: by relevance, or the newest first
paging       which of the ordered hits a page is made of
works        one hit for each work, in the language that the reader likes best
correction   what a word may mean that no article has
nearby       common words of the index that are written like another word
rewording    what the reader may have meant where little is found
similar      articles like another one, of other works
facets       counts by language, topic and year under the filters
highlighting where in a text the words of the query stand
snippets     the sentences that answer
explanation  what the score of an article is made of
page         what all of it adds up to: plain frozen values
answers      the shapes of what the API answers
serialization the same as JSON values
typed        what somebody has typed so far, and which texts it may be the beginning of
titles       titles that a reader may have begun to type
completions  searches that they may have: what concepts are called, common words
presence     how many articles have all the words of a text
respelling   all of what was typed, without its typing errors
suggestions  the four kinds together
status       how much there is, and how fresh
expansion    the other words for the concepts of a query
wordings     how those are looked for
synonyms     the other words that were looked for, as few as a reader wants
reasons      what an explanation comes to for a reader
notices      what an operator wants said
syncing      a sync that a running service is asked for
tokens       what operators show to be let in
segment      a part of an open index: its arrays
snapshot     an open index at one moment, and noticing the next
answering    the way from a query to the documents of a page
engine       the boundary between what is asked and where it runs
evaluation   how good the answers are, on judged sets
web          the same over HTTP, as pages and as JSON
"""

from search.engine import Engine
from search.errors import ArticleNotFound, BadRequest, SearchError
from search.page import SearchPage
from search.request import SearchRequest

__all__ = ["ArticleNotFound", "BadRequest", "Engine", "SearchError", "SearchPage", "SearchRequest"]
