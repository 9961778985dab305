"""What every inspection letter has: its date, whom it is addressed to, its subject, the days of the visit, who signs."""

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from tracker.extraction.bodies import body_in, place_in
from tracker.extraction.dates import MONTH, Days, first_run, only_date, runs_of_days
from tracker.extraction.joining import join
from tracker.extraction.lists import Shape, read_lists
from tracker.extraction.paper import Line
from tracker.extraction.shapes import Doubt, Findings, Found, source_of

DEAR = re.compile(r"Dear\s+\S")
CLOSE = re.compile(r"Yours\s+(?:sincerely|faithfully|truly)", re.IGNORECASE)
PERSON = re.compile(
    r"(?:Mrs|Ms|Mr|Miss|Mx|Dr|Sir|Dame|Lord|Lady|Prof|Professor|Councillor|Cllr)\b\.?\s+\S", re.IGNORECASE
)
POST = re.compile(r"\b(?:director|chief|officer|head|leader|chair|commissioner|manager|constable)\b", re.IGNORECASE)
VISITED = re.compile(r"(?:\bon|\bbetween|\bfrom|\btook place|\bof)\s+(?:the\s+)?$", re.IGNORECASE)
YEARLESS = re.compile(
    rf"\b(?:between|from) (\d{{1,2}}(?: {MONTH})? (?:and|to) \d{{1,2}} {MONTH})(?! ?\d)", re.IGNORECASE
)
NAMED = re.compile(rf"{PERSON.pattern}|[A-Z][\w’'-]+(?: [A-Z][\w’'-]*){{1,3}},")
FULL = 0.85  # of the widest line: a line as long as this may go on below
OPENING = 12  # lines after the subject in which the letter says when the visit was


def greeting(lines: Sequence[Line]) -> int | None:
    """The place of the line that begins "Dear …", or None: then this is no letter."""
    return next((place for place, line in enumerate(lines) if DEAR.match(line.text)), None)


def head(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines above the greeting: sender, date, address."""
    return lines[: greeting(lines) or 0]


def letter_date(lines: Sequence[Line]) -> Found[date] | None:
    """The date at the letter's head: a line above the greeting that is a date and nothing else."""
    for line in head(lines):
        if day := only_date(line.text):
            return Found(day, source_of([line]))
    return None


def subject(lines: Sequence[Line]) -> Found[str] | None:
    """The subject under the greeting, as one text where it is printed on several lines."""
    place = greeting(lines)
    if place is None or place + 1 >= len(lines):
        return None
    first = place + 1
    last = next((i for i in range(first + 1, len(lines)) if lines[i].gap), len(lines))
    words = lines[first : min(last, first + 4)]
    return Found(join([line.text for line in words]), source_of(words))


def addressee(lines: Sequence[Line]) -> Found[str] | None:
    """The person the letter is addressed to and, where the next line prints it, the post."""
    above = head(lines)
    for place, line in enumerate(above):
        if PERSON.match(line.text):
            post = [each for each in above[place + 1 : place + 2] if POST.search(each.text)]
            return Found(", ".join(each.text for each in [line, *post]), source_of([line, *post]))
    return None


def addressees(lines: Sequence[Line]) -> Found[str] | None:
    """Everybody a letter to several bodies is addressed to, as printed below its date, divided by semicolons."""
    above = head(lines)
    dated = next((place for place, line in enumerate(above) if only_date(line.text)), -1)
    named = [line for line in above[dated + 1 :] if any(letter.isalpha() for letter in line.text)]
    if not named or not all(line.box for line in named):
        return None
    widest = max(line.box[3] for line in named if line.box)
    words = named[0].text
    for before, line in pairwise(named):
        wrapped = before.box is not None and before.box[3] > widest * FULL and not NAMED.match(line.text)
        words += f"{' ' if wrapped else '; '}{line.text}"
    return Found(words, source_of(named))


def visited(lines: Sequence[Line]) -> Found[Days] | None:
    """The days of the visit, from the letter's opening: the first days printed behind "on", "from" or "between".
    Days printed without a year ("Between 20 and 24 June, Ofsted …") are of the letter's year."""
    place = greeting(lines)
    near = [] if place is None else lines[place + 1 : place + 1 + OPENING]
    for at, line in enumerate(near):
        text = join([each.text for each in near[at : at + 2]])
        for days in runs_of_days(text):
            before = text.index(days.quote)
            if before < len(line.text) and VISITED.search(text[:before]):
                return Found(days, source_of(near[at : at + 1 + (before + len(days.quote) > len(line.text))]))
    return _without_year(lines, near)


def _without_year(lines: Sequence[Line], near: Sequence[Line]) -> Found[Days] | None:
    written = letter_date(lines)
    for line in near:
        match = YEARLESS.search(line.text)
        days = first_run(f"{match[1]} {written.value.year}") if match and written else None
        if days:
            return Found(days, source_of([line]))
    return None


def signatory(lines: Sequence[Line]) -> Found[str] | None:
    """The name under "Yours sincerely"."""
    for line, after in zip(lines, lines[1:], strict=False):
        if CLOSE.match(line.text):
            return Found(after.text, source_of([after]))
    return None


def addressed_body(lines: Sequence[Line]) -> Found[str] | None:
    """The council in the letter's subject or, failing that, in the address or the opening; as printed."""
    named = subject(lines)
    body = (body_in(named.value) or place_in(named.value)) if named else None
    if named and body:
        return Found(body, named.source)
    place = greeting(lines) or 0
    for line in [*head(lines), *lines[place + 1 : place + 1 + OPENING]]:
        if body := body_in(line.text):
            return Found(body, source_of([line]))
    return None


def opening(lines: Sequence[Line]) -> str:
    """The words under the greeting, as one text: the subject and the first sentences."""
    place = greeting(lines)
    return "" if place is None else join([line.text for line in lines[place + 1 : place + 1 + OPENING]])


def read_letter(lines: Sequence[Line], shape: Shape) -> Findings:
    """What a letter with one kind of list says: its head, its visit, its signature and its items."""
    items, doubts = read_lists(lines, shape)
    days, written = visited(lines), letter_date(lines)
    undated = () if written else (Doubt("The date at the head of the letter was not found."),)
    return Findings(
        recommendations=items,
        doubts=(*doubts, *undated),
        provider=addressed_body(lines),
        title=subject(lines),
        inspection=Found((days.value.first, days.value.last), days.source) if days else None,
        published=written,
        lead_inspector=signatory(lines),
        addressed_to=addressee(lines),
    )
