"""What broken reports do to the reader: `python -m tests.benchmarks.mutants [COUNT]` (10,000 unless told).

Byte-level mutants of twenty labelled reports of CORPUS_DIR, of every family and size, are read by two processes, each
with a sandbox of its own. A reading, or a sentence why there is none, is as it should be; so is, if rare, a child that
had to be killed. Exit status 1 where a reading hung past its limit, or a process that asked broke, printed or grew.
`python -m tests.benchmarks.mutants --make NUMBER` writes a mutant's bytes to the output, to look at it by itself.
"""

import json
import multiprocessing
import os
import re
import resource
import sys
import tempfile
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import chain, islice, zip_longest
from multiprocessing.connection import Connection, wait
from pathlib import Path

from tests.benchmarks.reading import say
from tests.extraction.mutants import LONGEST, numbered, readings

COUNT, REPORTS, PROCESSES = 10_000, 20, 2
LATE = 5.0  # seconds after its limit by which a reading must have been stopped
WARM = 200  # readings after which a process has all the memory that it needs
GROWTH = 32.0  # MB that it may need more until the end
PROGRESS = 500  # readings from one line of progress to the next
KILLED = ("Reading this file took longer", "The reader broke down")
MEGABYTE = 1024 if sys.platform == "linux" else 1024**2  # of what getrusage counts in


@dataclass
class Tally:
    """What has happened so far."""

    told: Counter[str] = field(default_factory=Counter)
    killed: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    done: int = 0
    read: int = 0
    longest: tuple[float, int] = (0.0, -1)
    broken: list[str] = field(default_factory=list)

    def count(self, number: int, error: str | None, seconds: float) -> None:
        """One more reading of a mutant by its number, with its sentence if there was no reading."""
        self.done += 1
        self.longest = max(self.longest, (seconds, number))
        if seconds > LONGEST + LATE:
            self.broken.append(f"mutant {number} hung for {seconds:.0f} s")
        if error is None:
            self.read += 1
        elif error.startswith(KILLED):
            self.killed[error].append(number)
        else:
            self.told[re.sub(r"\d[\d,.]*", "…", error)] += 1


def main(words: list[str]) -> int:
    """Print the figures; exit status 1 where something broke."""
    corpus = os.environ.get("CORPUS_DIR")
    if not corpus:
        say("CORPUS_DIR is not set: there are no reports to break, so nothing is measured.")
        return 0
    paths = chosen(Path(corpus, "labelled"))
    if words[:1] == ["--make"]:
        sys.stdout.buffer.write(numbered([path.read_bytes() for path in paths], int(words[1])))
        return 0
    count = int(words[0]) if words else COUNT
    before = time.monotonic()
    tally, processes = Tally(), [Asking(paths, range(first, count, PROCESSES)) for first in range(PROCESSES)]
    follow(processes, tally, count)
    for each in processes:
        tally.broken += each.complaints()
    minutes = (time.monotonic() - before) / 60
    print_figures(tally, processes, f"{tally.done:,} mutants of {len(paths)} reports, {minutes:.1f} minutes")
    return int(bool(tally.broken))


def chosen(folder: Path) -> list[Path]:
    """Twenty reports: the families in turn, and within each from the smallest to the largest in even steps."""
    families = defaultdict(list)
    for path in sorted(folder.glob("*.pdf"), key=lambda path: (path.stat().st_size, path.name)):
        families[json.loads(path.with_suffix(".json").read_text())["framework"]].append(path)
    even = [paths[:: max(1, len(paths) * len(families) // REPORTS)] for _, paths in sorted(families.items())]
    return list(islice((path for path in chain(*zip_longest(*even)) if path), REPORTS))


class Asking:
    """A process that has its mutants read in a sandbox. What it prints goes into a file, where nothing should be."""

    def __init__(self, paths: list[Path], numbers: range) -> None:
        self.numbers, self.memory, self.done = numbers, [0.0, 0.0], 0
        self.printed = tempfile.NamedTemporaryFile()  # noqa: SIM115 - lives as long as the process
        spawning = multiprocessing.get_context("spawn")
        self.answers, theirs = spawning.Pipe(duplex=False)
        self.process = spawning.Process(target=ask, args=(paths, numbers, theirs, self.printed.name))
        self.process.start()
        theirs.close()

    def complaints(self) -> list[str]:
        """Sentences on what this process should not have done."""
        self.process.join(LATE)
        words = Path(self.printed.name).read_text(errors="replace")
        grown = self.memory[1] - self.memory[0]
        found = [f"a process that asked printed: {words[:2000]}"] if words else []
        if self.process.exitcode or self.done < len(self.numbers):
            found.append(f"a process that asked ended with {self.process.exitcode} after {self.done} readings")
        return found + ([f"a process that asked grew by {grown:.0f} MB"] if grown > GROWTH else [])


def ask(paths: list[Path], numbers: range, answers: Connection, printed: str) -> None:
    """In the process: every mutant read, and told over the pipe with the memory of this process in MB."""
    with Path(printed).open("ab") as file:
        for standard in (1, 2):
            os.dup2(file.fileno(), standard)
    for number, report, seconds in readings([path.read_bytes() for path in paths], numbers):
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE
        answers.send((number, report.error, seconds, memory))
    answers.close()


def follow(processes: list[Asking], tally: Tally, count: int) -> None:
    """Count what the processes tell until both have ended, or one says nothing for longer than a reading may take."""
    open_ends = {each.answers: each for each in processes}
    while open_ends:
        ready = wait(list(open_ends), timeout=LONGEST + 2 * LATE)
        if not ready:
            for each in open_ends.values():
                each.process.kill()
            return
        for end in ready:
            if not take(open_ends[end], tally):
                del open_ends[end]
            elif tally.done % PROGRESS == 0:
                say(f"  {tally.done:,} of {count:,}")


def take(asking: Asking, tally: Tally) -> bool:
    """Count one more answer of a process; False where it has ended."""
    try:
        number, error, seconds, memory = asking.answers.recv()
    except EOFError:
        return False
    tally.count(number, error, seconds)
    asking.done += 1
    asking.memory = [memory if asking.done <= WARM else asking.memory[0], memory]
    return True


def print_figures(tally: Tally, processes: list[Asking], title: str) -> None:
    """The figures, the sentences by their number, and what should not have happened."""
    say(title)
    say(f"read:      {tally.read:6,}")
    say(f"told why:  {tally.told.total():6,}")
    for sentence, times in tally.told.most_common():
        say(f"           {times:6,}  {sentence}")
    say(f"killed:    {sum(map(len, tally.killed.values())):6,} children")
    for sentence, numbers in tally.killed.items():
        say(f"           {len(numbers):6,}  {sentence} Numbers {', '.join(map(str, numbers[:10]))}")
    say(f"longest:   {tally.longest[0]:6.2f} s (number {tally.longest[1]}; at most {LONGEST:g})")
    memory = ", ".join(f"{before:.0f} to {after:.0f} MB" for before, after in (each.memory for each in processes))
    say(f"memory:    {memory} in the processes that asked")
    for sentence in tally.broken:
        say(f"BROKEN:    {sentence}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
