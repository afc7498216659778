"""Factories for users. Each call creates a new person, unless the name is used again.

    applicant = users.applicant()          # writes and signs for a made-up council
    outsider = users.outsider()            # of another organisation
    official = users.official()

Nobody has a password: use `client.force_login(person)`.
"""

from datetime import datetime
from itertools import count, cycle
from typing import Any

from allauth.account.models import EmailAddress

from bids.models import Assignment, Expression
from innovation.accounts.domain import council_facts
from innovation.accounts.models import Membership, Standing, User
from innovation.audit import events
from innovation.audit.models import Chain
from innovation.core.dates import WrittenDate
from innovation.organisations.models import (
    Council,
    CouncilFact,
    FactKind,
    Organisation,
    Region,
)
from tests.audit_events import recorded_changes
from tests.dates import MOMENT

_number = count(1)
_council_numbers = cycle(range(100, 1000))
OCTOBER = WrittenDate(2014, 10)


def person(*roles: str, email: str = "", name: str = "") -> User:
    number = next(_number)
    return account(
        email or f"person{number}@example.org",
        name=name or f"Person {number}",
        roles=list(roles),
    )


def account(email: str, password: str | None = None, **fields: Any) -> User:
    with recorded_changes():
        return User.objects.create_user(email, password, **fields)


def applicant(
    organisation: Organisation | None = None, standing: str = Standing.AUTHORISER
) -> User:
    """An applicant of `organisation`, or of a new one: see `organisation_of`. They
    write, sign and send for it; an editor does not sign.
    """
    return join(person("applicant"), organisation or council_organisation(), standing)


def viewer(organisation: Organisation) -> User:
    return applicant(organisation, Standing.VIEWER)


def outsider() -> User:
    """An applicant of another organisation: always try this one."""
    return applicant(organisation("Elsewhere"))


def person_with_password(password: str, role: str = "applicant") -> User:
    """Somebody who can sign in, with a confirmed address."""
    user = person(role)
    user.set_password(password)
    user.save()
    EmailAddress.objects.create(
        user=user, email=user.email, verified=True, primary=True
    )
    return user


def official() -> User:
    return person("official")


def coach() -> User:
    """A coach, who sees nothing until assigned: `users.assign(coach, expression)`."""
    return person("coach")


def secretary() -> User:
    return person("board_secretary")


def member() -> User:
    return person("board_member")


def minister() -> User:
    return person("ministers_office")


def approver() -> User:
    return person("seed_approver")


def finance() -> User:
    return person("finance")


def grant_manager() -> User:
    return person("grant_manager")


def analyst() -> User:
    return person("analyst")


def administrator() -> User:
    return person("administrator")


def join(user: User, body: Organisation, standing: str = Standing.AUTHORISER) -> User:
    """Add a confirmed membership."""
    with recorded_changes():
        Membership.objects.create(
            user=user,
            organisation=body,
            standing=standing,
            asked_at=MOMENT,
            confirmed_at=MOMENT,
            confirmed_by="USR-TESTS-TESTS",
        )
    return user


def assign(user: User, expression: Expression) -> User:
    with recorded_changes():
        Assignment.objects.create(expression=expression, user=user, assigned_at=MOMENT)
    return user


def organisation_of(user: User) -> Organisation:
    return Organisation.objects.get(memberships__user=user)


def organisation(name: str = "Charity", **fields: object) -> Organisation:
    with recorded_changes():
        values = {
            "chain": events.open_chain(Chain.Kind.ORGANISATION),
            "name": f"{name} {next(_number)} (made up)",
            "applicant_type": "charity",
            "demonstration": True,
            **fields,
        }
        return Organisation.objects.create(**values)


def council(name: str = "Northshire") -> Council:
    number = next(_number)
    dfe_number = next(
        free
        for free in map(str, _council_numbers)
        if not Council.objects.filter(dfe_number=free).exists()
    )
    region, _ = Region.objects.get_or_create(
        code="E12000001", defaults={"name": "Made-up region"}
    )
    return Council.objects.create(
        dfe_number=dfe_number,
        name=f"{name} {number}",
        official_name=f"{name} County Council {number}",
        authority_type="county",
        region=region,
    )


def council_fact(
    place: Council | None = None,
    *,
    kind: str = FactKind.PARTNER_IN_PRACTICE,
    what: str = "named in an announcement",
    started: WrittenDate = OCTOBER,
    at: datetime = MOMENT,
) -> CouncilFact:
    """A fact of a council, which began in October 2014."""
    return council_facts.add(
        place or council(),
        kind=kind,
        what=what,
        started=started,
        source="The Gazette",
        confidence="medium",
        by=official(),
        at=at,
    )


def council_organisation(place: Council | None = None) -> Organisation:
    """The organisation that a council is."""
    place = place or council()
    return organisation(place.name, council=place, applicant_type="local_authority")
