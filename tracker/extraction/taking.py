"""What one line is to the list being read: an item, a part of one, a heading between, or the end."""

import re
from collections.abc import Sequence
from itertools import takewhile

from tracker.extraction.fields import whole_timescale
from tracker.extraction.joining import join
from tracker.extraction.lines import PAGE_NUMBER, clean
from tracker.extraction.listing import Reading, Shape, rank, title_of
from tracker.extraction.paper import Line, Mark

ITEM_MARKS = (Mark.BULLET, Mark.NUMBER)
SKIPPED = (Mark.CONTENTS, Mark.NOTE)
LEAD_IN = re.compile(r":$|\bfollowing (?:action|areas?|steps?|recommendations?)s?\b.*\.$|\bshould[:.]?$", re.IGNORECASE)
OPEN_END = re.compile(r"(?:[-\u2010,(]|(?<![;,])\s(?:and|or|the|an?|of|which|their|its))$")
FINAL = re.compile(r"[.!?;:]['’\")]*$|[;,]\s(?:and|or)$")
POINTS_BACK = re.compile(r"(?:this|these|those|it|they|such)\b", re.IGNORECASE)  # opens no item, but goes on with one
DEEPER = 2  # columns further in than its item makes a bullet a nested one
HANGING = 1.5  # columns further in than its bullet makes a paragraph part of the item
SHORT = 0.8  # of an item's widest line
AHEAD = 12  # lines looked at below one, to see how a paragraph or the list goes on


def begins(line: Line, shape: Shape) -> bool:
    """Whether a line is the heading of a list; a row of the contents page never is."""
    if line.mark not in (Mark.PLAIN, Mark.HEADING, Mark.NUMBER) or not line.text[:1].isupper():
        return False
    return bool(shape.starts.fullmatch(title_of(line)))


def ends(line: Line, shape: Shape) -> bool:
    """Whether words known to follow a list begin here; a wrapped line of an item never does."""
    if line.mark is Mark.BULLET or not line.text[:1].isupper():
        return False
    apart = line.mark is Mark.HEADING or (line.mark is Mark.PLAIN and line.gap)
    return bool(shape.ends.fullmatch(line.text) or (apart and shape.ends.match(line.text)))


def take(reading: Reading, line: Line, rest: Sequence[Line], shape: Shape) -> bool:
    """Add a line to the reading; False where the list has ended before it."""
    line = _without_chance_number(reading, line)
    if _passed_over(reading, line, shape):
        return True
    wrapped = reading.is_open and line.mark not in ITEM_MARKS and (not line.gap or line.text[:1].islower())
    if _is_no_word_of_it(line, wrapped) or _takes_deadline(reading, line, wrapped):
        return True
    if _goes_on_as_heading(reading, line):
        reading.heading = join([reading.heading, title_of(line)])
        return True
    if line.mark is Mark.HEADING and line.size:
        return _take_heading(reading, line, rest, shape)
    reading.heading_line = None
    return _take_item(reading, line, rest, shape)


def _is_no_word_of_it(line: Line, wrapped: bool) -> bool:
    """Whether a line is a footnote, a row of a contents page or a page number."""
    skipped = line.mark in SKIPPED and not (wrapped and not line.size)
    return skipped or (line.gap and bool(PAGE_NUMBER.fullmatch(line.raw)))


def _takes_deadline(reading: Reading, line: Line, wrapped: bool) -> bool:
    due = whole_timescale(title_of(line))
    if not due or (wrapped and not line.text[:1].isupper()):
        return False
    reading.turn_to(line, due)
    return True


def _take_item(reading: Reading, line: Line, rest: Sequence[Line], shape: Shape) -> bool:
    leads_in = not reading.is_open and bool(LEAD_IN.search(_paragraph(line, rest)))
    if line.mark in ITEM_MARKS:
        return _take_marked(reading, line, leads_in, shape)
    if not reading.is_open:
        return _take_unmarked(reading, line, rest, leads_in, shape)
    if reading.kind is Mark.PLAIN or shape.rows:
        return _take_paragraph(reading, line)
    return _take_words(reading, line, rest, shape)


def _without_chance_number(reading: Reading, line: Line) -> Line:
    """A wrapped line that happens to begin with a number ("… in section 11\\n20. of the Act") is words."""
    if line.mark is not Mark.NUMBER or not line.size or line.gap or not reading.is_open:
        return line
    first = reading.items[-1][0]
    wrapped = line.indent >= first.indent + HANGING and line.part == reading.last.part
    return line._replace(text=clean(line.raw), mark=Mark.PLAIN, ref=None) if wrapped else line


def _passed_over(reading: Reading, line: Line, shape: Shape) -> bool:
    """Whether a line stands in a box beside the list, such as a case study."""
    if shape.asides.match(line.text) and line.mark is not Mark.BULLET:
        reading.aside = line.indent
        return True
    if reading.aside is not None and line.size and line.indent < reading.aside - 1 and line.mark is not Mark.NOTE:
        reading.aside = None
    return reading.aside is not None


def _goes_on_as_heading(reading: Reading, line: Line) -> bool:
    """Whether a line is the second of a heading of two."""
    above = reading.heading_line
    if above is None or not line.size or reading.is_open or line.mark in ITEM_MARKS or line.gap:
        return False
    return rank(line) == rank(above) and line.slanted == above.slanted and (line.bold or line.slanted)


def _take_heading(reading: Reading, line: Line, rest: Sequence[Line], shape: Shape) -> bool:
    """A heading as high as the list's own ends it; a lower one divides it, if items follow."""
    if shape.divided and not reading.items and rank(line) == reading.rank and reading.heading_line and line.size:
        reading.level = True
    higher = rank(line) > reading.rank if reading.level else rank(line) >= reading.rank
    if not shape.divided or higher or not _items_follow(rest, shape):
        unclear = shape.divided and (rank(line) < reading.rank or _next_mark(rest) is reading.kind is not None)
        if unclear and not shape.any_end:
            reading.doubt(f"The list is taken to end before “{line.text}”: check that no item follows.", line)
        return False
    reading.turn_to(line, None)
    return True


def _next_mark(rest: Sequence[Line]) -> Mark | None:
    """The mark of the next item, where one follows before any words of the text."""
    after = next((each.mark for each in rest if each.mark not in (Mark.HEADING, *SKIPPED)), None)
    return after if after in ITEM_MARKS else None


def _items_follow(rest: Sequence[Line], shape: Shape) -> bool:
    after = next((each for each in rest if each.mark not in (Mark.HEADING, *SKIPPED)), None)
    return after is not None and (
        after.mark in ITEM_MARKS or shape.paragraphs or shape.rows or after.text[:1].islower()
    )


def _paragraph(line: Line, rest: Sequence[Line]) -> str:
    more = takewhile(lambda each: each.mark is Mark.PLAIN and not each.gap, rest)
    return join([line.text, *(each.text for each in more)])


def _take_marked(reading: Reading, line: Line, leads_in: bool, shape: Shape) -> bool:
    if _nested(reading, line, shape):
        reading.add(line)
        return True
    if reading.kind is None and line.mark is Mark.NUMBER and leads_in and not shape.rows:
        return True
    if reading.kind in (None, line.mark):
        _check_number(reading, line)
        reading.kind = line.mark
        reading.begin(line)
        return True
    return False


def _check_number(reading: Reading, line: Line) -> None:
    before = reading.items[-1][0].ref if reading.items else None
    if before and line.ref and int(line.ref) != int(before) + 1:
        reading.doubt(f"The list's numbers go from {before} to {line.ref}: check what stands between.", line)


def _nested(reading: Reading, line: Line, shape: Shape) -> bool:
    if not reading.items or line.mark is not Mark.BULLET:
        return False
    if shape.rows:
        return True
    if not reading.is_open:
        return False
    if reading.kind is not Mark.BULLET:
        return True
    return line.indent >= reading.items[-1][0].indent + DEEPER


def _take_paragraph(reading: Reading, line: Line) -> bool:
    """A line of a list whose items are paragraphs or rows: wherever a space or a rule stands, the next one begins."""
    first = reading.items[-1][0]
    apart = line.gap or line.ruled or _in_another_row(reading.last, line)
    apart = apart or (reading.last.mark is Mark.BULLET and line.indent < reading.last.indent)
    if not apart:
        if _breaks_off(reading.items[-1], line):
            reading.doubt("A paragraph seems to end within an item: check whether these are two.", line)
        reading.add(line)
        return True
    turned = line.page != reading.last.page
    unfinished = not FINAL.search(reading.last.text) or line.text[:1].islower()
    if (turned or line.indent > first.indent + HANGING) and unfinished:
        reading.add(line)
        return True
    if unfinished or (turned and POINTS_BACK.match(line.text)):
        reading.doubt("An item seems to be cut: check where it ends.", line)
    reading.begin(line)
    return True


def _breaks_off(item: Sequence[Line], line: Line) -> bool:
    """Whether the item's last line is short and ends a sentence, as the last line of a paragraph does."""
    if len(item) < 2 or item[-1].box is None or item[-1].mark is not Mark.PLAIN or line.mark is not Mark.PLAIN:
        return False
    widest = max(each.box[3] - each.box[1] for each in item if each.box)
    width = item[-1].box[3] - item[-1].box[1]
    opens = line.text[:1].isupper() and not line.text.endswith(":")  # a lead-in to bullets belongs to its item
    return width < widest * SHORT and opens and bool(FINAL.search(item[-1].text))


def _in_another_row(above: Line, line: Line) -> bool:
    """Whether the file's tags put two lines in two rows of a table."""
    return above.page == line.page and above.tag == line.tag == "TR" and above.part != line.part


def _take_words(reading: Reading, line: Line, rest: Sequence[Line], shape: Shape) -> bool:
    if _continues(reading, line):
        turned = line.gap and not _hangs(reading, line)
        if turned and FINAL.search(reading.last.text):
            reading.doubt("An item seems to be cut by the page: check where it ends.", line)
        elif _breaks_off(reading.items[-1], line):
            reading.doubt("A paragraph seems to end within an item: check whether these are two.", line)
        reading.add(line)
        return True
    if line.mark is Mark.HEADING or not _resumes(rest, shape):
        if line.mark is Mark.HEADING and not shape.any_end:
            reading.doubt(f"The list is taken to end before “{line.text}”: check that no item follows.", line)
        return False
    reading.doubt("A paragraph stands between two items and is read as part of the first: check it.", line)
    reading.add(line)
    return True


def _take_unmarked(reading: Reading, line: Line, rest: Sequence[Line], leads_in: bool, shape: Shape) -> bool:
    """Words under the heading before any item: a lead-in, another heading, or an item whose mark was lost."""
    if shape.rows or (shape.paragraphs and not leads_in and reading.kind in (None, Mark.PLAIN)):
        reading.kind = reading.kind or Mark.PLAIN
        reading.begin(line)
        return True
    if leads_in or (line.mark is Mark.PLAIN and reading.timescale is None):
        return True
    if line.mark is Mark.HEADING:
        return False
    reading.kind = reading.kind or Mark.BULLET
    reading.begin(line)
    clear = FINAL.search(_paragraph(line, rest)) and _heading_follows(rest)
    reading.doubt("An item has no bullet mark: check where it begins and ends.", line, serious=not clear)
    return True


def _heading_follows(rest: Sequence[Line]) -> bool:
    """Whether a paragraph stands alone under its heading, so that it can only be one item."""
    after = next((each for each in rest if each.gap or each.mark is not Mark.PLAIN), None)
    return after is not None and (after.mark is Mark.HEADING or whole_timescale(after.text) is not None)


def _continues(reading: Reading, line: Line) -> bool:
    before = reading.last
    if _hangs(reading, line):
        return True
    if not line.gap or not before.text:
        return line.mark is not Mark.HEADING or not before.text
    return line.text[:1].islower() or bool(OPEN_END.search(before.text))


def _hangs(reading: Reading, line: Line) -> bool:
    """Whether a line stands as far in as the words behind its item's bullet, so that it belongs to the item."""
    return bool(line.size) and line.mark is Mark.PLAIN and line.indent >= reading.items[-1][0].indent + HANGING


def _resumes(rest: Sequence[Line], shape: Shape) -> bool:
    """Whether the list goes on: an item comes before any heading or known end."""
    for line in rest:
        if line.mark in ITEM_MARKS:
            return line.mark is Mark.BULLET
        if line.mark is Mark.HEADING or ends(line, shape) or begins(line, shape):
            return False
    return False
