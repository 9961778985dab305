"""The first sheet: what the pack is, the statement of totals, what stands out, both ratings with their keys, pictures."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tracker.choices import Delivery, Impact, Status
from tracker.exports.columns import Column, Kind, Look
from tracker.exports.inert import visible
from tracker.exports.workbook import charts
from tracker.exports.workbook.book import add_sheet
from tracker.exports.workbook.paper import set_up
from tracker.exports.workbook.sheet import Desk, write_table
from tracker.exports.workbook.telling import as_at, handling, moment_words
from tracker.exports.workbook.writer import Format, Worksheet
from tracker.rules.pack import Contents, Cover
from tracker.rules.progress import Phase
from tracker.rules.rating_words import IMPACT, meaning
from tracker.rules.written_dates import counted, short_date

TITLE, PROGRESS = "Summary", "Progress"
WIDTHS = (40, 12, 84, 3)
POINTS: tuple[Column, ...] = (
    Column("At the end of", lambda row: row["point"].on, Kind.DATE, 16),
    Column("Closed", lambda row: row["point"].counts[Phase.CLOSED], Kind.NUMBER, 14),
    Column("Submitted", lambda row: row["point"].counts[Phase.SUBMITTED], Kind.NUMBER, 14),
    Column("Open", lambda row: row["point"].counts[Phase.OPEN], Kind.NUMBER, 14),
    Column("Set aside", lambda row: row["point"].counts[Phase.ASIDE], Kind.NUMBER, 14),
    Column("Due by then, original dates", lambda row: row["point"].due_original, Kind.NUMBER, 18),
    Column("Due by then, agreed dates", lambda row: row["point"].due_agreed, Kind.NUMBER, 18),
)
Line = tuple[str, int, str, Format | None]  # words, how many, what it means, how the words look


def write_summary(desk: Desk, contents: Contents) -> None:
    """Write the summary, and behind it the figures of progress that its second picture draws."""
    page = Page(add_sheet(desk.book, TITLE, streamed=False), desk)
    page.head(contents.cover)
    page.block("What this is", _facts(contents.cover))
    page.count("Statement of totals", "Status", _totals(contents), _sum_words(contents))
    page.count("What stands out", "These cut across the statuses", _standing_out(contents), None)
    first = page.count("Delivery: is it done, and in time?", "Rating", _deliveries(contents, desk), "All actions.")
    page.count("Impact: do children gain?", "Rating", _impacts(contents, desk), "All actions.")
    points = ({"point": point} for point in contents.progress)
    write_table(desk, PROGRESS, POINTS, points, "The plan has no past yet.")
    charts.ratings(page.sheet, desk.book, contents, TITLE, first)
    charts.over_time(page.sheet, desk.book, contents, PROGRESS)
    set_up(page.sheet, contents.cover, width=sum(WIDTHS) + charts.WIDTH)
    page.sheet.activate()


@dataclass
class Page:
    """The sheet and the row that comes next."""

    sheet: Worksheet
    desk: Desk
    row: int = 0

    def head(self, cover: Cover) -> None:
        """Whose plan, of which moment, how to handle it; loud where its history is made up."""
        looks = self.desk.looks
        self.sheet.hide_gridlines(2)
        for col, width in enumerate(WIDTHS):
            self.sheet.set_column(col, col, width)
        self.sheet.set_row(0, 26)
        self.sheet.write_string(0, 0, visible(f"{cover.authority}: improvement plan"), looks.title)
        self.sheet.write_string(1, 0, f"{as_at(cover)}. {handling(cover)}", looks.plain)
        self.row = 2
        if cover.demonstration:
            self.sheet.set_row(2, 20)
            self.sheet.write_string(2, 0, "Demonstration: people and history here are invented.", looks.warning)
            for col in (1, 2):
                self.sheet.write_blank(2, col, None, looks.warning)
            self.row = 3

    def heading(self, *words: str) -> None:
        """A line across the sheet, above what belongs together."""
        self.row += 1
        self.sheet.set_row(self.row, 21)
        for col, look in enumerate(self.desk.looks.strong):
            self.sheet.write_string(self.row, col, words[col] if col < len(words) else "", look)
        self.row += 1

    def block(self, heading: str, facts: Iterable[tuple[str, str]]) -> None:
        """Facts, each with its name."""
        self.heading(heading)
        for name, value in facts:
            self.sheet.write_string(self.row, 0, name, self.desk.looks.plain)
            self.sheet.write_string(self.row, 1, visible(value), self.desk.looks.plain)
            self.row += 1

    def count(self, title: str, of: str, lines: Iterable[Line], total: str | None) -> int:
        """Figures, each with its words and meaning, and their sum where they add up; the row of the first of them."""
        looks, number = self.desk.looks, 0
        self.heading(title, "Actions", of if total is None else "")
        first = self.row
        for words, count, told, look in lines:
            self.sheet.write_string(self.row, 0, words, look or looks.words)
            self.sheet.write_number(self.row, 1, count, looks.figure)
            self.sheet.write_string(self.row, 2, told, looks.words)
            number += count
            self.row += 1
        if total is not None:
            self.sheet.write_string(self.row, 0, "Total", looks.total)
            self.sheet.write_number(self.row, 1, number, looks.sum)
            self.sheet.write_string(self.row, 2, total, looks.total)
            self.row += 1
        return first


def _facts(cover: Cover) -> Iterable[tuple[str, str]]:
    scope = cover.scope
    since = moment_words(scope.since) if scope.since else "no earlier moment was asked about"
    next_meeting = short_date(date.fromisoformat(cover.next_meeting)) if cover.next_meeting else "none is planned"
    yield "Movement is told since", since
    yield "Next meeting of the board", next_meeting
    yield "Rebuilt from the trail", f"chain {cover.chain}, up to event {cover.sequence}"
    yield "Hash of that event (the head)", cover.head
    yield "That event was written down", moment_words(cover.recorded_at)
    yield "Times of day", "are London's"


def _totals(contents: Contents) -> Iterable[Line]:
    for status in Status:
        yield str(status.label), contents.position.by_status[status], "", None


def _sum_words(contents: Contents) -> str:
    parts = " + ".join(str(contents.position.by_status[status]) for status in Status)
    return f"Every action is in one status: {parts} = {contents.position.total}."


def _standing_out(contents: Contents) -> Iterable[Line]:
    found, extended = contents.position, contents.extended
    most = f", at most {extended.most} on one" if extended.granted else ""
    granted = f"{counted(extended.granted, 'extension', 'extensions')} granted{most}."
    yield "Overdue", found.overdue, "Open, and the agreed due date has passed.", None
    yield "Overdue against the original date", found.overdue_original, "Open, whatever has been agreed since.", None
    yield "Submitted, and past the date", found.late_sign_off, "Awaiting sign-off by somebody else.", None
    yield "Open without a due date", found.undated, "", None
    yield "Extended", extended.actions, granted, None


def _deliveries(contents: Contents, desk: Desk) -> Iterable[Line]:
    looks = desk.looks.rated[Look.DELIVERY]
    for rating in Delivery:
        words = f"{meaning(rating, contents.cover.thresholds)}."
        yield (
            str(rating.label),
            contents.ratings.get(rating, 0),
            words[:1].upper() + words[1:],
            looks[str(rating.label)],
        )
    yield "No rating", contents.ratings.get(None, 0), "Superseded or no longer applicable.", None


def _impacts(contents: Contents, desk: Desk) -> Iterable[Line]:
    looks = desk.looks.rated[Look.IMPACT]
    for rating in Impact:
        words = f"{IMPACT[rating][1]}."
        yield str(rating.label), contents.impact.get(rating, 0), words[:1].upper() + words[1:], looks[str(rating.label)]
