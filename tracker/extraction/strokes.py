"""Rules drawn across a page, such as divide the rows of a table that has no other mark between them."""

import ctypes

from pypdfium2 import PdfPage, raw  # type: ignore[import-untyped]

from tracker.extraction.sheet import Sheet

SHORTEST = 100.0  # points; a shorter stroke underlines a word
THICKEST = 3.0  # points; a higher path is a box or a picture


def drawn_rules(page: PdfPage) -> list[tuple[int, int, int]]:
    """Left end, right end and distance from the top of every level rule, in tenths of a point."""
    sheet = Sheet(page)
    found = []
    left, bottom, right, upper = (ctypes.c_float() for _ in range(4))
    for place in range(raw.FPDFPage_CountObjects(page)):
        path = raw.FPDFPage_GetObject(page, place)
        if raw.FPDFPageObj_GetType(path) != raw.FPDF_PAGEOBJ_PATH:
            continue
        if not raw.FPDFPageObj_GetBounds(path, left, bottom, right, upper):
            continue
        start, above, end, below = sheet.placed(left.value, bottom.value, right.value, upper.value)
        if end - start >= SHORTEST * 10 and below - above <= THICKEST * 10:
            found.append((start, end, round((above + below) / 2)))
    return found
