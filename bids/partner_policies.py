"""Which partners of cases a user can be shown, and which cases name a partner."""

from datetime import date

from django.db.models import Q, QuerySet

from bids import policies
from bids.models import Expression
from innovation.accounts.models import User
from innovation.accounts.policies import confirmed_memberships
from innovation.accounts.roles import Permission
from innovation.organisations import public_names
from innovation.organisations.models import Organisation, OrganisationState


def organisations_to_suggest(user: User, day: date) -> QuerySet[Organisation]:
    """The organisations, other than councils, whose names may be suggested to the user:
    public ones, their own, and those that their own cases name. A registered
    organisation that is not among them is found only by its whole name.
    """
    if not user.is_authenticated or not user.may(Permission.APPLY):
        return Organisation.objects.none()
    return Organisation.objects.filter(
        Q(pk__in=public_names.organisations_named_by(day).values("pk"))
        | Q(pk__in=confirmed_memberships(user).values("organisation"))
        | Q(pk__in=policies.own_expressions(user).values("partners"))
        | Q(pk__in=policies.own_bids(user).values("partners")),
        council=None,
        merged_into=None,
    )


def organisations_to_check(user: User) -> QuerySet[Organisation]:
    """The unconfirmed organisations that cases name which were sent, for users who
    confirm organisations and may see one of these cases.
    """
    if not user.is_authenticated or not user.may(Permission.CONFIRM_ORGANISATIONS):
        return Organisation.objects.none()
    sent_bids = policies.working_bids(user).filter(submitted_at__isnull=False)
    return Organisation.objects.filter(
        Q(pk__in=policies.cases_for(user).values("partners"))
        | Q(pk__in=sent_bids.values("partners")),
        state=OrganisationState.UNCONFIRMED,
        named_at__isnull=False,
    )


def cases_naming(user: User, organisation: Organisation) -> QuerySet[Expression]:
    """The cases that name it as a partner, and that the user works on."""
    return policies.cases_for(user).filter(
        pk__in=sent_cases_naming(organisation).values("pk")
    )


def sent_cases_naming(organisation: Organisation) -> QuerySet[Expression]:
    """All cases of which the expression, or the bid that was sent, names it."""
    bids = organisation.partner_bids.filter(submitted_at__isnull=False)
    return Expression.objects.filter(
        Q(pk__in=organisation.partner_expressions.values("pk"))
        | Q(pk__in=bids.values("expression")),
        submitted_at__isnull=False,
    )
