"""From the bytes of a file to a draft: what the file says of itself, before anything is filled in.

Each reader is one function that returns a Draft or raises Rejection. Which reader takes which file is decided
by the file's ending, in `corpus.collection`; there they are imported too, each when there is something for it.
"""

from corpus.readers.draft import Draft

__all__ = ["Draft"]
