"""What goes into each pack so that it can be verified: the script, and the page that tells how, in plain words."""

from collections.abc import Mapping
from importlib.resources import files

from django.template.loader import render_to_string

from tracker.exports import columns
from tracker.exports.verifying import verify_pack
from tracker.rules.pack import Cover, Name

SCRIPT = "verify_pack.py"
# What the files are, for whoever opens the pack for the first time.
MEANINGS: Mapping[str, str] = {
    Name.DOCUMENT: "the same report as a Word document, to paste from",
    Name.WORKBOOK: "all tables as one workbook",
    Name.ACTIONS: "every action, one a row",
    Name.UPDATES: "what was said about progress",
    Name.EVIDENCE: "what was handed in as evidence",
    Name.EXTENSIONS: "later dates asked for, with the decisions",
    Name.RECOMMENDATIONS: "what the reports recommend, word for word",
    Name.STEPS: "the statutory steps and when they were met",
    Name.MOVEMENT: "what has changed since the earlier moment",
    Name.TRAIL: "the trail: every event from the first on, each bound to the one before",
    Name.MANIFEST: "what this pack is, and the SHA-256 of every file in it",
    Name.SUMS: "the same sums in the form that sha256sum reads",
    Name.HOW_TO: "this page",
    Name.VERIFIER: "the script that checks all of this",
}


def script() -> bytes:
    """The script as it stands in a pack and runs anywhere: Python 3.8 or newer, and nothing else."""
    return files(__package__).joinpath(SCRIPT).read_bytes()


def unguarded() -> list[str]:
    """The columns of actions.csv that the trail cannot speak for: the sums alone guard them."""
    return [column.heading for column in columns.ACTIONS if column.heading not in verify_pack.columns_of(Name.ACTIONS)]


def how_to_verify(cover: Cover, *, names: list[str], withheld: int = 0, erased: int = 0) -> str:
    """HOW-TO-VERIFY.txt of a pack: `names` of its files, and how many bodies of its trail are withheld or erased."""
    told = {
        "cover": cover,
        "contents": [(name, _meaning(name)) for name in names if not name.startswith(Name.FILES)],
        "evidence": sum(name.startswith(Name.FILES) for name in names),
        "withheld": withheld,
        "erased": erased,
        "guarded_by_sums": unguarded(),
    }
    return render_to_string("packs/how_to_verify.txt", told)


def _meaning(name: str) -> str:
    return MEANINGS.get(name, "the report, to read and print" if name.endswith(".pdf") else "")
