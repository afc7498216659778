"""Which entries of the barrier register a user may read, and who may own one."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from bids import policies
from bids.models import BarrierCase, BarrierEntry, BarrierStep
from bids.models.barrier import OPEN_STATES
from innovation.accounts.models import User
from innovation.accounts.roles import ROLES, Permission


def entries_for(user: User) -> QuerySet[BarrierEntry]:
    """Those that were not made from a case, and those that a case names, or named, that
    the user may open: else an entry would tell of a case that is closed to them.
    """
    if not user.is_authenticated or not user.may(Permission.READ_CASES):
        return BarrierEntry.objects.none()
    named = BarrierCase.objects.filter(
        entry=OuterRef("pk"), expression__in=policies.cases_for(user).values("pk")
    )
    return BarrierEntry.objects.filter(Q(from_case=False) | Exists(named))


def cases_of_entries(user: User) -> QuerySet[BarrierCase]:
    """The cases that name an entry, among those that the user may open."""
    return BarrierCase.objects.filter(
        expression__in=policies.cases_for(user).values("pk")
    )


def present_steps(user: User) -> QuerySet[BarrierStep]:
    """How each entry that the user may read stands now."""
    rows = BarrierStep.objects.as_of().filter(entry__in=entries_for(user).values("pk"))
    return rows.select_related("entry", "owner")


def barriers_to_settle(user: User) -> QuerySet[BarrierStep]:
    """The open ones that the user owns."""
    return present_steps(user).filter(owner=user.pk, state__in=OPEN_STATES)


def owners() -> QuerySet[User]:
    """The people who can own an entry: those who write the register."""
    roles = [
        name for name, role in ROLES.items() if Permission.TRIAGE in role.permissions
    ]
    people = User.objects.filter(roles__overlap=roles, is_active=True)
    return people.order_by("name", "pk")


def may_own(user: User, entry: BarrierEntry) -> bool:
    return (
        user.may(Permission.TRIAGE) and entries_for(user).filter(pk=entry.pk).exists()
    )
