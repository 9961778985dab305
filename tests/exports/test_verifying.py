"""The verifier in a pack: each way of bending a pack is named, what is lawful is told apart, and no pack crashes it.

Everything here bends the stored pack, so nothing asks a database.
"""

import ast
import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests import packing
from tests.packing import events_of, resealed, unzipped, with_events, zipped
from tracker.choices import Basis, EvidenceKind, Impact, Move, NoteKind, Priority, Response, Status, Step
from tracker.exports import columns, csv
from tracker.exports.verifying import unguarded, verify_pack
from tracker.rules import chain as rules

PACKS = Path(__file__).parents[1] / "packs"
STORED = PACKS / "stored-format-1.zip"
CONFIDENTIAL = PACKS / "stored-format-1-confidential.zip"
# A whole pack of the demonstration with a past, report, workbook and evidence among its files.
WHOLE = PACKS / "stored-whole-pack.zip"
HEAD = packing.manifest_of(unzipped(STORED))["head"]
MINUTES = "evidence/1-minutes.txt"


@pytest.fixture
def files():
    return unzipped(STORED)


@pytest.fixture
def wrong(tmp_path):
    """What is wrong with a pack of these files, as sentences."""

    def found(files, head=""):
        return verify_pack.verify(str(zipped(files, tmp_path / "pack.zip")), head)[0].wrong

    return found


@pytest.fixture
def run(capsys):
    """The script on its command line: status and what it said."""

    def done(*words):
        status = verify_pack.main([str(word) for word in words])
        return status, capsys.readouterr().out

    return done


def named(sentences, *words):
    return any(all(word in sentence for word in words) for sentence in sentences)


# Packs that left the house ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "events"), [(STORED, 20), (CONFIDENTIAL, 20), (WHOLE, 157)], ids=["public", "confidential", "whole"]
)
def test_a_pack_that_left_the_house_verifies_for_ever(run, path, events):
    status, said = run(path)
    assert (status, f"Nothing is wrong: {events} events of authority-RTH" in said) == (0, True)


def test_the_script_in_a_stored_pack_verifies_it_where_it_is_unpacked(tmp_path):
    with zipfile.ZipFile(STORED) as archive:
        archive.extractall(tmp_path)
    done = subprocess.run(
        [sys.executable, "-I", "verify_pack.py", "."], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.returncode, "Nothing is wrong" in done.stdout) == (0, True)


def test_sha256sum_accepts_the_sums_of_a_stored_pack(tmp_path):
    with zipfile.ZipFile(STORED) as archive:
        archive.extractall(tmp_path)
    assert subprocess.run(["sha256sum", "--strict", "-c", "SHA256SUMS"], cwd=tmp_path, check=False).returncode == 0


@pytest.mark.parametrize(
    ("path", "words"),
    [
        (STORED, "Event 15: what it says of evidence 3 was erased lawfully, by Amina Lark and Greta Field"),
        (STORED, "1 withheld from this pack, their hashes still hold: evidence 2 (event 10)."),
        (CONFIDENTIAL, "erased lawfully"),
    ],
)
def test_what_is_lawful_is_told_and_is_not_wrong(path, words):
    found, _ = verify_pack.verify(str(path))
    assert (found.wrong, named(found.notes, words)) == ([], True)


# Events -----------------------------------------------------------------------------------------------------------


def without(number):
    return lambda events: [event for event in events if event["sequence"] != number]


def turned(events):
    return [*events[:3], events[4], events[3], *events[5:]]


def twice(events):
    return [*events[:4], events[3], *events[4:]]


def appended(events):
    last = events[-1]
    return [*events, {**last, "sequence": 21, "previous": last["hash"]}]


def told(change):
    """One event, the sixth (a note), with something else in it."""
    return lambda events: [change(event) if event["sequence"] == 6 else event for event in events]


def body(**more):
    return told(lambda event: {**event, "bodies": [{**event["bodies"][0], **more}]})


def recomputed(events):
    """The note with other words, its body's hash recomputed, and no more."""
    event = events[5]
    text = event["bodies"][0]["body"].replace("begun", "ended")
    first = {**event["bodies"][0], "body": text, "hash": rules.body_hash(event["bodies"][0]["salt"], text)}
    return [*events[:5], {**event, "bodies": [first]}, *events[6:]]


def rebodied(events):
    """The same with the event's own hash recomputed too: the next event no longer follows."""
    event = recomputed(events)[5]
    records = [[*each["subject"], each["hash"]] for each in event["bodies"]]
    event = {**event, "body": verify_pack.sha256(verify_pack.canonical(records))}
    covered = {key: event[key] for key in (*verify_pack.COVERED, "previous")}
    event = {**event, "hash": verify_pack.sha256(verify_pack.canonical(covered))}
    return [*events[:5], event, *events[6:]]


def emptied(events):
    return told(lambda event: {**event, "bodies": [strip(event["bodies"][0])]})(events)


def strip(body):
    return {key: value for key, value in body.items() if key not in ("salt", "body")}


BENT = {
    "an event taken out": (without(6), "Event 6 is missing"),
    "the first event taken out": (without(1), "Event 1 is missing"),
    "the last event taken out": (without(20), "Event 20 is missing: the trail ends before"),
    "two events changed places": (turned, "stands behind event 5: events were reordered"),
    "an event twice": (twice, "stands behind event 4: events were reordered, or added"),
    "an event appended": (appended, "events were added"),
    "another actor": (told(lambda e: {**e, "actor": 999}), "Event 6 (note_added) was changed: its hash"),
    "another kind": (told(lambda e: {**e, "kind": "note_added2"}), "was changed: its hash"),
    "another moment": (
        told(lambda e: {**e, "recorded_at": "2012-09-01T00:00:00.000000Z"}),
        "Event 6 (note_added) was recorded before",
    ),
    "another chain": (told(lambda e: {**e, "chain": "authority-STF"}), "belongs to another chain, authority-STF"),
    "another format": (told(lambda e: {**e, "format": 2}), "a form that this script does not know"),
    "another hash": (told(lambda e: {**e, "hash": "0" * 64}), "Event 7 (extension_asked) does not follow"),
    "other words": (body(body='{"state":{}}'), "Event 6 (note_added), what it says of progressnote 1, was changed"),
    "another salt": (body(salt="0" * 32), "Event 6 (note_added), what it says of progressnote 1, was changed"),
    "a body of another record": (body(subject=["progressnote", 2]), "was changed, removed, added or reordered"),
    "other words with their hash": (recomputed, "what it says was changed, removed, added or reordered"),
    "other words with the event's hash": (rebodied, "Event 7 (extension_asked) does not follow"),
    "a body taken out": (emptied, "Event 6: what it says of progressnote 1 is gone, and no erasure names it"),
    "a body said to be erased": (
        told(lambda e: {**e, "bodies": [{**strip(e["bodies"][0]), "erased": "by A and B on 1 May 2013"}]}),
        "progressnote 1 is gone, and no erasure names it",
    ),
    "no bodies": (told(lambda e: {**e, "bodies": []}), "was changed, removed, added or reordered"),
}


@pytest.mark.parametrize("sealed", [False, True], ids=["as it is", "manifest recomputed"])
@pytest.mark.parametrize(("bend", "words"), BENT.values(), ids=BENT)
def test_a_bent_event_is_named(files, wrong, bend, words, sealed):
    bent = with_events(files, bend(events_of(files)))
    assert named(wrong(resealed(bent) if sealed else bent), words)


def test_a_bent_trail_is_a_changed_file_too(files, wrong):
    assert named(wrong(with_events(files, without(6)(events_of(files)))), "trail.jsonl was changed")


def test_the_last_events_taken_out_and_all_recomputed_are_unmasked_by_a_head_outside(files, wrong):
    events = without(20)(events_of(files))
    end = {"sequence": 19, "events": 19, "head": events[-1]["hash"], "recorded_at": events[-1]["recorded_at"]}
    shorter = resealed(with_events(files, events), **end)
    shorter["actions.csv"] = shorter["actions.csv"].replace(b"'+ the supplier is late", b"")
    shorter = resealed(shorter)
    assert wrong(shorter) == []
    assert named(wrong(shorter, HEAD), "The head that you hold is in no event of this trail")


def test_more_withheld_than_the_manifest_says_is_named(files, wrong):
    withheld = told(lambda e: {**e, "bodies": [{**strip(e["bodies"][0]), "withheld": "because"}]})
    assert named(wrong(resealed(with_events(files, withheld(events_of(files))), withheld=1)), "counts 1", "the trail 2")


def test_a_confidential_pack_withholds_nothing(files, wrong):
    said = packing.manifest_of(files)["pack"]
    assert named(wrong(resealed(files, pack={**said, "confidential": True})), "nothing is withheld from it, and yet")


def test_an_erasure_after_the_pack_s_moment_is_lawful_where_the_manifest_notes_it(files, wrong):
    bent = with_events(files, emptied(events_of(files)))
    note = [{"sequence": 6, "position": 0, "erased": "by Amina Lark and Greta Field on 2013-05-01"}]
    assert not named(wrong(resealed(bent, erasures=note)), "is gone")


@pytest.mark.parametrize("held", [HEAD, "event 6"])
def test_a_head_from_before_is_found(run, files, held):
    head = HEAD if held == HEAD else events_of(files)[5]["hash"]
    status, said = run(STORED, "--head", f" {head.upper()}")
    assert (status, "up to there it is the same" in said) == (0, True)


# Files ------------------------------------------------------------------------------------------------------------

FILES = {
    "evidence changed": (lambda f: {**f, MINUTES: f[MINUTES] + b"."}, MINUTES, "was changed"),
    "evidence of the same length": (lambda f: {**f, MINUTES: b"m" + f[MINUTES][1:]}, MINUTES, "was changed"),
    "evidence missing": (lambda f: {n: d for n, d in f.items() if n != MINUTES}, MINUTES, "is missing"),
    "a file added": (lambda f: {**f, "board-report.pdf": b"%PDF"}, "board-report.pdf", "was added"),
    "the script changed": (lambda f: {**f, "verify_pack.py": b"print('fine')"}, "verify_pack.py", "was changed"),
    "sums missing": (lambda f: {n: d for n, d in f.items() if n != "SHA256SUMS"}, "SHA256SUMS", "is missing"),
    "a sum changed": (
        lambda f: {**f, "SHA256SUMS": b"0" * 64 + f["SHA256SUMS"][64:]},
        "SHA256SUMS and MANIFEST.json",
        "disagree",
    ),
    "a sum left out": (
        lambda f: {**f, "SHA256SUMS": b"".join(f["SHA256SUMS"].splitlines(True)[1:])},
        "SHA256SUMS was changed",
        "leaves out",
    ),
    "a sum too many": (
        lambda f: {**f, "SHA256SUMS": f["SHA256SUMS"] + b"0" * 64 + b"  more.pdf\n"},
        "SHA256SUMS was changed",
        "more.pdf",
    ),
    "no sum": (lambda f: {**f, "SHA256SUMS": f["SHA256SUMS"] + b"hello\n"}, "SHA256SUMS was changed", "hello"),
    "the manifest changed": (
        lambda f: {**f, "MANIFEST.json": f["MANIFEST.json"].replace(b'"version":"test"', b'"version":"best"')},
        "disagree about MANIFEST.json",
        "the hash that the file has",
    ),
}


@pytest.mark.parametrize(("bend", "what", "how"), FILES.values(), ids=FILES)
def test_a_bent_file_is_named(files, wrong, bend, what, how):
    assert named(wrong(bend(files)), what, how)


def test_changed_evidence_is_named_by_the_trail_where_the_manifest_was_recomputed(files, wrong):
    bent = resealed({**files, MINUTES: b"All is well."})
    assert wrong(bent) == [f"{MINUTES} is another file than the trail tells of: it was changed."]


def test_evidence_that_the_trail_does_not_tell_of_is_named(files, wrong):
    bent = resealed({**files, "evidence/77-praise.txt": b"All is well."})
    assert wrong(bent) == ["evidence/77-praise.txt is evidence that the trail does not tell of."]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"head": "0" * 64}, "The head in the manifest is not the hash of the trail's last event"),
        ({"sequence": 19, "events": 19}, "The trail ends with event 20, the manifest with 19"),
        ({"sequence": 21, "events": 21}, "Event 21 is missing"),
        ({"events": 19}, "counts other events"),
        ({"recorded_at": "2013-02-21T12:00:00.000000Z"}, "another moment"),
        ({"withheld": 7}, "counts 7"),
        ({"chain": "authority-STF"}, "belongs to another chain"),
    ],
)
def test_a_manifest_that_contradicts_the_trail_is_named(files, wrong, said, words):
    assert named(wrong(resealed(files, **said)), words)


# Cells ------------------------------------------------------------------------------------------------------------


def cells(files):
    text = files["actions.csv"].decode("utf-8-sig")
    return list(verify_pack.csv.reader(io.StringIO(text, newline="")))


def with_cells(files, rows):
    text = io.StringIO(newline="")
    verify_pack.csv.writer(text).writerows(rows)
    return {**files, "actions.csv": text.getvalue().encode("utf-8-sig")}


def with_cell(files, heading, words):
    rows = cells(files)
    rows[1][rows[0].index(heading)] = words
    return with_cells(files, rows)


GUARDED = verify_pack.columns_of("actions.csv")
PRESENT = [heading for heading in cells(unzipped(STORED))[0] if heading in GUARDED]


@pytest.mark.parametrize("heading", PRESENT[1:])
def test_a_changed_cell_is_named_by_its_reference_and_column(files, wrong, heading):
    found = wrong(resealed(with_cell(files, heading, "2014-01-01")))
    assert named(found, "actions.csv: RTH-2012-01", f"column {heading}", "“2014-01-01”")


@pytest.mark.parametrize("heading", [heading for heading in cells(unzipped(STORED))[0] if heading not in GUARDED])
def test_a_changed_cell_of_another_column_is_a_changed_file(files, wrong, heading):
    assert named(wrong(with_cell(files, heading, "2014-01-01")), "actions.csv was changed")


def test_another_reference_is_named(files, wrong):
    found = wrong(resealed(with_cell(files, "Reference", "RTH-2012-09")))
    assert named(found, "RTH-2012-09", "does not tell of") and named(found, "a row of RTH-2012-01 is missing")


def test_a_row_taken_out_is_named(files, wrong):
    rows = cells(files)
    assert wrong(resealed(with_cells(files, rows[:1] + rows[2:]))) == ["actions.csv: a row of RTH-2012-01 is missing."]


def test_a_row_twice_is_named(files, wrong):
    rows = cells(files)
    assert named(wrong(resealed(with_cells(files, [*rows, rows[1]]))), "RTH-2012-01", "does not tell of")


def test_a_cell_too_many_is_named(files, wrong):
    rows = cells(files)
    assert named(wrong(resealed(with_cells(files, [rows[0], [*rows[1], "more"], *rows[2:]]))), "line 2", "cells")


def test_one_person_under_two_names_is_named(files, wrong):
    assert named(wrong(resealed(with_cell(files, "Owner", "Eve Stone"))), "column Owner", "Eve Stone", "Ben Moss")


def test_an_owner_where_the_trail_names_nobody_is_named(files, wrong):
    rows = cells(files)
    rows[3][rows[0].index("Owner")] = "Eve Stone"
    assert named(wrong(resealed(with_cells(files, rows))), "RTH-2012-03, column Owner", "names nobody")


# The script's own small tables against the house's -----------------------------------------------------------------

# The columns that no trail of an authority can speak for: names, other people's rows, what rules say.
BY_SUM = {
    "actions.csv": {
        *("Authority", "Themes", "Partners", "Extensions granted", "Delivery rating", "Days overdue", "Updates"),
        *("Overdue against the original date", "Latest update", "Latest update by", "Latest update on"),
        *("Pieces of evidence", "Impact measures", "Movement since"),
        *("In time against the original date", "In time against the due date"),
    },
    "evidence.csv": {"File in the pack"},
    "recommendations.csv": {"Themes", "Actions"},
    "statutory-steps.csv": {"Late"},
}
LISTS = {
    name: getattr(columns, word, ())
    for name, word in [
        ("actions.csv", "ACTIONS"),
        ("updates.csv", "UPDATES"),
        ("evidence.csv", "EVIDENCE"),
        ("extensions.csv", "EXTENSIONS"),
        ("recommendations.csv", "RECOMMENDATIONS"),
        ("statutory-steps.csv", "STEPS"),
    ]
}


@pytest.mark.parametrize("name", LISTS)
def test_every_column_is_guarded_by_the_trail_or_known_to_be_by_the_sums_alone(name):
    guarded = {*verify_pack.columns_of(name), *verify_pack.PEOPLE.get(name, ()), *BY_SUM.get(name, ())}
    assert {column.heading for column in LISTS[name]} <= guarded


def test_the_page_names_the_columns_that_the_sums_alone_guard():
    assert set(unguarded()) <= BY_SUM["actions.csv"] | set(verify_pack.PEOPLE["actions.csv"])


RECORDS = {
    "report": {"title": "=Report", "publication_date": "2012-08-20", "accepted_as": "plan"},
    "recommendation": {
        **{"heading": "a heading", "text": "+a recommendation", "timescale": "within a month", "response": "in_part"},
        **{"citation": {"page": 7}, "report": 1, "number": 4, "printed_ref": "4a", "addressee": "The council"},
        "response_text": "We agree.",
    },
    "action": {
        **{"reference": "RTH-2012-01", "what": "-what", "outcome": "two\nlines", "priority": "high"},
        **{"start_on": "2012-09-01", "started_on": "2012-09-02", "original_due": "2012-12-03"},
        **{"agreed_due": "2013-01-07", "due_basis": "chosen", "original_basis": "printed", "due_explanation": "why"},
        **{"status": "in_progress", "last_move": "return", "last_move_reason": "two files", "lowered_reason": "late"},
        **{"impact": "emerging", "impact_reason": "the audit", "impact_on": "2013-02-01", "closed_elsewhere": True},
        **{"submitted_at": "2012-10-28T00:30:00.000000Z", "closed_at": "2013-01-02T23:30:59.999999Z"},
        **{"next_check_on": "2013-07-01", "recommendation": 1, "owner": 5, "accountable": 6},
    },
    "progressnote": {"action": 1, "kind": "on_track", "text": "\t", "written_at": "2013-07-02T12:00:00.000000Z"},
    "evidence": {
        **{"action": 1, "kind": "file", "title": "Minutes", "about_on": "2012-10-01", "confidential": False},
        **{"received_at": "2012-10-02T12:00:00.000000Z", "text": "words", "url": "https://example.org/"},
        **{"media_type": "text/plain", "size": 26, "sha256": "ab" * 32, "withdrawn_at": "2013-01-01T00:00:00.000000Z"},
        **{"withdrawn_reason": "it was wrong", "erased_at": "2013-01-02T00:00:00.000000Z"},
    },
    "extension": {
        **{"action": 1, "from_due": "2012-12-03", "to_due": "2013-01-07", "reason": "floods", "granted": False},
        **{"asked_at": "2012-11-01T12:00:00.000000Z", "decided_at": "2012-11-02T12:00:00.000000Z"},
        **{"decision_reason": "no", "withdrawn": False},
    },
    "statutorystep": {
        **{"report": 1, "step": "action_plan", "body": "The council", "sent_to": "Ofsted", "printed": "2012-12-01"},
        **{"computed": "2012-12-02", "chosen": "2012-12-03", "chosen_reason": "agreed", "explanation": "70 days"},
        **{"source": "the Act", "met_on": "2012-12-04", "met_note": "sent"},
    },
}
LINKED = {"citation", "report", "recommendation", "action", "reference", "number", "accepted_as"}
EMPTY = {
    kind: {name: value if name in LINKED else None for name, value in fields.items()}
    for kind, fields in RECORDS.items()
}


def row_of(kind, records):
    """The row that the exports are given for a record of this kind."""
    part = {"progressnote": "note", "statutorystep": "step"}.get(kind, kind)
    due = next((records[kind][name] for name in ("chosen", "printed", "computed") if records[kind].get(name)), None)
    others = {name: {} for name in ("owner", "accountable", "by", "behalf", "authority")}
    return {**others, **records, part: records[kind], "computed": {"number": 1, "due": due}}


@pytest.mark.parametrize("records", [RECORDS, EMPTY], ids=["full", "empty"])
@pytest.mark.parametrize("name", [name for name in LISTS if LISTS[name]])
def test_the_script_writes_cells_as_the_exports_do(name, records):
    trail = verify_pack.Trail(None, {}, verify_pack.Findings())
    for kind, state in records.items():
        trail.states[kind, 1] = verify_pack.zlib.compress(json.dumps(state).encode())
    ways, kind = verify_pack.columns_of(name), verify_pack.TABLES[name][0]
    written = {c.heading: csv.cell(c.read(row_of(kind, records))) for c in LISTS[name] if c.heading in ways}
    told = {h: verify_pack.form(verify_pack.follow(trail, (kind, 1), ways[h][0]), ways[h][1]) for h in written}
    assert told == written


@pytest.mark.parametrize(
    ("name", "words"),
    [
        *[("response", Response), ("priority", Priority), ("basis", Basis), ("status", Status), ("impact", Impact)],
        *[("move", Move), ("note", NoteKind), ("evidence", EvidenceKind), ("step", Step)],
    ],
)
def test_the_script_knows_the_words_of_the_house(name, words):
    assert verify_pack.WORDS[name] == {each.value: each.label for each in words}


@pytest.mark.parametrize(
    "moment", ["2012-03-25T00:59", "2012-03-25T01:00", "2012-10-28T00:59", "2012-10-28T01:00", "2013-07-01T12:00"]
)
def test_the_script_tells_london_s_time_as_the_exports_do(moment):
    whole = f"{moment}:30.000000Z"
    assert verify_pack.london(whole) == csv.cell(verify_pack.datetime.fromisoformat(whole))


# Hostile packs ----------------------------------------------------------------------------------------------------


def test_the_script_can_be_read_by_python_3_8_and_needs_its_library_alone():
    tree = ast.parse(Path(verify_pack.__file__).read_text(), feature_version=(3, 8))
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    imported |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    assert {name.split(".")[0] for name in imported} <= set(sys.stdlib_module_names)


@pytest.mark.parametrize("words", [(), ("a", "b"), (STORED, "--head", "short"), ("--help",)])
def test_a_command_that_was_not_understood_is_told_how(run, words):
    status, said = run(*words)
    assert (status, "python3 verify_pack.py PACK.zip" in said) == (2, True)


@pytest.mark.parametrize("data", [b"", b"PK", b"%PDF-1.7", b"PK\x05\x06" + b"\0" * 18], ids=range(4))
def test_what_is_no_pack_is_told_so(run, tmp_path, data):
    (tmp_path / "x.zip").write_bytes(data)
    status, said = run(tmp_path / "x.zip")
    assert (status, said.count("\n")) == (2, 1)


@pytest.mark.parametrize(
    "manifest",
    [
        b"",
        b"{",
        b"[]",
        b"\xff",
        b'{"format":1}',
        b"[" * 100_000,
        b'{"format":' + b"9" * 10_000 + b"}",
        b'{"format":1e400}',
        b'{"format":2}',
        b'{"format":1,"pack":{},"chain":"a","sequence":1,"head":"","recorded_at":"","files":[1]}',
    ],
    ids=range(10),
)
def test_a_manifest_that_is_none_is_told_in_one_sentence(run, files, tmp_path, manifest):
    status, said = run(zipped({**files, "MANIFEST.json": manifest}, tmp_path / "pack.zip"))
    assert (status, said.count("\n")) == (2, 1)


@pytest.mark.parametrize(
    "line", [b"{", b"[]", b"null", b"\xff", b"[" * 100_000, b'{"a":1,"a":1}', b'{"format":1.5}', b""], ids=range(8)
)
def test_a_line_that_is_no_event_is_named(files, wrong, line):
    assert named(wrong(resealed({**files, "trail.jsonl": files["trail.jsonl"] + line + b"\n"})), "Line 21")


@pytest.mark.parametrize("name", ["../up.txt", "/etc/up.txt", "C:up.txt", "a\\..\\up.txt", "a//b", "a/./b", "a\nb"])
def test_a_name_that_leads_out_of_the_pack_is_named(files, wrong, name):
    assert named(wrong({**files, name: b"x"}), "is no name that a pack gives; do not unpack it")


def test_a_name_that_stands_twice_is_named(files, tmp_path):
    zipped(files, tmp_path / "pack.zip")
    with zipfile.ZipFile(tmp_path / "pack.zip", "a") as archive, pytest.warns(UserWarning):
        archive.writestr("actions.csv", b"other")
    found, _ = verify_pack.verify(str(tmp_path / "pack.zip"))
    assert named(found.wrong, "actions.csv is in the ZIP twice")


def test_words_of_a_pack_command_no_screen(files, wrong):
    found = wrong({**files, "a\x1b[31m": b""}) + wrong(resealed(with_cell(files, "Status", "\x1b]0;own\x07")))
    assert found and not named(found, "\x1b")


@pytest.mark.parametrize("name", ["bomb.bin", "trail.jsonl", "actions.csv", "MANIFEST.json", "SHA256SUMS"])
def test_a_bomb_is_named_and_never_unpacked_into_memory(files, tmp_path, monkeypatch, name):
    """A megabyte stands for sixty-four: no line may be longer."""
    monkeypatch.setattr(verify_pack, "LONGEST", 1 << 18)
    bent = {**files, name: b"\0" * (1 << 20)}
    path = zipped(resealed(bent) if name.endswith((".bin", ".jsonl", ".csv")) else bent, tmp_path / "pack.zip")
    try:
        said = verify_pack.verify(str(path))[0].wrong if name != "bomb.bin" else [f"{name} fits"]
    except verify_pack.Unreadable as error:
        said = [str(error)]
    assert named(said, name)


def test_a_link_in_a_folder_is_not_followed(tmp_path):
    with zipfile.ZipFile(STORED) as archive:
        archive.extractall(tmp_path)
    (tmp_path / "actions.csv").unlink()
    (tmp_path / "actions.csv").symlink_to("/etc/hostname")
    assert named(verify_pack.verify(str(tmp_path))[0].wrong, "actions.csv is a link")


def test_so_many_findings_are_said_and_the_rest_counted(run, files, wrong, tmp_path):
    many = {**files, **{f"extra-{number}": b"" for number in range(600)}}
    status, said = run(zipped(many, tmp_path / "many.zip"))
    assert (status, "600 thing(s)" in said, "100 more are not listed" in said) == (1, True, True)


@pytest.mark.parametrize("seed", range(40))
def test_a_byte_changed_anywhere_crashes_nothing(run, tmp_path, seed):
    data = bytearray(STORED.read_bytes())
    place = (seed * 7919) % len(data)
    data[place] ^= 1 + seed
    (tmp_path / "pack.zip").write_bytes(data)
    assert run(tmp_path / "pack.zip")[0] in (0, 1, 2)
