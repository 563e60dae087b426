"""What of a query may be kept: its words, in one form, without what identifies a person.

Words that look like a mail address or a telephone number are left out, and so are long numbers (of identity cards,
accounts). A name cannot be told from other words, and is kept: that is why the log is for operators and not for long.
"""

import re
import unicodedata

# Longer queries say little more to who reads them in a list.
MAX_CHARS = 200

# Whatever stands at an @, blanks or none between, as "jan @ example.org".
_MAIL = re.compile(r"\S*\s?[@﹫＠]\s?\S*")
# Seven digits or more, with what people put between them.
_NUMBER = re.compile(r"\+?\(?\d(?:[\s().\-–/]{0,2}\d){6,}")
# Years are the numbers that a query about work has several of: 2024-2025, 2023 2024 2025.
_YEARS = re.compile(r"(?:19|20)\d\d(?:\s?[\s\-–/]\s?(?:19|20)\d\d)+")
_BLANKS = re.compile(r"\s+")


def kept_text(query: str) -> str:
    """Return what may be kept of a query: NFKC, case-folded, blanks as one, of at most MAX_CHARS; maybe nothing."""
    # Before anything else is done with it: what is typed may be a book.
    text = unicodedata.normalize("NFKC", query[: 4 * MAX_CHARS]).casefold()
    text = "".join(" " if unicodedata.category(char) in _UNSEEN else char for char in text)
    text = _NUMBER.sub(lambda found: found[0] if _YEARS.fullmatch(found[0].strip()) else " ", _MAIL.sub(" ", text))
    return _BLANKS.sub(" ", text).strip()[:MAX_CHARS].rstrip()


# Controls, marks of direction, lone surrogates, private use: nothing that a word is made of, and no line ends early.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
