"""Where words stand in a report: joining two places, dividing one among parts of its words, what of a page to show.

A place is the JSON of tracker.extraction's Source: {"page", "lines": [first, last], "quote", "boxes"}; a box is
[page, left, top, right, bottom] in tenths of a point from the page's top left corner.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

Place = Mapping[str, Any]
Mark = tuple[int, int, int, int]  # left, top, width, height
MARGIN = 500  # tenths of a point shown above and below what is cited: two or three lines
LETTERS = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Cutting:
    """The part of a page to show, and what to mark on it: tenths of a point from the page's top left corner."""

    page: int
    width: int
    height: int
    top: int
    bottom: int
    marks: tuple[Mark, ...]

    @property
    def tall(self) -> int:
        """How much of the page's height is shown."""
        return self.bottom - self.top


def joined(first: Place | None, second: Place | None) -> dict[str, Any] | None:
    """One place for words that stood in two, in the order given."""
    if not first or not second:
        return dict(first or second or {}) or None
    lines = [*first["lines"], *second["lines"]]
    between = "\n" * max(1, second["lines"][0] - first["lines"][1])
    return {
        "page": min(first["page"], second["page"]),
        "lines": [min(lines), max(lines)],
        "quote": f"{first['quote']}{between}{second['quote']}",
        "boxes": [*first.get("boxes", ()), *second.get("boxes", ())],
    }


def chosen(page: int, lines: Sequence[tuple[int, str, Sequence[int] | None]]) -> dict[str, Any]:
    """The place of lines that a person chose on a page: each line's number, words and box."""
    numbers = [number for number, _, _ in lines]
    gaps = [1, *(below - above for above, below in zip(numbers, numbers[1:], strict=False))]
    quote = "".join("\n" * gap + words for gap, (_, words, _) in zip(gaps, lines, strict=True))[1:]
    boxes = [list(box) for _, _, box in lines if box]
    return {"page": page, "lines": [numbers[0], numbers[-1]], "quote": quote, "boxes": boxes}


def divided(place: Place | None, texts: Sequence[str]) -> list[dict[str, Any] | None]:
    """A place for each part of the words: a printed line goes to the part that holds the middle of its letters."""
    if not place:
        return [None for _ in texts]
    printed = list(_printed(place))
    ends = list(accumulate(_letters(text) for text in texts))
    starts = [0, *accumulate(_letters(words) for _, words, _ in printed)]
    scale = ends[-1] / (starts[-1] or 1)
    middles = [(one + other) / 2 * scale for one, other in zip(starts, starts[1:], strict=False)]
    chosen = [min(_part(middle, ends), len(texts) - 1) for middle in middles]
    return [
        _gathered(place, [row for row, own in zip(printed, chosen, strict=True) if own == n]) for n in range(len(texts))
    ]


def cuttings(place: Place | None, sizes: Mapping[str, Sequence[int]]) -> list[Cutting]:
    """What to show of each page the words stand on; `sizes` gives each page's width and height by its number."""
    boxes: dict[int, list[Sequence[int]]] = {}
    for box in (place or {}).get("boxes") or []:
        boxes.setdefault(box[0], []).append(box)
    return [_cut(page, own, sizes[str(page)]) for page, own in sorted(boxes.items()) if str(page) in sizes]


def mark(box: Sequence[int]) -> Mark:
    """What to mark for a printed line's box: left, top, width and height, a little wider than its letters."""
    _, left, top, right, bottom = box
    return left - 20, top - 10, right - left + 40, bottom - top + 20


def _cut(page: int, boxes: Sequence[Sequence[int]], size: Sequence[int]) -> Cutting:
    width, height = size
    top = max(0, min(box[2] for box in boxes) - MARGIN)
    bottom = min(height, max(box[4] for box in boxes) + MARGIN)
    return Cutting(page, width, height, top, bottom, tuple(map(mark, boxes)))


def _printed(place: Place) -> Iterator[tuple[int, str, Sequence[int] | None]]:
    """Each printed line of the quote: its number, its words and, where every line has one, its box."""
    numbered = list(enumerate(str(place["quote"]).split("\n"), place["lines"][0]))
    worded = [(number, words) for number, words in numbered if words.strip()]
    boxes = place.get("boxes") or []
    matched: Sequence[Sequence[int] | None] = boxes if len(boxes) == len(worded) else [None] * len(worded)
    for (number, words), box in zip(worded, matched, strict=True):
        yield number, words, box


def _gathered(place: Place, rows: Sequence[tuple[int, str, Sequence[int] | None]]) -> dict[str, Any]:
    if not rows:  # a part shorter than a line stands on a line of its neighbour's: the whole place is cited
        return dict(place)
    boxes = [list(box) for _, _, box in rows if box]
    return {
        "page": boxes[0][0] if boxes else place["page"],
        "lines": [rows[0][0], rows[-1][0]],
        "quote": "\n".join(words for _, words, _ in rows),
        "boxes": boxes,
    }


def _part(middle: float, ends: Sequence[int]) -> int:
    return next((part for part, end in enumerate(ends) if middle <= end), len(ends) - 1)


def _letters(text: str) -> int:
    return sum(map(len, LETTERS.findall(text)))
