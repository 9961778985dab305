"""Who has to show a second factor, and how long a session lasts: decisions about sign-in, of plain values."""

from collections.abc import Collection
from datetime import datetime, timedelta

from tracker.choices import Role

OFF, LEADS, EVERYBODY = "off", "leads", "everybody"
# Whoever keeps a plan or its people, and so could give a stranger access.
KEEPERS = frozenset({Role.LEAD, Role.ADMINISTRATOR})


def needs_second_factor(mode: str, roles: Collection[str], *, runs_the_site: bool) -> bool:
    """Whether somebody with these current roles has to have one; `runs_the_site` for the site's own administrators."""
    if mode == OFF:
        return False
    return mode == EVERYBODY or runs_the_site or not KEEPERS.isdisjoint(roles)


def session_is_over(began: datetime, seen: datetime, *, at: datetime, idle: timedelta, longest: timedelta) -> bool:
    """Whether a session that began and was last used then has ended: left alone too long, or open too long."""
    return at - seen > idle or at - began > longest
