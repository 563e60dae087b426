"""Proof that an index is what it should be: every article readable and found, none missing.

A build proves its new generation before readers see it, `karjera index verify` the live one at any time.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from whoosh.index import FileIndex
from whoosh.query.compound import And
from whoosh.query.terms import Term
from whoosh.reading import IndexReader
from whoosh.searching import Searcher

from corpus import LANGUAGES, UNDETERMINED, Article
from indexer import schema
from indexer.analysis import Analyzer
from indexer.codec import verify_files
from indexer.concepts.attested import open_attested
from indexer.documents import article_of
from indexer.errors import IndexDamaged, VerificationFailed
from indexer.generations import Generation
from indexer.segments import BESIDE
from indexer.storage import UNREADABLE, DurableStorage
from indexer.suggestions import open_suggestions

# Articles searched for by their own titles; spread over the index.
SAMPLE = 200
# What may be lost at once of all articles, and of those in a language if it is more than MIN_LOST.
MAX_SHRINK = 0.5
MIN_LOST = 10
# Problems named in the message; more are counted.
SHOWN = 5
# No analysis makes this a term: it holds a blank.
_NO_TERM = "no such term"


@dataclass(frozen=True, slots=True)
class Verified:
    """What was proved: so many articles a language were read, so many searched for and found."""

    articles: dict[str, int]
    searched: int


def count_articles(reader: IndexReader) -> dict[str, int]:
    """Return the number of articles in each language, most first."""
    languages = reader.column_reader(schema.LANGUAGE)
    counts = Counter(languages[number] for number in reader.all_doc_ids())
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def verify(index: FileIndex) -> Verified:
    """Check every file, read every article, search for a sample; raises VerificationFailed naming what is wrong."""
    problems: list[str] = []
    verified = Verified({}, 0)
    try:
        assert isinstance(index.storage, DurableStorage)
        for segment in index._segments():
            verify_files(index.storage, segment, BESIDE)
        _verify_concepts(Path(index.storage.folder))
        _verify_suggestions(Path(index.storage.folder), index.latest_generation())
        _verify_attested(Path(index.storage.folder), index.latest_generation())
        with index.searcher() as searcher:
            verified = _read_all(searcher, problems)
    except IndexDamaged as error:
        problems.append(str(error))
    except UNREADABLE as error:
        problems.append(f"its files cannot be read ({error})")
    if problems:
        shown = "; ".join(problems[:SHOWN])
        more = f"; and {len(problems) - SHOWN} more" if len(problems) > SHOWN else ""
        raise VerificationFailed(f"the index is not sound: {shown}{more}.")
    return verified


def _verify_concepts(folder: Path) -> None:
    generation = Generation(0, folder)
    concepts = generation.concepts()
    if concepts is None:
        return
    concepts.verify()
    if concepts.digest != generation.manifest().glossary:
        raise IndexDamaged("its compiled glossary is not the one that its manifest names")


def _verify_suggestions(folder: Path, commit: int) -> None:
    suggestions = open_suggestions(folder, commit)
    # An index without a single commit has none.
    if suggestions is None and commit:
        raise IndexDamaged("its suggestions are missing")
    if suggestions is not None:
        suggestions.verify()


def _verify_attested(folder: Path, commit: int) -> None:
    # Without them a query asks for all terms of a concept, and finds the same.
    if attested := open_attested(folder, commit):
        attested.verify()


def _read_all(searcher: Searcher, problems: list[str]) -> Verified:
    reader = searcher.reader()
    hashes, languages = reader.column_reader(schema.HASH), reader.column_reader(schema.LANGUAGE)
    seen: set[str] = set()
    numbers = list(reader.all_doc_ids())
    step = max(1, len(numbers) // SAMPLE)
    searched = 0
    for at, number in enumerate(numbers):
        try:
            article = article_of(reader.stored_fields(number))
        except UNREADABLE as error:
            problems.append(f"document {number} cannot be read ({error})")
            continue
        if article.content_hash().encode() != hashes[number]:
            problems.append(f"article {article.id} is not what was written")
        if article.language != languages[number]:
            problems.append(f"article {article.id} is in {article.language}, but counted as {languages[number]}")
        if article.id in seen:
            problems.append(f"article {article.id} is there twice")
        seen.add(article.id)
        if at % step == 0:
            searched += 1
            if not _is_found(searcher, article, number):
                problems.append(f"article {article.id} is not found by its title")
    if next(searcher.docs_for_query(Term(schema.LANGUAGE, _NO_TERM)), None) is not None:
        problems.append("a term that no article has finds articles")
    return Verified(count_articles(reader), searched)


def check_not_shrunk(counts: Mapping[str, int], before: Mapping[str, int]) -> None:
    """Raise VerificationFailed if over half of the articles, or of those in one language, would be gone.

    That is more likely a wrong path than a wish. A language with few articles may lose them; what was of an uncertain
    language may have been given one.
    """
    lost = [
        f"{LANGUAGES[code].name if code in LANGUAGES else code} would have {counts.get(code, 0)}, has {had}"
        for code, had in before.items()
        if code != UNDETERMINED.code and had - counts.get(code, 0) > max(MAX_SHRINK * had, MIN_LOST)
    ]
    total, total_before = sum(counts.values()), sum(before.values())
    if not lost and total < (1 - MAX_SHRINK) * total_before:
        lost = [f"the index would have {total}, has {total_before}"]
    if lost:
        raise VerificationFailed(
            f"far fewer articles than before: {'; '.join(lost)}. Nothing was changed. "
            "If they are to go, run the command again with --allow-shrink."
        )


def _is_found(searcher: Searcher, article: Article, number: int) -> bool:
    analyzer = Analyzer(LANGUAGES[article.language])
    forms = {token.form for token in analyzer.tokens(article.title)}
    if not forms:
        return True  # a title of punctuation; its body has words, or it would not be an article
    field = schema.title_field(article.language)
    query = And([Term(schema.ID, article.id), *(Term(field, form) for form in sorted(forms))])
    return list(searcher.docs_for_query(query)) == [number]
