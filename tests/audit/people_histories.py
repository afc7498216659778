"""What happens to people, their organisations and their roles."""

from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress

from innovation.accounts.domain import (
    invitations,
    memberships,
    people,
    role_grants,
    role_requests,
    tokens,
)
from innovation.accounts.models import Change, RoleRequest, Standing
from innovation.accounts.scopes import Scope
from innovation.organisations.domain import organisations
from tests.dates import MOMENT, moment_after
from tests.factories import users


def build_people_histories() -> None:
    _colleague_and_tokens()
    _invitations()
    _role_requests()


def _colleague_and_tokens() -> None:
    """And an official number, a closed account and a revoked token."""
    official, admin = users.official(), users.administrator()
    body = organisations.register(
        name="Helping hands",
        applicant_type="charity",
        identifiers={"GB-CHC": "1089464"},
        by=official,
        at=MOMENT,
    )
    requester = users.person("applicant")
    membership = memberships.ask(organisation=body, by=requester, at=MOMENT)
    memberships.confirm(membership, by=official, at=MOMENT)
    analyst = users.analyst()
    for name in ("Kept", "Revoked"):
        token, _ = tokens.make(
            user=analyst,
            name=name,
            scopes=Scope.values,
            expires_at=moment_after(days=30),
            by=analyst,
            at=MOMENT,
        )
    tokens.revoke(token, by=analyst, at=MOMENT)
    people.deactivate(users.finance(), by=admin, at=MOMENT)


def _invitations() -> None:
    """One still is, one has come, one was taken back."""
    body = users.organisation()
    head = users.applicant(body, Standing.ADMINISTRATOR)
    _, answered, back = (
        invitations.invite(
            organisation=body,
            email=f"{name}@example.org",
            name=name,
            standing=Standing.EDITOR,
            by=head,
            at=MOMENT,
        )
        for name in ("open", "answered", "back")
    )
    holder = users.person("applicant", email=answered.email)
    EmailAddress.objects.create(user=holder, email=holder.email, verified=True)
    invitations.accept(answered, by=holder, at=MOMENT)
    invitations.take_back(back, by=head, at=MOMENT)


def _role_requests() -> None:
    """Given, taken, refused, asked for still, and one that ends."""
    requester, other, person = (
        users.administrator(),
        users.administrator(),
        users.coach(),
    )

    def ask(role: str, change: str = Change.GIVE, **more: Any) -> RoleRequest:
        return role_requests.ask(
            person,
            role=role,
            change=change,
            reason="Moves.",
            by=requester,
            at=MOMENT,
            **more,
        )

    role_requests.confirm(ask("analyst"), by=other, at=MOMENT)
    role_requests.confirm(ask("analyst", Change.TAKE), by=other, at=MOMENT)
    role_requests.refuse(ask("finance"), reason="Not theirs.", by=other, at=MOMENT)
    role_requests.take_back(ask("finance"), by=requester, at=MOMENT)
    ask("finance")
    ends = moment_after(days=5)
    role_requests.confirm(ask("official", ends_on=ends.date()), by=other, at=MOMENT)
    assert role_grants.warn_of_ends(at=MOMENT) == 1
    assert role_grants.apply_due_changes(at=ends + timedelta(days=1)) == 1
