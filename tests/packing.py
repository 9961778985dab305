"""A small writer of board packs in the form that docs/trail.md describes, and the ways in which somebody could bend one."""

import hashlib
import io
import json
import zipfile

from tracker.exports import columns, csv
from tracker.exports.verifying import how_to_verify, script
from tracker.models import Event, Evidence
from tracker.rules import chain as rules
from tracker.rules.pack import Cover, Name, Scope
from tracker.rules.standing import RatingSettings
from tracker.services import history, packs

STAMP = (1980, 1, 1, 0, 0, 0)


def packed(authority, *, by, at, confidential=True, files=True):
    """The files of a pack as at a moment, by name."""
    plan = packs.plan_as_at(authority, by=by, at=at, confidential=confidential)
    hidden = set() if confidential else confidential_in(plan.through)
    made = {
        "actions.csv": actions_csv(plan),
        "trail.jsonl": b"".join(rules.canonical(line) + b"\n" for line in trail_of(plan.through, hidden)),
        "verify_pack.py": script(),
        **(evidence_of(plan.through, hidden) if files else {}),
    }
    made["HOW-TO-VERIFY.txt"] = how_to(plan, made, confidential=confidential, files=files).encode()
    return sealed(made, about(plan, confidential=confidential, files=files))


def how_to(plan, made, *, confidential, files):
    """The page that tells how, from what the cover of such a pack says."""
    place, through = plan.authority, plan.through
    cover = Cover(
        authority=place.name,
        short_name=place.short_name,
        code=place.code,
        scope=Scope(plan.at, confidential=confidential, files=files),
        chain=through.chain.key,
        sequence=through.sequence,
        head=through.hash,
        recorded_at=through.recorded_at,
        since_sequence=None,
        thresholds=RatingSettings(),
        demonstration=True,
    )
    names = sorted([*made, Name.HOW_TO, Name.MANIFEST, Name.SUMS])
    trail = made["trail.jsonl"]
    return how_to_verify(cover, names=names, withheld=trail.count(b'"withheld":'), erased=trail.count(b'"erased":'))


def about(plan, *, confidential, files):
    """What the manifest says beside its list of files."""
    scope = {"as_at": rules.moment(plan.at), "since": None, "confidential": confidential, "files": files}
    return {
        "format": 1,
        "pack": {"authority": plan.authority.name, "code": plan.authority.code, **scope},
        "chain": plan.through.chain.key,
        "sequence": plan.through.sequence,
        "head": plan.through.hash,
        "recorded_at": rules.moment(plan.through.recorded_at),
        "version": "test",
        "events": plan.through.sequence,
    }


def actions_csv(plan):
    """The table of actions, as exports write it."""
    text = io.StringIO(newline="")
    csv.write(text, columns.ACTIONS, plan.rows())
    return text.getvalue().encode("utf-8-sig")


def confidential_in(through):
    """The evidence that a public pack does not tell of."""
    return {number for number, state in history.states("evidence", through).items() if state["confidential"]}


def trail_of(through, hidden):
    """Each event of the chain up to this one as a line of the trail."""
    events = Event.objects.filter(chain=through.chain, sequence__lte=through.sequence).order_by("sequence")
    for event in events.prefetch_related("bodies"):
        yield {
            "format": event.format,
            "chain": through.chain.key,
            "sequence": event.sequence,
            "recorded_at": rules.moment(event.recorded_at),
            "kind": event.kind,
            "subject": [event.subject_type, event.subject_id],
            "actor": event.actor_id,
            "channel": event.channel,
            "request": event.request_id,
            "body": event.body_hash,
            "previous": event.previous_hash,
            "hash": event.hash,
            "bodies": [body_of(body, hidden) for body in event.bodies.all()],
        }


def body_of(body, hidden):
    told = {"subject": [body.subject_type, body.subject_id], "hash": body.hash}
    if body.body is None:
        return {**told, "erased": "by two people"}
    if body.subject_type == "evidence" and body.subject_id in hidden:
        return {**told, "withheld": "confidential evidence"}
    return {**told, "salt": body.salt, "body": body.body}


def evidence_of(through, hidden):
    """The files that stand as evidence, by the name they have in the pack."""
    found = {}
    for number, state in history.states("evidence", through).items():
        if state["file"] and number not in hidden:
            with Evidence.objects.get(pk=number).file.open("rb") as file:
                found[f"evidence/{number}-{state['title']}"] = file.read()
    return found


def sealed(files, said):
    """These files with a manifest and sums that agree with them: honest, or recomputed by whoever bent the files."""
    named = {name: data for name, data in files.items() if name not in ("MANIFEST.json", "SHA256SUMS")}
    listed = [{"name": name, "sha256": sha256(data), "size": len(data)} for name, data in sorted(named.items())]
    withheld = named.get("trail.jsonl", b"").count(b'"withheld":')
    manifest = rules.canonical({"withheld": withheld, **said, "files": listed})
    whole = {**named, "MANIFEST.json": manifest}
    sums = "".join(f"{sha256(data)}  {name}\n" for name, data in sorted(whole.items()))
    return {**whole, "SHA256SUMS": sums.encode()}


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def zipped(files, path):
    """The files as a ZIP at that path."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, STAMP), data, zipfile.ZIP_DEFLATED)
    return path


def unzipped(path):
    """The files of a pack by name."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def manifest_of(files):
    return json.loads(files["MANIFEST.json"])


def events_of(files):
    return [json.loads(line) for line in files["trail.jsonl"].splitlines()]


def with_events(files, events):
    """The pack with these lines for its trail; manifest and sums as they were."""
    return {**files, "trail.jsonl": b"".join(rules.canonical(event) + b"\n" for event in events)}


def resealed(files, **said):
    """The pack after its bender has recomputed manifest and sums."""
    return sealed(files, {**manifest_of(files), **said})
