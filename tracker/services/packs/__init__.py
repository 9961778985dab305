"""The board pack: the plan as at a past moment from the trail alone, who asks for one, and what becomes of it.

The only door of this room.
"""

from tracker.services.packs.agreement import disagreements
from tracker.services.packs.contents import contents
from tracker.services.packs.making import LEASE, Lost, claim, failed, made, plan_of, progressed, taken
from tracker.services.packs.plan import Plan, plan_as_at
from tracker.services.packs.requests import again, ask, downloaded, take_away
from tracker.services.packs.timetable import schedule

__all__ = [
    "LEASE",
    "Lost",
    "Plan",
    "again",
    "ask",
    "claim",
    "contents",
    "disagreements",
    "downloaded",
    "failed",
    "made",
    "plan_as_at",
    "plan_of",
    "progressed",
    "schedule",
    "take_away",
    "taken",
]
