"""The people, organisations, memberships and tokens that a user can access."""

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
from innovation.core import statements
from innovation.core.errors import NotAllowed
from innovation.organisations.models import Organisation, OrganisationState

COUNCIL_READERS = (Permission.READ_CASES, Permission.READ_AWARDS)
"""Either opens the page of a council, which shows what its reader may know of it."""


def people_for(user: User) -> QuerySet[User]:
    """All people, for users who manage people; for others, themselves."""
    if _may_manage_people(user):
        return User.objects.all()
    return User.objects.filter(pk=user.pk)


def role_requests_for(user: User) -> QuerySet[RoleRequest]:
    """All role requests, for users who manage people."""
    requests = RoleRequest.objects.all()
    return requests if _may_manage_people(user) else requests.none()


def role_grants_for(user: User) -> QuerySet[RoleGrant]:
    grants = RoleGrant.objects.all()
    return grants if _may_manage_people(user) else grants.none()


def other_administrators(*people: User) -> QuerySet[User]:
    """The administrators except these people, who cannot confirm their own request."""
    administrators = User.objects.filter(
        roles__contains=[Administrator.name], is_active=True
    )
    return administrators.exclude(pk__in=[person.pk for person in people]).order_by(
        "name", "pk"
    )


def _may_manage_people(user: User) -> bool:
    return user.is_authenticated and user.may(Permission.MANAGE_PEOPLE)


def organisations_for(user: User) -> QuerySet[Organisation]:
    """All organisations for the department, except those that nobody has confirmed; for
    applicants, their own.
    """
    if not user.is_authenticated or not user.is_active:
        return Organisation.objects.none()
    if sees_every_organisation(user):
        return Organisation.objects.exclude(state=OrganisationState.UNCONFIRMED)
    return Organisation.objects.filter(
        pk__in=confirmed_memberships(user).values("organisation")
    )


def confirmed_memberships(
    user: User, standings: Collection[str] = Standing.values
) -> QuerySet[Membership]:
    """The memberships with which the user may act for an organisation."""
    return Membership.objects.confirmed(standings).filter(user=user.pk)


def people_of(
    organisations: Collection[Organisation | int] | QuerySet[Any],
    standings: Collection[str] = Standing.values,
) -> QuerySet[User]:
    """The people who may act for one of the organisations."""
    memberships = Membership.objects.confirmed(standings).filter(
        organisation__in=organisations
    )
    return User.objects.filter(pk__in=memberships.values("user"), is_active=True)


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
    """All memberships, for users who confirm organisations; those of the organisation
    for its administrator; for others, their own.
    """
    if not user.is_authenticated or not user.is_active:
        return Membership.objects.none()
    if user.may(Permission.CONFIRM_ORGANISATIONS):
        return Membership.objects.all()
    return Membership.objects.filter(
        Q(user=user) | Q(organisation__in=organisations_administered_by(user))
    )


def memberships_of(user: User, organisation: Organisation) -> QuerySet[Membership]:
    """The memberships of an organisation that its pages show the user: all to whoever
    decides on requests to join, the confirmed ones to its members, and to others only
    their own.
    """
    rows = Membership.objects.filter(organisation=organisation)
    if user.may(Permission.CONFIRM_ORGANISATIONS):
        return rows
    decides = Q(organisation__in=organisations_administered_by(user))
    own = confirmed_memberships(user).values("organisation")
    colleague = Q(organisation__in=own, confirmed_at__isnull=False)
    return rows.filter(Q(user=user.pk) | decides | colleague)


def memberships_to_confirm(user: User) -> QuerySet[Membership]:
    """The memberships this user can confirm: for officials those of an organisation
    that has no administrator yet, or none who can still act; for an administrator the
    others.
    """
    administrators = Membership.objects.confirmed([Standing.ADMINISTRATOR]).filter(
        organisation=OuterRef("organisation"), user__is_active=True
    )
    own = Q(organisation__in=organisations_administered_by(user))
    first = (
        ~Exists(administrators)
        if user.may(Permission.CONFIRM_ORGANISATIONS)
        else Q(pk__in=[])
    )
    unconfirmed = memberships_for(user).filter(confirmed_at__isnull=True)
    return unconfirmed.filter(own | Q(first)).exclude(user=user.pk)


def confirmed_addresses(user: User) -> "QuerySet[EmailAddress, str]":
    """The addresses that the user has confirmed."""
    addresses: QuerySet[EmailAddress] = EmailAddress.objects.filter(
        user=user.pk, verified=True
    )
    return addresses.values_list("email", flat=True)


def invitations_to(user: User) -> QuerySet[Invitation]:
    """Open invitations to the user's confirmed addresses."""
    if not user.is_authenticated or not user.is_active:
        return Invitation.objects.none()
    rows = Invitation.objects.filter(email__in=confirmed_addresses(user), ended_at=None)
    return rows.select_related("invited_by")


def invitations_for(user: User) -> QuerySet[Invitation]:
    """Open invitations of the organisations that the user administers."""
    if not user.is_authenticated or not user.is_active:
        return Invitation.objects.none()
    rows = Invitation.objects.filter(
        organisation__in=organisations_administered_by(user), ended_at=None
    )
    return rows.select_related("invited_by")


def invitations_of(user: User, organisation: Organisation) -> QuerySet[Invitation]:
    """The open invitations of an organisation, for those who belong to it."""
    rows = Invitation.objects.filter(organisation=organisation, ended_at=None)
    own = confirmed_memberships(user).values("organisation")
    return rows.filter(organisation__in=own)


def organisations_administered_by(user: User) -> QuerySet[Organisation]:
    own = confirmed_memberships(user, [Standing.ADMINISTRATOR])
    return Organisation.objects.filter(pk__in=own.values("organisation"))


def is_administrator_of(user: User, organisation: Organisation) -> bool:
    return (
        user.is_active
        and organisations_administered_by(user).filter(pk=organisation.pk).exists()
    )


def administrators_of(organisation: Organisation) -> QuerySet[Membership]:
    """The memberships of those who can still act as its administrator."""
    administrators = Membership.objects.confirmed([Standing.ADMINISTRATOR])
    return administrators.filter(organisation=organisation, user__is_active=True)


def names_of_administrators(organisation: Organisation) -> list[str]:
    rows = administrators_of(organisation).select_related("user")
    return [str(membership.user) for membership in rows.order_by("asked_at", "pk")]


def organisations_without_administrator(user: User) -> QuerySet[Organisation]:
    """The organisations that have people but nobody who can act as administrator, for
    users who confirm organisations: they can make one of the people an administrator.
    """
    if not user.is_authenticated or not user.may(Permission.CONFIRM_ORGANISATIONS):
        return Organisation.objects.none()
    members = Membership.objects.confirmed().filter(organisation=OuterRef("pk"))
    administrators = members.filter(
        standing=Standing.ADMINISTRATOR, user__is_active=True
    )
    return Organisation.objects.filter(
        Exists(members), ~Exists(administrators), merged_into=None
    )


def may_manage_people_of(user: User, organisation: Organisation) -> bool:
    """Whether the user changes the access of the organisation's people: its
    administrator, and an official while it has none.
    """
    return (
        is_administrator_of(user, organisation)
        or organisations_without_administrator(user).filter(pk=organisation.pk).exists()
    )


def authorisers_of(organisation: Organisation | int | OuterRef) -> QuerySet[Membership]:
    """The people whose signature binds the organisation."""
    return _signing_memberships().filter(organisation=organisation)


def authorisers_by_organisation(
    organisations: Collection[int],
) -> dict[int, list[User]]:
    """The people whose signature binds each organisation, by its id."""
    people: dict[int, list[User]] = {pk: [] for pk in organisations}
    memberships = _signing_memberships().filter(organisation__in=organisations)
    for membership in memberships.select_related("user"):
        people[membership.organisation_id].append(membership.user)
    return people


def signers_of(organisation: Organisation) -> list[Membership]:
    """The authorisers of the organisation, with their names."""
    return statements.fetch(_signers, organisation.pk)


def _signers(organisation: int) -> QuerySet[Membership]:
    rows = authorisers_of(organisation).select_related("user")
    return rows.order_by("asked_at", "pk")


def own_memberships(user: int) -> QuerySet[Membership]:
    """The memberships of the user with this id, each with `has_authoriser`: whether
    anybody can sign for the organisation.
    """
    authorisers = _signing_memberships().filter(organisation=OuterRef("organisation"))
    rows = Membership.objects.filter(user=user).select_related("organisation")
    return rows.annotate(has_authoriser=Exists(authorisers))


def may_authorise(user: User, organisation: Organisation) -> bool:
    return user.is_active and authorisers_of(organisation).filter(user=user).exists()


def organisations_authorised_by(user: User) -> QuerySet[Organisation]:
    """The organisations that the user may sign for."""
    own = _signing_memberships().filter(user=user.pk)
    return Organisation.objects.filter(pk__in=own.values("organisation"))


def names_of_authorisers(organisation: Organisation) -> list[str]:
    """The names of an organisation's authorisers; empty if there are none."""
    return [str(membership.user) for membership in signers_of(organisation)]


def lock_authoriser(user: User, organisation: Organisation) -> Membership | None:
    """The membership that lets the user bind the organisation, or `None`. It is locked
    with their account until the transaction ends, so that neither changes meanwhile.
    The lock is shared: two signatures of one person do not wait for each other.
    """
    return statements.first(
        _signing_membership,
        user.pk,
        organisation.pk,
        ending="FOR SHARE OF accounts_membership, accounts_user",
    )


def _signing_membership(user: int, organisation: int) -> QuerySet[Membership]:
    memberships = _signing_memberships().filter(organisation=organisation, user=user)
    return memberships.select_related("user")


def require_authoriser(user: User, organisation: Organisation) -> Membership:
    """Require an authoriser, for something that binds the organisation."""
    membership = lock_authoriser(user, organisation)
    if membership is None:
        raise NotAllowed(f"Only an authoriser of {organisation.name} can do this.")
    return membership


def tokens_for(user: User) -> QuerySet[ApiToken]:
    """The user's own tokens. Nobody sees another's, not even an administrator."""
    return ApiToken.objects.filter(user=user.pk)


def _signing_memberships() -> QuerySet[Membership]:
    return Membership.objects.confirmed().filter(
        Q(standing=Standing.AUTHORISER) | ~Q(office=""), user__is_active=True
    )
