"""Cases of the verbs on one action: its steps, its measures, the second look, splitting and moving."""

from datetime import date

from tests.services.verb_case import LATER, Case
from tracker.choices import CheckOutcome, EventKind
from tracker.services import looking, measures, rearranging, steps

K = EventKind


def another(there):
    """A recommendation of the same report that the action does not stand under."""
    return there.report.recommendations.last()


CASES: dict[str, Case] = {
    "steps.add_step": Case(
        K.STEP_ADDED,
        "actionstep",
        lambda t, **m: steps.add_step(t.action, text="Ask them", due_on=LATER, **m),
        who="owner",
    ),
    "steps.change_step": Case(
        K.STEP_CHANGED,
        "actionstep",
        lambda t, **m: steps.change_step(t.step, text="Read ten files", due_on=LATER, place=2, **m),
        who="owner",
    ),
    "steps.tick_step": Case(
        K.STEP_DONE, "actionstep", lambda t, **m: steps.tick_step(t.step, done=True, **m), who="owner"
    ),
    "steps.withdraw_step": Case(
        K.STEP_WITHDRAWN, "actionstep", lambda t, **m: steps.withdraw_step(t.step, reason="twice", **m), who="owner"
    ),
    "looking.look_again": Case(
        K.ACTION_CHECKED,
        "action",
        lambda t, **m: looking.look_again(t.closed, outcome=CheckOutcome.HELD, note="It held.", **m),
    ),
    "measures.add_measure": Case(
        K.MEASURE_RECORDED,
        "impactmeasure",
        lambda t, **m: measures.add_measure(t.action, name="Timely visits", baseline="60%", **m),
        who="owner",
    ),
    "measures.change_measure": Case(
        K.MEASURE_CHANGED,
        "impactmeasure",
        lambda t, **m: measures.change_measure(t.measure, name="Seen alone", baseline="60%", target="95%", **m),
        who="owner",
    ),
    "measures.record_figure": Case(
        K.MEASURE_RECORDED,
        "impactmeasure",
        lambda t, **m: measures.record_figure(t.measure, current="90%", as_at=date(2013, 6, 3), **m),
        who="owner",
    ),
    "rearranging.split": Case(
        K.ACTION_SPLIT,
        "action",
        lambda t, **m: rearranging.split(t.action, remains="Read the files", parts=["Train managers", "Audit"], **m),
    ),
    "rearranging.move_to": Case(
        K.ACTION_MOVED, "action", lambda t, **m: rearranging.move_to(t.action, another(t), reason="fits better", **m)
    ),
}
# Words of the trail that no case of its own writes, because the verb has another case.
TOLD_ELSEWHERE = {K.STEP_UNDONE}
