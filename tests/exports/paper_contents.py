"""Contents for the paper to be tried with: Rotherham's thirteen actions as at 1 March 2013. All people are invented."""

from datetime import UTC, date, datetime, timedelta

from tracker.choices import Delivery, Impact, Status
from tracker.rules.london import end_of
from tracker.rules.pack import Contents, Cover, Scope, Section
from tracker.rules.position import Extended, Position
from tracker.rules.progress import Phase, Point
from tracker.rules.standing import RatingSettings

AS_AT = end_of(date(2013, 3, 1))
SINCE = end_of(date(2013, 1, 18))
HEAD = "9f2c4e7a1b6d8035c4e1f7a29b0d6c8e5a3f1d7b9c2e4a6f8b0d1c3e5a7f9b2d"
REPORT = {
    "title": "Inspection of local authority arrangements for the protection of children: Rotherham",
    "publication_date": "2012-08-10",
    "series": "2012",
}
COUNCIL = "Rotherham Metropolitan Borough Council"


def person(name, job_title, organisation=COUNCIL):
    return {"name": name, "job_title": job_title, "organisation": organisation}


RAVI = person("Ravi Nandakumar", "Head of service, safeguarding")
ELSPETH = person("Elspeth Orme", "Service manager, duty and assessment")
TOMASZ = person("Tomasz Wilk", "Workforce development manager")
HELEN = person("Helen Abara", "Assistant director, safeguarding children and families")
MOIRA = person("Moira Castellan", "Detective superintendent, public protection", "Example Constabulary")
GEOFF = person("Geoffrey Lunn", "Independent chair", "Improvement Board")
PRIYA = person("Priya Sandhu", "Improvement lead")
NOBODY = {}

IMMEDIATE, THREE, SIX = (
    ("Immediately", "2012-08-10", "immediate", "computed"),
    ("Within three months", "2012-11-10", "normal", "computed"),
    ("Within six months", "2013-02-10", "normal", "computed"),
)
EXPLAINED = {
    "Immediately": "Friday 10 August 2012: “Immediately”, from the publication date (10 August 2012, printed in the report).",
    "Within three months": "Saturday 10 November 2012: “Within three months” is 3 calendar months from the publication "
    "date (10 August 2012, printed in the report).",
    "Within six months": "Sunday 10 February 2013: “Within six months” is 6 calendar months from the publication date "
    "(10 August 2012, printed in the report).",
}

# timescale, recommendation, what we will do, outcome, owner, status, rating, impact, agreed date where it moved
PLAN = (
    (
        IMMEDIATE,
        "undertake a multi-agency review of cases of serious neglect where children's social care services have been involved for a significant period of time",
        "Review with police, health and schools every case of serious neglect that has been open for longer than twelve months, and act on what each review finds",
        "No child stays in serious neglect because nobody took a second look",
        RAVI,
        "closed",
        "blue",
        "emerging",
        None,
    ),
    (
        IMMEDIATE,
        "ensure all strategy discussions meet statutory requirements, are clearly and fully recorded and signed off by a manager",
        "Give strategy discussions one form, and have a manager sign off each within one working day",
        "Every decision to look into a child's safety can be followed by whoever reads the file next",
        ELSPETH,
        "closed",
        "blue",
        "embedded",
        None,
    ),
    (
        IMMEDIATE,
        "ensure the outcomes and rationale for all Section 47 enquiries are clearly recorded and signed off by a manager",
        "Record the outcome and the reasons of every Section 47 enquiry, signed off by a manager",
        "Families and workers can see why a decision was made",
        ELSPETH,
        "submitted",
        "green",
        "emerging",
        None,
    ),
    (
        THREE,
        "improve the consistency and quality of referrals from partner agencies to the contact and referral team",
        "Agree one referral form with all partner agencies, and give each agency a quarterly account of the quality of its referrals",
        "The right children are referred, with what is needed to decide the same day",
        MOIRA,
        "in_progress",
        "red",
        "not_evidenced",
        None,
    ),
    (
        THREE,
        "ensure that domestic violence notifications from the police are timely and include a child focused risk assessment",
        "Send domestic violence notifications within 24 hours, each with a risk assessment that names the children",
        "No child waits for help because a notification came late",
        MOIRA,
        "in_progress",
        "amber",
        "emerging",
        "2013-03-08",
    ),
    (
        THREE,
        "improve the quality and consistency of child protection and children in need plans, ensuring they are appropriately focused on key risks and the actions required to reduce risks and set clear, specific and measurable outcomes",
        "Train all teams in plans that name the risk, what reduces it and by when; audit twenty plans a month",
        "Plans that a family can read and a conference can measure",
        RAVI,
        "in_progress",
        "green",
        "emerging",
        "2013-05-10",
    ),
    (
        THREE,
        "ensure that core groups, children in need meetings and supervision sessions focus on the progress made to reduce the risks identified in plans",
        "Put the risks of the plan first on the agenda of core groups and supervision",
        "Meetings that end with less risk than they began with",
        RAVI,
        "closed",
        "blue",
        "not_evidenced",
        None,
    ),
    (
        THREE,
        "take action to reduce the caseloads of the busiest teams and workers, ensure all newly qualified social workers have a caseload appropriate to their skills and experience and review the overall social work capacity needs of the service",
        "Cap the caseload of newly qualified social workers at twelve, recruit eight social workers, and review the capacity of all teams",
        "Workers who know each of their children",
        TOMASZ,
        "in_progress",
        "red",
        "not_evidenced",
        None,
    ),
    (
        THREE,
        "ensure that full consideration is always given as to how children and young people's views are represented in child protection conferences including, when appropriate, enabling access to advocacy support",
        "Offer every child over seven an advocate before their first conference",
        "Children are heard where decisions about them are made",
        ELSPETH,
        "closed",
        "blue",
        "emerging",
        None,
    ),
    (
        THREE,
        "ensure all social workers and managers in duty and children in need teams understand the requirements for identifying, assessing and monitoring private fostering arrangements",
        "Brief all duty and children in need teams on private fostering, and check their knowledge by a short test",
        "",
        TOMASZ,
        "superseded",
        "",
        "not_evidenced",
        None,
    ),
    (
        SIX,
        "develop and implement systems to collate and evaluate feedback from children and families subject to child protection processes and use this feedback to inform service development",
        "Ask every family at the end of a plan what helped, and bring a digest to the board each quarter",
        "Families shape the service",
        NOBODY,
        "not_started",
        "red",
        "not_evidenced",
        None,
    ),
    (
        SIX,
        "strengthen the degree of independent challenge in the child protection system by, for example, creating direct links between the manager of the child protection chairs, the Strategic Director of Children's Services and the chair of Rotherham Local Safeguarding Children Board (RLSCB)",
        "Have the manager of the conference chairs meet the strategic director and the safeguarding board's chair every six weeks",
        "Somebody independent says so when a plan does not work",
        HELEN,
        "in_progress",
        "amber",
        "emerging",
        "2013-04-30",
    ),
    (
        SIX,
        "fully implement the proposed quality assurance framework. Include in this the regular collation of practice issues noted by child protection chairs and ensure that findings from all quality assurance work undertaken by partner agencies are reported to RLSCB",
        "Put the quality assurance framework to work in all teams, with findings of all partners in one report to the safeguarding board",
        "The service knows its own practice",
        RAVI,
        "not_started",
        "grey",
        "not_evidenced",
        "2013-09-30",
    ),
)


def reference(n):
    return f"RTH-2012-{n:02}"


def moment(day, hour=10):
    return f"{day}T{hour:02}:15:00.000000Z"


def action_row(n):
    """Row number n (from 1) of the plan; beyond thirteen it begins anew."""
    timescale, text, what, outcome, owner, status, rating, impact, moved = PLAN[(n - 1) % len(PLAN)]
    words, due, priority, basis = timescale
    agreed = moved or due
    closed = moment("2013-02-04") if status == "closed" else None
    overdue = rating == "red"
    action = {
        "reference": reference(n),
        "what": what,
        "outcome": outcome,
        "start_on": "2012-08-20",
        "started_on": None if status == "not_started" else "2012-08-21",
        "original_due": due,
        "original_basis": basis,
        "agreed_due": agreed,
        "due_basis": "chosen" if moved else basis,
        "due_explanation": EXPLAINED[words],
        "priority": priority,
        "status": status,
        "last_move": {"superseded": "supersede", "in_progress": "start"}.get(status, ""),
        "last_move_reason": "Joined with the regional briefing, see RTH-2012-09." if status == "superseded" else "",
        "moved_reason": "",
        "submitted_at": moment("2013-02-20") if status == "submitted" else closed,
        "closed_at": closed,
        "lowered_to": "amber" if n == 12 else "",
        "lowered_reason": "Two of three meetings did not take place." if n == 12 else "",
        "impact": impact,
        "impact_reason": "Audit of forty files in January: thirty-one show it." if impact != "not_evidenced" else "",
        "impact_on": "2013-02-12" if impact != "not_evidenced" else None,
        "next_check_on": "2013-08-04" if closed else None,
    }
    return {
        "authority": {"short_name": "Rotherham", "name": COUNCIL},
        "action": action,
        "recommendation": {
            "number": (n - 1) % len(PLAN) + 1,
            "heading": "Areas for improvement",
            "text": text,
            "timescale": words,
            "addressee": "",
            "citation": {"page": 2},
            "response": "accepted",
            "response_text": "",
        },
        "report": REPORT,
        "owner": owner,
        "accountable": HELEN,
        "partners": [MOIRA] if n in (1, 6) else [],
        "computed": {
            "delivery": {"": ""}.get(rating, rating and str(Delivery(rating).label)),
            "delivery_code": rating,
            "overdue": overdue,
            "overdue_original": overdue or bool(moved and status in ("in_progress", "not_started")),
            "days_overdue": (AS_AT.date() - date.fromisoformat(agreed)).days if overdue else 0,
            "extensions": 1 if n in (5, 6, 12, 13) else 0,
            "updates": 2,
            "evidence": 2 if n % 3 else 0,
            "latest_update": latest(n) if status != "not_started" else {},
            "in_time": True if closed and n != 7 else False if closed else None,
            "in_time_original": False if closed else None,
            "themes": ["Assessment and planning"] if n % 2 else [],
            "movement": [],
        },
    }


UPDATES = (
    "Two audits are done. The first found the form used in nine of ten cases; the second, a month later, in all of them.",
    "The form was agreed with health and schools. Police have asked for a shorter first page; a draft is with their data team.",
)


def latest(n):
    return {"text": UPDATES[n % 2], "kind": "update", "by": "Priya Sandhu", "at": moment("2013-02-14")}


def updates(n):
    return tuple(
        {
            "note": {"kind": kind, "text": text, "written_at": moment(day)},
            "by": PRIYA if n % 2 else RAVI,
            "behalf": MOIRA if n % 2 and kind == "update" else {},
        }
        for kind, text, day in (
            ("on_track", "", "2012-09-28"),
            ("update", UPDATES[(n + 1) % 2], "2012-12-03"),
            ("update", UPDATES[n % 2], "2013-02-14"),
        )
    )


def evidence(n):
    shared = {"text": "", "url": "", "withdrawn_at": None, "withdrawn_reason": "", "erased_at": None}
    audit = {
        **shared,
        "kind": "file",
        "title": "Audit of forty files, January 2013",
        "sha256": "ab12" * 16,
        "size": 248_000,
        "about_on": "2013-01-31",
        "confidential": True,
        "received_at": moment("2013-02-01"),
    }
    link = {
        **shared,
        "kind": "link",
        "title": "The form as agreed",
        "url": "https://www.example.org/safeguarding/procedures/strategy-discussions/form-of-november-2012-agreed-version",
        "sha256": "",
        "size": None,
        "about_on": None,
        "confidential": False,
        "received_at": moment("2012-12-03"),
        "withdrawn_at": moment("2013-01-07") if n == 4 else None,
        "withdrawn_reason": "The form was replaced." if n == 4 else "",
    }
    people = {"behalf": {}, "withdrawn_by": PRIYA if n == 4 else {}}
    return tuple({"evidence": each, "by": RAVI, **people} for each in (link, audit)) if n % 3 else ()


def extension(n):
    granted = n != 4
    return {
        "action": {"reference": reference(n)},
        "extension": {
            "from_due": action_row(n)["action"]["original_due"],
            "to_due": action_row(n)["action"]["agreed_due"] if granted else "2013-01-31",
            "reason": "The police data team needs until spring to change the notification; until then it is sent by hand.",
            "asked_at": moment("2012-11-05"),
            "granted": granted,
            "withdrawn": False,
            "decided_at": moment("2012-11-07"),
            "decision_reason": "Agreed with the board's chair; to be told monthly." if granted else "No new reason.",
        },
        "asked_by": MOIRA,
        "decided_by": HELEN,
    }


def history(n):
    kinds = (
        ("action_added", "2012-08-14", PRIYA, ""),
        ("action_assigned", "2012-08-15", PRIYA, ""),
        ("action_started", "2012-08-21", RAVI, ""),
        ("note_added", "2012-12-03", PRIYA, ""),
        ("action_returned", "2013-01-09", HELEN, "The audit covers one team of four."),
    )
    return tuple(
        {
            "event": {"sequence": 40 + 13 * place + n, "recorded_at": moment(day), "kind": kind},
            "by": {**who, "roles": ["lead"]},
            "reason": reason,
        }
        for place, (kind, day, who, reason) in enumerate(kinds)
    )


def section(n):
    measure = {
        "name": "Strategy discussions signed off within one working day",
        "baseline": "54 of 100 (July 2012)",
        "target": "95 of 100",
        "current": "91 of 100",
        "as_at": "2013-01-31",
    }
    steps = (
        ("Agree the form", "2012-10-01", "2012-09-24"),
        ("Train all managers", "2012-11-01", "2012-11-08"),
        ("First audit", "2013-01-31", None),
    )
    return Section(
        action=action_row(n),
        updates=updates(n) if n not in (11, 13) else (),
        evidence=evidence(n),
        extensions=(extension(n),) if n in (4, 5, 6, 12, 13) else (),
        measures=({"measure": measure, "earlier": ({"figure": "78 of 100", "as_at": "2012-10-31"},)},)
        if n == 2
        else (),
        checks=(
            {
                "check": {
                    "due_on": "2013-02-25",
                    "done_on": "2013-02-26",
                    "outcome": "held",
                    "note": "Ten files looked at; all ten hold.",
                },
                "by": HELEN,
            },
        )
        if n == 2
        else (),
        steps=tuple(
            {
                "step": {"position": place, "text": text, "due_on": due, "done_on": done, "withdrawn_on": None},
                "by": ELSPETH,
                "behalf": {},
                "withdrawn_by": {},
            }
            for place, (text, due, done) in enumerate(steps, 1)
        )
        if n in (2, 4)
        else (),
        challenges=tuple(row for row in CHALLENGES if row["action"].get("reference") == reference(n)),
        history=history(n),
    )


CHALLENGES = (
    {
        "challenge": {
            "text": "How will the board know that caseloads have come down in the two busiest teams, and not on average?",
            "raised_at": moment("2013-01-18"),
            "answer": "The February report shows each team by name. Both teams are still above twenty.",
            "answered_at": moment("2013-02-11"),
        },
        "action": {"reference": reference(8)},
        "meeting": {"held_on": "2013-01-18"},
        "raised_by": GEOFF,
        "answered_by": PRIYA,
    },
    {
        "challenge": {
            "text": "Who owns the work on families' feedback?",
            "raised_at": moment("2013-02-25"),
            "answer": "",
            "answered_at": None,
        },
        "action": {"reference": reference(11)},
        "meeting": {},
        "raised_by": GEOFF,
        "answered_by": {},
    },
)
STEPS = (
    {
        "report": REPORT,
        "step": {
            "step": "publish_report",
            "body": "",
            "sent_to": "",
            "printed": None,
            "computed": "2012-09-24",
            "chosen": None,
            "chosen_reason": "",
            "explanation": "Received on 10 August 2012, + 30 working days in England and Wales, with the bank holidays known on that day = Monday 24 September 2012.",
            "source": "SI 2007/462 reg 2",
            "met_on": "2012-08-17",
            "met_note": "",
        },
        "computed": {"due": "2012-09-24", "met": True, "late": False},
    },
    {
        "report": REPORT,
        "step": {
            "step": "statement_of_action",
            "body": COUNCIL,
            "sent_to": "Ofsted",
            "printed": None,
            "computed": "2012-11-19",
            "chosen": None,
            "chosen_reason": "",
            "explanation": "Received on 10 August 2012, + 70 working days in England and Wales, with the bank holidays known on that day = Monday 19 November 2012.",
            "source": "Education and Inspections Act 2006 s137; SI 2007/462",
            "met_on": "2012-11-21",
            "met_note": "Sent by courier.",
        },
        "computed": {"due": "2012-11-19", "met": True, "late": True},
    },
)
MEETINGS = (
    {"meeting": {"held_on": "2013-01-18", "updates_by": "2013-01-11", "notes": "", "cancelled_at": None}},
    {
        "meeting": {
            "held_on": "2013-03-08",
            "updates_by": "2013-02-28",
            "notes": "At the town hall.",
            "cancelled_at": None,
        }
    },
)


def movement_row(n, how, before=None, owner_before=None):
    row = action_row(n)
    rated = {"delivery": row["computed"]["delivery"], "delivery_before": "On track"}
    return {
        "action": row["action"],
        "before": before if before is not None else row["action"],
        "owner": row["owner"],
        "owner_before": owner_before or row["owner"],
        "computed": {"how": "; ".join(how), **rated},
    }


MOVEMENT = (
    movement_row(1, ["Signed off and closed"]),
    movement_row(5, ["Due date moved"], {"agreed_due": "2012-11-10"}),
    movement_row(8, ["Returned to the owner", "Owner changed"], owner_before=RAVI),
    movement_row(12, ["Rating lowered by a person", "Delivery rating down"]),
)


def progress():
    begun = date(2012, 8, 19)
    weeks = [begun + timedelta(days=14 * n) for n in range(14)] + [date(2013, 3, 1)]
    later = [date(2013, 3, 17) + timedelta(days=28 * n) for n in range(4)]
    for place, day in enumerate((*weeks, *later)):
        closed = min(4, place // 3)
        submitted = 1 if place in (7, 8, 12, 13, 14) else 0
        aside = 1 if place > 9 else 0
        due = 3 if day < date(2012, 11, 10) else 9 if day < date(2013, 2, 10) else 12
        agreed = (
            3 if day < date(2012, 11, 10) else 7 if day < date(2013, 2, 10) else 8 if place < 15 else 9 + place - 15
        )
        counts = {Phase.CLOSED: closed, Phase.SUBMITTED: submitted, Phase.ASIDE: aside}
        yield Point(day, {**counts, Phase.OPEN: 13 - sum(counts.values())}, due, agreed)


def contents(actions=13, *, cover=None, sections=None, **changed):
    """The plan with so many actions, of which each beyond thirteen is one of them again."""
    rows = [action_row(n) for n in range(1, actions + 1)]
    found = {status: sum(row["action"]["status"] == status for row in rows) for status in Status}
    overdue = sum(row["computed"]["overdue"] for row in rows)
    extended = [n for n in (5, 6, 12, 13) if n <= actions]
    codes = [row["computed"]["delivery_code"] for row in rows]
    standard = {
        "cover": cover or standard_cover(),
        "position": Position(found, overdue, sum(row["computed"]["overdue_original"] for row in rows), 0, 0),
        "extended": Extended(len(extended), len(extended), 1),
        "ratings": {rating: codes.count(rating.value if rating else "") for rating in (*Delivery, None)},
        "impact": {each: sum(row["action"]["impact"] == each for row in rows) for each in Impact},
        "progress": tuple(progress()),
        "steps": STEPS,
        "meetings": MEETINGS,
        "challenges": CHALLENGES,
        "actions": lambda: iter(rows),
        "sections": sections or (lambda: (section(n) for n in range(1, actions + 1))),
        "updates": lambda: iter(()),
        "evidence": lambda: iter(()),
        "extensions": lambda: (extension(n) for n in (4, 5, 6, 12, 13) if n <= actions),
        "recommendations": lambda: iter(()),
        "movement": lambda: iter(MOVEMENT if actions >= 13 else ()),
        "events": lambda: iter(()),
    }
    return Contents(**{**standard, **changed})


def standard_cover(*, since=SINCE, confidential=True, demonstration=False, withheld=0):
    return Cover(
        authority=COUNCIL,
        short_name="Rotherham",
        code="RTH",
        scope=Scope(as_at=AS_AT, since=since, confidential=confidential),
        chain="authority:12",
        sequence=214,
        head=HEAD,
        recorded_at=datetime(2013, 2, 28, 16, 41, tzinfo=UTC),
        since_sequence=171 if since else None,
        thresholds=RatingSettings(),
        next_meeting="2013-03-08",
        demonstration=demonstration,
        withheld=withheld,
    )
