"""The cover, and how to read the report."""

from collections.abc import Iterator

from tracker.choices import Delivery, Impact
from tracker.exports.report import words
from tracker.exports.report.blocks import Block, Column, Facts, Front, Heading, Look, Mark, Table, Text, Words
from tracker.rules.pack import Contents, Cover
from tracker.rules.rating_words import IMPACT, meaning
from tracker.rules.written_dates import counted, moment_in_words

LETTERS_AT_THE_FOOT = 16
EMPTY_PLAN = "There was no action in this plan at that moment."
TITLE = "Report to the improvement board"
PURPOSE = (
    "This is the fingerprint of the last event in the council’s record at that moment. Every event carries the "
    "fingerprint of the one before, so whoever holds this page can ask years later whether the record still contains "
    "it. How to ask is written in HOW-TO-VERIFY.txt, which comes with this report."
)
DEMONSTRATION = (
    "Demonstration. The people, dates and work in this report are invented and were written by a script; it says "
    "nothing about any council."
)
READERS_CONFIDENTIAL = (
    "For members of the improvement board, its independent chair, the council’s officers and auditors, and others whom "
    "the council has allowed to take confidential packs.",
    "It names people at work and tells of confidential evidence. Do not publish it or pass it on; keep a printed copy "
    "as you would keep a case file, and destroy it when it is no longer needed.",
)
READERS_PUBLIC = (
    "For the public, the board and its committees. Evidence marked confidential is not told of here.",
    "It names officers with their posts. Before it is published, somebody should have read it for words by which a "
    "child could be recognised.",
)


def mark(cover: Cover) -> str:
    """What stands on every page about who may read it."""
    return "Confidential" if cover.scope.confidential else "Public"


def running(cover: Cover) -> str:
    """The line at the head of every page."""
    return f"{cover.short_name}: improvement plan as at {words.as_at(cover.scope.as_at)}"


def foot(cover: Cover) -> str:
    """What binds every page to the cover: the beginning of the fingerprint."""
    return f"Record’s fingerprint {cover.head[:LETTERS_AT_THE_FOOT]}…, see the cover"


def front(contents: Contents, *, number: int, of: int) -> Front:
    """The cover of a part."""
    cover = contents.cover
    lines = [f"The plan as at {words.as_at(cover.scope.as_at)}, London time", _since(cover)]
    if cover.next_meeting:
        lines.append(f"For the meeting of {_meeting(cover.next_meeting)}")
    if of > 1:
        lines.append(f"Part {number} of {of}")
    return Front(
        title=TITLE,
        council=cover.authority,
        lines=tuple(lines),
        mark=_mark_in_full(cover),
        warning=DEMONSTRATION if cover.demonstration else "",
        summary_heading="In short",
        summary=tuple(_summary(contents)),
        head_heading="Where the record stood",
        head=_head(cover),
        head_purpose=PURPOSE,
        readers_heading="Who this report is for",
        readers=READERS_CONFIDENTIAL if cover.scope.confidential else READERS_PUBLIC,
    )


def _summary(contents: Contents) -> Iterator[str]:
    position = contents.position
    counts = [f"{count:,} {status.label.lower()}" for status, count in position.by_status.items() if count]
    actions = counted(position.total, "action", "actions")
    yield f"{actions}: {'; '.join(counts)}." if counts else EMPTY_PLAN
    if position.overdue or position.overdue_original:
        yield (
            f"{position.overdue:,} overdue against the agreed date, "
            f"{position.overdue_original:,} against the date first set."
        )
    elif position.total:
        yield "None is overdue, neither against the agreed date nor against the date first set."
    if position.total:
        impacts = [f"{contents.impact.get(each, 0):,} {each.label.lower()}" for each in Impact]
        yield f"Impact on children: {'; '.join(impacts)}."


def _meeting(text: str) -> str:
    """A day in ISO form as people say it; other words as they are."""
    try:
        return words.day(text)
    except ValueError:
        return text


def _since(cover: Cover) -> str:
    if cover.scope.since is None:
        return "Without a comparison to an earlier moment"
    return f"Compared with {words.as_at(cover.scope.since)}"


def _mark_in_full(cover: Cover) -> str:
    if cover.scope.confidential:
        return "Confidential: tells of evidence that is not for the public"
    if not cover.withheld:
        return "Public: no evidence is withheld"
    held = counted(cover.withheld, "piece of confidential evidence is", "pieces of confidential evidence are")
    return f"Public: {held} not told of here"


def _head(cover: Cover) -> Facts:
    rows = [
        ("Name of the record", cover.chain),
        ("Last event", f"number {cover.sequence:,}, written down {moment_in_words(cover.recorded_at)}"),
    ]
    if cover.since_sequence is not None:
        rows.append(("Compared with", f"event number {cover.since_sequence:,}"))
    facts = tuple((label, words.plain(text)) for label, text in rows)
    return Facts((*facts, ("Its fingerprint", (Words(cover.head, Look.CODE),))))


def short_key() -> tuple[tuple[str, tuple[Mark, ...]], ...]:
    """The key to both ratings as it stands at the foot of every page."""
    delivery = tuple(words.delivery_mark(each) for each in Delivery)
    return ("Delivery", delivery), ("Impact", tuple(words.impact_mark(each) for each in Impact))


def how_to_read(cover: Cover) -> tuple[Block, ...]:
    """The key to both ratings, and the words that are easily taken one for another."""
    delivery = tuple(((words.delivery_mark(each),), words.plain(_said(each, cover))) for each in Delivery)
    impact = tuple(((words.impact_mark(each),), words.plain(f"{_capital(IMPACT[each][1])}.")) for each in Impact)
    heads = (Column("Rating", 0.24), Column("What it means", 0.76))
    return (
        Heading("How to read this report"),
        Text(
            words.plain(
                "Every action has two ratings that say different things. Delivery is computed from dates and from what "
                "was noted; a person may lower it to “at risk” with a reason, nobody can raise it. Impact is a person’s "
                "judgement of what children can be shown to have gained. An action can be closed, and its impact not "
                "yet evidenced."
            )
        ),
        Table("Delivery: how the work stands", heads, delivery),
        Table("Impact: what children can be shown to have gained", heads, impact),
        Heading("Words in one meaning", 2),
        Facts(tuple((label, words.plain(text)) for label, text in MEANINGS)),
    )


def _said(value: Delivery, cover: Cover) -> str:
    return f"{_capital(meaning(value, cover.thresholds))}."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


MEANINGS = (
    (
        "Overdue",
        "Not started or in progress, with an agreed due date that has passed. What is submitted is not overdue.",
    ),
    ("Submitted", "Its owner says that it is complete. Somebody else has still to test the evidence and sign it off."),
    ("Closed", "Somebody other than the owner has tested the evidence and signed it off."),
    (
        "Original date",
        "The date first set. It moves only if the publication date it was counted from is corrected; an extension "
        "moves the agreed date, and the original date stays to be compared with.",
    ),
    ("Long texts", "Shortened in the tables, which then show “…”, and given whole in the action’s own section."),
)
