"""The table of roles: how far each ability reaches for whom. tracker.access applies it to people and rows."""

from enum import Enum, auto

from tracker.choices import Role


class Ability(Enum):
    """What a role may be able to do, one row of the table each."""

    SEE_PLAN = auto()
    SEE_EVIDENCE = auto()
    WORK = auto()
    CHALLENGE = auto()
    ASK_EXTENSION = auto()
    DECIDE_EXTENSION = auto()
    SIGN_OFF = auto()
    KEEP_PLAN = auto()
    EXPORT = auto()
    SEE_TRAIL = auto()
    KEEP_PEOPLE = auto()


class Reach(Enum):
    """How far an ability reaches: nothing, one's own actions, those one shares in, what is not confidential, all."""

    NONE = auto()
    OWN = auto()
    SHARED = auto()
    OPEN = auto()
    ALL = auto()


NONE, OWN, SHARED, OPEN, ALL = Reach.NONE, Reach.OWN, Reach.SHARED, Reach.OPEN, Reach.ALL
ROLES = (Role.LEAD, Role.OWNER, Role.PARTNER, Role.BOARD, Role.AUDITOR, Role.ADMINISTRATOR)
REACH: dict[Ability, dict[Role, Reach]] = {
    ability: dict(zip(ROLES, row, strict=True))
    for ability, row in {
        #                            lead  owner partner board auditor administrator
        Ability.SEE_PLAN: (ALL, ALL, SHARED, ALL, ALL, NONE),
        Ability.SEE_EVIDENCE: (ALL, OWN, OWN, OPEN, ALL, NONE),
        Ability.WORK: (ALL, OWN, OWN, NONE, NONE, NONE),
        Ability.CHALLENGE: (ALL, NONE, NONE, ALL, NONE, NONE),
        Ability.ASK_EXTENSION: (OWN, OWN, OWN, NONE, NONE, NONE),
        Ability.DECIDE_EXTENSION: (ALL, NONE, NONE, NONE, NONE, NONE),
        Ability.SIGN_OFF: (ALL, NONE, NONE, NONE, NONE, NONE),
        Ability.KEEP_PLAN: (ALL, NONE, NONE, NONE, NONE, NONE),
        Ability.EXPORT: (ALL, OWN, NONE, OPEN, ALL, NONE),
        Ability.SEE_TRAIL: (ALL, NONE, NONE, NONE, ALL, NONE),
        Ability.KEEP_PEOPLE: (ALL, NONE, NONE, NONE, NONE, ALL),
    }.items()
}
REFUSALS = {
    Ability.SEE_PLAN: "You have no access to this plan.",
    Ability.SEE_EVIDENCE: "You have no access to this evidence.",
    Ability.WORK: "Only the action's owner, their deputy or an improvement lead may do this.",
    Ability.CHALLENGE: "Only board members and improvement leads may put a challenge.",
    Ability.ASK_EXTENSION: "Only the action's owner or their deputy may ask for an extension.",
    Ability.DECIDE_EXTENSION: "Only an improvement lead may decide on an extension.",
    Ability.SIGN_OFF: "Only an improvement lead may sign off, return or reopen an action.",
    Ability.KEEP_PLAN: "Only an improvement lead may change the plan.",
    Ability.EXPORT: "You may not take an export of this plan.",
    Ability.SEE_TRAIL: "Only improvement leads and auditors may read the trail.",
    Ability.KEEP_PEOPLE: "Only an improvement lead or an administrator may change who has access.",
}

# The roles that may hold actions: only they own one, or stand in for somebody who does.
WORKING = tuple(role for role in ROLES if REACH[Ability.WORK][role] is not NONE)
# The roles that see the whole plan.
READING = tuple(role for role in ROLES if REACH[Ability.SEE_PLAN][role] is ALL)
# What each role is for, as it is told to whoever gives it and to whoever gets it.
IN_WORDS: dict[Role, str] = {
    Role.LEAD: "Keeps the whole plan: gives actions to owners, decides on extensions, signs off, says who has access.",
    Role.OWNER: "Sees the whole plan, and works on the actions that are given to them.",
    Role.PARTNER: "Comes from another organisation: sees and works on the actions they share in, and no others.",
    Role.BOARD: "Sees the whole plan and evidence that is not confidential, puts challenges, takes the board’s packs.",
    Role.AUDITOR: "Reads everything, with its history. Changes nothing.",
    Role.ADMINISTRATOR: "Says who has access and keeps the settings. Sees nothing of the plan.",
}
