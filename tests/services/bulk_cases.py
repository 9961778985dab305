"""Cases of the verbs on several actions at once, and of lists that leave the house."""

from tests.factories import acting
from tests.services.verb_case import LATER, NOW, Case, undated
from tracker.choices import EventKind
from tracker.services import bulk, bulk_undo, saved_lists

K = EventKind


def given_together(there):
    """An action that was given to the owner by a bulk change at the very moment."""
    undated(there)
    there.change = bulk.assign_many([there.undated], owner=there.owner, by=acting(there.lead), at=NOW)


CASES: dict[str, Case] = {
    "bulk.assign_many": Case(
        K.BULK_ASSIGNED,
        "bulkchange",
        lambda t, **m: bulk.assign_many([t.undated, t.action], owner=t.partner, replace=True, **m),
        before=undated,
    ),
    "bulk.date_many": Case(
        K.BULK_DATED,
        "bulkchange",
        lambda t, **m: bulk.date_many([t.undated, t.action], dates=bulk.Dates(on=LATER), reason="agreed", **m),
        before=undated,
    ),
    "bulk_undo.undo": Case(
        K.BULK_UNDONE, "bulkchange", lambda t, **m: bulk_undo.undo(t.change, **m), before=given_together
    ),
    "saved_lists.told": Case(
        K.LIST_SAVED,
        "authority",
        lambda t, **m: saved_lists.told(
            [t.action, t.closed], name="actions.csv", digest="0" * 64, filtered_by="All actions", **m
        ),
    ),
}
