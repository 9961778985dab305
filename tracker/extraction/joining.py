"""Lines become one text: a word broken by the line's end is made whole, and nothing else is changed."""

import re
from collections.abc import Iterable, Sequence

from tracker.extraction.lines import without_marks
from tracker.extraction.paper import Line

WORD = re.compile(r"[^\W_]+(?:[-\u2010\u2011][^\W_]+)*")
BROKEN = re.compile(r"([^\W_]+)[-\u2010\u2011]$")
BEGINS = re.compile(r"[^\W_]+")
LONGEST_WORD = 60  # letters looked back over, so that a long text is joined in one pass
HANGING = {"and", "or", "to"}  # "short- and long-term": the hyphen hangs, a space follows


def vocabulary(lines: Iterable[Line]) -> frozenset[str]:
    """Every word of the document, lower case, hyphens kept: what a broken word is looked up in."""
    return frozenset(word.lower() for line in lines for word in WORD.findall(line.text))


def join_lines(lines: Sequence[str], known: Iterable[str] = ()) -> str:
    """The words of one recommendation from the printed lines a person chose, in their order, as the reader joins an
    item: bullets off every line, the number off the first, words broken by a line's end made whole.

    `known` are words of the document (PageView.known): a hyphen at a line's end is dropped only where the document
    prints the word without it.
    """
    first = next((place for place, line in enumerate(lines) if line.strip()), 0)
    return join([without_marks(line, numbered=place == first) for place, line in enumerate(lines)], frozenset(known))


def broken_end(text: str) -> str:
    """The part of a word that a line breaks off with: "continuous improve-" gives "improve", a whole end ""."""
    end = BROKEN.search(text[-LONGEST_WORD:])
    return end[1] if end else ""


def join(parts: Sequence[str], known: frozenset[str] = frozenset()) -> str:
    """The parts as one text with single spaces. A hyphen at a line's end is dropped only where the document
    itself prints the word without one; "well-/being" keeps its hyphen."""
    pieces: list[str] = []
    for part in filter(None, parts):
        if pieces:
            pieces[-1] = _with_its_end(pieces[-1], part, known)
        pieces.append(part)
    return "".join(pieces)


def _with_its_end(before: str, after: str, known: frozenset[str]) -> str:
    """The earlier part as it stands before the later one: with a space, as it is, or without its hyphen."""
    left, right = BROKEN.search(before[-LONGEST_WORD:]), BEGINS.match(after)
    whole = WORD.match(after)
    if not left or not right or (whole and whole[0].lower() in HANGING):
        return before + " "
    glued, hyphened = f"{left[1]}{right[0]}".lower(), f"{left[1]}-{right[0]}".lower()
    return before[:-1] if glued in known and hyphened not in known else before
