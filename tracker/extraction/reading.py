"""The whole way of one file, in this process: bytes, pages, lines, family, and the doubts every family shares."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from tracker.extraction.bodies import council_beside, council_named_most, runs_services, short_name
from tracker.extraction.covers import FRONT
from tracker.extraction.families import Family, family_of
from tracker.extraction.feet import contradicting_feet
from tracker.extraction.formats import WEB_PAGE, kind_of
from tracker.extraction.hints import with_hints
from tracker.extraction.lines import clean, mark_lines
from tracker.extraction.pages import read_pages
from tracker.extraction.paper import Line, Page, Unreadable
from tracker.extraction.shapes import Doubt, ExtractedReport, Findings, Found, Limits, Source

FEWEST_BARE, MANY_BARE = 2, 10  # pages without words that are odd: at least two, and one in ten
LONGEST_INSPECTION = 120  # days; a longer one is more likely a misread date


def read_here(data: bytes, *, name: str, limits: Limits = Limits()) -> ExtractedReport:  # noqa: B008 - a frozen value
    """Read a file in this process. `name` is repeated as `file` and may hint at a day; of the limits only `size` is kept here.

    Never raises for what the bytes hold: a file that cannot be read gives a report with `error`, a sentence.
    """
    try:
        pages = read_pages(data, size=limits.size)
    except Unreadable as refusal:
        return ExtractedReport(name, error=str(refusal))
    lines = mark_lines(pages)
    family = family_of(lines)
    found = family.read(lines)
    contradicted = contradicting_feet(pages, found.inspection)
    found = replace(found, doubts=(*_misnamed(name, data), *_wordless(pages), *contradicted, *found.doubts))
    report = _with_council(_report(name, family, found, pages), lines)
    return with_hints(report, data, name)


def _with_council(report: ExtractedReport, lines: Sequence[Line]) -> ExtractedReport:
    """The report with the council behind a trust or company that runs its services, as other lines name it."""
    if not report.provider or not runs_services(report.provider):
        return report
    named = council_named_most(line.text for line in lines[: 2 * FRONT])
    council = council_beside(report.provider) or named or report.authority
    words = f"“{report.provider}” runs services for a council, taken to be {council}: check it."
    return replace(report, authority=council, doubts=(*report.doubts, Doubt(words)))


def _wordless(pages: Sequence[Page]) -> Iterator[Doubt]:
    """A doubt where several pages bear no words: parts of the report may be pictures."""
    bare = [page.number for page in pages if not page.lines]
    if len(bare) >= FEWEST_BARE and len(bare) * MANY_BARE > len(pages):
        numbers = ", ".join(map(str, bare[:5]))
        yield Doubt(f"{len(bare)} pages have no words in them ({numbers} …): they may be pictures of pages.")


def _misnamed(name: str, data: bytes) -> Iterator[Doubt]:
    """A doubt where a file is called .pdf and is a web page, often one that says that the report was not found."""
    if name.lower().endswith(".pdf") and kind_of(data) == WEB_PAGE:
        yield Doubt("This file is called .pdf but is a web page (HTML): check that it is the report.")


def _report(name: str, family: Family, found: Findings, pages: Sequence[Page]) -> ExtractedReport:
    first, last = found.inspection.value if found.inspection else (None, None)
    provider = _value(found.provider)
    return ExtractedReport(
        file=name,
        framework=family.NAME,
        provider=provider,
        authority=short_name(provider) if provider else None,
        title=_value(found.title),
        inspection_start=first,
        inspection_end=last,
        publication_date=found.published.value if found.published else None,
        publication_date_quote=clean(found.published.source.quote) if found.published else None,
        overall_judgement=_value(found.overall),
        judgements=found.judgements,
        lead_inspector=_value(found.lead_inspector),
        addressed_to=_value(found.addressed_to),
        plan_due_printed=found.plan_due.value if found.plan_due else None,
        plan_due_to=_value(found.plan_due_to),
        urn=_value(found.urn),
        recommendations=found.recommendations,
        doubts=(*found.doubts, *_shared_doubts(found, may_be_empty=getattr(family, "LISTS_NOTHING", False))),
        citations=_citations(found),
        sizes=_sizes(found, pages),
        pages=len(pages),
    )


def _value(found: Found[str] | None) -> str | None:
    return found.value if found else None


def _sizes(found: Findings, pages: Sequence[Page]) -> dict[int, tuple[int, int]]:
    """The paper of each page on which a recommendation stands, so that its place can be shown on a picture."""
    cited = {box[0] for item in found.recommendations for box in item.source.boxes}
    return {page.number: page.paper for page in pages if page.number in cited}


def _citations(found: Findings) -> dict[str, Source]:
    cited: dict[str, Found[str] | Found[date] | Found[tuple[date, date]] | None] = {
        "provider": found.provider,
        "title": found.title,
        "inspection_dates": found.inspection,
        "publication_date": found.published,
        "overall_judgement": found.overall,
        "lead_inspector": found.lead_inspector,
        "addressed_to": found.addressed_to,
        "plan_due_printed": found.plan_due,
        "plan_due_to": found.plan_due_to,
        "urn": found.urn,
    }
    return {name: each.source for name, each in cited.items() if each}


def _shared_doubts(found: Findings, *, may_be_empty: bool) -> Iterator[Doubt]:
    if not found.recommendations and not may_be_empty:
        yield Doubt("No list of recommendations was found.")
    if not found.provider:
        yield Doubt("The name of the council was not found.")
    if not found.inspection:
        yield Doubt("The dates of the inspection were not found.")
    else:
        yield from _doubts_of_days(found.inspection, found.published)


def _doubts_of_days(inspection: Found[tuple[date, date]], published: Found[date] | None) -> Iterator[Doubt]:
    first, last = inspection.value
    if first > last:
        yield Doubt("The inspection is printed as ending before it begins.", source=inspection.source)
    elif (last - first).days > LONGEST_INSPECTION:
        yield Doubt(f"The inspection is printed as lasting {(last - first).days} days.", source=inspection.source)
    if published and published.value < last:
        yield Doubt("The report is dated before the inspection ended.", source=published.source)
