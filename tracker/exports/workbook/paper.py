"""How a sheet prints: landscape, or upright where it is narrow, with its heading on every page.

Above it the key to the ratings, below it of which moment it is, and page x of y.
"""

from math import ceil

from tracker.choices import Delivery, Impact
from tracker.exports.inert import visible
from tracker.exports.workbook.telling import as_at, secrecy
from tracker.exports.workbook.writer import Worksheet
from tracker.rules.pack import Cover
from tracker.rules.rating_words import DELIVERY, IMPACT, SHORT

A3, A4 = 8, 9
# Characters that stand side by side on a sheet of paper and can still be read (at about 60 per cent).
ACROSS = {A3: 330, A4: 230}
NARROW = 120  # so few stand side by side upright, with twice as many rows on the page
LONGEST = 250  # a header or footer may have 255 characters
KEY = (
    "Delivery: "
    + ", ".join(f"{DELIVERY[each][0]} {SHORT[each]}" for each in Delivery)
    + ". Impact: "
    + ", ".join(f"{IMPACT[each][0]} {each.label}" for each in Impact)
)


def set_up(sheet: Worksheet, cover: Cover, *, width: int, rated: bool = False) -> None:
    """Set up the print of a sheet that is so many characters wide; `rated` with the key to the ratings."""
    paper = A3 if width > ACROSS[A4] else A4
    if width > NARROW:
        sheet.set_landscape()
    sheet.set_paper(paper)
    sheet.fit_to_pages(ceil(width / ACROSS[paper]), 0)
    sheet.print_across()
    sheet.set_margins(left=0.4, right=0.4, top=0.75, bottom=0.65)
    right = f"&R&8{KEY}" if rated else ""
    sheet.set_header(_short(f"&L&10&B{_literal(cover.short_name)}: &A&B{right}"))
    sheet.set_footer(
        _short(f"&L&8{_literal(as_at(cover))}. Head {cover.head[:16]}…&C&8Page &P of &N&R&8{secrecy(cover)}")
    )


def _literal(words: str) -> str:
    """Words of a person's in a header, where & begins a command."""
    return visible(" ".join(words.split())).replace("&", "&&")


def _short(codes: str) -> str:
    return codes if len(codes) <= LONGEST else codes[:LONGEST].rstrip("&")
