"""The columns of the list of who has access to a council: a row a role, those that have ended below those that stand."""

from tracker.choices import Role
from tracker.exports.columns import Column, Kind
from tracker.exports.reading import day, flag, label, moment, plain

ACCESS: tuple[Column, ...] = (
    Column("Name", plain("person", "name"), width=24),
    Column("E-mail address", plain("person", "email"), width=30),
    Column("Job title", plain("person", "job_title"), width=24),
    Column("Organisation", plain("person", "organisation"), width=24),
    Column("Role", label("membership", "role", Role), width=18),
    Column("Takes confidential packs", flag("membership", "sees_confidential"), Kind.FLAG, 14),
    Column("Granted", moment("membership", "granted_at"), Kind.MOMENT, 18),
    Column("Granted by", plain("computed", "granted_by"), width=24),
    Column("Deputy", plain("computed", "deputy"), width=24),
    Column("Deputy from", day("membership", "deputy_from"), Kind.DATE, 13),
    Column("Deputy to", day("membership", "deputy_to"), Kind.DATE, 13),
    Column("Ended", moment("membership", "ended_at"), Kind.MOMENT, 18),
    Column("Ended by", plain("computed", "ended_by"), width=24),
    Column("Account open", flag("person", "is_active"), Kind.FLAG, 14),
    Column("Last signed in", day("computed", "seen_on"), Kind.DATE, 13),
    Column("Not used", flag("computed", "unused"), Kind.FLAG, 14),
    Column("Open actions owned", plain("computed", "open_actions"), Kind.NUMBER, 11),
)
