"""Rules drawn across a page, such as divide the rows of a table that has no other mark between them."""

import ctypes

from pypdfium2 import PdfPage, raw  # type: ignore[import-untyped]

SHORTEST = 100.0  # points; a shorter stroke underlines a word
THICKEST = 3.0  # points; a higher path is a box or a picture


def drawn_rules(page: PdfPage) -> list[tuple[int, int, int]]:
    """Left end, right end and distance from the top of every level rule, in tenths of a point."""
    _, _, _, top = page.get_cropbox() if page.get_rotation() == 0 else page.get_mediabox()
    found = []
    left, bottom, right, upper = (ctypes.c_float() for _ in range(4))
    for place in range(raw.FPDFPage_CountObjects(page)):
        path = raw.FPDFPage_GetObject(page, place)
        if raw.FPDFPageObj_GetType(path) != raw.FPDF_PAGEOBJ_PATH:
            continue
        if not raw.FPDFPageObj_GetBounds(path, left, bottom, right, upper):
            continue
        if right.value - left.value >= SHORTEST and upper.value - bottom.value <= THICKEST:
            middle = (upper.value + bottom.value) / 2
            found.append((round(left.value * 10), round(right.value * 10), round((top - middle) * 10)))
    return found
