"""How fast digests are planned and sent, each beside a baseline of the same run: `python -m tests.benchmarks.notices`.

On a PostgreSQL of its own. Sizes can be set: BENCH_RECIPIENTS (20,000), BENCH_EACH (10 actions a person), BENCH_SENDERS
(one a processor), BENCH_DUE (5,000), BENCH_PLANS (10000,100000,1000000). Exit status 1 where a figure
misses what is aimed at.
"""

import sys
import tempfile
from pathlib import Path

from tests.benchmarks.figures import copied, installation, run

PARTS = ("sending", "planning")


def main(wanted: list[str]) -> int:
    """Run the parts named, or all; each in a database of its own."""
    with tempfile.TemporaryDirectory() as folder, installation(Path(folder)) as environment:
        each = [run("-m", f"tests.benchmarks.{part}", env=copied(environment, part)) for part in wanted or PARTS]
    return max(each)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
