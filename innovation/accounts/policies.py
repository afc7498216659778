"""Which people, organisations, memberships and tokens somebody can reach."""

from collections.abc import Collection
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import Exists, OuterRef, Q, QuerySet

from innovation.accounts.models import (
    ApiToken,
    Invitation,
    Membership,
    RoleGrant,
    RoleRequest,
    Standing,
    User,
)
from innovation.accounts.roles import Administrator, Permission
from innovation.core.errors import NotAllowed
from innovation.organisations.models import Organisation


def people_for(user: User) -> QuerySet[User]:
    """Everybody, for those who manage people; for anybody else themselves."""
    if _may_manage_people(user):
        return User.objects.all()
    return User.objects.filter(pk=user.pk)


def role_requests_for(user: User) -> QuerySet[RoleRequest]:
    """All of them, for those who manage people."""
    found = RoleRequest.objects.all()
    return found if _may_manage_people(user) else found.none()


def role_grants_for(user: User) -> QuerySet[RoleGrant]:
    found = RoleGrant.objects.all()
    return found if _may_manage_people(user) else found.none()


def other_administrators(*people: User) -> QuerySet[User]:
    """Those who could confirm what one of these asks about another of them."""
    found = User.objects.filter(roles__contains=[Administrator.name], is_active=True)
    return found.exclude(pk__in=[one.pk for one in people]).order_by("name", "pk")


def _may_manage_people(user: User) -> bool:
    return user.is_authenticated and user.may(Permission.MANAGE_PEOPLE)


def organisations_for(user: User) -> QuerySet[Organisation]:
    """The department's people see all; applicants those they belong to."""
    if not user.is_authenticated or not user.is_active:
        return Organisation.objects.none()
    if sees_every_organisation(user):
        return Organisation.objects.all()
    return Organisation.objects.filter(
        pk__in=confirmed_memberships(user).values("organisation")
    )


def confirmed_memberships(
    user: User, standings: Collection[str] = Standing.values
) -> QuerySet[Membership]:
    """Those that let somebody act for an organisation."""
    return Membership.objects.confirmed(standings).filter(user=user.pk)


def people_of(
    organisations: Collection[Organisation] | QuerySet[Any],
    standings: Collection[str] = Standing.values,
) -> QuerySet[User]:
    """Those who may act for one of the organisations."""
    held = Membership.objects.confirmed(standings).filter(
        organisation__in=organisations
    )
    return User.objects.filter(pk__in=held.values("user"), is_active=True)


def sees_every_organisation(user: User) -> bool:
    return any(
        user.may(permission)
        for permission in (
            Permission.READ_ALL_CASES,
            Permission.READ_AWARDS,
            Permission.CONFIRM_ORGANISATIONS,
            Permission.MANAGE_PEOPLE,
        )
    )


def memberships_for(user: User) -> QuerySet[Membership]:
    """Every one, for those who confirm organisations; for an organisation's
    administrator the organisation's; for anybody their own.
    """
    if not user.is_authenticated or not user.is_active:
        return Membership.objects.none()
    if user.may(Permission.CONFIRM_ORGANISATIONS):
        return Membership.objects.all()
    return Membership.objects.filter(
        Q(user=user) | Q(organisation__in=organisations_administered_by(user))
    )


def memberships_to_confirm(user: User) -> QuerySet[Membership]:
    """Those whom this person can confirm: the first of an organisation for officials,
    those after them for its administrator.
    """
    confirmed = Membership.objects.confirmed().filter(
        organisation=OuterRef("organisation")
    )
    own = Q(organisation__in=organisations_administered_by(user))
    first = (
        ~Exists(confirmed)
        if user.may(Permission.CONFIRM_ORGANISATIONS)
        else Q(pk__in=[])
    )
    waiting = memberships_for(user).filter(confirmed_at__isnull=True)
    return waiting.filter(own | Q(first)).exclude(user=user.pk)


def confirmed_addresses(user: User) -> "QuerySet[EmailAddress, str]":
    """Those at which somebody has shown that they read letters."""
    found: QuerySet[EmailAddress] = EmailAddress.objects.filter(
        user=user.pk, verified=True
    )
    return found.values_list("email", flat=True)


def invitations_to(user: User) -> QuerySet[Invitation]:
    """Not answered yet, to one's own addresses."""
    if not user.is_authenticated or not user.is_active:
        return Invitation.objects.none()
    return Invitation.objects.filter(email__in=confirmed_addresses(user), ended_at=None)


def invitations_for(user: User) -> QuerySet[Invitation]:
    """Not answered yet, of the organisations that one administers."""
    if not user.is_authenticated or not user.is_active:
        return Invitation.objects.none()
    return Invitation.objects.filter(
        organisation__in=organisations_administered_by(user), ended_at=None
    )


def organisations_administered_by(user: User) -> QuerySet[Organisation]:
    own = confirmed_memberships(user, [Standing.ADMINISTRATOR])
    return Organisation.objects.filter(pk__in=own.values("organisation"))


def is_administrator_of(user: User, organisation: Organisation) -> bool:
    return (
        user.is_active
        and organisations_administered_by(user).filter(pk=organisation.pk).exists()
    )


def authorisers_of(organisation: Organisation) -> QuerySet[Membership]:
    """Those whose signature binds the organisation; without one nothing is sent."""
    return _signing_memberships().filter(organisation=organisation)


def organisations_without_authoriser(
    organisations: Collection[Organisation],
) -> QuerySet[Organisation]:
    """Those for which nobody may sign."""
    signed = _signing_memberships().values("organisation")
    wanted = [organisation.pk for organisation in organisations]
    return Organisation.objects.filter(pk__in=wanted).exclude(pk__in=signed)


def may_authorise(user: User, organisation: Organisation) -> bool:
    return user.is_active and authorisers_of(organisation).filter(user=user).exists()


def organisations_authorised_by(user: User) -> QuerySet[Organisation]:
    """Those they may sign for."""
    own = _signing_memberships().filter(user=user.pk)
    return Organisation.objects.filter(pk__in=own.values("organisation"))


def names_of_authorisers(organisation: Organisation) -> list[str]:
    """For whoever must turn to one of them; empty where there is none yet."""
    found = authorisers_of(organisation).select_related("user")
    return [str(membership.user) for membership in found]


def lock_authoriser(user: User, organisation: Organisation) -> Membership | None:
    """The membership that lets them bind the organisation, if they have one, held
    with their account until the transaction ends: a change of either made meanwhile
    comes wholly before or wholly after what they bind it to. Held with others: what
    one person binds an organisation to in two places at once does not wait.
    """
    found = authorisers_of(organisation).filter(user=user)
    statement, parameters = found.query.sql_with_params()
    held = "FOR SHARE OF accounts_membership, accounts_user"
    return next(iter(Membership.objects.raw(f"{statement} {held}", parameters)), None)


def require_authoriser(user: User, organisation: Organisation) -> Membership:
    """For what binds the organisation, on the locked row of what it is about."""
    held = lock_authoriser(user, organisation)
    if held is None:
        raise NotAllowed(
            f"Only somebody who may sign for {organisation.name} can do this."
        )
    return held


def tokens_for(user: User) -> QuerySet[ApiToken]:
    """Nobody sees another's tokens, not even an administrator."""
    return ApiToken.objects.filter(user=user.pk)


def _signing_memberships() -> QuerySet[Membership]:
    return Membership.objects.confirmed().filter(
        Q(standing=Standing.AUTHORISER) | ~Q(office=""), user__is_active=True
    )
