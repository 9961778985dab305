"""Looks and places of printed letters, as PDFium knows them: type, weight, slant, boxes, and marks that are no words."""

import ctypes
import math
import re
from collections.abc import Iterator, Mapping

from pypdfium2 import PdfPage, PdfTextPage, raw  # type: ignore[import-untyped]

from tracker.extraction.paper import Box, Line
from tracker.extraction.sheet import Sheet

COLUMN = 6.0  # points counted as one character of indent
BOLD = 600  # weight
SLANT = 0.05  # of the type's matrix; an upright letter has none
SMALL = 0.8  # of the line's size: smaller figures behind a word are a footnote's mark
WIDE = 14.0  # points between two letters; words of one cell stand closer
MARK = re.compile(r"(?<=[^\W\d])\d{1,2}(?=[\s.,;:)]|$)|(?<=[.,;:)’” ])\d{1,2}(?=\s|$)")
PIECE = re.compile(r"\S+")


class Glyphs:
    """The letters of one page; places count from 0 in the page's text."""

    def __init__(self, words: PdfTextPage, page: PdfPage) -> None:
        self._words = words
        self._sheet = Sheet(page)
        self._rect = raw.FS_RECTF()
        self._matrix = raw.FS_MATRIX()
        self._name = ctypes.create_string_buffer(64)

    @property
    def paper(self) -> tuple[int, int]:
        """Width and height of what is shown of the page, in tenths of a point."""
        return self._sheet.width, self._sheet.height

    def line(self, page: int, start: int, text: str, parts: Mapping[int, tuple[int, str]]) -> Line:
        """The printed line that begins at `start`, with its looks. Its text loses footnote marks, which are told
        by their smaller type."""
        bare = text.rstrip()
        first, last = start + len(text) - len(text.lstrip()), start + len(bare) - 1
        middle = next((place for place in range((first + last + 1) // 2, last) if text[place - start] > " "), last)
        size, slanted = self._type(middle)
        box = self._around(page, first, last)
        part, tag = parts.get(self._content(middle), (0, "")) if parts else (0, "")
        return Line(
            page,
            0,
            self._without_marks(start, text, size),
            indent=box[1] / 10 / COLUMN,
            size=size,
            bold=self._bold(middle, bare),
            slanted=slanted,
            box=box,
            part=part,
            tag=tag,
        )

    def box(self, page: int, start: int, text: str) -> Box:
        """The box alone of the printed line that begins at `start`."""
        return self._around(page, start + len(text) - len(text.lstrip()), start + len(text.rstrip()) - 1)

    def divided(self, start: int, text: str) -> Iterator[tuple[int, str]]:
        """A printed line as its cells: pieces with a wide space between them."""
        begin, end = 0, None
        for piece in PIECE.finditer(text):
            left = self._box(start + piece.start())[0]
            if end is not None and left - end > WIDE * 10 and len(text[begin : piece.start()].strip()) > 1:
                yield start + begin, text[begin : piece.start()]
                begin = piece.start()
            end = self._box(start + piece.end() - 1)[2]
        yield start + begin, text[begin:]

    def _type(self, place: int) -> tuple[float, bool]:
        raw.FPDFText_GetMatrix(self._words, place, self._matrix)
        matrix = self._matrix
        size = raw.FPDFText_GetFontSize(self._words, place) * math.hypot(matrix.b, matrix.d)
        return round(size, 1), abs(matrix.c) > SLANT * abs(matrix.d)

    def _bold(self, place: int, text: str) -> bool:
        """By the type's weight or, where the file does not tell it and the line may be a heading, by its name."""
        if raw.FPDFText_GetFontWeight(self._words, place) >= BOLD:
            return True
        if text[-1] in ".,;":
            return False
        size = raw.FPDFText_GetFontInfo(self._words, place, self._name, len(self._name), None)
        return b"bold" in self._name.raw[: max(0, min(size, len(self._name)))].lower()

    def _around(self, page: int, first: int, last: int) -> Box:
        left, top, right, bottom = self._box(first)
        left2, top2, right2, bottom2 = self._box(last)
        return page, min(left, left2), min(top, top2), max(right, right2), max(bottom, bottom2)

    def _box(self, place: int) -> tuple[int, int, int, int]:
        """Left, top, right and bottom in tenths of a point from the shown page's top left corner."""
        rect = self._rect
        raw.FPDFText_GetLooseCharBox(self._words, place, rect)
        return self._sheet.placed(rect.left, rect.bottom, rect.right, rect.top)

    def _content(self, place: int) -> int:
        piece = raw.FPDFText_GetTextObject(self._words, place)
        return int(raw.FPDFPageObj_GetMarkedContentID(piece)) if piece else -1

    def _without_marks(self, start: int, text: str, size: float) -> str:
        found = [mark for mark in MARK.finditer(text) if self._type(start + mark.start())[0] < size * SMALL]
        for mark in reversed(found):
            text = text[: mark.start()] + text[mark.end() :]
        return text
