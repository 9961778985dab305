"""Which column of a council's spreadsheet holds what: guessed from the headings that real plans have; a person corrects."""

import re
from collections.abc import Mapping, Sequence
from enum import Enum

LONGEST_HEADING = 120  # characters
LOOKED_AT = 25  # rows at the top of a sheet, among which the headings are


class Holds(Enum):
    """What a column may hold; the value is its word in what is kept."""

    REFERENCE = "reference"
    ASKED_REF = "asked_ref"
    ASKED = "asked"
    WHAT = "what"
    OUTCOME = "outcome"
    OWNER = "owner"
    ACCOUNTABLE = "accountable"
    START = "start"
    DUE = "due"
    REVISED = "revised"
    STATUS = "status"
    RATING = "rating"
    PERCENT = "percent"
    PROGRESS = "progress"
    EVIDENCE = "evidence"
    COMMENTS = "comments"


# What each is called on a page.
IN_WORDS: dict[Holds, str] = {
    Holds.REFERENCE: "Reference of the action",
    Holds.ASKED_REF: "Number of the recommendation",
    Holds.ASKED: "Recommendation",
    Holds.WHAT: "What we will do",
    Holds.OUTCOME: "Desired outcome",
    Holds.OWNER: "Owner",
    Holds.ACCOUNTABLE: "Accountable lead",
    Holds.START: "Start",
    Holds.DUE: "Original due date",
    Holds.REVISED: "Revised due date",
    Holds.STATUS: "Status",
    Holds.RATING: "Rating (RAG or BRAG)",
    Holds.PERCENT: "Per cent complete",
    Holds.PROGRESS: "Progress",
    Holds.EVIDENCE: "Evidence",
    Holds.COMMENTS: "Comments",
}
# Headings as councils write them, in plain small letters; from the more telling to the less.
SYNONYMS: dict[Holds, tuple[str, ...]] = {
    Holds.REVISED: (
        *("revised due date", "revised date", "revised deadline", "revised target date", "new due date", "revised due"),
        *("agreed due", "agreed due date", "extended to", "revised completion date", "new date", "revised timescale"),
    ),
    Holds.DUE: (
        *("original due", "original due date", "due date", "due", "deadline", "target date", "completion date"),
        *("target completion date", "by when", "when", "timescale", "due by", "original deadline", "timescales"),
        *("date due", "original target date", "complete by", "to be completed by", "end date", "target"),
    ),
    Holds.ASKED_REF: (
        *("rec no", "rec", "rec ref", "recommendation no", "recommendation number", "recommendation ref", "rec number"),
        *("recommendation reference", "area no", "priority no", "finding no", "requirement no"),
    ),
    Holds.REFERENCE: (
        *("action ref", "action no", "action number", "action reference", "action id", "ref", "ref no", "reference"),
        *("id", "no", "number", "item", "item no", "unique ref", "reference number", "#"),
    ),
    Holds.ASKED: (
        *("recommendation", "recommendations", "area for improvement", "finding", "what ofsted said", "requirement"),
        *("area for development", "what needs to improve", "what the inspectors said", "issue", "priority area"),
        *("recommendation text", "improvement area", "finding or recommendation", "verbatim words", "key finding"),
    ),
    Holds.WHAT: (
        *("what we will do", "action", "actions", "our action", "action required", "actions required", "task"),
        *("what are we going to do", "what will we do", "agreed action", "key action", "key actions", "planned action"),
        *("activity", "action description", "description", "management action", "steps", "response"),
    ),
    Holds.OUTCOME: (
        *(
            "desired outcome",
            "outcome",
            "outcomes",
            "intended outcome",
            "intended impact",
            "expected outcome",
            "impact",
        ),
        *("success criteria", "what difference will it make", "what will success look like", "success measure"),
        *("success measures", "outcome measure", "how will we know"),
    ),
    Holds.ACCOUNTABLE: (
        *("accountable lead", "accountable officer", "accountable", "senior responsible officer", "sro", "sponsor"),
        *("accountable owner", "head of service", "strategic lead", "executive lead", "assistant director"),
    ),
    Holds.OWNER: (
        *("owner", "action owner", "lead", "lead officer", "responsible officer", "responsible", "who", "by whom"),
        *("person responsible", "responsible person", "assigned to", "lead person", "responsibility", "officer"),
        *("operational lead", "action lead", "lead name", "responsible lead"),
    ),
    Holds.START: ("start", "start date", "date started", "commenced", "from"),
    Holds.RATING: (
        "rag",
        "brag",
        "rag rating",
        "brag rating",
        "rag status",
        "brag status",
        "delivery rating",
        "rating",
    ),
    Holds.PERCENT: ("complete", "per cent complete", "percent complete", "percentage complete", "progress percent"),
    Holds.STATUS: ("status", "action status", "current status", "state", "open closed", "position"),
    Holds.PROGRESS: (
        *("progress", "progress update", "latest update", "update", "progress to date", "latest progress"),
        *("progress notes", "progress since last meeting", "current position", "update on progress", "updates"),
    ),
    Holds.EVIDENCE: ("evidence", "evidence of impact", "evidence of completion", "supporting evidence", "assurance"),
    Holds.COMMENTS: ("comments", "comment", "notes", "note", "remarks", "risks", "barriers"),
}


def plain(heading: str) -> str:
    """A heading in small letters and single spaces: “% Complete” and “Action No.” as “complete” and “action no”."""
    return " ".join(re.sub(r"\([^)]*\)|[^a-z0-9# ]", " ", heading.lower().replace("'", "")).split())


BY_HEADING = {heading: holds for holds, headings in SYNONYMS.items() for heading in headings}
# Our own words are known as well: they are the headings of the example.
BY_HEADING |= {plain(words): holds for holds, words in IN_WORDS.items()}
# A heading of more words is told by the longest of these that it begins with.
BEGINNINGS = sorted((heading for heading in BY_HEADING if len(heading) > 3), key=len, reverse=True)
NUMBERS = ("ref", "ref no", "reference", "id", "no", "number", "item", "item no", "#")
Mapped = Mapping[int, Holds]


def heading_row(rows: Sequence[Sequence[str]]) -> int:
    """The row, from 1, that looks most like headings; the first that says anything where none does."""
    scores = [(len(set(_guessed(row).values())), -n) for n, row in enumerate(rows[:LOOKED_AT], 1)]
    best, place = max(scores, default=(0, -1))
    if best:
        return -place
    return next((n for n, row in enumerate(rows, 1) if any(row)), 1)


def guess(rows: Sequence[Sequence[str]], heading: int) -> dict[int, Holds]:
    """What each column, from 0, seems to hold; no two hold the same, and those that are not known are left out."""
    found = _guessed(rows[heading - 1])
    kinds = {holds: column for column, holds in found.items()}
    if Holds.ASKED not in kinds or Holds.ASKED_REF in kinds:
        return found
    column = kinds.get(Holds.REFERENCE)
    spare = [n for n, words in enumerate(rows[heading - 1]) if n not in found and plain(words) in NUMBERS]
    if spare:  # the action's own number stands in another column
        found[spare[0]] = Holds.ASKED_REF
    elif column is not None:
        said = [row[column] for row in rows[heading:] if row[column]]
        if len(set(said)) < len(said):  # the number repeats: it is the recommendation's
            found[column] = Holds.ASKED_REF
    return dict(sorted(found.items()))


def _guessed(headings: Sequence[str]) -> dict[int, Holds]:
    """Whole headings first, the more telling before the others; then those that begin like one."""
    told = [plain(heading) if len(heading) <= LONGEST_HEADING else "" for heading in headings]
    found: dict[int, Holds] = {}
    for heading, holds in BY_HEADING.items():
        if heading in told and holds not in found.values():
            found[told.index(heading)] = holds
    for column, heading in enumerate(told):
        begun = _begins(heading) if heading and heading not in BY_HEADING else None
        if begun and begun not in found.values():
            found[column] = begun
    return dict(sorted(found.items()))


def _begins(heading: str) -> Holds | None:
    return next((BY_HEADING[words] for words in BEGINNINGS if f"{heading} ".startswith(f"{words} ")), None)
