"""The roles and their permissions.

A role lists its permissions. Its holder can use them on the cases that each app's
`policies.py` lets them access. What is not listed is refused.
"""

from collections.abc import Iterable
from enum import StrEnum


class Permission(StrEnum):
    # Applications
    APPLY = "write, submit and withdraw expressions of interest and bids"
    READ_CASES = "read expressions of interest and bids"
    READ_ALL_CASES = "read every case, not only those assigned"
    TRIAGE = "ask for clarification, take forward, decline or merge expressions"
    ASSIGN = "assign officials and coaches to cases"
    DEVELOP = "return bids and support their development"
    ASSESS = "score bids and moderate scores"
    RECORD_COUNCIL_FACTS = "add, end and withdraw dated facts about councils"
    # The Board and the decision
    RUN_BOARD = "plan meetings, list bids, record recommendations and minutes"
    ADVISE = "read papers, declare interests and give a view"
    DECIDE = "decide on bids the Board has advised on"
    DECIDE_SEED = "decide on seed grants"
    OVERRIDE_BUDGET = "let a decision overspend an envelope, with a reason"
    # Grants
    READ_AWARDS = "read awards"
    MANAGE_GRANTS = "offer, start, monitor, vary, suspend, close and announce awards"
    RESPOND_TO_OFFER = "accept or decline an offer, report and claim"
    REQUEST_PAYMENT = "ask for a payment to be made"
    RELEASE_PAYMENT = "agree schedules, release payments and reconcile"
    # The service
    READ_FIGURES = "see the cases behind the figures"
    MAKE_REPORTS = "build and download reports"
    USE_API = "make API tokens"
    IMPORT_CASES = "import past cases"
    MANAGE_ROUNDS = "write rounds, budgets and question sets"
    MANAGE_PEOPLE = "add people and change their roles"
    CONFIRM_ORGANISATIONS = "confirm the first person of an organisation"
    MANAGE_REGISTERS = "write service notices and other registers"
    READ_SYSTEM_HEALTH = "see letters, jobs and their failures"
    READ_FEEDBACK = "read feedback on the service"


class Role:
    """The base of the roles. `name` is stored; `title` is shown."""

    name: str
    title: str
    permissions: frozenset[Permission]
    second_factor = True


class Applicant(Role):
    name = "applicant"
    title = "Applicant"
    permissions = frozenset(
        {Permission.APPLY, Permission.RESPOND_TO_OFFER, Permission.USE_API}
    )
    second_factor = False


class Official(Role):
    """A caseworker in the department."""

    name = "official"
    title = "Official"
    permissions = frozenset(
        {
            Permission.READ_CASES,
            Permission.READ_ALL_CASES,
            Permission.TRIAGE,
            Permission.ASSIGN,
            Permission.DEVELOP,
            Permission.ASSESS,
            Permission.RECORD_COUNCIL_FACTS,
            Permission.READ_AWARDS,
            Permission.READ_FIGURES,
            Permission.MAKE_REPORTS,
            Permission.USE_API,
            Permission.IMPORT_CASES,
            Permission.CONFIRM_ORGANISATIONS,
            Permission.READ_FEEDBACK,
        }
    )


class Coach(Role):
    """Works for the delivery partner: sees only the cases assigned."""

    name = "coach"
    title = "Delivery partner coach"
    permissions = frozenset(
        {Permission.READ_CASES, Permission.DEVELOP, Permission.ASSESS}
    )


class BoardSecretary(Role):
    name = "board_secretary"
    title = "Board secretary"
    permissions = frozenset(
        {Permission.READ_CASES, Permission.READ_ALL_CASES, Permission.RUN_BOARD}
    )


class BoardMember(Role):
    """Independent of the department: sees the papers of meetings, but nothing of a case
    in which they have declared an interest.
    """

    name = "board_member"
    title = "Investment Board member"
    permissions = frozenset({Permission.ADVISE})


class MinistersOffice(Role):
    """Enters the minister's decisions."""

    name = "ministers_office"
    title = "Minister’s private office"
    permissions = frozenset(
        {Permission.DECIDE, Permission.OVERRIDE_BUDGET, Permission.READ_FIGURES}
    )


class SeedApprover(Role):
    """Decides seed grants under delegated authority."""

    name = "seed_approver"
    title = "Seed grant approver"
    permissions = frozenset(
        {Permission.READ_CASES, Permission.READ_ALL_CASES, Permission.DECIDE_SEED}
    )


class FinanceOfficer(Role):
    name = "finance"
    title = "Finance officer"
    permissions = frozenset({Permission.READ_AWARDS, Permission.RELEASE_PAYMENT})


class GrantManager(Role):
    name = "grant_manager"
    title = "Grant manager"
    permissions = frozenset(
        {
            Permission.READ_CASES,
            Permission.READ_ALL_CASES,
            Permission.READ_AWARDS,
            Permission.MANAGE_GRANTS,
            Permission.REQUEST_PAYMENT,
            Permission.READ_FIGURES,
            Permission.MAKE_REPORTS,
        }
    )


class Analyst(Role):
    name = "analyst"
    title = "Analyst"
    permissions = frozenset(
        {
            Permission.READ_CASES,
            Permission.READ_ALL_CASES,
            Permission.READ_AWARDS,
            Permission.READ_FIGURES,
            Permission.MAKE_REPORTS,
            Permission.USE_API,
        }
    )


class Administrator(Role):
    """Runs the service; the role gives no access to cases."""

    name = "administrator"
    title = "Administrator"
    permissions = frozenset(
        {
            Permission.MANAGE_PEOPLE,
            Permission.MANAGE_ROUNDS,
            Permission.MANAGE_REGISTERS,
            Permission.READ_SYSTEM_HEALTH,
            Permission.READ_FEEDBACK,
            Permission.IMPORT_CASES,
        }
    )


ROLES: dict[str, type[Role]] = {
    role.name: role
    for role in (
        Applicant,
        Official,
        Coach,
        BoardSecretary,
        BoardMember,
        MinistersOffice,
        SeedApprover,
        FinanceOfficer,
        GrantManager,
        Analyst,
        Administrator,
    )
}


POWERFUL_PERMISSIONS = frozenset(
    {
        # to decide,
        Permission.DECIDE,
        Permission.DECIDE_SEED,
        Permission.OVERRIDE_BUDGET,
        # to bind or move money,
        Permission.MANAGE_GRANTS,
        Permission.REQUEST_PAYMENT,
        Permission.RELEASE_PAYMENT,
        # to see all cases,
        Permission.READ_ALL_CASES,
        # or to give roles.
        Permission.MANAGE_PEOPLE,
    }
)
"""A role with one of these takes two people to give or take away."""

POWERFUL_ROLES = frozenset(
    name for name, role in ROLES.items() if role.permissions & POWERFUL_PERMISSIONS
)


def titles_with(permissions: Iterable[Permission]) -> list[str]:
    """The titles of the roles that give at least one of these permissions."""
    required = frozenset(permissions)
    return [role.title for role in ROLES.values() if role.permissions & required]


def permissions_of(names: list[str]) -> frozenset[Permission]:
    """All permissions of these roles. Unknown names are ignored."""
    return frozenset().union(*(ROLES[n].permissions for n in names if n in ROLES))
