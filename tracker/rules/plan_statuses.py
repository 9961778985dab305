"""How far an action has come, by the words and ratings that councils' spreadsheets use; what is not known a person says."""

import re

from tracker.choices import Status

# "Complete" never means a sign-off here: such a row comes in as closed before this tracker.
TAKEN = (Status.NOT_STARTED, Status.IN_PROGRESS, Status.CLOSED)
WORDS: dict[Status, tuple[str, ...]] = {
    Status.NOT_STARTED: (
        *("not started", "not yet started", "not begun", "not yet due", "to do", "planned", "pending", "no"),
        *("grey", "gray", "white", "not commenced", "yet to start", "scheduled", "proposed", "0"),
    ),
    Status.IN_PROGRESS: (
        *("in progress", "ongoing", "on going", "started", "on track", "underway", "under way", "open", "amber"),
        *("green", "delayed", "behind", "at risk", "partly complete", "partially complete", "overdue", "off track"),
        *("partially met", "partly met", "active", "slipped", "a", "g", "commenced", "yellow", "on target", "live"),
    ),
    Status.CLOSED: (
        *("complete", "completed", "closed", "done", "blue", "finished", "b", "achieved", "implemented", "met", "yes"),
        *("embedded", "signed off", "delivered", "discharged"),
    ),
}
BY_WORDS = {words: status for status, many in WORDS.items() for words in many}


def plain(words: str) -> str:
    """The words in small letters and single spaces."""
    return " ".join(re.sub(r"[^a-z0-9 ]", " ", words.lower()).split())


def status_of(words: str) -> Status | None:
    """The status that a word or a colour stands for; None where it is not known. Red tells that it is late, no more."""
    told = plain(words)
    return BY_WORDS.get(told) or next(
        (BY_WORDS[part] for part in (told.removesuffix(" complete"), told.removeprefix("brag ")) if part in BY_WORDS),
        None,
    )


def status_of_share(words: str) -> Status | None:
    """The status by the share that is done, as 0.45, 45 or 45%; None where it is no share."""
    found = re.fullmatch(r"\s*(\d{1,3}(?:\.\d+)?)\s*(%?)\s*", words)
    if not found:
        return None
    share = float(found[1]) / (100 if found[2] or float(found[1]) > 1 else 1)
    if share > 1:
        return None
    return Status.CLOSED if share == 1 else Status.IN_PROGRESS if share else Status.NOT_STARTED
