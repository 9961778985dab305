"""September to November 2012: the work begins, the first actions are signed off, one is returned, one date moves."""

from tracker.choices import Impact, Move, NoteKind, Step
from tracker.services.stories.council_deeds import answer, away, call, challenge, met
from tracker.services.stories.stage import Scene
from tracker.services.stories.work_deeds import (
    ask,
    assign,
    decide,
    figure,
    file,
    impact,
    link,
    lower,
    measure,
    move,
    say,
    seen,
    tick,
)

SAMPLE = """Team,Read,Signed the same day,Attendance recorded
Duty north,5,5,5
Duty south,5,5,5
Duty east,5,5,4
Duty west,5,4,5
"""
MINUTES = """Neglect review group, 5 October 2012

Present: children in need teams, health, police, education welfare, legal services.
41 cases reviewed. 9 go to the legal gateway, 17 have a new plan with dates, 15 are to go on as planned.
Each decision is on the child's record; this note holds no names.
"""
CASELOADS = """Team,Social workers,Children,Most held by one worker
Children in need 1,7,148,27
Children in need 2,6,131,29
Children in need 3,7,122,22
Children in need 4,6,139,31
"""

SCENES = [
    Scene(
        "2012-08-31 10:00", "maya", met("RTH", "2012", Step.PUBLISH_REPORT, "2012-08-10", "On the council’s website.")
    ),
    Scene("2012-09-03 09:40", "sam", tick(2, "Agree one form with the police and the hospital")),
    Scene("2012-09-03 09:41", "sam", tick(2, "Brief all duty team managers")),
    Scene("2012-09-04 10:10", "tom", tick(1, "Draw the list of cases and share it with partners")),
    Scene("2012-09-07 16:20", "tom", tick(1, "Review the ten longest cases")),
    Scene("2012-09-07 16:25", "tom", say(1, "Ten cases reviewed. Three go to the legal gateway panel this month.")),
    Scene("2012-09-12 11:00", "maya", call("2012-09-26", "2012-09-20")),
    Scene("2012-09-18 15:00", "liam", say(13, "The audit tool was tried by three managers and shortened.")),
    Scene(
        "2012-09-19 09:00", "helen", say(12, "The chairs’ manager now meets the director every month.", NoteKind.UPDATE)
    ),
    Scene(
        "2012-09-19 09:30", "grace", move(7, Move.START, note="Twelve core groups observed; findings go to managers.")
    ),
    Scene("2012-09-20 10:00", "nadia", say(4, "", NoteKind.ON_TRACK)),
    Scene(
        "2012-09-20 10:40",
        "joan",
        move(8, Move.START, note="Two agency workers start in the busiest team on 1 October."),
    ),
    Scene("2012-09-21 14:00", "sam", tick(2, "Sample twenty discussions")),
    Scene(
        "2012-09-21 14:10",
        "sam",
        file(2, "sample-september.csv", "Sample of twenty strategy discussions", SAMPLE, "2012-09-20"),
    ),
    Scene("2012-09-21 14:20", "sam", figure(2, "Strategy discussions signed off the same day", "95%", "2012-09-20")),
    Scene("2012-09-21 14:30", "sam", move(2, Move.SUBMIT, note="All three steps are done; nineteen of twenty held.")),
    Scene(
        "2012-09-24 11:00",
        "sam",
        seen(
            3,
            "Managers’ check",
            "Thirty enquiries of September were read by another team’s manager: 27 have outcome and reasons.",
            "2012-09-21",
        ),
    ),
    Scene(
        "2012-09-24 11:10",
        "sam",
        figure(3, "Section 47 enquiries with outcome and reasons recorded", "90%", "2012-09-21"),
    ),
    Scene("2012-09-24 11:20", "sam", move(3, Move.SUBMIT)),
    Scene("2012-09-25 09:30", "ruth", move(2, Move.SIGN_OFF)),
    Scene(
        "2012-09-25 09:50",
        "ruth",
        move(
            3,
            Move.RETURN,
            reason="Three of thirty still lack reasons, all from one team. Bring a second sample with that team in it.",
        ),
    ),
    Scene(
        "2012-09-26 15:00",
        "judith",
        challenge(
            "2012-09-26", 1, "How will the board know that the nine cases at the legal gateway did not wait again?"
        ),
    ),
    Scene("2012-10-01 10:00", "tom", move(6, Move.START, note="The new template is tried in two teams.")),
    Scene("2012-10-02 09:00", "tom", measure(6, "Plans judged good for focus on risk", "22%", "75%")),
    Scene(
        "2012-10-03 16:00",
        "maya",
        answer(
            1,
            "The gateway panel’s waiting times go to every meeting from October; the longest is printed by name of team.",
        ),
    ),
    Scene("2012-10-05 16:10", "tom", tick(1, "Review the remaining cases")),
    Scene(
        "2012-10-05 16:30",
        "tom",
        file(1, "neglect-review-group.txt", "Note of the review group", MINUTES, "2012-10-05", confidential=True),
    ),
    Scene("2012-10-08 09:00", "tom", move(1, Move.SUBMIT, note="All 41 cases are reviewed.")),
    Scene("2012-10-09 15:00", "helen", seen(9, "Chairs’ log", "Views recorded in 34 of 40 conferences.", "2012-10-08")),
    Scene("2012-10-10 10:00", "maya", call("2012-10-24", "2012-10-18")),
    Scene("2012-10-10 11:30", "ruth", move(1, Move.SIGN_OFF)),
    Scene(
        "2012-10-10 11:35",
        "ruth",
        impact(1, Impact.EMERGING, "Nine children are now in proceedings, 17 have new plans."),
    ),
    Scene(
        "2012-10-12 10:00",
        "sam",
        link(3, "https://intranet.example.org/s47-second-sample", "Second sample", "2012-10-10"),
    ),
    Scene(
        "2012-10-12 10:05",
        "sam",
        figure(3, "Section 47 enquiries with outcome and reasons recorded", "97%", "2012-10-10"),
    ),
    Scene("2012-10-12 10:10", "sam", move(3, Move.SUBMIT, note="The second sample has the returned team in it.")),
    Scene("2012-10-15 14:00", "ruth", move(3, Move.SIGN_OFF)),
    Scene("2012-10-16 09:30", "carl", figure(5, "Notifications sent within one working day", "57%", "2012-10-12")),
    Scene(
        "2012-10-16 09:35", "carl", move(5, Move.START, note="A desk officer now screens notifications each morning.")
    ),
    Scene("2012-10-17 17:00", "joan", file(8, "caseloads-october.csv", "Caseloads by team", CASELOADS, "2012-10-15")),
    Scene(
        "2012-10-18 09:00",
        "grace",
        say(7, "Supervision notes of four teams were read; the forms do not ask about risk."),
    ),
    Scene(
        "2012-10-18 16:00",
        "nadia",
        move(4, Move.START, note="The new form was agreed by the safeguarding board’s group."),
    ),
    Scene(
        "2012-10-24 16:00",
        "neil",
        challenge(
            "2012-10-24",
            8,
            "Eleven workers held more than 25 children in August. How many do today, and when is it none?",
        ),
    ),
    Scene(
        "2012-10-25 10:30",
        "sam",
        move(10, Move.START, note="All duty and children in need teams have had the briefing; 64 of 71 workers came."),
    ),
    Scene(
        "2012-10-26 12:00", "sam", link(10, "https://intranet.example.org/private-fostering", "Briefing", "2012-10-25")
    ),
    Scene("2012-10-29 09:00", "sam", move(10, Move.SUBMIT, note="The briefing is done and on the intranet.")),
    Scene("2012-10-31 10:00", "ruth", move(10, Move.SIGN_OFF)),
    Scene(
        "2012-11-01 09:45",
        "carl",
        ask(5, "2013-01-31", "The screening desk needs a second officer, who is appointed from 1 January"),
    ),
    Scene(
        "2012-11-02 11:00",
        "maya",
        decide(5, True, "The desk is funded and has a date; a monthly figure is reported meanwhile."),
    ),
    Scene("2012-11-05 15:20", "helen", say(9, "An advocate can be had for every conference from this month.")),
    Scene(
        "2012-11-06 08:50",
        "helen",
        link(9, "https://intranet.example.org/advocacy-offer", "Advocacy offer", "2012-11-05"),
    ),
    Scene("2012-11-07 09:00", "helen", away("helen", "grace", "2012-11-12", "2012-11-23")),
    Scene("2012-11-07 16:30", "helen", move(9, Move.SUBMIT, note="Views are recorded in 39 of 40 conferences.")),
    Scene(
        "2012-11-09 10:00",
        "joan",
        say(8, "Agency cover ends in December and two posts are frozen. I need a decision.", NoteKind.HELP),
    ),
    Scene("2012-11-09 14:30", "maya", lower(5, "The second officer is promised and not appointed yet.")),
    Scene("2012-11-12 09:20", "ruth", move(9, Move.SIGN_OFF)),
    Scene(
        "2012-11-13 15:10",
        "nadia",
        seen(4, "First month of the new form", "61 of 88 referrals were complete.", "2012-11-12"),
    ),
    Scene("2012-11-14 10:00", "maya", call("2012-11-21", "2012-11-19")),
    Scene(
        "2012-11-14 15:30",
        "nadia",
        move(4, Move.SUBMIT, note="The form is in use everywhere; three in four are complete."),
    ),
    Scene("2012-11-14 16:10", "maya", assign("tom", 7)),
    Scene(
        "2012-11-16 16:00",
        "maya",
        met("RTH", "2012", Step.STATEMENT_OF_ACTION, "2012-11-16", "Agreed by the cabinet and published."),
    ),
    Scene("2012-11-16 12:00", "ruth", move(4, Move.SIGN_OFF)),
    Scene(
        "2012-11-19 11:00", "grace", say(12, "In Helen’s absence: the chairs’ alerts go to the director every Friday.")
    ),
    Scene("2012-11-19 16:00", "tom", say(6, "The template is in use in six of eight teams.", NoteKind.ON_TRACK)),
    Scene("2012-11-22 10:00", "tom", say(7, "Supervision form rewritten with the teams; in use from 3 December.")),
    Scene(
        "2012-11-26 09:30",
        "maya",
        answer(8, "Six workers today. The vacancy panel meets on 6 December about the frozen posts."),
    ),
]
