"""Where a term of several words stands in a text, by its words, one after the other."""

from indexer.analysis import query_analyzer
from indexer.analysis.normalization import fold
from indexer.concepts.inflection import MAX_SHORT_STEM_CHARS, may_be_inflected
from indexer.concepts.wording import wording


def rows_of(term: str, code: str, text: str) -> list[int]:
    """Return the positions at which the words of a term begin to stand in a row."""
    analyzer = query_analyzer(code)
    row, tokens = wording(analyzer.tokens(term)).row, analyzer.tokens(text)

    def stands(word: int, position: int) -> bool:
        said = row[word]
        for token in tokens:
            if token.position == position and said.stem in (token.stem, token.plain):
                if len(said.stem) > MAX_SHORT_STEM_CHARS:
                    return True
                may_be = token.form == said.form or token.form not in analyzer.stops
                if may_be and may_be_inflected(fold(token.form), fold(said.form), code):
                    return True
        return False

    offsets = [said.position - row[0].position for said in row]
    return [
        start
        for start in sorted({token.position for token in tokens})
        if row and all(stands(word, start + offset) for word, offset in enumerate(offsets))
    ]
