"""The pictures of the summary, as charts that a spreadsheet draws from its own cells, each told in words as well."""

from math import ceil
from typing import Any

from tracker.choices import Delivery
from tracker.exports.workbook.looks import BLACK, COLOURS, LINE, WHITE
from tracker.exports.workbook.writer import Workbook, Worksheet
from tracker.rules.pack import Contents
from tracker.rules.progress import Phase, Point
from tracker.rules.rating_words import SHORT
from tracker.rules.written_dates import short_date

WIDTH = 86  # characters that the pictures take beside the figures
MOST_DAYS = 8  # so many fit below the second picture side by side
SIZE = {"width": 620, "height": 300}
FONT = {"name": "Arial", "size": 9, "color": BLACK}
TITLE = {"name": "Arial", "size": 11, "bold": True, "color": BLACK}
AXIS: dict[str, Any] = {"num_font": FONT, "line": {"color": LINE}, "major_gridlines": {"visible": False}}
BARS: tuple[tuple[int, dict[str, Any]], ...] = (
    (1, {"fill": {"color": "#1D70B8"}}),
    (2, {"pattern": {"pattern": "wide_upward_diagonal", "fg_color": "#1D70B8", "bg_color": WHITE}}),
    (3, {"fill": {"color": "#E3E8EA"}, "border": {"color": "#505A5F"}}),
)
LINES: tuple[tuple[int, dict[str, Any]], ...] = (
    (5, {"line": {"color": BLACK, "width": 2.25}}),
    (6, {"line": {"color": "#54319F", "width": 2.25, "dash_type": "dash"}}),
)


def ratings(sheet: Worksheet, book: Workbook, contents: Contents, title: str, first: int) -> None:
    """Delivery ratings as bars in the colours of their words; their figures stand from row `first` on."""
    last = first + len(Delivery) - 1
    chart = book.add_chart({"type": "bar"})
    chart.add_series(
        {
            "name": "Actions",
            "categories": [title, first, 0, last, 0],
            "values": [title, first, 1, last, 1],
            "points": [{"fill": {"color": COLOURS[each][0]}, "border": {"color": "#505A5F"}} for each in Delivery],
            "data_labels": {"value": True, "font": {**FONT, "bold": True}},
            "gap": 40,
        }
    )
    chart.set_title({"name": "Delivery ratings", "name_font": TITLE, "overlay": False})
    chart.set_legend({"none": True})
    chart.set_y_axis({**AXIS, "reverse": True})
    chart.set_x_axis({**AXIS, "visible": False, "min": 0})
    chart.set_size(SIZE)
    _insert(sheet, 2, chart, rating_words(contents))


def over_time(sheet: Worksheet, book: Workbook, contents: Contents, title: str) -> None:
    """Progress as columns, and what was due by then as lines over them; nothing where there is no past to show."""
    if len(contents.progress) < 2:
        return
    columns, lines = book.add_chart({"type": "column", "subtype": "stacked"}), book.add_chart({"type": "line"})
    for chart, series in ((columns, BARS), (lines, LINES)):
        for col, look in series:
            chart.add_series(_series(title, col, len(contents.progress), look))
    columns.combine(lines)
    columns.set_title({"name": "Progress over time", "name_font": TITLE, "overlay": False})
    columns.set_legend({"position": "bottom", "font": FONT})
    every = ceil(len(contents.progress) / MOST_DAYS)
    columns.set_x_axis({**AXIS, "text_axis": True, "num_format": "d mmm yy", "interval_unit": every})
    columns.set_y_axis({**AXIS, "min": 0, "major_gridlines": {"visible": True, "line": {"color": "#DDE3E5"}}})
    columns.set_size({**SIZE, "height": 360})
    _insert(sheet, 19, columns, progress_words(contents.progress[-1]))


def _series(title: str, col: int, count: int, look: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": [title, 0, col],
        "categories": [title, 1, 0, count, 0],
        "values": [title, 1, col, count, col],
        "gap": 30,
        **look,
    }


def _insert(sheet: Worksheet, row: int, chart: Any, words: str) -> None:
    sheet.insert_chart(row, 4, chart, {"description": words, "object_position": 2})


def rating_words(contents: Contents) -> str:
    """The first picture in words."""
    told = ", ".join(f"{contents.ratings.get(each, 0)} {SHORT[each].lower()}" for each in Delivery)
    return f"Bar chart of delivery ratings: {told}. The same figures stand in the table beside it."


def progress_words(last: Point) -> str:
    """The second picture in words: how it ends."""
    counts = last.counts
    return (
        f"Chart of progress over time. On {short_date(last.on)}, of {last.total} actions {counts[Phase.CLOSED]} were closed, "
        f"{counts[Phase.SUBMITTED]} submitted and {counts[Phase.OPEN]} open; {last.due_original} were due by then by their "
        f"original dates and {last.due_agreed} by the agreed ones. The figures are on the sheet Progress."
    )
