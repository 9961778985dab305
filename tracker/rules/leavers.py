"""When somebody who has left is long enough gone for their name to be replaced, and by which words."""

from datetime import date

from tracker.rules.due_dates import add_months

NOTICE_DAYS = 30


def gone_on(last_ended: date, last_seen: date | None, months: int) -> date:
    """The day from which the name may go: so many months after the later of the last role's end and the last sign-in."""
    return add_months(max(last_ended, last_seen or last_ended), months)


def pseudonym(number: int) -> str:
    """What a leaver is called afterwards, by the number of their account."""
    return f"Former colleague {number}"


def no_address(number: int) -> str:
    """An address that no mail can reach (RFC 2606), and that stays the account's own."""
    return f"former-colleague-{number}@leaver.invalid"
