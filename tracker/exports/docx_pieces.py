"""The pieces of a Word document, as elements: paragraphs, runs of words, ratings, tables. Made quickly, for long plans."""

import re
from collections.abc import Iterable, Sequence
from functools import cache

from docx.oxml import OxmlElement
from docx.oxml.ns import nsmap, qn
from docx.oxml.xmlchemy import BaseOxmlElement

from tracker.exports.glyphs import visible
from tracker.exports.report.blocks import Cell, Column, Item, Link, Look, Mark, Table, Words

SHADES = {
    "blue": ("BBD4EA", "0C2D4A"),
    "red": ("F4D7D7", "651B1B"),
    "orange": ("FDE4D7", "6D2F12"),
    "grey": ("DEDFE0", "0B0C0C"),
    "green": ("CFE4DC", "083D29"),
}
QUIET, LINE, HEAD = "484949", "B1B4B6", "F0F2F3"
SMALL = "18"  # half points
LONG = 900  # letters of a cell above which its row may break over two pages


_make = OxmlElement("w:p").makeelement
_named = cache(lambda name: qn(f"w:{name}"))
_SPACES = {"w": nsmap["w"]}


def element(name: str, /, **values: str) -> BaseOxmlElement:
    """An element of the text's namespace, its values in the same."""
    made: BaseOxmlElement = _make(_named(name), nsmap=_SPACES)
    for key, value in values.items():
        made.set(_named(key), value)
    return made


def within(parent: BaseOxmlElement, *children: BaseOxmlElement) -> BaseOxmlElement:
    """The parent with its children."""
    parent.extend(children)
    return parent


def run(text: str, *looks: BaseOxmlElement) -> BaseOxmlElement:
    """Words of one look; a line end is a line break, what cannot stand in the file is its number."""
    made = element("r")
    if looks:
        made.append(within(element("rPr"), *looks))
    for place, line in enumerate(visible(text).split("\n")):
        if place:
            made.append(element("br"))
        words = element("t")
        words.set(qn("xml:space"), "preserve")
        words.text = line
        made.append(words)
    return made


def field(code: str) -> list[BaseOxmlElement]:
    """A field that Word fills in, such as the number of the page."""
    instruction = element("instrText")
    instruction.text = code
    parts = (element("fldChar", fldCharType="begin"), instruction, element("fldChar", fldCharType="end"))
    return [within(element("r"), part) for part in parts]


def paragraph(*runs: BaseOxmlElement, style: str = "", looks: Sequence[BaseOxmlElement] = ()) -> BaseOxmlElement:
    """A paragraph in a style of the document."""
    properties = [element("pStyle", val=style), *looks] if style else list(looks)
    made = element("p")
    if properties:
        made.append(within(element("pPr"), *properties))
    return within(made, *runs)


def mark(it: Mark, *, size: str = "") -> list[BaseOxmlElement]:
    """A rating: its letter, its word, and its colour behind both; an outline where it is the other scale."""
    fill, colour = SHADES.get(it.colour, ("FFFFFF", "0B0C0C"))

    def looks() -> list[BaseOxmlElement]:
        sized = [element("sz", val=size)] if size else []
        edge = [element("bdr", val="single", sz="4", space="0", color=QUIET)] if it.colour == "outline" else []
        return [element("color", val=colour), *sized, *edge, element("shd", val="clear", color="auto", fill=fill)]

    return [run(f" {it.letter} ", element("b"), *looks()), run(f"{it.word} ", *looks())]


def anchor(reference: str) -> str:
    """The name of the bookmark at an action's section."""
    return "action_" + re.sub(r"\W", "_", reference)


def runs(it: Item, *, leads: bool = True) -> list[BaseOxmlElement]:
    """An item as runs of words."""
    if isinstance(it, Mark):
        return mark(it)
    if isinstance(it, Link):
        name = run(it.reference, element("b"))
        return [within(element("hyperlink", anchor=anchor(it.reference)), name)] if leads else [name]
    if it.look is Look.STRONG:
        return [run(it.text, element("b"))]
    if it.look is Look.SMALL:
        return [run(it.text, element("color", val=QUIET), element("sz", val=SMALL))]
    return [run(it.text)]


def letters(cell: Cell) -> int:
    """How long a cell is."""
    return sum(len(it.text) for it in cell if isinstance(it, Words))


def table(it: Table, width: int, anchors: frozenset[str]) -> BaseOxmlElement:
    """A table with a heading row that repeats; `width` in twentieths of a point."""
    whole = sum(column.share for column in it.columns)
    widths = [round(width * column.share / whole) for column in it.columns]
    made = within(element("tbl"), _table_properties(it.caption, width))
    made.append(within(element("tblGrid"), *(element("gridCol", w=str(each)) for each in widths)))
    made.append(_row([(Words(column.heading, Look.STRONG),) for column in it.columns], it.columns, widths, head=True))
    for place, cells in enumerate(it.rows):
        is_sum = it.sums and place == len(it.rows) - 1
        row = [tuple(_strong(item) for item in cell) for cell in cells] if is_sum else cells
        made.append(_row(row, it.columns, widths, anchors=anchors))
    return made


def _strong(it: Item) -> Item:
    return Words(it.text, Look.STRONG) if isinstance(it, Words) else it


def _table_properties(caption: str, width: int) -> BaseOxmlElement:
    sides = [element(side, val="single", sz="4", space="0", color=LINE) for side in ("top", "bottom", "insideH")]
    margins = [element(side, w="85", type="dxa") for side in ("left", "right")]
    looks = (
        element("tblW", w=str(width), type="dxa"),
        within(element("tblBorders"), *sides),
        element("tblLayout", type="fixed"),
        within(element("tblCellMar"), *margins),
        element(
            "tblLook", val="0020", firstRow="1", lastRow="0", firstColumn="0", lastColumn="0", noHBand="1", noVBand="1"
        ),
    )
    named = [element("tblCaption", val=visible(caption))] if caption else []
    return within(element("tblPr"), *looks, *named)


def _row(
    cells: Iterable[Cell],
    columns: Sequence[Column],
    widths: Sequence[int],
    *,
    head: bool = False,
    anchors: frozenset[str] = frozenset(),
) -> BaseOxmlElement:
    kept = list(cells)
    properties = [] if max(map(letters, kept), default=0) > LONG else [element("cantSplit")]
    made = element("tr")
    made.append(within(element("trPr"), *properties, *([element("tblHeader")] if head else [])))
    for cell, column, width in zip(kept, columns, widths, strict=True):
        made.append(_cell(cell, width, head=head, number=column.number, anchors=anchors))
    return made


def _cell(cell: Cell, width: int, *, head: bool, number: bool, anchors: frozenset[str]) -> BaseOxmlElement:
    shade = [element("shd", val="clear", color="auto", fill=HEAD)] if head else []
    made = within(element("tc"), within(element("tcPr"), element("tcW", w=str(width), type="dxa"), *shade))
    for it in cell or (Words(""),):
        looks = [element("jc", val="right")] if number else []
        leads = isinstance(it, Link) and it.reference in anchors
        made.append(paragraph(*runs(it, leads=leads), style="Cell", looks=looks))
    return made
