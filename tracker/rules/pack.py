"""The board pack as plain values: what is asked for, what is in it, and how its files are named.

`services.packs` fills a `Contents` from the trail, `exports` writes it down, and an edge joins the two. The rows are
states of that moment as the trail tells them (dates and moments in ISO form), each record under a name of its own:
`row["action"]["reference"]`. What no record holds and the rules say is under `row["computed"]`.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tracker.choices import Delivery, Impact
from tracker.rules.chain import canonical, moment
from tracker.rules.london import day_of
from tracker.rules.position import Extended, Position
from tracker.rules.progress import Point
from tracker.rules.standing import RatingSettings

# The form of a pack; a reader of packs goes by it.
FORMAT = 1
# Grows with every change of what a pack says or how it is written: only the same version gives the same bytes.
VERSION = 3
# A table of a workbook up to so many rows; above, a plain sheet with a filter, written as it streams.
MOST_IN_A_TABLE = 5000
# A PDF holds so many sections of actions at most; a longer plan is a report in several parts.
MOST_IN_A_PART = 500

Row = Mapping[str, Any]
Rows = Callable[[], Iterator[Row]]  # begins anew each time it is called, and holds no more than a row in memory


@dataclass(frozen=True)
class Scope:
    """What is asked for. The same scope, permissions and version give the same bytes.

    `as_at` and `since` carry a time zone. Without `since` no movement is told. `confidential`: with the evidence that is
    marked so. `files`: with the files of the evidence that the pack tells of.
    """

    as_at: datetime
    since: datetime | None = None
    confidential: bool = False
    files: bool = False


def fingerprint(code: str, scope: Scope, sequence: int) -> str:
    """What decides the bytes of a pack, as one hash: whose plan, what is asked for, the last event, the version."""
    since = moment(scope.since) if scope.since else None
    told = [code, moment(scope.as_at), since, scope.confidential, scope.files, sequence, VERSION]
    return hashlib.sha256(canonical(told)).hexdigest()


def pack_name(code: str, scope: Scope) -> str:
    """What the file of a pack is called: whose plan, as at which day in London, and whether it is confidential."""
    day = day_of(scope.as_at).isoformat()
    return f"board-pack-{code.lower()}-{day}{'-confidential' if scope.confidential else ''}.zip"


@dataclass(frozen=True)
class Cover:
    """What stands on the cover: whose plan, of which moment, and where the chain stood at that moment.

    `head` is the hash of event number `sequence`, the last at or before `as_at`, written down at `recorded_at`.
    `withheld`: how many pieces of confidential evidence a public pack does not tell of. `next_meeting`: its day in ISO
    form, or "".
    """

    authority: str
    short_name: str
    code: str
    scope: Scope
    chain: str
    sequence: int
    head: str
    recorded_at: datetime
    since_sequence: int | None
    thresholds: RatingSettings
    next_meeting: str = ""
    demonstration: bool = False
    withheld: int = 0


@dataclass(frozen=True)
class Section:
    """One action with all that belongs to it, each list oldest first.

    `action` as in `Contents.actions`; `updates`, `evidence`, `extensions` and `challenges` as the rows of the same
    name there. `measures`: {"action", "measure", "earlier": [states of earlier figures]}. `checks`: {"action", "check",
    "by"}. `steps` are those within the action, in their order: {"action", "step", "by", "behalf", "withdrawn_by"}.
    `history`: {"event": {"sequence", "recorded_at", "kind"}, "by": {"name", "job_title", "roles"}, "reason"}.
    """

    action: Row
    updates: tuple[Row, ...] = ()
    evidence: tuple[Row, ...] = ()
    extensions: tuple[Row, ...] = ()
    measures: tuple[Row, ...] = ()
    checks: tuple[Row, ...] = ()
    steps: tuple[Row, ...] = ()
    challenges: tuple[Row, ...] = ()
    history: tuple[Row, ...] = ()


@dataclass(frozen=True)
class Contents:
    """All that a pack tells.

    `actions` in the order of their references: {"authority", "action", "recommendation", "report", "owner",
    "accountable", "partners": [people], "measures": [states, oldest first], "computed"}; people are
    {"name", "job_title", "organisation"} of that moment,
    {} where nobody is named.
    computed: "delivery" and "delivery_code" ("" for what has no rating), "overdue", "overdue_original" (true or false),
    "days_overdue", "extensions" (granted), "updates", "evidence" (how many), "latest_update" ({"text", "kind", "by":
    name, "at"} or {}), "in_time" and "in_time_original" (true or false; None while it is not closed, or where no date
    is known), "themes" (titles), "movement" (words).
    `updates`: {"action", "note", "by", "behalf"}. `evidence`: {"action", "evidence", "by", "behalf", "withdrawn_by",
    "computed": {"number", "file": its name in the pack or ""}}; erased evidence has the state after its erasure.
    `extensions`: {"action", "extension", "asked_by", "decided_by"}. `recommendations`: {"report", "recommendation",
    "computed": {"actions": references, "themes"}}. `steps`: {"report", "step", "computed": {"due", "met", "late"}}.
    `movement`: {"action", "before" ({} for a new one), "owner", "owner_before", "computed": {"how": words joined by
    "; ", "delivery", "delivery_code", "delivery_before", "delivery_code_before"}}. `meetings`: {"meeting"}.
    `challenges`: {"challenge", "action", "meeting", "raised_by", "answered_by"}.
    `events`: the lines of trail.jsonl, see docs/trail.md.
    """

    cover: Cover
    position: Position
    extended: Extended
    ratings: Mapping[Delivery | None, int]
    impact: Mapping[Impact, int]
    progress: tuple[Point, ...]
    steps: tuple[Row, ...]
    meetings: tuple[Row, ...]
    challenges: tuple[Row, ...]
    actions: Rows
    sections: Callable[[], Iterator[Section]]
    updates: Rows
    evidence: Rows
    extensions: Rows
    recommendations: Rows
    movement: Rows
    events: Rows


class Name:
    """How the files in a pack are called. A report in parts is board-report-1.pdf and so on."""

    REPORT = "board-report.pdf"
    DOCUMENT = "board-report.docx"
    WORKBOOK = "actions.xlsx"
    ACTIONS = "actions.csv"
    UPDATES = "updates.csv"
    EVIDENCE = "evidence.csv"
    EXTENSIONS = "extensions.csv"
    RECOMMENDATIONS = "recommendations.csv"
    STEPS = "statutory-steps.csv"
    MOVEMENT = "movement.csv"
    TRAIL = "trail.jsonl"
    FILES = "evidence/"  # with the number of the evidence and its name
    MANIFEST = "MANIFEST.json"
    SUMS = "SHA256SUMS"
    HOW_TO = "HOW-TO-VERIFY.txt"
    VERIFIER = "verify_pack.py"
