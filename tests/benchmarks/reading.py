"""How fast reports are read, beside dumping their raw text with the same library: `python tests/benchmarks/reading.py`.

Reads the PDFs of CORPUS_DIR/unlabelled and prints processor time, not the clock's, so that a busy machine changes
little; only the documents a second of two processes are by the clock.
"""

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from pypdfium2 import PdfDocument  # noqa: E402 - after the path

from tracker.extraction import read_here  # noqa: E402

ROUNDS = 3
MOST = 2.0  # the ratio that is aimed at


def main() -> int:
    """Print the figures; exit status 1 where the ratio is over what is aimed at."""
    corpus = os.environ.get("CORPUS_DIR")
    if not corpus:
        say("CORPUS_DIR is not set: there are no reports to read, so nothing is measured.")
        return 0
    paths = sorted(Path(corpus, "unlabelled").glob("*.pdf"))
    files = [path.read_bytes() for path in paths]
    dumped, pages = [], 0
    read = []
    for _ in range(ROUNDS):  # in turns, so that both meet the same machine
        seconds, pages = timed(dump_all, files)
        dumped.append(seconds)
        read.append(timed(read_all, files)[0])
    ratio = median(one / other for one, other in zip(read, dumped, strict=True))
    say(f"{len(files)} reports, {pages} pages, median of {ROUNDS} rounds of processor time")
    say(f"raw text:  {median(dumped):6.2f} s, {1000 * median(dumped) / pages:.2f} ms a page")
    say(f"reading:   {median(read):6.2f} s, {1000 * median(read) / pages:.2f} ms a page")
    say(f"ratio:     {ratio:6.2f} (at most {MOST})")
    say(f"memory:    {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:6.0f} MB, all files' bytes included")
    say(f"two processes, sandbox and all: {len(paths) / two_processes(paths):.1f} reports a second")
    return int(ratio > MOST)


def timed(work: Callable[[Sequence[bytes]], int], files: Sequence[bytes]) -> tuple[float, int]:
    """Processor seconds the work took, and what it returned."""
    before = time.process_time()
    result = work(files)
    return time.process_time() - before, result


def dump_all(files: Sequence[bytes]) -> int:
    """The raw text of every page; returns the number of pages."""
    count = 0
    for data in files:
        document = PdfDocument(data)
        for page in document:
            words = page.get_textpage()
            words.get_text_range()
            words.close()
            page.close()
            count += 1
        document.close()
    return count


def read_all(files: Sequence[bytes]) -> int:
    """Every report read whole; returns the number of recommendations."""
    return sum(len(read_here(data, name="any").recommendations) for data in files)


def two_processes(paths: Sequence[Path]) -> float:
    """Seconds of the clock in which two commands, each with half of the files, have read them all."""
    before = time.monotonic()
    commands = [[sys.executable, "-m", "tracker.extraction", *map(str, paths[half::2])] for half in (0, 1)]
    running = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL) for command in commands]
    for each in running:
        each.wait()
    return time.monotonic() - before


def say(line: str) -> None:
    """One line of the figures."""
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    sys.exit(main())
