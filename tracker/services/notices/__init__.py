"""The ledger of notices: the planner writes down what is owed, senders fill envelopes and say what became of them.

The broker is never asked: whatever is lost there, what is owed stands in the database.
"""

from tracker.services.notices.health import Health, health, late_digests
from tracker.services.notices.ledger import Owed, gone_owners, owed_in, unreachable
from tracker.services.notices.letters import Letter, letters
from tracker.services.notices.occasions import help_asked, reminded_on
from tracker.services.notices.planning import Planned, plan
from tracker.services.notices.posting import post
from tracker.services.notices.rehearsal import (
    Quiet,
    Reason,
    Rehearsal,
    Rehearsed,
    day_off,
    next_working_day,
    rehearse,
    rehearse_for,
    rehearse_in,
)
from tracker.services.notices.runs import last_run, ran
from tracker.services.notices.sending import (
    LEASE,
    ask_again,
    check_failed_today,
    claim,
    postponed,
    refused,
    released,
    sent,
    skipped,
)

__all__ = [
    "LEASE",
    "Health",
    "Letter",
    "Planned",
    "Quiet",
    "Reason",
    "Rehearsal",
    "Rehearsed",
    "Owed",
    "ask_again",
    "check_failed_today",
    "claim",
    "gone_owners",
    "owed_in",
    "unreachable",
    "health",
    "late_digests",
    "ran",
    "help_asked",
    "last_run",
    "letters",
    "plan",
    "post",
    "postponed",
    "ran",
    "refused",
    "day_off",
    "next_working_day",
    "rehearse",
    "rehearse_for",
    "rehearse_in",
    "released",
    "reminded_on",
    "sent",
    "skipped",
]
