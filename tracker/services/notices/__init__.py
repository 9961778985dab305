"""The ledger of notices: the planner writes down what is owed, senders fill envelopes and say what became of them.

The broker is never asked: whatever is lost there, what is owed stands in the database.
"""

from tracker.services.notices.letters import Letter, letters
from tracker.services.notices.occasions import help_asked
from tracker.services.notices.planning import Planned, plan
from tracker.services.notices.posting import post
from tracker.services.notices.runs import last_run, ran
from tracker.services.notices.sending import LEASE, claim, postponed, refused, released, sent, skipped

__all__ = [
    "LEASE",
    "Letter",
    "Planned",
    "claim",
    "help_asked",
    "last_run",
    "letters",
    "plan",
    "post",
    "postponed",
    "ran",
    "refused",
    "released",
    "sent",
    "skipped",
]
