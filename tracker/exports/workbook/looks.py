"""How cells look: fonts, lines, the ratings' letters and colours. A colour never stands without letter and word."""

from dataclasses import dataclass
from typing import Any

from tracker.choices import Delivery, Impact
from tracker.exports.columns import Kind, Look
from tracker.exports.workbook.writer import Format, Workbook
from tracker.rules.rating_words import DELIVERY, IMPACT

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
NUMBERS = {Kind.DATE: DATES, Kind.MOMENT: MOMENTS, Kind.NUMBER: "0", Kind.FLAG: "General", Kind.TEXT: "General"}
ASIDE: dict[str, Any] = {"align": "left", "indent": 1}  # words and figures stand to the left, off the line
CELL: dict[str, Any] = {**ASIDE, "valign": "top", "text_wrap": True, "bottom": 1, "bottom_color": LINE}

STRONG: dict[str, Any] = {
    **ASIDE,
    "bold": True,
    "font_color": INK,
    "valign": "bottom",
    "bottom": 2,
    "bottom_color": INK,
}
TOTAL: dict[str, Any] = {**ASIDE, "bold": True, "top": 1, "bottom": 1}
FIGURE: dict[str, Any] = {"num_format": "0", "align": "right", "indent": 1}


@dataclass(frozen=True)
class Looks:
    """The formats of one workbook. `quoted` is for words that would run if somebody typed them again."""

    heading: Format
    kinds: dict[Kind, Format]
    quoted: Format
    rated: dict[Look, dict[str, Format]]
    plain: Format
    title: Format
    strong: tuple[Format, Format, Format]
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
            **ASIDE,
            bold=True,
            font_color=WHITE,
            bg_color=INK,
            text_wrap=True,
            valign="vcenter",
            border=1,
            border_color=INK,
        ),
        kinds={kind: add(**CELL, num_format=form) for kind, form in NUMBERS.items()},
        quoted=add(**CELL, quote_prefix=True),
        rated={
            Look.DELIVERY: {str(each.label): add(**CELL, **delivery(each)) for each in Delivery},
            Look.IMPACT: {str(each.label): add(**CELL, **impact(each)) for each in Impact},
        },
        plain=add(valign="top", **ASIDE),
        title=add(font_size=16, bold=True, font_color=INK, **ASIDE),
        strong=(add(**STRONG), add(**{**STRONG, **FIGURE}), add(**STRONG)),
        words=add(**CELL),
        small=add(font_color="#505A5F", italic=True, **ASIDE),
        warning=add(bold=True, font_color=BLACK, bg_color="#FFDD00", valign="vcenter", **ASIDE),
        figure=add(**{**CELL, **FIGURE}, bold=True),
        total=add(**TOTAL),
        sum=add(**{**TOTAL, **FIGURE}),
    )


def delivery(rating: Delivery) -> dict[str, Any]:
    """A delivery rating filled with its colour, its letter before the word: the cell holds the word alone."""
    fill, ink = COLOURS[rating]
    return {"bg_color": fill, "font_color": ink, "bold": True, "num_format": f'"{DELIVERY[rating][0]} – "@'}


def impact(rating: Impact) -> dict[str, Any]:
    """An impact rating outlined, its figure before the word, so that the two are never taken for each other."""
    return {"bold": True, "border": 1, "border_color": BLACK, "num_format": f'"{IMPACT[rating][0]} – "@'}
