"""The fixed words of the field: each enum is a closed list that code, database and page share. No logic."""

from django.db.models import TextChoices


class Status(TextChoices):
    """Where an action stands. "Returned" and "reopened" are moves that lead back to in progress (see Move)."""

    NOT_STARTED = "not_started", "Not started"
    IN_PROGRESS = "in_progress", "In progress"
    SUBMITTED = "submitted", "Submitted, awaiting sign-off"
    CLOSED = "closed", "Closed"
    SUPERSEDED = "superseded", "Superseded"
    NOT_APPLICABLE = "not_applicable", "No longer applicable"


class Move(TextChoices):
    """The ways an action changes its status; rules.workflow says which is open to whom."""

    START = "start", "Start work"
    SUBMIT = "submit", "Submit as complete"
    RECALL = "recall", "Take the submission back"
    RETURN = "return", "Return with a reason"
    SIGN_OFF = "sign_off", "Sign off and close"
    REOPEN = "reopen", "Reopen"
    SUPERSEDE = "supersede", "Mark as superseded"
    SET_ASIDE = "set_aside", "Mark as no longer applicable"
    RESTORE = "restore", "Bring back"


class Delivery(TextChoices):
    """The delivery rating (BRAG): computed, and a person may lower it with a reason."""

    BLUE = "blue", "Closed"
    RED = "red", "Overdue"
    AMBER = "amber", "At risk"
    GREY = "grey", "Not yet due to start, or no date"
    GREEN = "green", "On track"


class Impact(TextChoices):
    """What children can be shown to have gained: a second scale, never mixed with delivery."""

    NOT_EVIDENCED = "not_evidenced", "Not yet evidenced"
    EMERGING = "emerging", "Emerging"
    EMBEDDED = "embedded", "Embedded"


class Role(TextChoices):
    """What a membership makes of a person in one authority."""

    LEAD = "lead", "Improvement lead"
    OWNER = "owner", "Action owner"
    PARTNER = "partner", "Partner"
    BOARD = "board", "Board member"
    AUDITOR = "auditor", "Auditor"
    ADMINISTRATOR = "administrator", "Administrator"


class Family(TextChoices):
    """The families of report. The first thirteen are Ofsted's; the last three are plans entered by hand."""

    PROTECTION_OF_CHILDREN = "protection_of_children", "Arrangements for the protection of children"
    LOOKED_AFTER_CHILDREN = "looked_after_children", "Services for looked-after children"
    SAFEGUARDING_AND_LOOKED_AFTER = "safeguarding_and_looked_after", "Safeguarding and looked-after children"
    SIF = "sif", "Single inspection framework"
    ILACS = "ilacs", "ILACS inspection"
    ILACS_FOCUSED_VISIT = "ilacs_focused_visit", "ILACS focused visit"
    ILACS_MONITORING_VISIT = "ilacs_monitoring_visit", "ILACS monitoring visit"
    JTAI = "jtai", "Joint targeted area inspection"
    AREA_SEND = "area_send", "Area SEND inspection"
    AREA_SEND_2016 = "area_send_2016", "Area SEND inspection (2016 framework)"
    UNANNOUNCED_ASSESSMENT = "unannounced_assessment", "Unannounced contact, referral and assessment letter"
    LSCB_REVIEW = "lscb_review", "Review of the safeguarding children board"
    OTHER = "other", "Another kind of report"
    IMPROVEMENT_NOTICE = "improvement_notice", "Improvement notice"
    PEER_REVIEW = "peer_review", "Peer review"
    AUDIT = "audit", "Audit"


class Basis(TextChoices):
    """Where a due date comes from, strongest first: a person's date beats a printed one, a printed one a computed one."""

    CHOSEN = "chosen", "Chosen by a person"
    PRINTED = "printed", "Printed in the report"
    COMPUTED = "computed", "Computed from the report's timescale"
    DEFAULT = "default", "The authority's default for this kind of report"
    NONE = "none", "No due date"


class Priority(TextChoices):
    """How an action ranks above its date: "Immediately", then areas for priority action, then the rest."""

    IMMEDIATE = "immediate", "Immediate"
    HIGH = "high", "Priority action"
    NORMAL = "normal", "Normal"


class IntakeState(TextChoices):
    """How far a received file has come."""

    WAITING = "waiting", "Waiting to be read"
    READ = "read", "Read, waiting to be confirmed"
    UNREADABLE = "unreadable", "Could not be read"
    ACCEPTED = "accepted", "Accepted"
    SET_ASIDE = "set_aside", "Set aside"


class AcceptedAs(TextChoices):
    """What a confirmed report is for: a plan makes actions, a reference keeps the words only."""

    PLAN = "plan", "As a plan"
    REFERENCE = "reference", "For reference"


class Response(TextChoices):
    """The authority's published response to a recommendation."""

    ACCEPTED = "accepted", "Accepted"
    IN_PART = "in_part", "Accepted in part"
    NOTED = "noted", "Noted"


class Step(TextChoices):
    """The steps of the statutory clock, one clock an inspection."""

    PUBLISH_REPORT = "publish_report", "Publish the report"
    STATEMENT_OF_ACTION = "statement_of_action", "Publish a written statement of action"
    DRAFT_PLAN = "draft_plan", "Send an early draft of the action plan"
    ACTION_PLAN = "action_plan", "Send the action plan"
    STATEMENT_OF_PROPOSED_ACTION = "statement_of_proposed_action", "Send a written statement of proposed action"
    PRIORITY_ACTION_PLAN = "priority_action_plan", "Publish a priority action plan"


class BulkKind(TextChoices):
    """What may be done to several actions at once."""

    OWNER = "owner", "Owner given"
    FIRST_DUE = "first_due", "First due dates set"


class EvidenceKind(TextChoices):
    """What a piece of evidence is."""

    FILE = "file", "File"
    LINK = "link", "Link"
    NOTE = "note", "Note"


class NoteKind(TextChoices):
    """What a progress note says at a glance."""

    UPDATE = "update", "Update"
    ON_TRACK = "on_track", "On track"
    NO_CHANGE = "no_change", "Nothing changed"
    HELP = "help", "Help needed"


class CheckOutcome(TextChoices):
    """What was found when a closed action was looked at again."""

    HELD = "held", "The change has held"
    SLIPPED = "slipped", "The change has slipped"


class DueKind(TextChoices):
    """What may be owed about a thing: one row of the ledger each, by rules.notices."""

    ASSIGNED = "assigned", "Assigned to you"
    BEFORE_DUE = "before_due", "Due soon"
    DUE_TODAY = "due_today", "Due today"
    OVERDUE = "overdue", "Overdue"
    ESCALATED_TO_LEAD = "escalated_to_lead", "Overdue, told to the accountable lead"
    ESCALATED_TO_DIRECTOR = "escalated_to_director", "Overdue, told to the director"
    SILENT = "silent", "No news for a while"
    SIGN_OFF_WAITING = "sign_off_waiting", "Awaiting sign-off"
    EXTENSION_WAITING = "extension_waiting", "An extension awaits a decision"
    STATUTORY_STEP = "statutory_step", "A statutory step falls due"
    CHECK_DUE = "check_due", "A closed action is to be looked at again"
    NO_DATE = "no_date", "No due date"
    NO_OWNER = "no_owner", "No owner"


class Occasion(TextChoices):
    """What else may be owed, whatever the days: by the calendar, or because somebody asked for something."""

    HELP_ASKED = "help_asked", "Help asked for"
    ERASURE_ASKED = "erasure_asked", "An erasure awaits a decision"
    UPDATE_CALLED = "update_called", "An update is called for"
    WEEK_FOR_LEADS = "week_for_leads", "The week, for leads"
    MONTH_FOR_BOARD = "month_for_board", "The month, for board members"


class DigestChoice(TextChoices):
    """How often a person wants their digest; what is overdue is told whatever is chosen."""

    EACH_DAY = "each_day", "On every working day with something new"
    WEEKLY = "weekly", "Once a week, on Monday; what is overdue at once"
    OVERDUE_ONLY = "overdue_only", "Only what is overdue"


class NoticeKind(TextChoices):
    """The envelopes: what a mail is, at most one of a kind for a person and a day."""

    DIGEST = "digest", "Digest"
    LEAD_DIGEST = "lead_digest", "Weekly digest for leads"
    BOARD_DIGEST = "board_digest", "Monthly digest for board members"
    CALL_FOR_UPDATES = "call_for_updates", "Call for updates"
    ACCESS_GRANTED = "access_granted", "Access granted"
    HEAD_TO_AUDITORS = "head_to_auditors", "The trail's head, for auditors"


class NoticeState(TextChoices):
    """How far an envelope has come."""

    OWED = "owed", "Owed"
    CLAIMED = "claimed", "Being sent"
    SENT = "sent", "Sent"
    FAILED = "failed", "Failed"
    SKIPPED = "skipped", "Skipped: nothing left to say"


class PackState(TextChoices):
    """How far a board pack has come."""

    WAITING = "waiting", "Waiting to be made"
    MAKING = "making", "Being made"
    MADE = "made", "Made"
    FAILED = "failed", "Could not be made"
    REMOVED = "removed", "Taken away"


class Channel(TextChoices):
    """The way an act came in; printed beside it in the trail."""

    WEB = "web", "Web site"
    ADMIN = "admin", "Admin"
    API = "api", "API"
    COMMAND = "command", "Command line"
    TASK = "task", "Background task"


class EventKind(TextChoices):
    """One word for each verb of services/, as it stands in the trail. Words are added, never renamed."""

    INSTALLATION_BEGUN = "installation_begun", "Installation begun"
    GUARDS_RESTORED = "guards_restored", "Trail's guards put back"
    REFERENCE_LOADED = "reference_loaded", "Reference rows loaded"
    AUTHORITY_SETTINGS_CHANGED = "authority_settings_changed", "Authority's settings changed"
    PERSON_ADDED = "person_added", "Person added"
    PERSON_CHANGED = "person_changed", "Person's details changed"
    PERSON_PSEUDONYMISED = "person_pseudonymised", "Leaver's name replaced"
    DATA_EXPORTED = "data_exported", "Own data saved as a file"
    FACTOR_SET_UP = "factor_set_up", "Second factor set up"
    FACTOR_SWITCHED_OFF = "factor_switched_off", "Second factor switched off"
    FACTOR_TAKEN_OFF = "factor_taken_off", "Lost second factor taken off"
    RECOVERY_CODE_USED = "recovery_code_used", "Recovery code used"
    RECOVERY_CODES_RENEWED = "recovery_codes_renewed", "Recovery codes renewed"
    SIGN_IN_LINKED = "sign_in_linked", "Council’s own sign-in linked"
    SIGNED_OUT_EVERYWHERE = "signed_out_everywhere", "Signed out everywhere"
    MEMBERSHIP_GRANTED = "membership_granted", "Membership granted"
    MEMBERSHIP_CHANGED = "membership_changed", "Membership changed"
    MEMBERSHIP_ENDED = "membership_ended", "Membership ended"
    DEPUTY_NAMED = "deputy_named", "Deputy named"
    ACCESS_REVIEWED = "access_reviewed", "List of who has access looked through"
    ACCESS_LIST_SAVED = "access_list_saved", "List of who has access saved as a file"
    CALENDAR_MADE = "calendar_made", "Calendar address made"
    CALENDAR_REVOKED = "calendar_revoked", "Calendar address revoked"
    INTAKE_RECEIVED = "intake_received", "Report received"
    INTAKE_READ = "intake_read", "Report read"
    INTAKE_CORRECTED = "intake_corrected", "Reading corrected"
    INTAKE_SET_ASIDE = "intake_set_aside", "Report set aside"
    REPORT_ACCEPTED = "report_accepted", "Report accepted"
    REPORT_REVISED = "report_revised", "Differences of a later reading applied"
    PLAN_ENTERED = "plan_entered", "Plan entered by hand"
    SPREADSHEET_RECEIVED = "spreadsheet_received", "Spreadsheet received"
    SPREADSHEET_DOWNLOADED = "spreadsheet_downloaded", "Spreadsheet downloaded"
    SPREADSHEET_SETTLED = "spreadsheet_settled", "What a spreadsheet means settled"
    SPREADSHEET_SET_ASIDE = "spreadsheet_set_aside", "Spreadsheet set aside"
    SPREADSHEET_TAKEN_UP = "spreadsheet_taken_up", "Spreadsheet taken up again"
    PLAN_BROUGHT = "plan_brought", "Plan brought in from a spreadsheet"
    PUBLICATION_DATE_SET = "publication_date_set", "Publication date set"
    RECEIVED_DATE_SET = "received_date_set", "Date of receipt set"
    STATUTORY_STEP_CHANGED = "statutory_step_changed", "Statutory step changed"
    RECOMMENDATION_ANSWERED = "recommendation_answered", "Recommendation answered"
    RECOMMENDATION_THEMED = "recommendation_themed", "Recommendation given its themes"
    RECURRENCE_SETTLED = "recurrence_settled", "Recurring recommendation settled"
    ACTION_ADDED = "action_added", "Action added"
    ACTION_EDITED = "action_edited", "Action's words edited"
    ACTION_ASSIGNED = "action_assigned", "Action assigned"
    FIRST_DUE_SET = "first_due_set", "First due date set"
    BULK_ASSIGNED = "bulk_assigned", "Several actions assigned"
    BULK_DATED = "bulk_dated", "Several first due dates set"
    BULK_UNDONE = "bulk_undone", "Bulk change undone"
    ACTION_STARTED = "action_started", "Work started"
    ACTION_SUBMITTED = "action_submitted", "Submitted as complete"
    ACTION_RECALLED = "action_recalled", "Submission taken back"
    ACTION_RETURNED = "action_returned", "Returned"
    ACTION_SIGNED_OFF = "action_signed_off", "Signed off and closed"
    ACTION_REOPENED = "action_reopened", "Reopened"
    ACTION_SUPERSEDED = "action_superseded", "Marked as superseded"
    ACTION_SET_ASIDE = "action_set_aside", "Marked as no longer applicable"
    ACTION_RESTORED = "action_restored", "Brought back"
    ACTION_SPLIT = "action_split", "Split into several actions"
    ACTION_MOVED = "action_moved", "Moved to another recommendation"
    ACTION_CHECKED = "action_checked", "Looked at again after closure"
    RATING_LOWERED = "rating_lowered", "Delivery rating lowered"
    RATING_LIFTED = "rating_lifted", "Lowered rating lifted"
    IMPACT_RATED = "impact_rated", "Impact rated"
    MEASURE_RECORDED = "measure_recorded", "Impact measure recorded"
    MEASURE_CHANGED = "measure_changed", "Impact measure changed"
    STEP_ADDED = "step_added", "Step added"
    STEP_CHANGED = "step_changed", "Step changed"
    STEP_DONE = "step_done", "Step done"
    STEP_UNDONE = "step_undone", "Step not done after all"
    STEP_WITHDRAWN = "step_withdrawn", "Step withdrawn"
    NOTE_ADDED = "note_added", "Progress noted"
    EVIDENCE_ADDED = "evidence_added", "Evidence added"
    EVIDENCE_WITHDRAWN = "evidence_withdrawn", "Evidence withdrawn"
    EVIDENCE_MARKED = "evidence_marked", "Evidence marked confidential or open"
    EVIDENCE_DOWNLOADED = "evidence_downloaded", "Evidence downloaded"
    EXTENSION_ASKED = "extension_asked", "Extension asked for"
    EXTENSION_GRANTED = "extension_granted", "Extension granted"
    EXTENSION_REFUSED = "extension_refused", "Extension refused"
    EXTENSION_WITHDRAWN = "extension_withdrawn", "Extension withdrawn"
    MEETING_PLANNED = "meeting_planned", "Board meeting planned"
    MEETING_CHANGED = "meeting_changed", "Board meeting changed"
    MEETING_CANCELLED = "meeting_cancelled", "Board meeting cancelled"
    UPDATES_CALLED_AGAIN = "updates_called_again", "Owners reminded of a call for updates"
    CHALLENGE_RAISED = "challenge_raised", "Challenge raised"
    CHALLENGE_ANSWERED = "challenge_answered", "Challenge answered"
    PACK_ASKED = "pack_asked", "Pack asked for"
    PACK_MADE = "pack_made", "Pack made"
    PACK_DOWNLOADED = "pack_downloaded", "Pack downloaded"
    LIST_SAVED = "list_saved", "List of actions saved as a file"
    ERASURE_ASKED = "erasure_asked", "Erasure asked for"
    ERASURE_REFUSED = "erasure_refused", "Erasure refused"
    ERASED = "erased", "Erased after a breach"


# What moves an action from one status to another. The trail has an index of these: a new one needs a migration.
MOVES_OF_ACTIONS = (
    EventKind.ACTION_STARTED,
    EventKind.ACTION_SUBMITTED,
    EventKind.ACTION_RECALLED,
    EventKind.ACTION_RETURNED,
    EventKind.ACTION_SIGNED_OFF,
    EventKind.ACTION_REOPENED,
    EventKind.ACTION_SUPERSEDED,
    EventKind.ACTION_SET_ASIDE,
    EventKind.ACTION_RESTORED,
)


def words_of_the_ledger() -> list[tuple[str, str]]:
    """What may be owed, with its labels. A migration names this function, so that a new word needs none."""
    return [*DueKind.choices, *Occasion.choices]


def words_of_the_trail() -> list[tuple[str, str]]:
    """The kinds of event with their labels. A migration names this function, so that a new word needs none."""
    return EventKind.choices
