"""The way of a pack, an edge: what the trail tells is written as files, bound by a manifest and put into one ZIP."""

import logging
import tempfile
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from tracker.access import Actor
from tracker.models import Pack
from tracker.packing.archive import Packed, bind
from tracker.packing.papers import PAPERS
from tracker.packing.watching import Watched
from tracker.rules.refusal import Refused
from tracker.services import identities, packs
from tracker.services.packs import Plan

__all__ = ["Packed", "Tell", "make", "warnings", "workplace", "write"]

log = logging.getLogger(__name__)
ALIVE = timedelta(minutes=1)  # a maker says so often that it still lives
SHOWN = 5  # places that seem to identify a child, in one sentence
BROKEN = "Something went wrong while it was made. Try again; the log of this installation says more."
Tell = Callable[[str, int, int], None]  # what is being done, how many steps are done, of how many


def make(pack: Pack, *, by: Actor, clock: Callable[[], datetime]) -> None:
    """Make a claimed pack and keep it; where that fails, the pack says why. Raises Lost where somebody else has it."""
    try:
        _make(pack, by, clock)
    except packs.Lost:
        raise
    except Refused as refused:
        packs.failed(pack, why=refused.sentence, by=by, at=clock())
    except OSError as error:
        log.exception("Pack %s cannot be written", pack.pk)
        packs.failed(pack, why=f"It could not be written: {error.strerror or error}.", by=by, at=clock())
    except Exception:
        log.exception("Pack %s cannot be made", pack.pk)
        packs.failed(pack, why=BROKEN, by=by, at=clock())


def _make(pack: Pack, by: Actor, clock: Callable[[], datetime]) -> None:
    plan = packs.plan_of(pack, by=by, at=clock())
    with workplace() as folder:
        done = write(plan, folder, at=clock(), tell=_teller(pack, by, clock))
        words = " ".join([*done.missing, *warnings(plan)])
        with done.path.open("rb") as file:
            packs.made(pack, file=file, name=done.path.name, digest=done.sha256, words=words, by=by, at=clock())


def warnings(plan: Plan) -> list[str]:
    """What somebody has to look at before a pack without confidential evidence is published; nothing for the others."""
    found = [] if plan.scope.confidential else identities.identities_then(plan, confidential=False)
    if not found:
        return []
    more = f" And {len(found) - SHOWN} more." if len(found) > SHOWN else ""
    words = "; ".join(map(str, found[:SHOWN]))
    return [f"Before it is published: words of the plan seem to identify a child. {words}.{more}"]


def _teller(pack: Pack, by: Actor, clock: Callable[[], datetime]) -> Tell:
    """Tells the ledger how far a pack has come: of each step at once, in between when a while has passed."""
    at, said = clock() - ALIVE, ("", -1)

    def tell(words: str, done: int, steps: int) -> None:
        nonlocal at, said
        now = clock()
        if said != (words, done) or now - at >= ALIVE:
            packs.progressed(pack, words=words, done=done, steps=steps, by=by, at=now)
            at, said = now, (words, done)

    return tell


def workplace() -> "tempfile.TemporaryDirectory[str]":
    """A folder beside the private files: what is written into it is private, and on the disk that will keep it."""
    kept = Path(settings.MEDIA_ROOT)
    kept.mkdir(mode=0o700, parents=True, exist_ok=True)
    return tempfile.TemporaryDirectory(prefix="making-", dir=kept)


def write(plan: Plan, folder: str | Path, *, at: datetime, tell: Tell = lambda words, done, steps: None) -> Packed:
    """Write a pack into the folder, and nothing else is left there.

    Raises Refused where its counts do not agree, with the difference named, and OSError where the disk is full.
    """
    contents = packs.contents(plan)
    _agree(packs.disagreements(plan, contents, at=at))
    with tempfile.TemporaryDirectory(prefix="papers-", dir=folder) as papers:
        watched = Watched(contents, lambda words, done: tell(words, done, len(PAPERS) + 1))
        for step, (words, paper) in enumerate(PAPERS):
            watched.begin(words, step)
            paper(Path(papers), watched.contents)
        _agree(watched.disagreements())
        watched.begin("Putting the files together", len(PAPERS))
        return bind(Path(papers), Path(folder), watched.contents)


def _agree(wrong: list[str]) -> None:
    if wrong:
        raise Refused(" ".join(["The pack was not made, because its figures do not agree.", *wrong]))
