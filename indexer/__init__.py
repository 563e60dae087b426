"""How does text become postings on disk?

`analysis` turns text into tokens, the same for articles and queries; `schema` says which fields they go to;
`writer` fills a Whoosh index, `generations` keeps complete indexes side by side and says which one is live,
and `verification` proves a new one before readers see it; `suggestions` prepares what is offered while somebody types.
"""

from indexer.errors import IndexerError, IndexMismatch, IndexMissing
from indexer.generations import Generation, IndexFolder

__all__ = ["Generation", "IndexFolder", "IndexMismatch", "IndexMissing", "IndexerError"]
