"""`python -m tracker.extraction FILE…`: one JSON object a line, in the order of the files.

Exit status 1 at the end if any file could not be read; the others are still read.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from tracker.extraction.sandbox import read_report
from tracker.extraction.server import serve
from tracker.extraction.shapes import ExtractedReport, Limits


def main(arguments: Sequence[str]) -> int:
    """Read the files named, or serve a parent; returns the exit status."""
    options = _parser().parse_args(arguments)
    if options.serve:
        serve(memory=options.memory)
        return 0
    failed = False
    for name in options.files:
        report = _read(name)
        sys.stdout.write(json.dumps(report.to_json()) + "\n")
        sys.stdout.flush()
        failed = failed or report.error is not None
    return int(failed)


def _read(name: str) -> ExtractedReport:
    try:
        data = Path(name).read_bytes()
    except OSError as error:
        return ExtractedReport(name, error=f"This file could not be opened: {error.strerror or error}.")
    return read_report(data, name=name)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tracker.extraction", description="Reads inspection reports.")
    parser.add_argument("files", metavar="FILE", nargs="*", help="a report; its format is told by its content")
    parser.add_argument("--serve", action="store_true", help="answer a parent process over standard input and output")
    parser.add_argument("--memory", type=int, default=Limits().memory, help="with --serve: most address space in bytes")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
