"""The statutory clock: the steps an inspection's report sets off, one clock an inspection, beside the actions.

Sources: SI 2007/462 reg 2 (publish the report in 30 working days), Education and Inspections Act 2006 s137 with
SI 2007/462 (written statement of action in 70), SI 2015/1792 regs 3-4 (written statement of proposed action).
Counted with the bank holidays known on the day it is counted from: the state funeral's holiday of 19 September 2022
was proclaimed after a letter of 18 August 2022, which prints 25 November 2022.
"""

from dataclasses import dataclass
from datetime import date

from tracker.choices import Family, Step
from tracker.rules.working_days import Calendar
from tracker.rules.written_dates import counted, long_date, short_date


@dataclass(frozen=True)
class StepRule:
    """One step of a family: its working days (None: only printed, or set by a person) and what it hangs on."""

    step: Step
    days: int | None
    source: str
    only_with_priority_action: bool = False
    only_where_asked: bool = False
    may_be_printed: bool = False


@dataclass(frozen=True)
class StatutoryDue:
    """A step that is owed: the day it is computed to fall on, the day printed for it, one sentence, and the source.

    A printed day is stronger than a computed one, and a day a person sets (kept elsewhere) stronger than both.
    """

    step: Step
    computed: date | None
    printed: date | None
    explanation: str
    source: str

    @property
    def on(self) -> date | None:
        """The day that counts while no person has set one."""
        return self.printed or self.computed


SECTION_136 = (
    StepRule(Step.PUBLISH_REPORT, 30, "SI 2007/462 reg 2"),
    StepRule(Step.STATEMENT_OF_ACTION, 70, "Education and Inspections Act 2006 s137; SI 2007/462", may_be_printed=True),
)
FOCUSED_VISIT = (
    StepRule(Step.DRAFT_PLAN, 20, "Ofsted's practice, trade press 2018", only_with_priority_action=True),
    StepRule(
        Step.ACTION_PLAN,
        70,
        "Ofsted's practice, trade press 2018",
        only_with_priority_action=True,
        may_be_printed=True,
    ),
)
JOINT = (
    StepRule(
        Step.STATEMENT_OF_PROPOSED_ACTION, 70, "SI 2015/1792 regs 3-4", only_where_asked=True, may_be_printed=True
    ),
)
SEND = (StepRule(Step.PRIORITY_ACTION_PLAN, None, "the report", only_with_priority_action=True, may_be_printed=True),)

OWED: dict[Family, tuple[StepRule, ...]] = {
    Family.PROTECTION_OF_CHILDREN: SECTION_136,
    Family.LOOKED_AFTER_CHILDREN: (),
    Family.SAFEGUARDING_AND_LOOKED_AFTER: (),
    Family.SIF: SECTION_136,
    Family.ILACS: SECTION_136,
    Family.ILACS_FOCUSED_VISIT: FOCUSED_VISIT,
    Family.ILACS_MONITORING_VISIT: (),
    Family.JTAI: JOINT,
    Family.AREA_SEND: SEND,
    Family.AREA_SEND_2016: (),
    Family.UNANNOUNCED_ASSESSMENT: (),
    Family.LSCB_REVIEW: (),
    Family.OTHER: (),
    Family.IMPROVEMENT_NOTICE: (),
    Family.PEER_REVIEW: (),
    Family.AUDIT: (),
}


@dataclass(frozen=True)
class _Start:
    """The day a step is counted from and the words for it."""

    on: date
    words: str


def steps_for(
    family: Family,
    *,
    received: date | None,
    published: date | None,
    letter: bool = False,
    priority_action: bool = False,
    statement_asked: bool = False,
    printed: date | None = None,
    calendar: Calendar,
) -> tuple[StatutoryDue, ...]:
    """The steps a report owes, in order; empty where it owes none.

    Counted from receipt; where that is not known from `published`, which is the letter's own date if `letter`.
    `priority_action`: the report names areas for priority action. `statement_asked`: the letter asks for a statement.
    `printed`: the day the report or letter prints for the statement or plan.
    """
    start = _start(received, published, letter)
    owed = (rule for rule in OWED[family] if _applies(rule, priority_action, statement_asked))
    return tuple(_due(rule, start, printed if rule.may_be_printed else None, calendar) for rule in owed)


def _applies(rule: StepRule, priority_action: bool, statement_asked: bool) -> bool:
    return (priority_action or not rule.only_with_priority_action) and (statement_asked or not rule.only_where_asked)


def _start(received: date | None, published: date | None, letter: bool) -> _Start | None:
    if received:
        return _Start(received, f"received on {short_date(received)}")
    if published is None:
        return None
    what = "the letter's date" if letter else "the publication date"
    return _Start(published, f"counted from {what}, {short_date(published)}, as the day of receipt is not known")


def _due(rule: StepRule, start: _Start | None, printed: date | None, calendar: Calendar) -> StatutoryDue:
    known = calendar.as_known_on(start.on) if start else calendar
    computed = known.add_working_days(start.on, rule.days) if start and rule.days is not None else None
    words = _counted_words(rule, start, computed, known)
    if printed:
        words = f"printed in the report: {long_date(printed)}{_difference(printed, computed, words, known)}"
    return StatutoryDue(rule.step, computed, printed, f"{words[:1].upper()}{words[1:]}.", rule.source)


def _counted_words(rule: StepRule, start: _Start | None, computed: date | None, calendar: Calendar) -> str:
    if rule.days is None:
        return "no date is printed and none can be computed; a person sets it"
    if start is None or computed is None:
        return f"{rule.days} working days after the report is received; the day of receipt is not known yet"
    provisional = f"; the bank holidays of {computed.year} are not yet proclaimed"
    open_end = provisional if calendar.is_provisional(computed.year) else ""
    rule_words = f"{rule.days} working days in England and Wales, with the bank holidays known on that day{open_end}"
    return f"{start.words}, + {rule_words} = {long_date(computed)}"


def _difference(printed: date, computed: date | None, words: str, calendar: Calendar) -> str:
    """How the printed day stands to the computed one."""
    if computed is None:
        return ""
    if computed == printed:
        return f", the same as computed ({words})"
    apart = abs(calendar.working_days_between(computed, printed))
    side = "earlier" if printed < computed else "later"
    gap = f"{counted(apart, 'working day', 'working days')} {side}" if apart else side
    return f", {gap} than computed ({words})"
