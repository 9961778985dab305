import json
import subprocess
import sys
from pathlib import Path

import pytest

from tracker.extraction.__main__ import main

TEXT = "Recommendations\n\n- See children often and alone.\n"
KEYS = {
    "file", "provider", "authority", "framework", "inspection_start", "inspection_end", "publication_date",
    "publication_date_quote", "overall_judgement", "recommendations", "needs_review", "warnings", "pages", "error",
}  # fmt: skip
ITEM_KEYS = {"ref", "heading", "addressee", "timescale", "text", "page"}


@pytest.fixture
def files(tmp_path):
    good, empty = tmp_path / "good.pdf", tmp_path / "empty.txt"
    good.write_text(TEXT)
    empty.write_bytes(b"")
    return [str(good), str(empty), str(tmp_path / "missing.txt"), str(good)]


def printed(capsys):
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_one_line_is_printed_for_each_file_in_order(files, capsys):
    main(files)
    assert [row["file"] for row in printed(capsys)] == files


def test_a_file_that_cannot_be_read_has_its_sentence_and_the_others_are_read(files, capsys):
    main(files)
    assert [row["error"] for row in printed(capsys)] == [
        None,
        "This file is empty.",
        "This file could not be opened: No such file or directory.",
        None,
    ]


@pytest.mark.parametrize(("chosen", "status"), [(slice(0, 1), 0), (slice(0, 2), 1)])
def test_the_exit_status_says_whether_every_file_was_read(files, chosen, status, capsys):
    assert main(files[chosen]) == status


def test_every_promised_key_is_printed(files, capsys):
    main(files[:1])
    (row,) = printed(capsys)
    assert row.keys() >= KEYS and row["recommendations"][0].keys() >= ITEM_KEYS


def test_the_command_needs_neither_settings_nor_django(files):
    code = (
        "import runpy, sys\nsys.modules['django'] = None\n"
        f"sys.argv = ['extraction', {files[0]!r}]\nrunpy.run_module('tracker.extraction', run_name='__main__')"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root, env={"PATH": "/usr/bin"}, capture_output=True, text=True
    )
    assert (done.returncode, json.loads(done.stdout)["error"]) == (0, None)
