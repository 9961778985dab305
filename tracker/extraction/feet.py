"""Days at the foot of the pages that are not those of page one: page one is believed, and the reader is told."""

from collections.abc import Iterator, Sequence
from datetime import date

from tracker.extraction.dates import Days, first_run
from tracker.extraction.lines import EDGE, PAGE_NUMBER
from tracker.extraction.paper import Line, Page
from tracker.extraction.shapes import Doubt, Found, source_of


def contradicting_feet(pages: Sequence[Page], inspection: Found[tuple[date, date]] | None) -> Iterator[Doubt]:
    """A doubt where the head or foot of a later page prints the days of an inspection, and other ones than page one."""
    printed = ((line, _days_alone(line)) for page in pages[1:] for line in (*page.lines[:EDGE], *page.lines[-EDGE:]))
    for line, days in printed:
        if inspection and days and (days.first, days.last) != inspection.value:
            words = (
                f"The pages bear the days “{days.quote}” at their edge, and page one prints others for the inspection."
            )
            yield Doubt(words, source=source_of([line]))
            return


def _days_alone(line: Line) -> Days | None:
    """The days of a line that is a run of days, perhaps with the page's number, and nothing else."""
    text = " ".join(line.raw.split())
    days = first_run(text) if text[:1].isdigit() else None
    if days is None or days.first == days.last or not text.startswith(days.quote):
        return None
    rest = text[len(days.quote) :]
    return days if not rest or PAGE_NUMBER.fullmatch(rest) else None
