"""Plain text as scraped: no metadata, and the page's furniture still in it."""

from corpus.cleaning import clean_scraped
from corpus.errors import Rejection
from corpus.readers.draft import Draft


def read_plaintext(text: str) -> Draft:
    """Read a scraped text; raises Rejection if nothing is left after cleaning."""
    cleaned = clean_scraped(text)
    if not cleaned.title:
        raise Rejection("empty: there is no text in it.")
    if not cleaned.body:
        raise Rejection("there is a title but no text under it.")
    return Draft(cleaned.title, cleaned.body, cleaned.markup, published=cleaned.published)
