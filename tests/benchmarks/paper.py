"""The board report of long plans: `python tests/benchmarks/paper.py [ACTIONS…]` (500 and 5,000 unless said otherwise).

Prints for each plan the files and pages, processor time a page, and the peak memory of this process and of the
typesetter's, in megabytes: both are to stay the same however long the plan is.
"""

import resource
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from pypdfium2 import PdfDocument  # noqa: E402 - after the path

from tests.exports.paper_contents import contents  # noqa: E402
from tracker.exports import docx, pdf  # noqa: E402

KILO = 1024


def main() -> int:
    """Measure each plan in turn, the shortest first: a peak of memory never sinks again."""
    for actions in sorted(map(int, sys.argv[1:])) or (500, 5000):
        plan, pages, files = contents(actions), 0, 0
        for _, data in pdf.files(plan):
            document = PdfDocument(data)
            pages, files = pages + len(document), files + 1
            document.close()
        child = resource.getrusage(resource.RUSAGE_CHILDREN)
        told = (
            f"{actions:,} actions: {files} PDF files, {pages:,} pages, typesetter at most {child.ru_maxrss // KILO} MB"
        )
        say(f"{told}, {1000 * child.ru_utime / max(pages, 1):.0f} ms of processor a page so far")
        documents = sum(1 for _ in docx.files(plan))
        say(f"  {documents} Word files; this process at most {_own()} MB")
    return 0


def _own() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // KILO


def say(line: str) -> None:
    """Print."""
    print(line, flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
