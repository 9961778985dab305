"""A report's cover: its title, the body inspected, and the facts that stand behind labels."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.extraction.bodies import body_in
from tracker.extraction.dates import Days, first_run
from tracker.extraction.fields import LABELS, labelled, labelled_days, labelled_name
from tracker.extraction.joining import join
from tracker.extraction.paper import Line, Mark
from tracker.extraction.shapes import Doubt, Found, source_of

OPENING = 10  # letters of a title that its first line must begin with
FRONT = 60  # lines that can bear the title, the labels, and a letter's head
INSPECTED = r"inspection (?:dates?|period)|dates?(?:\(s\))? of (?:the )?inspection|inspected (?:on|between)"
PUBLISHED = r"(?:report )?(?:published(?: on)?|publication date)|date (?:of publication|published)"
LEAD = r"lead inspectors?|reporting inspector"
URN = r"(?:ofsted )?urn|unique reference number"
LABEL = re.compile(rf"(?:{LABELS}|contents)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Cover:
    """What the labels say, each with its source."""

    inspection: Found[tuple[date, date]] | None
    published: Found[date] | None
    lead_inspector: Found[str] | None
    urn: Found[str] | None
    doubts: tuple[Doubt, ...]


def cover_of(lines: Sequence[Line]) -> Cover:
    """The labelled facts of the front, and a doubt where a label is printed twice with different days."""
    # Small type last: what stands at the foot of page one may come first in the file.
    front = sorted(lines[:FRONT], key=lambda line: line.mark is Mark.NOTE)
    printed = labelled_days(front, INSPECTED)
    inspected = _days(printed)
    published = _days(labelled(front, PUBLISHED))
    lead = labelled_name(front, LEAD)
    doubts = (
        *_disagreeing(inspected, "inspection dates"),
        *_disagreeing(published, "publication dates"),
        *_no_days(labelled(front, PUBLISHED)),
        *_cut_short(labelled(front, INSPECTED)[:1], printed[:1]),
        *_cut_short(labelled(front, LEAD)[:1], [lead] if lead else []),
    )
    return Cover(
        inspection=next((Found((each.value.first, each.value.last), each.source) for each in inspected), None),
        published=next((Found(each.value.first, each.source) for each in published), None),
        lead_inspector=lead,
        urn=next((each for each in labelled(front, URN) if each.value.isdigit()), None),
        doubts=doubts,
    )


def titled(lines: Sequence[Line], title: str) -> Found[str] | None:
    """The title, where a line of the front begins with it (two lines, where it is wrapped)."""
    found = _after_title(lines, title)
    return Found(title, source_of(found[0])) if found else None


def body_under(lines: Sequence[Line], title: str) -> Found[str] | None:
    """The body inspected: what stands behind the title on its line or, failing that, on the line below."""
    found = _after_title(lines, title)
    if not found:
        return None
    printed, rest, below = found
    if rest:
        longer = join([rest, *(line.text for line in below[:1])])
        if not body_in(rest) and body_in(longer) == longer:
            return Found(longer, source_of([*printed, *below[:1]]))
        return Found(rest, source_of(printed))
    return next((Found(line.text, source_of([line])) for line in below[:1] if _names_a_body(line)), None)


def _names_a_body(line: Line) -> bool:
    return line.mark in (Mark.PLAIN, Mark.HEADING) and not LABEL.match(line.text) and line.text[:1].isupper()


def _after_title(lines: Sequence[Line], title: str) -> tuple[Sequence[Line], str, Sequence[Line]] | None:
    """The lines of the title, the words behind it, and the lines below."""
    opening = title[:OPENING].lower()
    for place, line in enumerate(lines):
        if not line.text.lower().startswith(opening[: len(line.text)]) or line.mark is Mark.CONTENTS:
            continue
        for count in (1, 2):
            printed = lines[place : place + count]
            text = join([each.text for each in printed])
            if text.lower().startswith(title.lower()):
                return printed, text[len(title) :].strip(" :–-"), lines[place + count :]
    return None


def _days(found: Sequence[Found[str]]) -> list[Found[Days]]:
    read = [(each, first_run(each.value)) for each in found]
    return [Found(days, each.source) for each, days in read if days]


def _disagreeing(found: Sequence[Found[Days]], what: str) -> tuple[Doubt, ...]:
    different = {(each.value.first, each.value.last): each.value.quote for each in found}
    if len(different) < 2:
        return ()
    words = " and ".join(f"“{quote}”" for quote in different.values())
    return (Doubt(f"The report prints different {what}: {words}.", source=found[0].source),)


def _no_days(found: Sequence[Found[str]]) -> Iterator[Doubt]:
    """A label with figures behind it that are no date, such as 31 June."""
    for each in found:
        if each.value[:1].isdigit() and not first_run(each.value):
            yield Doubt(f"“{each.value}” is not a date.", source=each.source)


def _cut_short(printed: Sequence[Found[str]], read: Sequence[Found[str]]) -> Iterator[Doubt]:
    """A value that the cover cuts short and that was taken from a line below: told, but clear enough."""
    for cut, whole in zip(printed, read, strict=False):
        if cut.source != whole.source:
            words = f"The cover cuts “{cut.value}” short; “{whole.value}” is read from a line below it."
            yield Doubt(words, serious=False, source=whole.source)
