#!/usr/bin/env python3
"""Verify a board pack, with Python 3.8 or newer and nothing else.

    python3 verify_pack.py PACK.zip [--head HASH]
    python3 verify_pack.py FOLDER [--head HASH]        a pack that was unpacked

Names in plain sentences whatever was changed, removed, added or reordered: files, events of the trail, what events
say, cells of the CSV files. HASH is a head you hold from elsewhere: a mail, an earlier pack. Nothing is unpacked,
written or sent. Exit status 0: nothing is wrong. 1: something is. 2: this is no pack that can be read.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import re
import sys
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import IO, Any, NoReturn

MANIFEST, SUMS, TRAIL, EVIDENCE = "MANIFEST.json", "SHA256SUMS", "trail.jsonl", re.compile(r"evidence/(\d+)-.")
FORMAT = 1
BEGINNING = "0" * 64
ERASED_WORDS = "Erased after a breach"  # what stands in place of an erased note's words
LONGEST = 64 * 1024 * 1024  # no line and no manifest is longer; a pack that says otherwise is not read on
MOST_SAID = 500
HASH = re.compile(r"[0-9a-f]{64}")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError, OverflowError, IndexError)

# The columns of the CSV files that the trail can speak for. For each file: the kind of record that a row is of, the
# columns by which rows are told apart, then heading: the way to its words from the record, and the form if it has one.
TABLES = {
    "actions.csv": ("action", ("Reference",)),
    "updates.csv": ("progressnote", ("Reference",)),
    "evidence.csv": ("evidence", ("Reference", "Number")),
    "extensions.csv": ("extension", ("Reference",)),
    "recommendations.csv": ("recommendation", ("Report", "Number")),
    "statutory-steps.csv": ("statutorystep", ("Report", "Step")),
}
COLUMNS = """
[actions.csv]
Reference: reference
Report: recommendation.report.title
Publication date: recommendation.report.publication_date
Page: recommendation.citation.page
Heading: recommendation.heading
Recommendation: recommendation.text
Timescale as printed: recommendation.timescale
Response: recommendation.response | response
What we will do: what
Desired outcome: outcome
Priority: priority | priority
Start: start_on
Work started: started_on
Original due date: original_due
Basis of the original date: original_basis | basis
Due date: agreed_due
Basis of the date: due_basis | basis
Why this date: due_explanation
Status: status | status
Last move: last_move | move
Reason for the last move: last_move_reason
Rating lowered because: lowered_reason
Impact: impact | impact
What the impact rating rests on: impact_reason
Impact rated on: impact_on
Submitted: submitted_at | moment
Closed: closed_at | moment
Closed before this tracker: closed_elsewhere | flag
Next check: next_check_on
[updates.csv]
Reference: action.reference
Written: written_at | moment
Kind: kind | note
Update: text
[evidence.csv]
Reference: action.reference
Number: number
Evidence: title
Kind: kind | evidence
Date it is about: about_on
Received: received_at | moment
Confidential: confidential | flag
Words: text
Address: url
Type of file: media_type
Size in bytes: size
SHA-256: sha256
Withdrawn: withdrawn_at | moment
Why withdrawn: withdrawn_reason
Erased: erased_at | moment
[extensions.csv]
Reference: action.reference
Due date before: from_due
Date asked for: to_due
Reason: reason
Asked: asked_at | moment
Decision: whole record | decision
Decided: decided_at | moment
Reason for the decision: decision_reason
[recommendations.csv]
Report: report.title
Publication date: report.publication_date
Number: number
Number as printed: printed_ref
Page: citation.page
Heading: heading
Recommendation: text
Addressed to: addressee
Timescale as printed: timescale
Response: response | response
Words of the response: response_text
[statutory-steps.csv]
Report: report.title
Step: step | step
Who owes it: body
To whom it goes: sent_to
Due date: whole record | due
Met on: met_on
Note: met_note
Date as printed: printed
Date as computed: computed
Date as chosen: chosen
Why chosen: chosen_reason
Why this date: explanation
Rule it comes from: source
"""
# People's names stand in another trail; but one person is called the same in every row, and nobody has no name.
PEOPLE = {
    "actions.csv": {
        "Owner": "owner",
        "Owner's post": "owner",
        "Owner's organisation": "owner",
        "Accountable lead": "accountable",
        "Accountable lead's post": "accountable",
    },
    "updates.csv": {"By": "written_by", "Post": "written_by", "On behalf of": "on_behalf_of"},
    "evidence.csv": {"Added by": "added_by", "On behalf of": "on_behalf_of", "Withdrawn by": "withdrawn_by"},
    "extensions.csv": {"Asked by": "asked_by", "Decided by": "decided_by"},
}
# All other columns, and movement.csv, follow from several records, from rules or from another trail: the sums alone
# guard them.
LINKS = {"action": "action", "recommendation": "recommendation", "report": "report"}
WORDS = {
    "response": {"accepted": "Accepted", "in_part": "Accepted in part", "noted": "Noted"},
    "priority": {"immediate": "Immediate", "high": "Priority action", "normal": "Normal"},
    "basis": {
        "chosen": "Chosen by a person",
        "printed": "Printed in the report",
        "computed": "Computed from the report's timescale",
        "default": "The authority's default for this kind of report",
        "none": "No due date",
    },
    "status": {
        "not_started": "Not started",
        "in_progress": "In progress",
        "submitted": "Submitted, awaiting sign-off",
        "closed": "Closed",
        "superseded": "Superseded",
        "not_applicable": "No longer applicable",
    },
    "impact": {"not_evidenced": "Not yet evidenced", "emerging": "Emerging", "embedded": "Embedded"},
    "move": {
        "start": "Start work",
        "submit": "Submit as complete",
        "recall": "Take the submission back",
        "return": "Return with a reason",
        "sign_off": "Sign off and close",
        "reopen": "Reopen",
        "supersede": "Mark as superseded",
        "set_aside": "Mark as no longer applicable",
        "restore": "Bring back",
    },
    "note": {"update": "Update", "on_track": "On track", "no_change": "Nothing changed", "help": "Help needed"},
    "evidence": {"file": "File", "link": "Link", "note": "Note"},
    "step": {
        "publish_report": "Publish the report",
        "statement_of_action": "Publish a written statement of action",
        "draft_plan": "Send an early draft of the action plan",
        "action_plan": "Send the action plan",
        "statement_of_proposed_action": "Send a written statement of proposed action",
        "priority_action_plan": "Publish a priority action plan",
    },
}
# What a spreadsheet could run gets an apostrophe before it; what nobody could see is shown.
UNSEEN = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
ALIKE = "⁺⁼₊₌⩵⩶﬩﹢﹣﹦﹫＋－＝＠\u2212"  # noqa: RUF001  every character that programs take for =, +, - or @
RUNS = re.compile(rf"'*(?:[\t\r\n]|[\s{UNSEEN}]*[=+\-@{ALIKE}])")
LOST = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
Key = tuple  # the type and the number of a record


class Unreadable(Exception):
    """This is no pack, or one that cannot be read on; the words say why."""


class Findings:
    """What was found: `wrong` is tampering or damage; `notes` tell apart what is lawful."""

    def __init__(self) -> None:
        self.wrong: list[str] = []
        self.notes: list[str] = []
        self.left_out = 0

    def bad(self, sentence: str) -> None:
        """Something is not as it was made."""
        if len(self.wrong) < MOST_SAID:
            self.wrong.append(sentence)
        else:
            self.left_out += 1


def shown(words: object) -> str:
    """Words of the pack so that a screen shows them and obeys none of them; long ones are cut."""
    text = "".join(letter if letter.isprintable() else "�" for letter in str(words))
    return text if len(text) <= 120 else text[:117] + "…"


# The two forms of a pack ------------------------------------------------------------------------------------------


class Zipped:
    """A pack in its ZIP, read where it lies."""

    def __init__(self, path: str, found: Findings) -> None:
        try:
            self.archive = zipfile.ZipFile(path)
        except BROKEN as error:
            raise Unreadable(f"{shown(path)} cannot be read as a ZIP file: {shown(error)}") from None
        self.sizes: dict[str, int] = {}
        for entry in self.archive.infolist():
            name = entry.filename
            if name in self.sizes:
                found.bad(f"{shown(name)} is in the ZIP twice: two readers could be shown two files.")
            elif name.startswith("/") or re.search(r"[\\:\0]|(^|/)\.{0,2}(/|$)", name) or not name.isprintable():
                found.bad(f"“{shown(name)}” in the ZIP is no name that a pack gives; do not unpack it.")
            elif entry.flag_bits & 1 or entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                found.bad(f"{shown(name)} is encrypted, or compressed in a way that no pack is.")
            else:
                self.sizes[name] = entry.file_size

    def open(self, name: str) -> IO[bytes]:
        """A file of the pack, for reading."""
        return self.archive.open(name)


class Unpacked:
    """A pack in a folder. Links are not followed."""

    def __init__(self, path: str, found: Findings) -> None:
        self.sizes: dict[str, int] = {}
        self.paths: dict[str, str] = {}
        for folder, _, files in os.walk(path):
            for file in files:
                whole = os.path.join(folder, file)  # noqa: PTH118  one way for every version of Python
                name = unicodedata.normalize("NFC", os.path.relpath(whole, path).replace(os.sep, "/"))
                if os.path.islink(whole) or not os.path.isfile(whole):  # noqa: PTH113, PTH114
                    found.bad(f"{shown(name)} is a link or no ordinary file; it is not read.")
                else:
                    self.sizes[name], self.paths[name] = os.path.getsize(whole), whole  # noqa: PTH202

    def open(self, name: str) -> IO[bytes]:
        """A file of the pack, for reading."""
        return open(self.paths[name], "rb")  # noqa: PTH123, SIM115


def opened(path: str, found: Findings) -> Zipped | Unpacked:
    """The pack at that path. Raises Unreadable."""
    return Unpacked(path, found) if os.path.isdir(path) else Zipped(path, found)  # noqa: PTH112


def digest(pack: Any, name: str) -> tuple[str, int]:
    """SHA-256 and length of a file of the pack; never more of it in memory than a block."""
    summed, size = hashlib.sha256(), 0
    with pack.open(name) as file:
        for block in iter(lambda: file.read(1 << 20), b""):
            summed.update(block)
            size += len(block)
    return summed.hexdigest(), size


def lines(pack: Any, name: str) -> Iterator[bytes]:
    """The lines of a file, with their ends. Raises ValueError for one that is longer than any pack's."""
    with pack.open(name) as file:
        for line in iter(lambda: file.readline(LONGEST), b""):
            if len(line) == LONGEST:
                raise ValueError("a line is longer than any that a pack has")
            yield line


# JSON -------------------------------------------------------------------------------------------------------------


def read_json(text: bytes | str) -> Any:
    """JSON in which no key stands twice and every number is whole. Raises ValueError with the reason."""

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if len(dict(pairs)) < len(pairs):
            raise ValueError("a key stands twice")
        return dict(pairs)

    def refuse(number: str) -> NoReturn:
        raise ValueError(f"{number[:20]} is no whole number")

    def whole(number: str) -> int:
        return int(number) if len(number) < 20 else refuse(number)

    try:
        words = text if isinstance(text, str) else text.decode("utf-8")
        return json.loads(words, object_pairs_hook=once, parse_int=whole, parse_float=refuse, parse_constant=refuse)
    except RecursionError:
        raise ValueError("it is nested deeper than any that a pack has") from None


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def canonical(value: object) -> str:
    """The one way in which the trail writes a value down before it is hashed."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def fits(value: Any, wanted: dict[str, Any]) -> bool:
    """Whether a JSON object has these keys, each with a value of this type."""
    return isinstance(value, dict) and all(
        isinstance(value.get(key), kind) and not (kind is int and isinstance(value.get(key), bool))
        for key, kind in wanted.items()
    )


# Files ------------------------------------------------------------------------------------------------------------


def read_manifest(pack: Any) -> dict[str, Any]:
    """What the pack says of itself. Raises Unreadable."""
    if MANIFEST not in pack.sizes:
        raise Unreadable("There is no MANIFEST.json: this is no board pack, or its manifest was taken out.")
    if pack.sizes[MANIFEST] > LONGEST:
        raise Unreadable("MANIFEST.json is longer than any that a pack has; it is not read.")
    try:
        with pack.open(MANIFEST) as file:
            manifest: dict[str, Any] = read_json(file.read(LONGEST))
    except BROKEN as error:
        raise Unreadable(f"MANIFEST.json cannot be read: {shown(error)}") from None
    if isinstance(manifest, dict) and manifest.get("format") not in (None, FORMAT):
        raise Unreadable("The pack has a form that this script does not know: use the one that is in the pack.")
    shape = {"format": int, "pack": dict, "chain": str, "sequence": int, "head": str, "recorded_at": str, "files": list}
    files_fit = isinstance(manifest, dict) and all(
        fits(file, {"name": str, "sha256": str, "size": int}) for file in manifest.get("files") or [None]
    )
    if not fits(manifest, shape) or not files_fit:
        raise Unreadable("MANIFEST.json does not say what a manifest has to say.")
    return manifest


def check_files(pack: Any, manifest: dict[str, Any], found: Findings) -> None:
    """Every file against the manifest, and the manifest against SHA256SUMS."""
    listed = {file["name"]: (file["sha256"], file["size"]) for file in manifest["files"]}
    if len(listed) < len(manifest["files"]):
        found.bad("MANIFEST.json lists a file twice.")
    for name in sorted(set(pack.sizes) - set(listed) - {MANIFEST, SUMS}):
        found.bad(f"{shown(name)} was added: the manifest does not name it.")
    for name, (wanted, size) in listed.items():
        if name not in pack.sizes:
            found.bad(f"{shown(name)} is missing: the manifest names it.")
            continue
        try:
            changed = pack.sizes[name] != size or digest(pack, name) != (wanted, size)
        except BROKEN as error:
            found.bad(f"{shown(name)} was changed: it cannot be read any more ({shown(error)}).")
        else:
            if changed:
                found.bad(f"{shown(name)} was changed: its length or SHA-256 is not what the manifest says.")
    check_sums(pack, {**{name: wanted for name, (wanted, _) in listed.items()}, MANIFEST: ""}, found)


def check_sums(pack: Any, listed: dict[str, str], found: Findings) -> None:
    if SUMS not in pack.sizes:
        found.bad("SHA256SUMS is missing.")
        return
    sums: dict[str, str] = {}
    try:
        listed[MANIFEST] = digest(pack, MANIFEST)[0]
        for line in lines(pack, SUMS):
            match = re.fullmatch(r"([0-9a-f]{64})  ([^\n]+)\n", line.decode("utf-8"))
            if not match or match.group(2) in sums:
                found.bad(f"SHA256SUMS was changed: “{shown(line)}” is no line of it, or stands there twice.")
            else:
                sums[match.group(2)] = match.group(1)
    except BROKEN as error:
        found.bad(f"SHA256SUMS was changed: it cannot be read any more ({shown(error)}).")
        return
    for name in sorted(set(sums) | set(listed)):
        if name not in sums:
            found.bad(f"SHA256SUMS was changed: it leaves out {shown(name)}.")
        elif name not in listed:
            found.bad(f"SHA256SUMS was changed: it names {shown(name)}, which the manifest does not.")
        elif sums[name] != listed[name]:
            whose = "the file has" if name == MANIFEST else "the manifest says"
            found.bad(f"SHA256SUMS and {MANIFEST} disagree about {shown(name)}: that is not the hash that {whose}.")


# The trail --------------------------------------------------------------------------------------------------------

HEADER = {"format": int, "chain": str, "sequence": int, "recorded_at": str, "kind": str, "subject": list}
HEADER.update({"channel": str, "request": str, "body": str, "previous": str, "hash": str, "bodies": list})
COVERED = ("format", "chain", "sequence", "recorded_at", "kind", "subject", "actor", "channel", "request", "body")
KEPT = {kind for kind, _ in TABLES.values()} | set(LINKS.values())


class Trail:
    """The walk along trail.jsonl: what was wrong on the way, and the last state of each record that it told."""

    def __init__(self, pack: Any, manifest: dict[str, Any], found: Findings, head: str = "") -> None:
        self.pack, self.manifest, self.found, self.wanted = pack, manifest, found, head
        self.sequence, self.head, self.recorded_at = 0, BEGINNING, ""
        self.states: dict[Key, bytes] = {}
        self.gone: dict[tuple[int, int], Key] = {}
        self.erasures: dict[tuple[str, int, int], str] = {}
        self.left: dict[tuple[int, int], str] = {}  # what the pack says is left of a body
        self.told_left: dict[tuple[int, int], str] = {}  # what the event of the erasure says is left of it
        self.erased_at: dict[Key, int] = {}
        self.erased: set[Key] = set()
        self.withheld: list[str] = []
        self.wanted_at = 0
        self._with_actions: set[int] | None = None

    def walk(self) -> None:
        """Every line of the trail, then its end."""
        for event in self.events():
            self.check(event)
        self.check_gone()
        self.check_end()

    def events(self) -> Iterator[dict[str, Any]]:
        """The events of trail.jsonl, one at a time; what is none is named and left out."""
        if TRAIL not in self.pack.sizes:
            return
        try:
            for number, line in enumerate(lines(self.pack, TRAIL), 1):
                try:
                    event = read_json(line)
                except ValueError as error:
                    self.found.bad(f"Line {number} of trail.jsonl was changed: it is no JSON ({shown(error)}).")
                    continue
                if fits(event, HEADER) and is_record(event["subject"]):
                    yield event
                else:
                    self.found.bad(f"Line {number} of trail.jsonl was changed: it is no event any more.")
        except BROKEN as error:
            self.found.bad(f"trail.jsonl was changed: it cannot be read on ({shown(error)}).")

    def check(self, event: dict[str, Any]) -> None:
        """One event: its place, its link to the one before, its hash, what it says."""
        where = f"Event {event['sequence']} ({shown(event['kind'])})"
        bad = self.found.bad
        if event["format"] != FORMAT:
            bad(f"{where} has a form that this script does not know.")
        if event["chain"] != self.manifest["chain"]:
            bad(f"{where} belongs to another chain, {shown(event['chain'])}.")
        if event["sequence"] > self.sequence + 1:
            bad(f"{missing(self.sequence + 1, event['sequence'] - 1)}: removed, or not in this order.")
        elif event["sequence"] <= self.sequence:
            bad(f"{where} stands behind event {self.sequence}: events were reordered, or added.")
        if event["previous"] != self.head:
            bad(f"{where} does not follow the event before it: something was changed, removed, added or reordered.")
        if event["hash"] != sha256(canonical({key: event.get(key) for key in (*COVERED, "previous")})):
            bad(f"{where} was changed: its hash does not follow from what it says.")
        if not MOMENT.fullmatch(event["recorded_at"]) or event["recorded_at"] < self.recorded_at:
            bad(f"{where} was recorded before the event before it, or at no moment at all.")
        self.check_bodies(event, where)
        self.sequence, self.head, self.recorded_at = event["sequence"], event["hash"], event["recorded_at"]
        if event["hash"] == self.wanted:
            self.wanted_at = event["sequence"]

    def check_bodies(self, event: dict[str, Any], where: str) -> None:
        """What the event says: each body by its salt, all of them together by the event."""
        hashes = []
        # Where an erasure's own words are withheld (in a pack for the public), what it emptied is known by the record alone.
        unnamed = event["kind"] == "erased" and any(fits(body, {"withheld": str}) for body in event["bodies"][:1])
        for position, body in enumerate(event["bodies"]):
            if not fits(body, {"subject": list, "hash": str}) or not is_record(body["subject"]):
                self.found.bad(f"{where} was changed: its body {position + 1} is none any more.")
                continue
            hashes.append([*body["subject"], body["hash"]])
            if unnamed:
                self.erased_at[tuple(body["subject"])] = event["sequence"]
            self.check_body(event, position, body, f"{where}, what it says of {name_of(body['subject'])},")
        if event["body"] != sha256(canonical(hashes)):
            self.found.bad(f"{where}: what it says was changed, removed, added or reordered.")

    def check_body(self, event: dict[str, Any], position: int, body: dict[str, Any], where: str) -> None:
        key = tuple(body["subject"])
        if isinstance(body.get("withheld"), str) and not {"salt", "body", "erased"} & set(body):
            self.withheld.append(f"{name_of(key)} (event {event['sequence']})")
        elif not fits(body, {"salt": str, "body": str}) or {"withheld", "erased"} & set(body):
            self.gone[event["sequence"], position] = key
            if isinstance(body.get("instead"), str):
                self.left[event["sequence"], position] = body["instead"]
                self.keep(event, key, body["instead"])
        elif sha256(body["salt"] + body["body"]) != body["hash"]:
            self.found.bad(f"{where} was changed.")
        else:
            self.take(event, key, body["body"])

    def take(self, event: dict[str, Any], key: Key, text: str) -> None:
        """Keep the state that a whole body tells, and the bodies that an erasure names with what it left of them."""
        details = self.keep(event, key, text).get("details")
        if event["kind"] == "erased" and isinstance(details, dict):
            who = f"by {shown(details.get('asked_by'))} and {shown(details.get('decided_by'))}"
            left = details.get("instead")
            for number, place in enumerate(details.get("bodies") or []):
                if isinstance(place, list) and [type(part) for part in place] == [str, int, int]:
                    self.erasures[place[0], place[1], place[2]] = f"{who} on {event['recorded_at'][:10]}"
                    if isinstance(left, list) and number < len(left):
                        self.told_left[place[1], place[2]] = canonical(left[number])

    def keep(self, event: dict[str, Any], key: Key, text: str) -> dict[str, Any]:
        """What an event says of a record; its state is kept. Empty where it says nothing that can be read."""
        try:
            told = read_json(text)
        except ValueError:
            told = None
        if not isinstance(told, dict):
            self.found.bad(f"Event {event['sequence']}: what it says of {name_of(key)} is no JSON.")
            return {}
        if key[0] in KEPT and isinstance(told.get("state"), dict):
            self.states[key] = zlib.compress(canonical(told["state"]).encode("utf-8", "surrogatepass"), 1)
        return told

    def check_gone(self) -> None:
        """Empty bodies: lawful where an erasure of this chain, or a later one that the manifest notes, names them."""
        later = {
            (self.manifest["chain"], each.get("sequence"), each.get("position")): str(each.get("erased"))
            for each in self.manifest.get("erasures") or []
            if isinstance(each, dict)
        }
        for (sequence, position), key in self.gone.items():
            place = (self.manifest["chain"], sequence, position)
            by_whom = self.erasures.get(place) or later.get(place)
            if not by_whom and self.erased_at.get(key, 0) > sequence:
                by_whom = f"as event {self.erased_at[key]} tells"  # who did is withheld from a pack for the public
            where = f"Event {sequence}: what it says of {name_of(key)}"
            if by_whom:
                self.erased.add(key)
                if place in self.erasures and self.told_left.get(place[1:]) != self.left.get(place[1:]):
                    self.found.bad(f"{where}: what is left of it is not what its erasure says.")
                self.found.notes.append(f"{where} was erased lawfully, {shown(by_whom)}; its hash still holds.")
            else:
                self.found.bad(f"{where} is gone, and no erasure names it.")

    def check_end(self) -> None:
        """Where the trail ends against what the manifest says of its end."""
        said, bad = self.manifest, self.found.bad
        if self.sequence < said["sequence"]:
            bad(f"{missing(self.sequence + 1, said['sequence'])}: the trail ends before the manifest says.")
        elif self.sequence > said["sequence"]:
            bad(f"The trail ends with event {self.sequence}, the manifest with {said['sequence']}: events were added.")
        if self.head != said["head"]:
            bad("The head in the manifest is not the hash of the trail's last event.")
        if self.recorded_at != said["recorded_at"]:
            bad("The manifest gives the last event another moment than the trail.")
        if said.get("events", said["sequence"]) != said["sequence"]:
            bad("The manifest counts other events than up to its own last one.")
        if said.get("withheld", len(self.withheld)) != len(self.withheld):
            bad(f"The manifest counts {shown(said['withheld'])} records withheld, the trail {len(self.withheld)}.")
        if self.withheld and said["pack"].get("confidential") is True:
            bad("The pack says that nothing is withheld from it, and yet bodies are.")
        if said["chain"] != f"authority-{said['pack'].get('code')}":
            bad("The manifest names an authority and the chain of another.")
        if self.withheld:
            listed = ", ".join(self.withheld[:20]) + (" and others" if len(self.withheld) > 20 else "")
            self.found.notes.append(f"{len(self.withheld)} withheld from this pack, their hashes still hold: {listed}.")

    def hashes(self) -> Iterator[tuple[int, str]]:
        """The sequence and hash of every event, read again."""
        return ((event["sequence"], event["hash"]) for event in self.events())

    def with_actions(self) -> set[int]:
        """The recommendations that have an action."""
        if self._with_actions is None:
            keys = [key for key in self.states if key[0] == "action"]
            self._with_actions = {(self.state(key) or {}).get("recommendation", 0) for key in keys}
        return self._with_actions

    def state(self, key: Key) -> dict[str, Any] | None:
        """The last state that the trail tells of a record."""
        kept = self.states.get(key)
        state: dict[str, Any] | None = json.loads(zlib.decompress(kept)) if kept else None
        return state


def is_record(subject: list[Any]) -> bool:
    """Whether this names a record: a type and a number."""
    return len(subject) == 2 and isinstance(subject[0], str) and type(subject[1]) is int


def name_of(subject: Iterable[Any]) -> str:
    return " ".join(shown(part) for part in subject)


def missing(first: int, last: int) -> str:
    return f"Event {first} is missing" if first == last else f"Events {first} to {last} are missing"


def check_evidence(pack: Any, trail: Trail, manifest: dict[str, Any], found: Findings) -> None:
    """Each file of evidence against the SHA-256 that the trail last told of it."""
    for file in manifest["files"]:
        match = EVIDENCE.match(file["name"])
        if match and file["name"] in pack.sizes:
            state = trail.state(("evidence", int(match.group(1))))
            if state is None:
                found.bad(f"{shown(file['name'])} is evidence that the trail does not tell of.")
            elif state.get("sha256") != file["sha256"]:
                found.bad(f"{shown(file['name'])} is another file than the trail tells of: it was changed.")


# Tables -----------------------------------------------------------------------------------------------------------


def columns_of(name: str) -> dict[str, tuple[str, str]]:
    """The columns of a file that the trail can speak for: the way to each and its form."""
    part = COLUMNS.partition(f"[{name}]\n")[2].partition("[")[0]
    rows = (line.partition(": ") for line in part.splitlines())
    return {heading: (way.partition(" | ")[0], way.partition(" | ")[2]) for heading, _, way in rows}


def check_tables(pack: Any, trail: Trail, found: Findings) -> None:
    """The cells of each CSV file against the last states in the trail."""
    for name in TABLES:
        if name in pack.sizes:
            try:
                Table(name, trail, found).check(pack)
            except (*BROKEN, csv.Error) as error:
                found.bad(f"{name} was changed: it cannot be read any more ({shown(error)}).")


class Table:
    """One CSV file beside the rows that the trail gives."""

    def __init__(self, name: str, trail: Trail, found: Findings) -> None:
        self.name, self.trail, self.found = name, trail, found
        self.kind, self.keys = TABLES[name]
        self.columns = columns_of(name)
        self.waiting: dict[tuple[str, ...], list[Key]] = {}
        self.people: dict[tuple[str, int], tuple[str, str]] = {}
        # Notes of which nothing but emptied bodies is in the pack: so many rows may say no more than that.
        self.emptied = sum(1 for key in trail.erased if key[0] == self.kind and key not in trail.states)
        for key in trail.states:
            if key[0] == self.kind and self.belongs(key):
                self.waiting.setdefault(tuple(self.cells(key, self.keys)), []).append(key)

    def belongs(self, key: Key) -> bool:
        """Whether the file has a row for a record: of a report kept for reference it has only what has an action."""
        if self.kind != "recommendation" or follow(self.trail, key, "report.accepted_as") == "plan":
            return True
        return key[1] in self.trail.with_actions()

    def cells(self, key: Key, headings: Iterable[str]) -> list[str]:
        """What the trail says that these columns hold for a record."""
        return [form(follow(self.trail, key, self.columns[each][0]), self.columns[each][1]) for each in headings]

    def check(self, pack: Any) -> None:
        """Every row; what differs is named by what the row is of, and the column."""
        text = (line.decode("utf-8") for line in lines(pack, self.name))
        csv.field_size_limit(LONGEST)
        rows = csv.reader(text, strict=True)
        headings = [heading.lstrip("\ufeff") for heading in next(rows, [])]
        known = [heading for heading in headings if heading in self.columns]
        for heading in set(self.keys) - set(known):
            self.found.bad(f"{self.name}: the column {heading} is missing.")
        if set(self.keys) <= set(known):
            self.compare(rows, headings, known)

    def compare(self, rows: Any, headings: list[str], known: list[str]) -> None:
        apart: list[dict[str, str]] = []
        for row in rows:
            told = dict(zip(headings, row))  # noqa: B905  Python 3.8
            if len(row) != len(headings) or len(apart) > MOST_SAID:
                self.found.bad(f"{self.name}, line {rows.line_num}: a row with cells that it should not have.")
                continue
            mine = self.waiting.get(tuple(told[each] for each in self.keys), [])
            same = next((key for key in mine if self.cells(key, known) == [told[each] for each in known]), None)
            if same is None:
                apart.append(told)
            else:
                mine.remove(same)
                self.check_people(told, same)
        for told in apart:
            self.name_differences(told, known)
        for keys, left in self.waiting.items():
            for _ in left:
                self.found.bad(f"{self.name}: a row of {shown(', '.join(keys))} is missing.")

    def name_differences(self, told: dict[str, str], known: list[str]) -> None:
        """A row that is not the trail's, beside the one that is most like it."""
        keys = tuple(told[each] for each in self.keys)
        mine, where = self.waiting.get(keys, []), f"{self.name}: {shown(', '.join(keys))}"
        if not mine:
            if not self.is_of_the_erased(told):
                self.found.bad(f"{where} has a row that the trail does not tell of.")
            return
        likeness = [sum(told[h] == cell for h, cell in zip(known, self.cells(key, known))) for key in mine]  # noqa: B905
        key = mine.pop(likeness.index(max(likeness)))
        for heading, cell in zip(known, self.cells(key, known)):  # noqa: B905
            if told[heading] != cell:
                both = f"it says “{shown(told[heading])}”, the trail says “{shown(cell)}”"
                self.found.bad(f"{where}, column {heading}: {both}.")
        self.check_people(told, key)

    def is_of_the_erased(self, told: dict[str, str]) -> bool:
        """Whether a row is of evidence or of a note of which the trail tells nothing any more, lawfully."""
        if self.kind == "progressnote" and told.get("Update") == ERASED_WORDS:
            self.emptied -= 1
            return self.emptied >= 0
        number = told.get("Number", "")
        return self.kind == "evidence" and number.isdigit() and ("evidence", int(number)) in self.trail.erased

    def check_people(self, told: dict[str, str], key: Key) -> None:
        where = told[self.keys[0]]
        for heading, field in PEOPLE.get(self.name, {}).items():
            number, cell = follow(self.trail, key, field), told.get(heading, "")
            if number is None and cell:
                self.found.bad(f"{self.name}: {shown(where)}, column {heading}: the trail names nobody.")
            if number is None or heading not in told:
                continue
            before, first = self.people.setdefault((heading, number), (cell, where))
            if cell != before:
                both = f"{shown(where)} says “{shown(cell)}”, {shown(first)} “{shown(before)}”"
                self.found.bad(f"{self.name}, column {heading}: one person under two names: {both}.")


def follow(trail: Trail, key: Key, path: str) -> Any:
    """The value at the end of a path such as "recommendation.report.title" that begins at a record."""
    value: Any = trail.state(key)
    if path == "whole record":
        return value
    if path == "number" and key[0] == "evidence":
        return key[1]
    for step in path.split("."):
        if not isinstance(value, dict):
            return None
        value = value.get(step)
        if step in LINKS and type(value) is int and not path.endswith(step):
            value = trail.state((LINKS[step], value))
    return value


def form(value: Any, how: str) -> str:
    """A value as the CSV files write it: moments to the minute in London, nothing that a spreadsheet would run."""
    if value is None or value == "":
        return ""
    if how == "moment":
        return london(str(value))
    if how == "flag":
        return "Yes" if value else "No"
    if how == "due":
        return str(value.get("chosen") or value.get("printed") or value.get("computed") or "")
    if how == "decision":
        if value.get("granted") is not None:
            return "Granted" if value["granted"] else "Refused"
        return "Withdrawn" if value.get("withdrawn") else "Awaiting a decision"
    text = WORDS[how].get(str(value), str(value)) if how else str(value)
    text = LOST.sub(lambda found: picture(ord(found[0])), text)
    return f"'{text}" if RUNS.match(text) else text


def picture(code: int) -> str:
    return chr(0x2400 + code) if code < 0x20 else "␡" if code == 0x7F else f"\\u{code:04x}"


def london(moment: str) -> str:
    """A moment in UTC as London's clocks showed it; summer time lasts from March's last Sunday to October's."""
    begins, ends = (f"{last_sunday(int(moment[:4]), month)}T01:00" for month in (3, 10))
    summer = begins <= moment[:16] < ends
    return (datetime.fromisoformat(moment[:16]) + timedelta(hours=summer)).strftime("%Y-%m-%d %H:%M")


def last_sunday(year: int, month: int) -> date:
    last = date(year, month, 31)
    return last - timedelta(days=last.isoweekday() % 7)


# The whole --------------------------------------------------------------------------------------------------------


def verify(path: str, head: str = "") -> tuple[Findings, Trail]:
    """Everything that is wrong with the pack, and the walk along its trail. Raises Unreadable."""
    found = Findings()
    pack = opened(path, found)
    manifest = read_manifest(pack)
    check_files(pack, manifest, found)
    trail = Trail(pack, manifest, found, head)
    trail.walk()
    check_evidence(pack, trail, manifest, found)
    check_tables(pack, trail, found)
    if head and trail.wanted_at:
        found.notes.append(
            f"The head that you hold is event {trail.wanted_at} of this trail: up to there it is the same."
        )
    elif head:
        found.bad(
            "The head that you hold is in no event of this trail. Either it is from after the pack was made, or the history before it was rewritten."
        )
    return found, trail


def main(arguments: list[str]) -> int:
    """The command line; see the top of this file."""
    say = sys.stdout.write
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    head = ""
    if len(arguments) == 3 and arguments[1] == "--head":
        head = arguments.pop().strip().lower()
        arguments.pop()
    if len(arguments) != 1 or arguments[0].startswith("-") or (head and not HASH.fullmatch(head)):
        say(f"{__doc__}\n")
        return 2
    try:
        found, trail = verify(arguments[0], head)
    except Unreadable as error:
        say(f"{error}\n")
        return 2
    for note in found.notes:
        say(f"{note}\n")
    for sentence in found.wrong:
        say(f"WRONG: {sentence}\n")
    if found.wrong:
        more = f" {found.left_out} more are not listed." if found.left_out else ""
        say(f"{len(found.wrong) + found.left_out} thing(s) are not as they were when the pack was made.{more}\n")
        return 1
    say(f"Nothing is wrong: {trail.sequence} events of {shown(trail.manifest['chain'])}, up to {trail.recorded_at}.\n")
    say(f"Head: {trail.head}\nCompare it with the head in your mail or in another pack (see HOW-TO-VERIFY.txt).\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
