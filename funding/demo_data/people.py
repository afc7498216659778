"""The users of the demonstration. They share a password, which `demonstration_sign_ins`
prints. Outside the demonstration they are never loaded.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from funding.demo_data import organisations
from innovation.accounts.domain import memberships, role_requests
from innovation.accounts.events import AccountsEvent
from innovation.accounts.models import Membership, Origin, RoleGrant, Standing, User
from innovation.accounts.models.membership import Office
from innovation.accounts.policies import authorisers_of
from innovation.accounts.roles import Analyst, Applicant
from innovation.audit import events
from innovation.audit.models import Chain
from innovation.core.clock import london_day

PASSWORD = "innovation-demo-2015"
SECOND_ADMINISTRATOR = "second.admin@example.org"


@dataclass(frozen=True, slots=True)
class DemoPerson:
    email: str
    name: str
    role: str
    belongs_to: str = ""
    can_sign_in: bool = True


DEMO_PEOPLE = (
    DemoPerson(
        "applicant@example.org", "Amara Bell", "applicant", organisations.COUNCIL
    ),
    DemoPerson(
        "second.applicant@example.org", "Ben Carver", "applicant", organisations.CHARITY
    ),
    DemoPerson("official@example.org", "Olive Finch", "official"),
    DemoPerson("second.official@example.org", "Osman Grey", "official"),
    DemoPerson("coach@example.org", "Carys Hale", "coach"),
    DemoPerson("secretary@example.org", "Sol Ingram", "board_secretary"),
    DemoPerson("member@example.org", "Mina Jarrow", "board_member"),
    DemoPerson("member2@example.org", "Noel Kerr", "board_member"),
    DemoPerson("member3@example.org", "Petra Lunn", "board_member"),
    DemoPerson("member4@example.org", "Quentin Marsh", "board_member"),
    DemoPerson("minister@example.org", "Rosa Nunn", "ministers_office"),
    DemoPerson("approver@example.org", "Selim Orme", "seed_approver"),
    DemoPerson("finance@example.org", "Farah Penn", "finance"),
    DemoPerson("grants@example.org", "Gwen Quill", "grant_manager"),
    DemoPerson("analyst@example.org", "Tariq Rowe", "analyst"),
    DemoPerson("admin@example.org", "Una Stead", "administrator"),
    # Two administrators: roles that decide, pay, see all or give roles take two.
    DemoPerson(SECOND_ADMINISTRATOR, "Vic Tarn", "administrator"),
    # Represents all applicants of the made-up round of 2014.
    DemoPerson(
        "applicants.of.2014@example.org", "Past applicant", "applicant", "", False
    ),
)


class DemoUsers:
    """The users by the part of their address before the `@`: `users["official"]`."""

    def __init__(self) -> None:
        rows = User.objects.filter(email__in=[part.email for part in DEMO_PEOPLE])
        self._rows = {user.email.partition("@")[0]: user for user in rows}

    def __getitem__(self, part: str) -> User:
        return self._rows[part]


def load(*, at: datetime) -> DemoUsers:
    """Create the users who do not exist yet. Changed passwords are not reset."""
    here = set(User.objects.values_list("email", flat=True))
    missing = [part for part in DEMO_PEOPLE if part.email not in here]
    _add_people(missing, at)
    users = DemoUsers()
    for part in missing:
        if part.belongs_to:
            _add_membership(users, part, at)
    if any(part.email == SECOND_ADMINISTRATOR for part in missing):
        _ask_for_a_role(users, at)
    heads = Membership.objects.filter(
        user__in=[users[part.email.partition("@")[0]] for part in DEMO_PEOPLE],
        standing=Standing.ADMINISTRATOR,
    )
    for head in heads.select_related("organisation", "user"):
        if not authorisers_of(head.organisation).exists():
            _make_authoriser(head, at)
    return users


def _add_people(parts: list[DemoPerson], at: datetime) -> None:
    """Like `people.add`, but with the password hashed once, because hashing is slow."""
    hashed, nobodys = make_password(PASSWORD), make_password(None)
    chains = Chain.objects.bulk_create(Chain(kind=Chain.Kind.PERSON) for _ in parts)
    added = User.objects.bulk_create(
        User(
            chain=chain,
            email=part.email,
            name=f"{part.name} (demonstration)",
            roles=[part.role],
            password=hashed if part.can_sign_in else nobodys,
            demonstration=True,
        )
        for part, chain in zip(parts, chains, strict=True)
    )
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True)
        for user in added
    )
    RoleGrant.objects.bulk_create(
        RoleGrant(
            user=user,
            role=role,
            origin=Origin.JOINED if role == Applicant.name else Origin.SERVICE,
            starts_at=at,
            begun_at=at,
        )
        for user in added
        for role in user.roles
    )
    events.record_all(
        events.draft(
            AccountsEvent.PERSON_ADDED,
            user,
            by=events.SERVICE,
            at=at,
            data={"roles": user.roles},
        )
        for user in added
    )


def _ask_for_a_role(users: DemoUsers, at: datetime) -> None:
    """What the second administrator finds waiting."""
    role_requests.ask(
        users["second.official"],
        role=Analyst.name,
        reason="Stands in for Tariq Rowe over the summer.",
        ends_on=london_day(at) + timedelta(days=90),
        by=users["admin"],
        at=at,
    )


def _add_membership(users: DemoUsers, part: DemoPerson, at: datetime) -> None:
    """Add the first person of an organisation, confirmed by an official."""
    user = users[part.email.partition("@")[0]]
    membership = memberships.ask(
        organisation=organisations.get_organisation(part.belongs_to), by=user, at=at
    )
    memberships.confirm(membership, by=users["official"], at=at)


def _make_authoriser(membership: Membership, at: datetime) -> None:
    """Create an authoriser for each made-up organisation."""
    council = membership.organisation == organisations.get_organisation(
        organisations.COUNCIL
    )
    memberships.change_standing(
        membership,
        standing=Standing.ADMINISTRATOR,
        office=Office.DIRECTOR_OF_CHILDREN if council else Office.CHIEF_EXECUTIVE,
        by=membership.user,
        at=at,
    )
