"""The report in order, and where it is cut into files: so many sections of actions and rows of tables in each."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice

from tracker.exports.report import figures, front, sections, tables, words
from tracker.exports.report.blocks import Block, Heading, Overview, Part, Sheet, Table, Text
from tracker.exports.report.tables import Listing
from tracker.rules.pack import MOST_IN_A_PART, Contents

MOST_ROWS = 5 * MOST_IN_A_PART  # of tables, in one file
ROWS_AT_ONCE = 500  # of a table, in memory
FEW = 40  # so many actions stand each in the list of contents


def parts(contents: Contents) -> Iterator[Part]:
    """The files of the report, one after the other; read the sheets of one before asking for the next.

    Raises DoesNotAddUp where the tables list another number than the statement of totals counts.
    """
    cuts = list(_cuts(_weights(contents)))
    sheets = _sheets(contents)
    for number, length in enumerate(cuts, 1):
        yield _part(contents, number, len(cuts), islice(sheets, length))


def _part(contents: Contents, number: int, of: int, sheets: Iterator[Sheet]) -> Part:
    cover = contents.cover
    return Part(
        number=number,
        of=of,
        title=f"{front.TITLE}: {front.running(cover)}" + (f", part {number} of {of}" if of > 1 else ""),
        running=front.running(cover),
        mark=front.mark(cover),
        foot=front.foot(cover),
        key=front.short_key(),
        front=front.front(contents, number=number, of=of),
        sheets=sheets if number == 1 else _taken_up(sheets, number),
    )


def _taken_up(sheets: Iterator[Sheet], number: int) -> Iterator[Sheet]:
    """The sheets of a later part, under a heading of the first level where they begin with a lower one."""
    first = next(sheets)
    begins = next((block for block in first.blocks if isinstance(block, Heading)), None)
    above = (Heading(f"Continued from part {number - 1}"),) if begins is None or begins.level > 1 else ()
    yield replace(first, blocks=(*above, *first.blocks))
    yield from sheets


def file_name(name: str, part: Part) -> str:
    """How the file of a part is called: board-report.pdf, or board-report-1.pdf where there are several."""
    stem, _, ending = name.rpartition(".")
    return name if part.of == 1 else f"{stem}-{part.number}.{ending}"


def _cuts(weights: Iterable[tuple[int, int]]) -> Iterator[int]:
    """How many sheets stand in each file, by the rows and sections each sheet weighs."""
    length = rows = sections_here = 0
    for more_rows, more_sections in weights:
        if length and (rows + more_rows > MOST_ROWS or sections_here + more_sections > MOST_IN_A_PART):
            yield length
            length = rows = sections_here = 0
        length, rows, sections_here = length + 1, rows + more_rows, sections_here + more_sections
    yield length


def _weights(contents: Contents) -> Iterator[tuple[int, int]]:
    """What each sheet will weigh, without building it."""
    yield from ((0, 0) for _ in _openings(contents))
    for listing in tables.listings(contents):
        count = sum(1 for _ in listing.rows())
        for begun in range(0, max(count, 1), ROWS_AT_ONCE):
            yield min(ROWS_AT_ONCE, count - begun), 0
    yield from ((0, 0) for _ in _endings(contents))
    yield from ((0, 1) for _ in range(max(contents.position.total, 1)))


def _sheets(contents: Contents) -> Iterator[Sheet]:
    yield from _openings(contents)
    for listing in tables.listings(contents):
        yield from _listed(listing, contents)
    yield from _endings(contents)
    yield from _one_by_one(contents)


def _openings(contents: Contents) -> tuple[Sheet, ...]:
    """What stands before the tables."""
    levels = 2 if contents.position.total <= FEW else 1
    return (
        Sheet((Overview("Contents", levels),)),
        Sheet(front.how_to_read(contents.cover)),
        Sheet((*figures.totals(contents), *figures.movement(contents))),
        Sheet(figures.pictures(contents)),
        Sheet(figures.clock(contents), fresh=False),
    )


def _endings(contents: Contents) -> tuple[Sheet, ...]:
    """What stands between the tables and the actions one by one."""
    return Sheet(tables.by_report(contents), across=True, fresh=False), Sheet(sections.board(contents))


def _listed(listing: Listing, contents: Contents) -> Iterator[Sheet]:
    """A long table in pieces, each with its heading; compared at its end with the statement of totals."""
    rows, count, more = listing.rows(), 0, ""
    while piece := tuple(islice(rows, ROWS_AT_ONCE)):
        count += len(piece)
        yield Sheet(_piece(listing, piece, more), across=True, fresh=False, rows=len(piece))
        more = " (continued)"
    tables.check(f"rows in “{listing.heading}”", count, listing.expected(contents))
    if not count:
        blocks = (Heading(listing.heading, listing.level), Text(words.plain(listing.empty)))
        yield Sheet(blocks, across=True, fresh=False)


def _piece(listing: Listing, rows: tuple[tuple[object, ...], ...], more: str) -> tuple[Block, ...]:
    heading = Heading(f"{listing.heading}{more}", listing.level)
    intro = (Text(words.plain(listing.intro)),) if listing.intro and not more else ()
    return (heading, *intro, Table("", listing.columns, rows))  # type: ignore[arg-type]


def _one_by_one(contents: Contents) -> Iterator[Sheet]:
    heading: tuple[Block, ...] = (Heading("The actions one by one"),)
    count = 0
    for section in contents.sections():
        count += 1
        yield Sheet((*heading, *sections.action(section, contents.cover.thresholds)), sections=1)
        heading = ()
    tables.check("sections of actions", count, contents.position.total)
    if not count:
        yield Sheet((*heading, Text(words.plain(front.EMPTY_PLAN))), sections=1)
