"""Facts: the records, what is always true of each, and readings of one row."""

from tracker.models.action import Action
from tracker.models.board import BoardMeeting, Challenge
from tracker.models.bulk import BulkChange
from tracker.models.calendar_feed import CalendarFeed
from tracker.models.event import Chain, Erasure, Event, EventBody
from tracker.models.figure import EarlierFigure
from tracker.models.intake import Intake
from tracker.models.lookups import Among
from tracker.models.notice import DIGESTS, Due, Notice, PlannerRun, Told
from tracker.models.pack import Pack
from tracker.models.people import Authority, Membership, User
from tracker.models.reference import BankHoliday, ReminderDefault, ReportFamily, Theme
from tracker.models.report import Recommendation, Recurrence, Report, StatutoryStep
from tracker.models.saved_filter import SavedFilter
from tracker.models.spreadsheet import BroughtRow, Spreadsheet
from tracker.models.step import ActionStep
from tracker.models.trailed import Trailed
from tracker.models.work import ActionCheck, Evidence, Extension, ImpactMeasure, ProgressNote

__all__ = [
    "Action",
    "DIGESTS",
    "ActionCheck",
    "ActionStep",
    "Among",
    "Authority",
    "BankHoliday",
    "BoardMeeting",
    "BroughtRow",
    "BulkChange",
    "CalendarFeed",
    "Chain",
    "Challenge",
    "Due",
    "EarlierFigure",
    "Erasure",
    "Event",
    "EventBody",
    "Evidence",
    "Extension",
    "ImpactMeasure",
    "Intake",
    "Membership",
    "Notice",
    "Pack",
    "PlannerRun",
    "ProgressNote",
    "Recommendation",
    "Recurrence",
    "ReminderDefault",
    "Report",
    "ReportFamily",
    "SavedFilter",
    "Spreadsheet",
    "StatutoryStep",
    "Theme",
    "Told",
    "Trailed",
    "User",
]
