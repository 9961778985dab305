"""Cases of the verbs on actions: their words and dates, the clock, evidence, extensions."""

from datetime import date

from tests.services.verb_case import LATER, Case, dated, undated, with_a_file
from tracker.choices import EventKind
from tracker.services import actions, clock, erasures, evidence, extensions

K = EventKind
CASES: dict[str, Case] = {
    "actions.edit": Case(
        K.ACTION_EDITED,
        "action",
        lambda t, **m: actions.edit(t.action, what="See them", outcome="", start_on=None, partners=[t.partner], **m),
    ),
    "actions.assign": Case(K.ACTION_ASSIGNED, "action", lambda t, **m: actions.assign(t.action, owner=t.partner, **m)),
    "actions.set_first_due": Case(
        K.FIRST_DUE_SET,
        "action",
        lambda t, **m: actions.set_first_due(t.undated, due=LATER, reason="agreed", **m),
        before=undated,
    ),
    "actions.note": Case(
        K.NOTE_ADDED, "progressnote", lambda t, **m: actions.note(t.action, text="Begun.", **m), who="owner"
    ),
    "actions.hand_over": Case(
        K.ACTION_ASSIGNED,
        "action",
        lambda t, **m: actions.hand_over([t.action], of=t.owner, to=t.partner, reason="left", **m),
    ),
    "clock.choose_date": Case(
        K.STATUTORY_STEP_CHANGED,
        "statutorystep",
        lambda t, **m: clock.choose_date(t.statutory, on=LATER, reason="agreed with Ofsted", **m),
    ),
    "clock.mark_met": Case(
        K.STATUTORY_STEP_CHANGED,
        "statutorystep",
        lambda t, **m: clock.mark_met(t.statutory, on=date(2012, 9, 3), note="on the website", **m),
    ),
    "erasures.ask_erasure": Case(
        K.ERASURE_ASKED, "erasure", lambda t, **m: erasures.ask_erasure(t.open_evidence, reason="named", **m)
    ),
    "erasures.decide_erasure": Case(
        K.ERASED, "erasure", lambda t, **m: erasures.decide_erasure(t.erasure, granted=True, **m), who="second"
    ),
    "evidence.add_file": Case(
        K.EVIDENCE_ADDED,
        "evidence",
        lambda t, **m: evidence.add_file(t.action, data=b"minutes", name="minutes.txt", **m),
        who="owner",
    ),
    "evidence.add_link": Case(
        K.EVIDENCE_ADDED,
        "evidence",
        lambda t, **m: evidence.add_link(t.action, url="https://example.org/a", **m),
        who="owner",
    ),
    "evidence.add_note": Case(
        K.EVIDENCE_ADDED,
        "evidence",
        lambda t, **m: evidence.add_note(t.action, text="Ten files.", title="Audit", **m),
        who="owner",
    ),
    "evidence.withdraw": Case(
        K.EVIDENCE_WITHDRAWN,
        "evidence",
        lambda t, **m: evidence.withdraw(t.evidence, reason="wrong file", **m),
        who="owner",
    ),
    "evidence.mark": Case(
        K.EVIDENCE_MARKED,
        "evidence",
        lambda t, **m: evidence.mark(t.open_evidence, confidential=True, reason="a school is named", **m),
    ),
    "evidence.downloaded": Case(
        K.EVIDENCE_DOWNLOADED, "evidence", lambda t, **m: evidence.downloaded(t.file, **m), before=with_a_file
    ),
    "extensions.ask": Case(
        K.EXTENSION_ASKED,
        "extension",
        lambda t, **m: extensions.ask(t.undated, to_due=LATER, reason="floods", **m),
        who="owner",
        before=dated,
    ),
    "extensions.decide": Case(
        K.EXTENSION_GRANTED, "extension", lambda t, **m: extensions.decide(t.extension, granted=True, **m)
    ),
    "extensions.withdraw": Case(
        K.EXTENSION_WITHDRAWN, "extension", lambda t, **m: extensions.withdraw(t.extension, **m), who="owner"
    ),
}
