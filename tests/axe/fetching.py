"""The accessibility checker axe-core, fetched once by its lock into the checkout's own cache."""

import shutil
import tempfile
from pathlib import Path

from config.frontend import build

HERE = Path(__file__).parent
CACHE = HERE.parents[1] / ".pytest_cache" / "axe"


def axe():
    """The checker's script. Raises build.CannotBuild where it is not there and cannot be fetched."""
    version = (HERE / "package-lock.json").stat().st_mtime_ns
    kept = CACHE / f"axe-{version}.js"
    if not kept.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory() as folder:
            for name in build.INPUTS:
                shutil.copy(HERE / name, folder)
            npm = build.npm_on_path() or build.npm_of_wheel(Path(folder) / "node")
            build.run([*npm, *build.NPM_CI], Path(folder))
            fetched = CACHE / Path(folder).name
            shutil.copy(Path(folder) / "node_modules" / "axe-core" / "axe.min.js", fetched)
            fetched.replace(kept)
    return kept.read_text()
