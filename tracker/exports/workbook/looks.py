"""How cells look: fonts, lines, the ratings' letters and colours. A colour never stands without letter and word."""

from dataclasses import dataclass
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from tracker.choices import Delivery, Impact
from tracker.exports.columns import Kind, Look
from tracker.rules.rating_words import FIGURES, LETTERS

FONT = {"font_name": "Arial", "font_size": 10}
INK, LINE, SOFT, BLACK, WHITE = "#0B3D44", "#B9C4C6", "#F2F6F6", "#0B0C0C", "#FFFFFF"
# Fill and letters of each rating; every pair has a contrast of 4.5 to 1 at least.
COLOURS: dict[Delivery, tuple[str, str]] = {
    Delivery.BLUE: ("#1D70B8", WHITE),
    Delivery.RED: ("#C3322B", WHITE),
    Delivery.AMBER: ("#F4A259", BLACK),
    Delivery.GREY: ("#E3E8EA", BLACK),
    Delivery.GREEN: ("#0F7A52", WHITE),
}
DATES, MOMENTS = "d mmm yyyy", "d mmm yyyy hh:mm"
NUMBERS = {Kind.DATE: DATES, Kind.MOMENT: MOMENTS, Kind.NUMBER: "0", Kind.FLAG: "@", Kind.TEXT: "@"}
CELL: dict[str, Any] = {"valign": "top", "text_wrap": True, "bottom": 1, "bottom_color": LINE}


@dataclass(frozen=True)
class Looks:
    """The formats of one workbook. `quoted` is for words that would run if somebody typed them again."""

    heading: Format
    kinds: dict[Kind, Format]
    quoted: Format
    rated: dict[Look, dict[str, Format]]
    plain: Format
    title: Format
    strong: Format
    words: Format
    small: Format
    warning: Format
    figure: Format
    total: Format
    sum: Format


def looks(book: Workbook) -> Looks:
    """Add the formats to a workbook."""

    def add(**changes: Any) -> Format:
        return book.add_format({**FONT, **changes})

    return Looks(
        heading=add(
            bold=True, font_color=WHITE, bg_color=INK, text_wrap=True, valign="vcenter", border=1, border_color=INK
        ),
        kinds={kind: add(**CELL, num_format=form, **_aside(kind)) for kind, form in NUMBERS.items()},
        quoted=add(**CELL, num_format="@", quote_prefix=True),
        rated={
            Look.DELIVERY: {str(each.label): add(**CELL, **delivery(each)) for each in Delivery},
            Look.IMPACT: {str(each.label): add(**CELL, **impact(each)) for each in Impact},
        },
        plain=add(valign="top"),
        title=add(font_size=16, bold=True, font_color=INK),
        strong=add(bold=True, font_size=12, font_color=INK, bottom=2, bottom_color=INK),
        words=add(**CELL),
        small=add(font_color="#505A5F", italic=True),
        warning=add(bold=True, font_color=BLACK, bg_color="#FFDD00", border=1, valign="vcenter"),
        figure=add(**CELL, num_format="0", bold=True, align="right"),
        total=add(bold=True, top=1, bottom=1),
        sum=add(bold=True, top=1, bottom=1, num_format="0", align="right"),
    )


def _aside(kind: Kind) -> dict[str, Any]:
    """Dates and figures to the left, under their heading; words are there already."""
    return {} if kind is Kind.TEXT else {"align": "left"}


def delivery(rating: Delivery) -> dict[str, Any]:
    """A delivery rating filled with its colour, its letter before the word: the cell holds the word alone."""
    fill, ink = COLOURS[rating]
    return {"bg_color": fill, "font_color": ink, "bold": True, "num_format": f'"{LETTERS[rating]} – "@'}


def impact(rating: Impact) -> dict[str, Any]:
    """An impact rating outlined, its figure before the word, so that the two are never taken for each other."""
    return {"bold": True, "border": 2, "border_color": "#505A5F", "num_format": f'"{FIGURES[rating]} – "@'}
