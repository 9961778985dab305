"""The report in order, and where it is cut into files: so much in each."""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice

from tracker.exports.report import figures, front, sections, tables, words
from tracker.exports.report.blocks import Block, Heading, Overview, Part, Sheet, Table, Text
from tracker.exports.report.tables import Listing
from tracker.rules.pack import Contents

# The typesetter holds a whole file in memory: a row of a table needs some 0.5 MB of it, a section of an action as much as
# six rows. So much fits into one file: 180 sections, or 1,100 rows, or some of both, in 600 MB.
HEAVIEST = 1100
SECTION = 6
ROWS_AT_ONCE = 250  # of a table, in one piece
FEW = 40  # so many actions stand each in the list of contents


def parts(contents: Contents) -> Iterator[Part]:
    """The files of the report, one after the other; read the sheets of one before asking for the next.

    Raises DoesNotAddUp where the tables list another number than the statement of totals counts.
    """
    cuts = list(_cuts(_weights(contents)))
    sheets = _sheets(contents)
    for number, length in enumerate(cuts, 1):
        yield _part(contents, number, len(cuts), islice(sheets, length))
    # Asks the last list whether it has an end, where it is compared with the totals.
    deque(sheets, maxlen=0)


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


def _cuts(weights: Iterable[int]) -> Iterator[int]:
    """How many sheets stand in each file."""
    length = heavy = 0
    for weight in weights:
        if length and heavy + weight > HEAVIEST:
            yield length
            length = heavy = 0
        length, heavy = length + 1, heavy + weight
    yield length


def _weights(contents: Contents) -> Iterator[int]:
    """What each sheet will weigh, without building it: its rows, or a section."""
    yield from (0 for _ in _openings(contents))
    for listing in tables.listings(contents):
        rows = sum(1 for _ in listing.rows())
        yield from (min(ROWS_AT_ONCE, rows - begun) for begun in range(0, max(rows, 1), ROWS_AT_ONCE))
    yield from (0 for _ in _endings(contents))
    yield from (SECTION for _ in range(max(contents.position.total, 1)))


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
        Sheet(figures.clock(contents), fresh=False),
        Sheet(figures.pictures(contents)),
    )


def _endings(contents: Contents) -> tuple[Sheet, ...]:
    """What stands between the tables and the actions one by one."""
    return Sheet(tables.by_report(contents), across=True, fresh=False), Sheet(sections.board(contents))


def _listed(listing: Listing, contents: Contents) -> Iterator[Sheet]:
    """A long table in pieces, each with its heading; compared at its end with the statement of totals."""
    rows, count, more = listing.rows(), 0, ""
    while piece := tuple(islice(rows, ROWS_AT_ONCE)):
        count += len(piece)
        yield Sheet(_piece(listing, piece, more), across=True, fresh=False)
        more = " (continued)"
    tables.check(f"rows in “{listing.heading}”", count, listing.expected(contents))
    if not count:
        blocks = (Heading(listing.heading, listing.level), Text(words.plain(listing.empty)))
        yield Sheet(blocks, across=True, fresh=False)


def _piece(listing: Listing, rows: tuple[tuple[object, ...], ...], more: str) -> tuple[Block, ...]:
    heading = Heading(f"{listing.heading}{more}", listing.level)
    intro = (Text(words.plain(listing.intro), introduces=True),) if listing.intro and not more else ()
    return (heading, *intro, Table("", listing.columns, rows))  # type: ignore[arg-type]


def _one_by_one(contents: Contents) -> Iterator[Sheet]:
    heading: tuple[Block, ...] = (Heading("The actions one by one"),)
    count = 0
    for section in contents.sections():
        count += 1
        yield Sheet((*heading, *sections.action(section, contents.cover.thresholds)))
        heading = ()
    tables.check("sections of actions", count, contents.position.total)
    if not count:
        yield Sheet((*heading, Text(words.plain(front.EMPTY_PLAN))))
