"""Many words as one text, a line each, ended by a line end: what is done to all of them is done to the text."""

from collections.abc import Callable, Iterable


def as_lines(words: Iterable[str]) -> str:
    """Return words, in which there is no line end, as a text."""
    return "\n".join([*words, ""])


def lines_of(text: str) -> list[str]:
    """Return the words of a text."""
    return text.split("\n")[:-1]


def or_else(text: str, others: str, made: Callable[[str], str]) -> str:
    """Return a text with something for each of its words that is empty: what is `made` of the other on its line."""
    if "\n\n" not in text and not text.startswith("\n"):
        return text
    return as_lines(word or made(other) for word, other in zip(lines_of(text), lines_of(others), strict=True))
