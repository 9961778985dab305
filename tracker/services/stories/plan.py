"""August 2012: the report of Rotherham becomes a plan with owners, in the council's own words."""

from tracker.choices import Move, NoteKind
from tracker.services.stories.cast import CAST
from tracker.services.stories.council_deeds import accept, director, invite, meeting
from tracker.services.stories.stage import Scene
from tracker.services.stories.work_deeds import assign, edit, measure, move, say, step

SCENES = [
    Scene("2012-08-14 09:30", "maya", accept("protection-of-children-rotherham-2012.txt")),
    *[Scene(f"2012-08-14 10:{minute:02}", "maya", invite(player)) for minute, player in enumerate(CAST, 10)],
    Scene("2012-08-14 11:00", "maya", director("imogen")),
    Scene(
        "2012-08-14 14:00",
        "maya",
        edit(
            1,
            "Review, with police, health and schools, every case of serious neglect that has been open for 18 months or "
            "longer, and agree for each what changes now.",
            "No child stays in serious neglect because a case has drifted.",
            "ruth",
            ("nadia",),
        ),
    ),
    Scene(
        "2012-08-14 14:06",
        "maya",
        edit(
            2,
            "Hold every strategy discussion as the guidance demands, record it on one form, and have a manager sign it "
            "the same day.",
            "Decisions about a child at risk are made together and can be read afterwards.",
            "ruth",
            ("carl",),
        ),
    ),
    Scene(
        "2012-08-14 14:12",
        "maya",
        edit(
            3,
            "Record the outcome and the reasons of every Section 47 enquiry, signed off by a manager within two working days.",
            "The reasons for acting, or not acting, are clear to the next worker.",
            "ruth",
        ),
    ),
    Scene(
        "2012-08-14 14:20",
        "maya",
        edit(
            4,
            "Give partner agencies one referral form, examples of good referrals and feedback on each poor one.",
            "The contact and referral team can decide on the day a referral arrives.",
            "maya",
            ("carl",),
        ),
    ),
    Scene(
        "2012-08-14 14:26",
        "maya",
        edit(
            5,
            "Send domestic violence notifications within one working day, each with a risk assessment centred on the child.",
            "Children who live with domestic violence are seen sooner.",
            "maya",
            ("sam",),
        ),
    ),
    Scene(
        "2012-08-14 14:33",
        "maya",
        edit(
            6,
            "Bring in a plan template that names the risks, who does what by when, and how the family will know that it worked.",
            "Plans reduce risk, and families can say what is expected of them.",
            "ruth",
            ("helen",),
        ),
    ),
    Scene(
        "2012-08-14 14:40",
        "maya",
        edit(
            8,
            "Bring caseloads of the busiest teams down, protect those of newly qualified social workers, and review the "
            "capacity of the whole service.",
            "Social workers have time for the children they are responsible for.",
            "maya",
        ),
    ),
    Scene("2012-08-14 15:00", "maya", assign("tom", 1, 6)),
    Scene("2012-08-14 15:02", "maya", assign("sam", 2, 3, 10)),
    Scene("2012-08-14 15:04", "maya", assign("nadia", 4)),
    Scene("2012-08-14 15:06", "maya", assign("carl", 5)),
    Scene("2012-08-14 15:08", "maya", assign("grace", 7)),
    Scene("2012-08-14 15:10", "maya", assign("joan", 8)),
    Scene("2012-08-14 15:12", "maya", assign("helen", 9, 12)),
    Scene("2012-08-14 15:14", "maya", assign("liam", 11, 13)),
    Scene("2012-08-14 16:00", "maya", meeting("2012-09-26")),
    Scene("2012-08-14 16:01", "maya", meeting("2012-10-24")),
    Scene("2012-08-14 16:02", "maya", meeting("2012-11-21")),
    Scene("2012-08-14 16:03", "maya", meeting("2012-12-19")),
    Scene("2012-08-14 16:04", "maya", meeting("2013-01-30")),
    Scene("2012-08-14 16:05", "maya", meeting("2013-02-27")),
    Scene("2012-08-14 16:06", "maya", meeting("2013-04-10")),
    Scene(
        "2012-08-15 09:10",
        "sam",
        move(2, Move.START, note="The team managers met today; the new form goes live on Monday."),
    ),
    Scene("2012-08-15 09:20", "sam", step(2, "Agree one form with the police and the hospital", "2012-08-17")),
    Scene("2012-08-15 09:24", "sam", step(2, "Brief all duty team managers", "2012-08-24")),
    Scene("2012-08-15 09:28", "sam", step(2, "Sample twenty discussions", "2012-09-21")),
    Scene("2012-08-15 10:00", "sam", measure(2, "Strategy discussions signed off the same day", "54%", "95%")),
    Scene(
        "2012-08-15 10:05", "sam", measure(3, "Section 47 enquiries with outcome and reasons recorded", "61%", "98%")
    ),
    Scene(
        "2012-08-16 11:40",
        "tom",
        move(1, Move.START, note="A list of 41 cases was drawn from the system. The review group meets weekly."),
    ),
    Scene("2012-08-16 11:45", "tom", step(1, "Draw the list of cases and share it with partners", "2012-08-17")),
    Scene("2012-08-16 11:48", "tom", step(1, "Review the ten longest cases", "2012-09-07")),
    Scene("2012-08-16 11:51", "tom", step(1, "Review the remaining cases", "2012-10-12")),
    Scene(
        "2012-08-20 14:15",
        "nadia",
        say(4, "The three most frequent referrers have been asked what stands in their way."),
    ),
    Scene("2012-08-21 16:30", "carl", say(5, "Every notification of July was read. 38% came within one working day.")),
    Scene("2012-08-21 16:40", "carl", measure(5, "Notifications sent within one working day", "38%", "90%")),
    Scene("2012-08-23 10:00", "grace", say(7, "Core groups of four teams will be observed in September.")),
    Scene(
        "2012-08-24 09:15",
        "joan",
        say(8, "Caseloads by worker were drawn for the first time: eleven workers hold more than 25 children."),
    ),
    Scene("2012-08-24 09:20", "joan", measure(8, "Social workers with more than 22 children", "19", "5 or fewer")),
    Scene("2012-08-28 13:00", "helen", say(9, "The advocacy service was asked for its capacity.", NoteKind.UPDATE)),
    Scene("2012-08-29 15:30", "liam", say(13, "The framework was shared with the board’s performance group.")),
    Scene("2012-08-30 12:00", "sam", say(10, "A briefing on private fostering is written and goes to all teams.")),
]
