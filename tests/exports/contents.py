"""The contents of a small pack, made by hand: a plan of eight actions as at the end of 1 March 2013. All invented."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime

from tracker.choices import Delivery, Impact, Status
from tracker.rules.london import end_of
from tracker.rules.pack import Contents, Cover, Scope
from tracker.rules.position import Extended, Position
from tracker.rules.progress import Phase, Point
from tracker.rules.standing import RatingSettings

BEN = {"name": "Ben Moss", "job_title": "Service manager, duty and assessment", "organisation": "Rotherham Council"}
CARO = {"name": "Caro Field", "job_title": "Head of safeguarding", "organisation": "Rotherham Council"}
AMINA = {"name": "Amina Lark", "job_title": "Assistant director", "organisation": "Rotherham Council"}
DEV = {"name": "Dev Stone", "job_title": "Detective inspector", "organisation": "South Yorkshire Police"}
REPORT = {
    "title": "Inspection of local authority arrangements for the protection of children",
    "publication_date": "2012-08-10",
}
# Words of the recommendation, ours, owner, status, rating, its code, original date, agreed date.
PLAN = (
    (
        "ensure that children are seen alone by a social worker and that their views are recorded",
        "Every child in need of protection is seen alone at each statutory visit; the visit record asks for it",
        BEN,
        "closed",
        "blue",
        "2012-08-17",
        "2012-08-17",
    ),
    (
        "improve the quality of assessments so that they take account of family history",
        "New assessment template with a chronology; two half-days of training for each team",
        BEN,
        "in_progress",
        "red",
        "2012-11-10",
        "2013-02-15",
    ),
    (
        "ensure that strategy discussions involve partner agencies and are recorded in full",
        "Strategy meetings held within 24 hours, police and health present, minutes sent the same day",
        CARO,
        "submitted",
        "green",
        "2013-02-10",
        "2013-02-10",
    ),
    (
        "strengthen management oversight of decisions in child protection cases",
        "Managers record the reasons of each decision; twenty files audited every month",
        CARO,
        "in_progress",
        "amber",
        "2013-02-10",
        "2013-03-10",
    ),
    (
        "ensure that the local safeguarding children board evaluates the impact of training",
        "Evaluation after three months with every course, reported to the board each quarter",
        CARO,
        "in_progress",
        "green",
        "2013-08-12",
        "2013-08-12",
    ),
    (
        "develop the use of feedback from children and parents",
        "Feedback is asked for at the end of every plan",
        None,
        "not_started",
        "grey",
        None,
        None,
    ),
    (
        "review the thresholds document with all partners",
        "Thresholds reviewed with schools, police and health",
        BEN,
        "closed",
        "blue",
        "2012-11-10",
        "2012-12-10",
    ),
    (
        "replace the paper referral form",
        "Paper form withdrawn",
        BEN,
        "superseded",
        "",
        "2012-11-10",
        "2012-11-10",
    ),
)
NOTE = "Training held for both teams; 31 of 34 social workers came.\nThe three others are booked for 14 March."


def recommendation(number, text):
    return {
        "number": number,
        "printed_ref": f"{number}.",
        "heading": "Immediately" if number == 1 else "Within three months",
        "addressee": "Rotherham Metropolitan Borough Council",
        "timescale": "immediately" if number == 1 else "within three months",
        "text": text,
        "citation": {"page": 3 + number // 4, "quote": text},
        "response": "in_part" if number == 5 else "accepted",
        "response_text": "Agreed.",
    }


def action(number):
    """One row of the plan, with all that an action may tell."""
    words, what, owner, status, code, original, agreed = PLAN[number - 1]
    closed = status == "closed"
    extended = original != agreed
    rating = Delivery(code) if code else None
    return {
        "authority": {"short_name": "Rotherham", "name": "Rotherham Metropolitan Borough Council"},
        "action": {
            "reference": f"RTH-2012-{number:02}",
            "what": what,
            "outcome": "Children are heard, and what they say changes what is done for them",
            "priority": "immediate" if number == 1 else "normal",
            "start_on": "2012-09-03" if owner else None,
            "started_on": "2012-09-10" if owner else None,
            "original_due": original,
            "original_basis": "computed" if original else "none",
            "agreed_due": agreed,
            "due_basis": "chosen" if extended else "computed" if agreed else "none",
            "due_explanation": f"Three months after publication on 10 August 2012: {original}." if original else "",
            "status": status,
            "last_move": {"closed": "sign_off", "submitted": "submit", "superseded": "supersede"}.get(status, ""),
            "last_move_reason": "The electronic form replaces it." if status == "superseded" else "",
            "lowered_to": "amber" if code == "amber" else "",
            "lowered_reason": "The auditor's post is vacant until April." if code == "amber" else "",
            "impact": "embedded" if number == 1 else "emerging" if number in (3, 7) else "not_evidenced",
            "impact_reason": "98% of visits record the child's own words" if number == 1 else "",
            "impact_on": "2013-02-20" if number == 1 else None,
            "submitted_at": "2012-08-16T15:20:00.000000Z" if closed or status == "submitted" else None,
            "closed_at": "2012-08-20T09:05:00.000000Z" if closed else None,
            "closed_elsewhere": False,
            "next_check_on": "2013-08-20" if closed else None,
        },
        "recommendation": recommendation(number, words),
        "report": REPORT,
        "owner": owner or {},
        "accountable": AMINA,
        "partners": [DEV] if number == 3 else [],
        "measures": [MEASURE] if number in (1, 2) else [],
        "computed": {
            "delivery": str(rating.label) if rating else "",
            "delivery_code": code,
            "overdue": code == "red",
            "overdue_original": number in (2, 4),
            "days_overdue": 14 if code == "red" else 0,
            "extensions": int(extended),
            "updates": 2 if number == 2 else 0,
            "evidence": 1 if closed else 0,
            "latest_update": LATEST if number == 2 else {},
            "in_time": True if closed else None,
            "in_time_original": number == 1 if closed else None,
            "themes": ["Assessment", "Voice of the child"] if number < 3 else ["Leadership"],
            "movement": "Due date moved; Rating lowered by a person" if number == 4 else "",
        },
    }


MEASURE = {"name": "Visits in time", "baseline": "62%", "target": "95%", "current": "91%", "as_at": "2013-02-20"}
LATEST = {"text": NOTE, "kind": "update", "by": "Ben Moss", "at": "2013-02-25T16:45:00.000000Z"}


def updates():
    about = {"action": {"reference": "RTH-2012-02"}}
    first = {"kind": "on_track", "text": "", "written_at": "2012-10-01T08:00:00.000000Z"}
    second = {"kind": "update", "text": NOTE, "written_at": LATEST["at"]}
    return [{**about, "note": first, "by": BEN, "behalf": {}}, {**about, "note": second, "by": AMINA, "behalf": BEN}]


def evidence():
    standing = {
        "title": "Audit of visits, January 2013",
        "kind": "file",
        "about_on": "2013-01-31",
        "received_at": "2013-02-04T11:00:00.000000Z",
        "confidential": True,
        "media_type": "application/pdf",
        "size": 182_044,
        "sha256": "0f" * 32,
    }
    withdrawn = {
        "title": "Minutes of the wrong meeting",
        "kind": "link",
        "url": "https://minutes.example.org/12",
        "received_at": "2013-02-05T11:00:00.000000Z",
        "confidential": False,
        "withdrawn_at": "2013-02-06T10:00:00.000000Z",
        "withdrawn_reason": "It was the wrong meeting.",
    }
    about = {"action": {"reference": "RTH-2012-01"}, "behalf": {}}
    return [
        {
            **about,
            "evidence": standing,
            "by": BEN,
            "withdrawn_by": {},
            "computed": {"number": 1, "file": "evidence/1-audit-of-visits.pdf"},
        },
        {**about, "evidence": withdrawn, "by": BEN, "withdrawn_by": AMINA, "computed": {"number": 2, "file": ""}},
    ]


def extensions():
    asked = {
        "from_due": "2012-11-10",
        "to_due": "2013-02-15",
        "reason": "The supplier of the case system delivers the template in January.",
        "asked_at": "2012-10-20T09:00:00.000000Z",
        "granted": True,
        "decided_at": "2012-10-22T09:00:00.000000Z",
        "decision_reason": "Agreed at the board.",
    }
    return [
        {"action": {"reference": "RTH-2012-02"}, "extension": asked, "asked_by": BEN, "decided_by": AMINA},
        {
            "action": {"reference": "RTH-2012-04"},
            "extension": {**asked, "granted": None, "decided_at": None, "decision_reason": ""},
            "asked_by": CARO,
            "decided_by": {},
        },
    ]


def recommendations():
    return [
        {
            "report": REPORT,
            "recommendation": recommendation(number, row[0]),
            "computed": {"actions": [f"RTH-2012-{number:02}"], "themes": ["Leadership"]},
        }
        for number, row in enumerate(PLAN, 1)
    ]


def steps():
    step = {
        "step": "action_plan",
        "body": "Rotherham Metropolitan Borough Council",
        "sent_to": "Her Majesty's Chief Inspector",
        "printed": None,
        "computed": "2012-11-20",
        "chosen": None,
        "explanation": "70 working days after the report was received on 13 August 2012.",
        "source": "Regulation 3, invented for this plan",
        "met_on": "2012-11-22",
        "met_note": "Sent by e-mail.",
    }
    return ({"report": REPORT, "step": step, "computed": {"due": "2012-11-20", "met": True, "late": True}},)


def movement():
    before, after = action(4), action(4)
    before["action"] = {**before["action"], "agreed_due": "2013-02-10"}
    how = {
        "how": "Due date moved; Rating lowered by a person",
        "delivery": "At risk",
        "delivery_code": "amber",
        "delivery_before": "On track",
        "delivery_code_before": "green",
    }
    return [
        {
            "action": after["action"],
            "before": before["action"],
            "owner": CARO,
            "owner_before": CARO,
            "computed": how,
        }
    ]


def challenges():
    asked = {
        "text": "How does the board know that the children on these plans are seen alone?",
        "raised_at": "2013-02-12T18:00:00.000000Z",
        "answer": "",
        "answered_at": None,
    }
    return (
        {
            "challenge": asked,
            "action": {"reference": "RTH-2012-01"},
            "meeting": {"held_on": "2013-02-12"},
            "raised_by": DEV,
            "answered_by": {},
        },
    )


def event(sequence, kind="note_added", subject=("progressnote", 7)):
    return {
        "format": 1,
        "chain": "authority-RTH",
        "sequence": sequence,
        "recorded_at": f"2013-02-25T16:45:{sequence % 60:02}.000000Z",
        "kind": kind,
        "subject": list(subject),
        "actor": 4,
        "channel": "web",
        "request": "",
        "body": "11" * 32,
        "previous": "00" * 32,
        "hash": f"{sequence:064x}",
        "bodies": [{"body": '{"actor":{"job_title":"","name":"Ben Moss","roles":["owner"]},"state":{}}'}],
    }


def progress():
    days = [date(2012, 8, 31), date(2012, 10, 31), date(2012, 12, 31), date(2013, 2, 28)]
    heights = [(7, 0, 0, 1, 1), (6, 0, 1, 1, 1), (5, 0, 2, 4, 2), (4, 1, 2, 6, 4)]
    return tuple(
        Point(on, {Phase.OPEN: open_, Phase.SUBMITTED: sent, Phase.CLOSED: closed, Phase.ASIDE: 1}, original, agreed)
        for on, (open_, sent, closed, original, agreed) in zip(days, heights, strict=True)
    )


COVER = Cover(
    authority="Rotherham Metropolitan Borough Council",
    short_name="Rotherham",
    code="RTH",
    scope=Scope(as_at=end_of(date(2013, 3, 1)), since=end_of(date(2013, 2, 12)), confidential=True),
    chain="authority-RTH",
    sequence=3,
    head=f"{3:064x}",
    recorded_at=datetime(2013, 2, 25, 16, 45, 3, tzinfo=UTC),
    since_sequence=1,
    thresholds=RatingSettings(),
    next_meeting="2013-03-19",
    demonstration=True,
)


def contents(**changes):
    """The pack's contents; name what is to be different. Rows may be given as a list."""
    actions = [action(number) for number in range(1, len(PLAN) + 1)]
    statuses = Counter(row[3] for row in PLAN)
    codes = Counter(row[4] for row in PLAN)
    impacts = Counter(row["action"]["impact"] for row in actions)
    events = [
        event(1, "report_accepted", ("report", 1)),
        event(2, "extension_granted", ("extension", 3)),
        event(3),
    ]
    made = Contents(
        cover=COVER,
        position=Position({status: statuses[status] for status in Status}, 1, 2, 1, 1),
        extended=Extended(granted=2, actions=2, most=1),
        ratings={rating: codes[rating or ""] for rating in (*Delivery, None)},
        impact={each: impacts[each] for each in Impact},
        progress=progress(),
        steps=steps(),
        meetings=(),
        challenges=challenges(),
        actions=again(actions),
        sections=again([]),
        updates=again(updates()),
        evidence=again(evidence()),
        extensions=again(extensions()),
        recommendations=again(recommendations()),
        movement=again(movement()),
        events=again(events),
    )
    return replace(made, **{name: again(new) if isinstance(new, list) else new for name, new in changes.items()})


def again(rows):
    """Rows that begin anew each time they are asked for."""
    return lambda: iter(rows)
