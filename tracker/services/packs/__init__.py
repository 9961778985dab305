"""The board pack: the plan as at a past moment from the trail alone, who asks for one, and what becomes of it.

The only door of this room.
"""

from tracker.services.packs.contents import contents
from tracker.services.packs.plan import Plan, plan_as_at

__all__ = ["Plan", "contents", "plan_as_at"]
