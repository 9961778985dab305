"""A row of a spreadsheet as an action of a plan, with a sentence for everything in it that cannot be taken as it is."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from tracker.choices import Status
from tracker.rules import plan_statuses
from tracker.rules.plan_columns import IN_WORDS, Holds, Mapped
from tracker.rules.questions import check_year, question_due
from tracker.rules.refusal import Refused
from tracker.rules.typed_dates import read_day

LONGEST = 10_000  # characters of a text
LONGEST_REFERENCE, LONGEST_ASKED_REF = 60, 20
NO_WORDS = "Say what the recommendation is or what will be done: both are empty."
NOT_A_DAY = "is not a date. Write a day with its month and year, for example 27/03/2027."
TOLD = (Holds.PROGRESS, Holds.PERCENT, Holds.EVIDENCE, Holds.COMMENTS)  # these make the first note


@dataclass(frozen=True)
class Settled:
    """What a person has settled about words the tracker does not know: whom a name means (None is nobody), and what
    a word for a status stands for; each by the word as `same` and plan_statuses.plain write it.
    """

    people: Mapping[str, int | None]
    statuses: Mapping[str, Status]


@dataclass(frozen=True)
class PlanRow:
    """A row as read. `number` is the sheet's own, from 1; `told` is what the first note says; `errors` are sentences,
    `unknown_people` and `unknown_status` are what a person has to settle, and `question` is asked once."""

    number: int
    reference: str = ""
    asked_ref: str = ""
    asked: str = ""
    what: str = ""
    outcome: str = ""
    owner: int | None = None
    accountable: int | None = None
    start: date | None = None
    due: date | None = None
    revised: date | None = None
    status: Status | None = None
    told: str = ""
    carried: bool = False
    unknown_people: tuple[str, ...] = ()
    unknown_status: str = ""
    errors: tuple[str, ...] = ()
    question: str = ""

    @property
    def agreed(self) -> date | None:
        """The date that counts."""
        return self.revised or self.due

    @property
    def key(self) -> str:
        """What recognises the row within its plan: its reference, else its words."""
        if self.reference:
            return reference_key(self.reference)
        return words_key(self.asked or self.asked_ref, self.what)


def reference_key(reference: str) -> str:
    """What recognises an action by its reference."""
    return f"ref {same(reference)}"


def says_no_more_than_a_place(reference: str) -> bool:
    """Whether a reference is a number with a letter or two, such as 1.2 or QA-07, and so no words about anybody."""
    return bool(re.search(r"\d", reference)) and not re.search(r"[^\W\d_]{4}", reference)


def same(words: str) -> str:
    """Words as they are compared: small letters, digits and single spaces."""
    return " ".join(re.sub(r"[^\w]", " ", words.lower()).split())


def words_key(asked: str, what: str) -> str:
    """What recognises an action by its words: those of its recommendation and its own."""
    return f"words {same(asked or what)} / {same(what or asked)}"


def read_rows(
    rows: Sequence[Sequence[str]], heading: int, mapped: Mapped, *, settled: Settled, as_at: date
) -> list[PlanRow]:
    """Every row below the headings that says anything, in order. A recommendation that is left empty is the one above."""
    found: list[PlanRow] = []
    last = ("", "")
    for number, row in enumerate(rows[heading:], heading + 1):
        said = {holds: row[column].strip() for column, holds in mapped.items() if column < len(row)}
        if not any(said.values()) or _is_band(said, row):
            continue
        asked = (said.get(Holds.ASKED, ""), said.get(Holds.ASKED_REF, ""))
        carried = not any(asked) and any(last) and bool(said.get(Holds.WHAT))
        last = asked if any(asked) else last
        found.append(_read(number, {**said, **_above(last, carried)}, settled, as_at, carried))
    return _without_twins(found)


def _above(last: tuple[str, str], carried: bool) -> dict[Holds, str]:
    return {Holds.ASKED: last[0], Holds.ASKED_REF: last[1]} if carried else {}


def _is_band(said: Mapping[Holds, str], row: Sequence[str]) -> bool:
    """Whether the row is a band across the sheet, such as “Priority 2: leadership”: one cell, and no words of a plan's."""
    filled = {cell for cell in row if cell}
    return len(filled) == 1 and not (said.get(Holds.WHAT) or said.get(Holds.ASKED))


def _read(number: int, said: Mapping[Holds, str], settled: Settled, as_at: date, carried: bool) -> PlanRow:
    errors: list[str] = []
    days = {holds: _day(said.get(holds, ""), holds, errors) for holds in (Holds.START, Holds.DUE, Holds.REVISED)}
    status, unknown = _status(said, settled)
    people = {holds: said.get(holds, "") for holds in (Holds.OWNER, Holds.ACCOUNTABLE)}
    nobody = tuple(dict.fromkeys(name for name in people.values() if same(name) and same(name) not in settled.people))
    asked, what = said.get(Holds.ASKED, ""), said.get(Holds.WHAT, "")
    if not (asked or what):
        errors.append(NO_WORDS)
    errors += _too_long(said)
    due = days[Holds.REVISED] or days[Holds.DUE]
    return PlanRow(
        number=number,
        reference=said.get(Holds.REFERENCE, ""),
        asked_ref=said.get(Holds.ASKED_REF, ""),
        asked=asked,
        what=what or asked,
        outcome=said.get(Holds.OUTCOME, ""),
        owner=_person(people[Holds.OWNER], settled),
        accountable=_person(people[Holds.ACCOUNTABLE], settled),
        start=days[Holds.START],
        due=days[Holds.DUE] or days[Holds.REVISED],
        revised=days[Holds.REVISED] if days[Holds.REVISED] != days[Holds.DUE] else None,
        status=status,
        told="\n\n".join(f"{IN_WORDS[holds]}: {said[holds]}" for holds in TOLD if said.get(holds)),
        carried=carried,
        unknown_people=nobody,
        unknown_status=unknown,
        errors=tuple(errors),
        question=(question_due(due, as_at=as_at) or "") if due and status != Status.CLOSED else "",
    )


def _person(name: str, settled: Settled) -> int | None:
    """Whom a cell means; nobody where it is empty or a mere mark."""
    return settled.people.get(same(name)) if same(name) else None


def _day(words: str, holds: Holds, errors: list[str]) -> date | None:
    """The day that a cell says; words that say that there is none are no day and no error."""
    if not words or same(words) in ("", "tbc", "tba", "n a", "none", "ongoing"):
        return None
    try:
        found = (
            datetime.fromisoformat(words).date() if re.match(r"\d{4}-\d\d-\d\d \d", words) else read_day(_full(words))
        )
        check_year(found, holds.value)
    except (Refused, ValueError):
        errors.append(f"{IN_WORDS[holds]}: “{words[:60]}” {NOT_A_DAY}")
        return None
    return found


def _full(words: str) -> str:
    """A date with its weekday taken off, and a year of two digits written in full."""
    day = re.sub(r"^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+", "", words.strip(), flags=re.I)
    return re.sub(
        r"^(\d{1,2}(?:st|nd|rd|th)?[\s./-]+(?:\d{1,2}|[a-z]+)[\s./,-]+)(\d{2})$", r"\g<1>20\2", day, flags=re.I
    )


def _status(said: Mapping[Holds, str], settled: Settled) -> tuple[Status | None, str]:
    """The status, and the word that a person has to settle. The status column counts before the rating and the share."""
    for holds in (Holds.STATUS, Holds.RATING):
        words = said.get(holds, "")
        if not words or (holds is Holds.RATING and plan_statuses.plain(words) in ("red", "r")):
            continue
        found = settled.statuses.get(plan_statuses.plain(words)) or plan_statuses.status_of(words)
        if holds is Holds.STATUS and found is None:
            found = plan_statuses.status_of_share(words)
        return (found, "") if found else (None, words)
    return plan_statuses.status_of_share(said.get(Holds.PERCENT, "")), ""


def _too_long(said: Mapping[Holds, str]) -> list[str]:
    most = {Holds.REFERENCE: LONGEST_REFERENCE, Holds.ASKED_REF: LONGEST_ASKED_REF}
    return [
        f"{IN_WORDS[holds]}: the text is longer than {most.get(holds, LONGEST):,} characters."
        for holds, words in said.items()
        if len(words) > most.get(holds, LONGEST)
    ]


def _without_twins(rows: Sequence[PlanRow]) -> list[PlanRow]:
    """The rows, those marked that say again what an earlier one says: only one of them could be recognised later."""
    first: dict[str, int] = {}
    found = []
    for row in rows:
        before = first.setdefault(row.key, row.number)
        what = "reference" if row.reference else "words"
        twin = () if before == row.number else (f"It has the same {what} as row {before}.",)
        found.append(replace(row, errors=(*row.errors, *twin)))
    return found
