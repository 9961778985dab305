"""The tags of a PDF: which element of the document's own structure a piece of the page belongs to."""

import ctypes
from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any

from pypdfium2 import PdfPage, raw  # type: ignore[import-untyped]

DEEPEST = 40  # levels; a deeper tree is made to trouble readers
MOST = 5000  # elements on a page
# The elements that hold one thing: an item of a list, a row of a table, a heading, a paragraph.
WHOLE = ("LI", "TR")
LEAVES = ("P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "Caption", "Note", "TOCI")


def tagged_parts(page: PdfPage) -> Mapping[int, tuple[int, str]]:
    """The element (a number within the page, and its kind) of each marked piece of content, by the piece's id."""
    tree = raw.FPDF_StructTree_GetForPage(page)
    if not tree:
        return {}
    try:
        found: dict[int, tuple[int, str]] = {}
        numbers = count(1)
        for place in range(max(0, raw.FPDF_StructTree_CountChildren(tree))):
            child = raw.FPDF_StructTree_GetChildAtIndex(tree, place)
            for piece, part in _walk(child, (0, ""), numbers, 0):
                found[piece] = part
                if len(found) > MOST:
                    return {}
        return found
    finally:
        raw.FPDF_StructTree_Close(tree)


def _walk(
    element: Any, within: tuple[int, str], numbers: Iterator[int], depth: int
) -> Iterator[tuple[int, tuple[int, str]]]:
    if not element or depth > DEEPEST:
        return
    kind = _kind(element)
    if kind in WHOLE or (kind in LEAVES and within[1] not in WHOLE):
        within = (next(numbers), kind)
    for place in range(max(0, raw.FPDF_StructElement_CountChildren(element))):
        piece = raw.FPDF_StructElement_GetChildMarkedContentID(element, place)
        if piece >= 0:
            yield piece, within
        else:
            yield from _walk(raw.FPDF_StructElement_GetChildAtIndex(element, place), within, numbers, depth + 1)


def _kind(element: Any) -> str:
    held = ctypes.create_string_buffer(64)
    size = raw.FPDF_StructElement_GetType(element, held, 64)
    return held.raw[: max(0, min(size, 64) - 2)].decode("utf-16-le", "replace")
