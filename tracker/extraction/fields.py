"""Small things as printed: timescales, grades, and values that stand behind a label on the cover."""

import re
from collections.abc import Sequence
from dataclasses import replace

from tracker.extraction.dates import first_run
from tracker.extraction.lines import cells
from tracker.extraction.paper import Line
from tracker.extraction.shapes import Found, Judgement, source_of

COUNTED = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
AT_ONCE = r"immediately|with immediate effect"
SPAN = r"within (?:the next )?(\w+(?:-\w+)?) (working days?|days?|weeks?|months?|years?)"
COUNTING_FROM = (
    r"(?: (?:of|from) (?:the )?(?:date of )?(?:the )?(?:publication|publishing)(?: of (?:this|the) report)?)?"
)
BY_DATE = r"by (?:the )?(?:end of )?(?:the )?(?:\d{1,2}(?:st|nd|rd|th)? )?(?:[a-z]+ )?\d{4}"
SOON = r"as soon as (?:is )?(?:possible|practicable)"
TIMESCALE = rf"(?:{AT_ONCE}|{SPAN}{COUNTING_FROM}|{BY_DATE}|{SOON})"
WHOLLY = re.compile(rf"({TIMESCALE})\s*[:.,–-]?", re.IGNORECASE)
OPENS = re.compile(rf"({TIMESCALE})(?=\s*[:,–]|\s+[a-z])", re.IGNORECASE)
BODIES = r"(?:[\w’'-]+ ){0,4}(?:leaders|commissioners|partnership|partners|board|authority|LAP|ICB|agencies)"
ACTS = re.compile(
    rf"((?:The |the )?{BODIES}\b[^.;:]{{0,80}}?|(?:The )?[A-Z][^.,;:]{{2,90}}?)(?:, including [^.;:]{{3,80}}?,)?"
    r" (?:should|must|(?<!the )(?<!a )needs? to)\b",
    re.IGNORECASE,
)
NOBODY = re.compile(
    r"^(?:this|these|those|it|they|there)\b|\b(?:has|have|had|is|are|was|were|do|does|not|identified)\b", re.IGNORECASE
)
ENDS_AT_ONCE = re.compile(r"(?<!not )\bimmediately\.?$", re.IGNORECASE)
SOON_WITHIN = re.compile(r"\bas soon as possible\b", re.IGNORECASE)

GRADE = r"outstanding|good|adequate|inadequate|satisfactory|requires improvement to be good|requires improvement"
ONLY_GRADE = re.compile(rf"(?:{GRADE})\.?", re.IGNORECASE)
JUDGED = re.compile(
    rf"overall effectiveness\b[^.]*?\bis (?:judged to be )?({GRADE})\b(?! or| and)", re.IGNORECASE | re.DOTALL
)

LABELS = (
    r"inspection (?:dates?|period)|dates?(?:\(s\))? of (?:the )?inspection|inspected (?:on|between)|lead inspectors?|age group"
    r"|(?:report )?(?:published(?: on)?|publication date)|date (?:of publication|published)|(?:ofsted )?urn|unique reference number"
    r"|reporting inspector"
)
NAME = re.compile(r"[A-Z][\w’'.-]*(?: [A-Z][\w’'.-]*)+")
TITLES = re.compile(r"[,\s]+(?:HMI|Ofsted|Her Majesty[’']s Inspector|His Majesty[’']s Inspector)\b.*$")
WRAPPED = re.compile(r"(?:\bto|\band|[-–])$", re.IGNORECASE)  # how a line of days ends that goes on below
NEARBY = 3  # lines below a cut label in which its value may stand whole


def timescale(words: str) -> str:
    """A printed deadline in one form: "Within three months:" gives "within 3 months", "Immediately" "immediately";
    anything else is given as printed, without its colon. Durations are calendar units as printed."""
    printed = words.strip().rstrip(":").strip()
    if re.fullmatch(AT_ONCE, printed, re.IGNORECASE):
        return "immediately"
    span = re.fullmatch(SPAN + COUNTING_FROM, printed, re.IGNORECASE)
    return f"within {_numeral(span[1])} {span[2].lower()}" if span else printed


def whole_timescale(text: str) -> str | None:
    """The timescale, where a line is a deadline and nothing else, as a heading over its items is; else None."""
    match = WHOLLY.fullmatch(text.strip())
    return timescale(match[1]) if match else None


def opening_timescale(text: str) -> str | None:
    """The timescale an item opens with. A duration inside an item is a standard of practice, not a deadline."""
    match = OPENS.match(text)
    return timescale(match[1]) if match else None


def closing_timescale(text: str) -> str | None:
    """The deadline that an item's own words set at its end ("… is published immediately."), or "as soon as possible"
    within it; a duration there is a standard of practice and gives None."""
    if SOON_WITHIN.search(text):
        return "as soon as possible"
    return "immediately" if ENDS_AT_ONCE.search(text) else None


def acting_body(text: str) -> str | None:
    """Who must act, where an item opens with them: "Health leaders should …" gives "Health leaders"; else None."""
    match = ACTS.match(text)
    return match[1] if match and not NOBODY.search(match[1]) else None


def _numeral(word: str) -> str:
    return str(COUNTED.index(word.lower()) + 1) if word.lower() in COUNTED else word


def grade(text: str) -> str | None:
    """The grade, where the text is one and nothing else ("Adequate.", "Requires improvement"); capitalised."""
    bare = text.strip()
    return bare.rstrip(".").capitalize() if ONLY_GRADE.fullmatch(bare) else None


def graded_rows(lines: Sequence[Line]) -> list[Found[Judgement]]:
    """Rows of a table of judgements: a name in the first cell, a grade and nothing else in the last."""
    rows = [(line, cells(line)) for line in lines]
    return [
        Found(Judgement(row[0], named), source_of([line]))
        for line, row in rows
        if len(row) == 2 and (named := grade(row[-1]))
    ]


def judged_in_a_sentence(lines: Sequence[Line]) -> Found[str] | None:
    """The grade of "The overall effectiveness of … is judged to be adequate.", as a grade, with its line."""
    for line in lines:
        if match := JUDGED.search(line.text):
            return Found(match[1].capitalize(), source_of([line]))
    return None


def labelled(lines: Sequence[Line], label: str) -> list[Found[str]]:
    """What stands behind a label ("Lead inspector: …"), as far as the next label or the line's end.

    A label begins its line, or stands in a line that another label begins: elsewhere the same words are prose.
    """
    before = rf"(?:(?:{LABELS})\b.*?\s)??"
    pattern = re.compile(rf"{before}(?:{label})\s*:?\s+(.+?)(?=\s+(?:{LABELS})\b|$)", re.IGNORECASE)
    matches = [(line, pattern.match(line.text)) for line in lines if line.text[:1].isupper()]
    return [Found(match[1].strip(), source_of([line])) for line, match in matches if match]


def labelled_name(lines: Sequence[Line], label: str) -> Found[str] | None:
    """A person's name behind a label. A name the cover cuts short is taken whole from a line just below."""
    for found in labelled(lines, label):
        whole = _whole_name(found, _below(lines, found))
        return replace(whole, value=TITLES.sub("", whole.value).strip(" ,"))
    return None


def labelled_days(lines: Sequence[Line], label: str) -> list[Found[str]]:
    """The printed days behind a label, or, where the cover cuts them short, those just below that begin alike."""
    return [_whole_days(found, _below(lines, found)) for found in labelled(lines, label)]


def _whole_name(found: Found[str], below: Sequence[Line]) -> Found[str]:
    for line in below:
        place = line.text.find(found.value)
        rest = line.text[place:] if place >= 0 else ""
        if " " in found.value and len(rest) > len(found.value) and NAME.fullmatch(rest):
            return Found(rest, source_of([line]))
    return found


def _whole_days(found: Found[str], below: Sequence[Line]) -> Found[str]:
    if WRAPPED.search(found.value) and below and below[0].text[:1].isdigit():
        return Found(f"{found.value} {below[0].text}", found.source)
    if first_run(found.value):
        return found
    for line in below:
        days = first_run(line.text)
        if days and days.quote.startswith(found.value):
            return Found(days.quote, source_of([line]))
    return found


def _below(lines: Sequence[Line], found: Found[str]) -> Sequence[Line]:
    last = found.source.lines[1]
    place = next((i for i, line in enumerate(lines) if line.number > last), len(lines))
    return lines[place : place + NEARBY]
