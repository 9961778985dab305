"""December 2012 to February 2013: dates pass, somebody leaves, a closed action is reopened, an extension refused."""

from tracker.choices import Impact, Move, NoteKind
from tracker.services.stories.council_deeds import call, challenge, leaves
from tracker.services.stories.stage import Scene
from tracker.services.stories.work_deeds import ask, decide, figure, impact, link, measure, move, say, seen, step, tick

SCENES = [
    Scene(
        "2012-12-04 11:00", "helen", say(12, "First quarterly report of the chairs went to director and board chair.")
    ),
    Scene("2012-12-05 10:00", "maya", call("2012-12-19", "2012-12-13")),
    Scene("2012-12-06 15:00", "liam", move(13, Move.START, note="Audits begin in January; 24 managers are trained.")),
    Scene("2012-12-07 12:00", "tom", figure(6, "Plans judged good for focus on risk", "48%", "2012-12-05")),
    Scene("2012-12-10 09:30", "carl", figure(5, "Notifications sent within one working day", "71%", "2012-12-07")),
    Scene("2012-12-12 14:00", "liam", say(11, "A short questionnaire for families was drafted.")),
    Scene("2012-12-13 10:00", "joan", say(8, "The panel released both posts. Interviews are on 15 January.")),
    Scene("2012-12-13 10:05", "joan", figure(8, "Social workers with more than 22 children", "14", "2012-12-12")),
    Scene(
        "2012-12-19 15:30",
        "judith",
        challenge("2012-12-19", 11, "Families have waited since July to be asked. Who has spoken with one of them?"),
    ),
    Scene("2012-12-21 12:00", "maya", leaves("joan", "grace", "Joan Pryce takes up a post elsewhere in January.")),
    Scene("2012-12-21 12:30", "tom", link(6, "https://intranet.example.org/plan-template", "Template", "2012-12-20")),
    Scene(
        "2013-01-07 10:30",
        "grace",
        say(8, "I have taken this over; the caseload table is drawn every Monday from now on."),
    ),
    Scene("2013-01-08 09:15", "tom", say(7, "Sixteen supervision notes of December were read: ten discuss risk.")),
    Scene(
        "2013-01-10 16:00",
        "tom",
        seen(6, "Audit of plans", "Forty plans were read by the chairs: 27 are good.", "2013-01-09"),
    ),
    Scene("2013-01-10 16:10", "tom", figure(6, "Plans judged good for focus on risk", "68%", "2013-01-09")),
    Scene(
        "2013-01-14 11:00",
        "ruth",
        move(
            10,
            Move.REOPEN,
            reason="An audit in January found two private fostering arrangements that were known and not assessed.",
            new_due="2013-03-15",
        ),
    ),
    Scene(
        "2013-01-15 09:30",
        "sam",
        say(10, "Both arrangements are assessed now. Each team names a worker who checks monthly."),
    ),
    Scene(
        "2013-01-15 09:40",
        "sam",
        step(10, "Check every school admission list for arrangements nobody told us of", "2013-02-15"),
    ),
    Scene("2013-01-15 09:44", "sam", step(10, "Second audit by another team", "2013-03-08")),
    Scene("2013-01-15 09:50", "sam", measure(10, "Known arrangements assessed within 42 days", "1 of 3", "all")),
    Scene("2013-01-16 10:00", "maya", call("2013-01-30", "2013-01-24")),
    Scene("2013-01-17 15:00", "liam", say(13, "Twelve of sixty audits are in.")),
    Scene(
        "2013-01-22 14:00",
        "helen",
        seen(12, "Alerts", "Five alerts since November; all answered in two days.", "2013-01-21"),
    ),
    Scene("2013-01-23 09:00", "tom", say(7, "", NoteKind.ON_TRACK)),
    Scene("2013-01-24 10:00", "carl", figure(5, "Notifications sent within one working day", "91%", "2013-01-23")),
    Scene(
        "2013-01-24 10:10",
        "carl",
        seen(5, "Week of 14 January", "Of 57 notifications 52 came within a day.", "2013-01-23"),
    ),
    Scene("2013-01-24 10:20", "carl", move(5, Move.SUBMIT, note="Two officers are at the desk; the aim is reached.")),
    Scene("2013-01-28 09:40", "maya", move(5, Move.SIGN_OFF)),
    Scene("2013-01-28 09:45", "maya", impact(5, Impact.EMERGING, "First visits follow four days sooner than in July.")),
    Scene(
        "2013-01-30 16:00",
        "neil",
        challenge(
            "2013-01-30",
            8,
            "Fourteen workers still hold more than 22 children, six months on. What is the board to decide?",
        ),
    ),
    Scene(
        "2013-02-04 11:00",
        "ruth",
        impact(2, Impact.EMBEDDED, "Three samples in a row above 95%; the chairs confirm it."),
    ),
    Scene(
        "2013-02-05 09:00",
        "liam",
        ask(13, "2013-05-31", "Sixty audits cannot be done by 24 managers before the end of May"),
    ),
    Scene(
        "2013-02-06 16:30",
        "ruth",
        decide(
            13,
            False,
            "Thirty audits are enough to report to the board; the framework itself is to be in use by the date.",
        ),
    ),
    Scene("2013-02-07 10:00", "helen", move(12, Move.SUBMIT, note="The three links stand and have been used.")),
    Scene("2013-02-08 15:00", "maya", say(8, "On Grace’s behalf: both posts are filled from 1 April.")),
    Scene("2013-02-13 10:00", "maya", call("2013-02-27", "2013-02-21")),
    Scene("2013-02-14 14:00", "sam", tick(10, "Check every school admission list for arrangements nobody told us of")),
    Scene("2013-02-14 14:05", "sam", figure(10, "Known arrangements assessed within 42 days", "3 of 4", "2013-02-13")),
    Scene("2013-02-15 11:00", "ruth", move(12, Move.SIGN_OFF)),
    Scene("2013-02-19 10:00", "tom", say(7, "Twenty-two of thirty notes discuss risk; two teams need more.")),
    Scene(
        "2013-02-20 09:30",
        "liam",
        seen(13, "First report", "Thirty-one audits were reported to the board.", "2013-02-19"),
    ),
    Scene("2013-02-20 09:35", "liam", say(13, "The report of the first 31 audits goes to the meeting on 27 February.")),
    Scene("2013-02-21 09:00", "grace", figure(8, "Social workers with more than 22 children", "9", "2013-02-20")),
    Scene("2013-02-21 09:05", "grace", say(8, "Nine workers today. None of them is newly qualified.")),
    Scene(
        "2013-02-21 16:00",
        "tom",
        move(6, Move.SUBMIT, note="68% of plans are good; the rest is in the teams’ own plans."),
    ),
]
