"""Who may do what, and which rows a person may see: the one place that every query a person triggers goes through.

The table of roles is rules.roles. The only door of this room.
"""

from tracker.access.actors import Actor
from tracker.access.checks import (
    can,
    can_action,
    check,
    check_action,
    check_adds_people,
    check_evidence,
    check_pack,
    check_people,
    check_site,
    reach,
    roles_in,
    stands_as_owner,
)
from tracker.access.rows import (
    VISIBLE,
    assignable_people,
    exportable_actions,
    grantable_authorities,
    visible,
    visible_actions,
    visible_authorities,
    visible_events,
    visible_evidence,
    visible_happenings,
    visible_memberships,
    visible_people,
    visible_recommendations,
    visible_reports,
    workable_actions,
)

__all__ = [
    "Actor",
    "can",
    "can_action",
    "check",
    "check_action",
    "check_adds_people",
    "check_evidence",
    "check_pack",
    "check_people",
    "check_site",
    "reach",
    "roles_in",
    "stands_as_owner",
    "assignable_people",
    "exportable_actions",
    "grantable_authorities",
    "visible",
    "visible_actions",
    "visible_authorities",
    "visible_events",
    "visible_evidence",
    "visible_happenings",
    "visible_memberships",
    "visible_people",
    "visible_recommendations",
    "visible_reports",
    "workable_actions",
    "VISIBLE",
]
