"""Who acts: a person or the installation itself, by which way, in which request."""

from dataclasses import dataclass

from tracker.choices import Channel
from tracker.models import User
from tracker.rules.refusal import Refused


@dataclass(frozen=True)
class Actor:
    """Who acts, by which way, in which request. The house itself acts only from the command line and in tasks.

    `kept` names what the person was warned of and kept, such as "an NHS number": the trail says so.
    """

    user: User | None
    channel: Channel
    request_id: str = ""
    kept: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.user is None and self.channel not in (Channel.COMMAND, Channel.TASK):
            raise ValueError("On a page somebody has to be signed in.")
        if self.user is not None and not (self.user.is_authenticated and self.user.is_active):
            raise Refused("Sign in first.")

    @property
    def is_house(self) -> bool:
        """Whether no person but the installation itself acts."""
        return self.user is None

    def person(self) -> User:
        """The person who acts; refused where the house does, for acts that need somebody to answer for them."""
        if self.user is None:
            raise Refused("A named person has to do this.")
        return self.user
