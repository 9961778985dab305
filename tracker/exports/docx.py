"""The board report as a Word document, for clerks who paste from it: the same words in the same order as the PDF."""

import io
import zipfile
from collections.abc import Callable, Iterator
from itertools import count, groupby
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section
from docx.shared import Cm, Pt, RGBColor

from tracker.exports import docx_pieces as pieces
from tracker.exports.docx_pieces import element, paragraph, run, within
from tracker.exports.glyphs import visible
from tracker.exports.report.blocks import (
    Block,
    Cell,
    Column,
    Facts,
    Front,
    Heading,
    Look,
    Mark,
    OverTime,
    Overview,
    Part,
    Shares,
    Sheet,
    Table,
    Text,
    Words,
)
from tracker.exports.report.parts import file_name, parts
from tracker.rules.london import LONDON
from tracker.rules.pack import Contents, Name

A4 = Cm(21), Cm(29.7)
MARGIN = Cm(1.9)
TWIPS = 635  # of the units that lengths come in
LONGEST_TITLE = 255  # what the file's properties hold
ACCENT = RGBColor(0x0B, 0x3D, 0x44)
EPOCH = (1980, 1, 1, 0, 0, 0)  # the same date on every piece of the file


def files(contents: Contents) -> Iterator[tuple[str, bytes]]:
    """The name and the bytes of each file of the report, cut where the PDF is cut.

    Raises DoesNotAddUp where the tables list another number than the statement of totals counts.
    """
    for part in parts(contents):
        yield file_name(Name.DOCUMENT, part), _written(part, contents)


def write(folder: Path, contents: Contents) -> None:
    """Write the documents into a folder. Raises as `files` does, and OSError."""
    for name, data in files(contents):
        (folder / name).write_bytes(data)


def _written(part: Part, contents: Contents) -> bytes:
    document = _begun(part, contents)
    sheets = list(part.sheets)
    setter = Setter(document, frozenset(_anchors(sheets)))
    setter.front(part.front)
    for across, run_of_sheets in groupby(sheets, key=lambda sheet: sheet.across):
        setter.turn(across)
        for place, sheet in enumerate(run_of_sheets):
            setter.sheet(sheet, fresh=bool(place) and sheet.fresh)
    return _same_bytes(document)


def _anchors(sheets: list[Sheet]) -> Iterator[str]:
    for sheet in sheets:
        yield from (block.anchor for block in sheet.blocks if isinstance(block, Heading) and block.anchor)


class Setter:
    """Writes blocks one after the other at the end of a document."""

    def __init__(self, document: Document, anchors: frozenset[str]) -> None:
        self.document, self.anchors = document, anchors
        self.end = document.element.body.sectPr  # closes the document; it stays the last when sections are added
        self.numbers = count(1)
        self.section = document.sections[0]
        self.is_fresh = False

    def add(self, *elements: BaseOxmlElement) -> None:
        """Write before the last section's properties, which close a document."""
        for each in elements:
            self.end.addprevious(each)

    def turn(self, across: bool) -> None:
        """Begin pages that stand upright or lie across."""
        self.section = self.document.add_section(WD_SECTION.NEW_PAGE)
        self.section.orientation = WD_ORIENT.LANDSCAPE if across else WD_ORIENT.PORTRAIT
        self.section.page_width, self.section.page_height = A4[::-1] if across else A4

    @property
    def width(self) -> int:
        """The width between the margins, in twentieths of a point."""
        return int((self.section.page_width or A4[0]) - 2 * MARGIN) // TWIPS

    def sheet(self, sheet: Sheet, *, fresh: bool) -> None:
        """Blocks, on a new page if they are to begin one."""
        self.is_fresh = fresh
        for block in sheet.blocks:
            DRAWN[type(block)](self, block)

    def heading(self, block: Heading) -> None:
        """A real heading; an action's carries the bookmark that its reference leads to."""
        looks = [element("pageBreakBefore")] if self.is_fresh else []
        self.is_fresh = False
        words = run(block.text)
        if not block.anchor:
            self.add(paragraph(words, style=f"Heading{block.level}", looks=looks))
            return
        number = str(next(self.numbers))
        begin = element("bookmarkStart", id=number, name=pieces.anchor(block.anchor))
        self.add(paragraph(begin, words, element("bookmarkEnd", id=number), style=f"Heading{block.level}", looks=looks))

    def text(self, block: Text) -> None:
        """Paragraphs, kept with the one that follows; ratings stand in one line."""
        marks = [it for it in block.items if isinstance(it, Mark)]
        if marks:
            self.add(paragraph(*(each for it in marks for each in (*pieces.runs(it), run("  "))), looks=_kept()))
        others = [it for it in block.items if not isinstance(it, Mark)]
        for place, it in enumerate(others, 1):
            looks = _kept() if block.introduces or place < len(others) else []
            self.add(paragraph(*pieces.runs(it, leads=False), style=_style(it), looks=looks))

    def facts(self, block: Facts) -> None:
        """A name, and what is said about it beside it."""
        for label, cell in block.rows:
            for place, it in enumerate(cell or (Words(""),)):
                name = [run(label, element("b"))] if not place else []
                self.add(paragraph(*name, within(element("r"), element("tab")), *pieces.runs(it), style="Fact"))

    def table(self, block: Table) -> None:
        """A table with its caption."""
        if block.caption:
            self.add(paragraph(run(block.caption), style="Caption", looks=_kept()))
        self.add(pieces.table(block, self.width, self.anchors), paragraph(style="After"))

    def over_time(self, block: OverTime) -> None:
        """The picture in words; its figures follow as a table."""
        self.add(paragraph(run(block.caption), style="Caption"), paragraph(run(block.told)))

    def shares(self, block: Shares) -> None:
        """The ratings as a table."""
        rows: tuple[tuple[Cell, ...], ...] = tuple(
            ((each.mark,), (Words(f"{each.number:,}"),)) for each in block.shares
        )
        self.table(Table(block.caption, (Column("Rating", 0.7), Column("Actions", 0.3, number=True)), rows))

    def overview(self, block: Overview) -> None:
        """Word shows the headings beside the text and makes a list of them where one is wanted: none is written here."""

    def front(self, front: Front) -> None:
        """The cover."""
        self.add(paragraph(run(front.council), style="Subtitle"), paragraph(run(front.title), style="Title"))
        self.add(
            *(paragraph(run(line, *([element("b")] if not place else []))) for place, line in enumerate(front.lines))
        )
        self.add(*(paragraph(run(words, element("b"))) for words in (front.mark, front.warning) if words))
        for heading, lines in ((front.summary_heading, front.summary), (front.readers_heading, front.readers)):
            self.add(paragraph(run(heading), style="Caption"), *(paragraph(run(line)) for line in lines))
        self.add(paragraph(run(front.head_heading), style="Caption"))
        self.facts(front.head)
        self.add(paragraph(*pieces.runs(Words(front.head_purpose, Look.SMALL))))


DRAWN: dict[type[Block], Callable[[Setter, Any], None]] = {
    Heading: Setter.heading,
    Text: Setter.text,
    Facts: Setter.facts,
    Table: Setter.table,
    OverTime: Setter.over_time,
    Shares: Setter.shares,
    Overview: Setter.overview,
}


def _kept() -> list[BaseOxmlElement]:
    return [element("keepNext")]


def _style(it: Any) -> str:
    return "Quote" if isinstance(it, Words) and it.look is Look.QUOTE else ""


def _begun(part: Part, contents: Contents) -> Document:
    """An empty document with our styles, its properties, and what stands at the head and foot of every page."""
    document = docx.Document()
    _properties(document, part, contents)
    _styles(document)
    section = document.sections[0]
    section.page_width, section.page_height = A4
    section.left_margin = section.right_margin = MARGIN
    section.top_margin = section.bottom_margin = Cm(2.2)
    _head_and_foot(section, part)
    return document


def _properties(document: Document, part: Part, contents: Contents) -> None:
    at = contents.cover.scope.as_at.astimezone(LONDON).replace(tzinfo=None, microsecond=0)
    properties = document.core_properties
    properties.title = visible(part.title)[:LONGEST_TITLE]
    properties.author = properties.last_modified_by = visible(contents.cover.authority)[:LONGEST_TITLE]
    properties.created = properties.modified = at
    properties.language = "en-GB"
    properties.comments, properties.revision = "", 1


def _styles(document: Document) -> None:
    styles = document.styles
    for language in styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")
    _font(styles["Normal"], 10.5)
    _spaced(styles["Normal"], 0, 6)
    for name, size, before in (("Heading 1", 18, 18), ("Heading 2", 14, 14), ("Heading 3", 11.5, 10)):
        _font(styles[name], size, ACCENT)
        _spaced(styles[name], before, 4)
    _font(styles["Title"], 26, ACCENT)
    _font(styles["Subtitle"], 13)
    _font(styles["Caption"], 11)
    _spaced(styles["Caption"], 10, 4)
    _font(styles["Quote"], 10.5)
    styles["Quote"].paragraph_format.left_indent = Cm(0.8)
    _font(styles["Header"], 9)
    _font(styles["Footer"], 9)
    for name, after in (("Cell", 1), ("Fact", 3), ("After", 0)):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        style.font.size = Pt({"Cell": 9.5, "After": 6}.get(name, 10.5))
        _spaced(style, 1 if name == "Cell" else 0, after)
    fact = styles["Fact"].paragraph_format
    fact.left_indent, fact.first_line_indent = Cm(4.4), Cm(-4.4)
    fact.tab_stops.add_tab_stop(Cm(4.4))


def _font(style: Any, size: float, colour: RGBColor | None = None) -> None:
    """Arial, which every office has; the template's theme fonts would win over it and are taken off."""
    style.font.name, style.font.size, style.font.italic = "Arial", Pt(size), False
    style.font.color.rgb = colour or RGBColor(0x0B, 0x0C, 0x0C)
    fonts = style.element.rPr.rFonts
    for name in list(fonts.attrib):
        if name.endswith("Theme"):
            del fonts.attrib[name]


def _spaced(style: Any, before: float, after: float) -> None:
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)


def _head_and_foot(section: Section, part: Part) -> None:
    head = section.header.paragraphs[0]._p
    head.extend([run(f"{part.running}  ·  "), run(part.mark, element("b"))])
    key = [each for scale, marks in part.key for each in _key(scale, marks)]
    pages = [run("Page "), *pieces.field("PAGE"), run(" of "), *pieces.field("NUMPAGES")]
    of = [run(f"Part {part.number} of {part.of}  ·  ")] if part.of > 1 else []
    foot = section.footer
    foot.paragraphs[0]._p.extend(key)
    foot._element.append(paragraph(run(f"{part.foot}  ·  "), *of, *pages, style="Footer"))


def _key(scale: str, marks: tuple[Mark, ...]) -> Iterator[BaseOxmlElement]:
    yield run(f"{scale}: ", element("b"), element("sz", val="15"))
    for mark in marks:
        yield from pieces.mark(mark, size="15")
        yield run(" ", element("sz", val="15"))
    yield run("  ")


def _same_bytes(document: Document) -> bytes:
    """The document with one date on all its pieces: the library would stamp them with the present."""
    written, again = io.BytesIO(), io.BytesIO()
    document.save(written)
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return again.getvalue()
