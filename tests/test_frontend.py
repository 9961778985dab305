"""The front-end files as the build leaves them: the reader's own typeface, pictures beside the style, no trace of a map."""

import json
import re
from pathlib import Path

import pytest

from config.frontend import build

FONT = '@font-face{font-family:GDS Transport;src:url(/assets/fonts/light.woff2) format("woff2")}'


def test_the_typeface_of_gov_uk_is_left_out():
    css = build.restyled(FONT + ".a{font-family:GDS Transport,arial,sans-serif}")
    assert css == f".a{{font-family:{build.SANS}}}"


def test_pictures_are_looked_for_beside_the_style():
    assert build.restyled(".a{background:url(/assets/images/tick.svg)}") == ".a{background:url(images/tick.svg)}"


@pytest.mark.parametrize("tail", ["/*# sourceMappingURL=a.css.map */\n", "//# sourceMappingURL=a.js.map\n"])
def test_no_map_is_named_that_is_not_there(tail):
    assert build.SOURCE_MAP.sub("", f"a{{}}{tail}") == "a{}"


def test_only_the_pictures_that_the_style_names_are_taken(tmp_path):
    dist = tmp_path / "dist"
    (dist / "assets" / "images").mkdir(parents=True)
    for name in ("tick.svg", "crown.svg"):
        (dist / "assets" / "images" / name).touch()
    (dist / build.STYLE).write_text(".a{background:url(/assets/images/tick.svg)}")
    (dist / build.SCRIPT).write_text("export {}")
    build.write(dist, tmp_path / "govuk")
    assert [path.name for path in (tmp_path / "govuk" / "images").iterdir()] == ["tick.svg"]


def test_a_command_that_fails_is_told_with_its_last_words(tmp_path):
    with pytest.raises(build.CannotBuild, match="exit status 3: no network"):
        build.run(["sh", "-c", "echo no network >&2; exit 3"], tmp_path)


def test_the_locks_name_no_host():
    lock = json.loads((build.HERE / "package-lock.json").read_text())
    named = [name for name, package in lock["packages"].items() if "resolved" in package]
    assert (named, re.findall(r"https?://\S+", (build.HERE / "requirements.lock").read_text())) == ([], [])


def test_the_build_asks_for_the_version_that_is_locked():
    wanted = json.loads((build.HERE / "package.json").read_text())["dependencies"]["govuk-frontend"]
    lock = json.loads(Path(build.HERE / "package-lock.json").read_text())
    assert lock["packages"]["node_modules/govuk-frontend"]["version"] == wanted


def test_a_command_that_waits_for_a_network_in_vain_is_ended_with_a_sentence(monkeypatch, tmp_path):
    monkeypatch.setattr(build, "SECONDS", 0.2)
    with pytest.raises(build.CannotBuild, match="is the network there"):
        build.run(["sleep", "30"], tmp_path)
