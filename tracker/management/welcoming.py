"""Passwords on the command line: shown once, since only their hashes are kept."""

from collections.abc import Callable, Sequence

from tracker.services.demonstration import Welcome


def tell_passwords(welcomes: Sequence[Welcome], tell: Callable[[str], object]) -> None:
    """Tells who can sign in with which password."""
    if not welcomes:
        return
    tell("\nThese people can sign in. Their passwords are shown this once and kept nowhere:")
    for each in welcomes:
        tell(f"  {each.person.email:<28}{each.password}   {each.person}")
