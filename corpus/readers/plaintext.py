"""Plain text as scraped: no metadata, and the page's furniture still in it."""

from dataclasses import replace

from corpus.cleaning import clean_scraped
from corpus.errors import Rejection
from corpus.readers.draft import MAX_TITLE_CHARS, Draft, title_of


def read_plaintext(text: str) -> Draft:
    """Read a scraped text; raises Rejection if nothing is left after cleaning."""
    cleaned = clean_scraped(text)
    if not cleaned.title:
        raise Rejection("empty: there is no text in it.")
    if len(cleaned.title) > MAX_TITLE_CHARS:  # a paragraph: the text begins without a title
        body = f"{cleaned.title}\n{cleaned.body}" if cleaned.body else cleaned.title
        shift = len(cleaned.title) + 1
        markup = tuple(replace(span, start=span.start + shift, end=span.end + shift) for span in cleaned.markup)
        return Draft(title_of(body), body, markup, published=cleaned.published)
    if not cleaned.body:
        raise Rejection("there is a title but no text under it.")
    return Draft(cleaned.title, cleaned.body, cleaned.markup, published=cleaned.published)
