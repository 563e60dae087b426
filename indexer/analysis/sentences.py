"""Where sentences begin and end in a body: at line ends, and after a full stop that ends a sentence.

Scripts end their sentences with marks of their own. A full stop in Latin, Cyrillic or Greek does not end one after an
abbreviation, an initial or a number followed by lower case, and never before a lower-case letter.
"""

import re

_LINE = re.compile(r"[^\n]+")
# A mark that can end a sentence, with what closes around it. The ideographic ones need no space after them.
_END = re.compile(r"(?:(?<![.!?…؟۔।॥])[.!?…؟۔।॥]++[\"'”’»“)\]]*+(?=\s)|[。！？．]+[」』”’）]*)\s*")

# Words after which a full stop is part of the word, in lower case; those common in texts about work.
_ABBREVIATIONS = frozenset(
    "e.g i.e etc vs approx no nr dr mr mrs ms prof st inc ltd co dept est fig vol jr sr u.s p.m a.m "
    "np m.in tzw tzn itp itd ok ul al proc tys mln mld godz min r w pt art ust pkt im red św "
    "pvz t.y t.t ir.kt kt tūkst mlrd val g d m sav mėn str eur "
    "z.b bzw usw ca evtl ggf inkl zzgl u.a d.h vgl max abs "
    "p.ex env cf mme mlle ej p.ej ud uds sra dra núm pág "
    "т.е т.д т.п др напр тыс млн руб г ул bijv enz o.a d.w.z t.ex bl.a osv napří např tj atd apod pl kb stb".split()
)

# How far back the word before a mark is looked for; none of the above is longer. All of a sentence would be too far.
_WORD_CHARS = 40


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Return [start, end) of each sentence, in order, without the white space around; together all that is written."""
    spans = []
    for line in _LINE.finditer(text):
        start = line.start()
        for end in _END.finditer(text, line.start(), line.end()):
            if _ends_sentence(text, start, end):
                spans.append((start, end.end()))
                start = end.end()
        spans.append((start, line.end()))
    return [trimmed for span in spans if (trimmed := _trimmed(text, *span))]


def _ends_sentence(text: str, start: int, end: re.Match[str]) -> bool:
    if end[0][0] != ".":
        return True
    after = text[end.end() : end.end() + 1]
    if after.islower() or not after:
        return False
    before = text[max(start, end.start() - _WORD_CHARS) : end.start()].rsplit(None, 1)[-1:]
    word = before[0].lstrip("([\"'„“”«").lower() if before else ""
    if word.isdigit():  # "5. Mai", "2017 r." but "in 2017. Then": an ordinal is short
        return len(word) > 2
    return word not in _ABBREVIATIONS and not (len(word) == 1 and word.isalpha())


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    right = len(piece.rstrip())
    return (start + left, start + right) if left < right else None
