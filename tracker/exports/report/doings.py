"""What was done on an action: updates, evidence, extensions, measures, steps, checks, challenges, history."""

from collections.abc import Callable, Iterator

from tracker.choices import CheckOutcome, EventKind, EvidenceKind, NoteKind
from tracker.exports.report import words
from tracker.exports.report.blocks import Block, Cell, Column, Heading, Item, Link, Table, Text, Words
from tracker.exports.report.tables import decision
from tracker.rules.pack import Row, Section

LETTERS_OF_A_HASH = 12
KILO = 1024


def all_of(section: Section) -> Iterator[Block]:
    """Each list under its heading, what is empty named at the end."""
    empty = []
    for name, rows, write in LISTS:
        found = rows(section)
        if found:
            yield Heading(name, 3)
            yield from write(found)
        else:
            empty.append(name.lower())
    if empty:
        yield Text((words.small(f"None so far: {', '.join(empty)}."),))


def updates(rows: tuple[Row, ...]) -> Iterator[Block]:
    """Updates whole, newest first."""
    for row in reversed(rows):
        yield update(row)


def update(row: Row) -> Text:
    """One update: when, by whom, and their words."""
    note = row["note"]
    kind = str(NoteKind(note["kind"]).label)
    who = words.by(row["by"], row.get("behalf") or {})
    head = f"{words.moment(note['written_at'])}, {who}"
    label = f"{head}: {kind.lower()}" if note["text"] and note["kind"] != NoteKind.UPDATE else head
    return Text((words.small(label), Words(note["text"] or f"{kind}.")))


EVIDENCE = (
    Column("Evidence", 0.42),
    Column("Date it is about", 0.16),
    Column("Received", 0.24),
    Column("SHA-256", 0.18),
)


def evidence(rows: tuple[Row, ...]) -> Iterator[Block]:
    """The list of evidence, oldest first."""
    yield Table("", EVIDENCE, tuple(_piece(row) for row in rows))


def _piece(row: Row) -> tuple[Cell, ...]:
    piece = row["evidence"]
    received = (
        Words(words.day_of_moment(piece["received_at"])),
        words.small(words.by(row["by"], row.get("behalf") or {})),
    )
    fingerprint = f"{piece['sha256'][:LETTERS_OF_A_HASH]}…" if piece.get("sha256") else "–"
    about = words.day(piece.get("about_on"), "Not said")
    return tuple(_described(row)), words.plain(about), received, words.plain(fingerprint)


def _described(row: Row) -> Iterator[Item]:
    piece = row["evidence"]
    yield Words(piece.get("title") or "Evidence")
    yield words.small(", ".join(_kinds(row)))
    if piece.get("url"):
        yield words.small(piece["url"])
    if piece.get("text"):
        yield Words(piece["text"])
    if piece.get("withdrawn_at"):
        who = words.name(row.get("withdrawn_by") or {})
        when = words.day_of_moment(piece["withdrawn_at"])
        yield words.strong(f"Withdrawn {when} by {who}: {piece['withdrawn_reason']}")
    if piece.get("erased_at"):
        yield words.strong(f"Erased {words.day_of_moment(piece['erased_at'])}: its content is no longer kept")


def _kinds(row: Row) -> Iterator[str]:
    piece = row["evidence"]
    yield str(EvidenceKind(piece["kind"]).label)
    if piece.get("size"):
        yield _size(int(piece["size"]))
    if piece.get("confidential"):
        yield "confidential"


def _size(size: int) -> str:
    if size < KILO:
        return f"{size} bytes"
    return f"{size / KILO:,.0f} KB" if size < KILO * KILO else f"{size / KILO / KILO:,.1f} MB"


EXTENSIONS = (
    Column("From", 0.15),
    Column("To", 0.15),
    Column("Asked by", 0.18),
    Column("Reason", 0.3),
    Column("Decision", 0.22),
)


def extensions(rows: tuple[Row, ...]) -> Iterator[Block]:
    """Extensions with both people's reasons, whole."""
    yield Table("", EXTENSIONS, tuple(_extension(row) for row in rows))


def _extension(row: Row) -> tuple[Cell, ...]:
    asked = row["extension"]
    who = Words(words.name(row["asked_by"])), words.small(words.day_of_moment(asked["asked_at"]))
    days = words.plain(words.day(asked["from_due"])), words.plain(words.day(asked["to_due"]))
    return *days, who, words.plain(asked["reason"]), decision(row, whole=True)


MEASURES = (Column("Measure", 0.36), Column("Baseline", 0.16), Column("Target", 0.16), Column("Now", 0.32))


def measures(rows: tuple[Row, ...]) -> Iterator[Block]:
    """The figures by which children are shown to gain, with the ones before."""
    yield Table("", MEASURES, tuple(_measure(row) for row in rows))


def _measure(row: Row) -> tuple[Cell, ...]:
    measure = row["measure"]
    earlier = [
        words.small(f"Before: {figure['figure']}, as at {words.day(figure['as_at'])}")
        for figure in row.get("earlier") or ()
    ]
    as_at = [words.small(f"As at {words.day(measure['as_at'])}")] if measure.get("as_at") else []
    latest = (Words(measure["current"] or "No figure yet"), *as_at, *earlier)
    return tuple(words.plain(measure[each] or "–") for each in ("name", "baseline", "target")) + (latest,)


STEPS = (Column("", 0.06, number=True), Column("Step", 0.5), Column("Due", 0.18), Column("Done", 0.26))


def steps(rows: tuple[Row, ...]) -> Iterator[Block]:
    """The steps within the action, in their order."""
    yield Table("", STEPS, tuple(_step(row) for row in rows))


def _step(row: Row) -> tuple[Cell, ...]:
    step = row["step"]
    if step.get("withdrawn_on"):
        said = Words(f"Withdrawn {words.day(step['withdrawn_on'])}: {step['withdrawn_reason']}")
        done: Cell = (said, words.small(words.name(row.get("withdrawn_by") or {})))
    elif step["done_on"]:
        who = words.by(row.get("by") or {}, row.get("behalf") or {})
        done = Words(words.day(step["done_on"])), words.small(who)
    else:
        done = words.plain("Not done yet")
    return words.number(step["position"]), words.plain(step["text"]), words.plain(words.day(step["due_on"], "–")), done


CHECKS = (Column("Looked at", 0.2), Column("Found", 0.24), Column("Note", 0.56))


def checks(rows: tuple[Row, ...]) -> Iterator[Block]:
    """What was found when the closed action was looked at again."""
    yield Table("", CHECKS, tuple(_check(row) for row in rows))


def _check(row: Row) -> tuple[Cell, ...]:
    check = row["check"]
    who = words.small(f"{words.name(row.get('by') or {})}; due {words.day(check['due_on'])}")
    found = words.plain(str(CheckOutcome(check["outcome"]).label))
    return (Words(words.day(check["done_on"])), who), found, words.plain(check["note"])


CHALLENGES = (Column("Challenge", 0.38), Column("Raised", 0.18), Column("Answer", 0.44))


def challenges(rows: tuple[Row, ...]) -> Iterator[Block]:
    """The board's questions about this action."""
    yield Table("", CHALLENGES, tuple(challenge(row) for row in rows))


def challenge(row: Row) -> tuple[Cell, ...]:
    """A challenge with who raised it, and its answer."""
    asked = row["challenge"]
    about = (row.get("action") or {}).get("reference")
    answer: Cell = words.plain("Awaits an answer")
    if asked["answer"]:
        who = f"{words.name(row.get('answered_by') or {})}, {words.day_of_moment(asked['answered_at'])}"
        answer = Words(asked["answer"]), words.small(who)
    raised = Words(words.day_of_moment(asked["raised_at"])), words.small(words.name(row.get("raised_by") or {}))
    return (Link(about) if about else words.small("About the plan"), Words(asked["text"])), raised, answer


HISTORY = (Column("When", 0.27), Column("What happened", 0.43), Column("By", 0.3))


def history(rows: tuple[Row, ...]) -> Iterator[Block]:
    """Every event of the action in the record, oldest first, with its number."""
    yield Table("", HISTORY, tuple(_line(row) for row in rows))


def _line(row: Row) -> tuple[Cell, ...]:
    event, who = row["event"], row["by"]
    what = str(EventKind(event["kind"]).label) if event["kind"] in EventKind.values else event["kind"]
    reason = words.plain(row.get("reason") or "")
    when = Words(words.moment(event["recorded_at"])), words.small(f"Event {event['sequence']:,}")
    by = Words(words.name(who, "The installation itself")), *words.small_if(who.get("job_title"))
    return when, (Words(what), *reason), by


Lists = tuple[tuple[str, Callable[[Section], tuple[Row, ...]], Callable[[tuple[Row, ...]], Iterator[Block]]], ...]
LISTS: Lists = (
    ("Earlier updates", lambda section: section.updates[:-1], updates),
    ("Evidence", lambda section: section.evidence, evidence),
    ("Extensions", lambda section: section.extensions, extensions),
    ("Measures of impact", lambda section: section.measures, measures),
    ("Steps", lambda section: section.steps, steps),
    ("Checks after closing", lambda section: section.checks, checks),
    ("Challenges of the board", lambda section: section.challenges, challenges),
    ("History", lambda section: section.history, history),
)
