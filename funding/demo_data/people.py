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
from innovation.accounts.policies import people_of
from innovation.accounts.roles import Analyst, Applicant
from innovation.audit import events
from innovation.audit.models import Chain
from innovation.core.clock import london_day

PASSWORD = "innovation-demo-2015"
SECOND_ADMINISTRATOR = "second.admin@example.org"
JOINED, ASKED = timedelta(days=520), timedelta(days=4)
"""How long ago people joined, or asked to join an organisation."""


@dataclass(frozen=True, slots=True)
class DemoPerson:
    email: str
    name: str
    role: str
    belongs_to: str = ""
    can_sign_in: bool = True
    asks_only: bool = False
    """Has asked to belong to it, and nobody has confirmed them yet."""


DEMO_PEOPLE = (
    DemoPerson(
        "applicant@example.org", "Amara Bell", "applicant", organisations.COUNCIL
    ),
    DemoPerson(
        "second.applicant@example.org", "Ben Carver", "applicant", organisations.CHARITY
    ),
    # Writes for the council, and cannot sign.
    DemoPerson("writer@example.org", "Dev Lowry", "applicant", organisations.COUNCIL),
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
    # The most powerful roles need two administrators, see `roles.POWERFUL_ROLES`.
    DemoPerson(SECOND_ADMINISTRATOR, "Vic Tarn", "administrator"),
    # Represents all applicants of the made-up round of 2014.
    DemoPerson(
        "applicants.of.2014@example.org", "Past applicant", "applicant", "", False
    ),
    # Colleagues, who share the work.
    DemoPerson("third.official@example.org", "Priya Vance", "official", "", False),
    DemoPerson("second.coach@example.org", "Idris Wold", "coach", "", False),
    DemoPerson(
        "trust.applicant@example.org",
        "Tess Unwin",
        "applicant",
        organisations.TRUST,
        False,
    ),
    DemoPerson(
        "joiner@example.org",
        "Joan Pike",
        "applicant",
        organisations.COUNCIL,
        False,
        asks_only=True,
    ),
    DemoPerson(
        "first.applicant@example.org",
        "Kofi Quarry",
        "applicant",
        organisations.NEWCOMER,
        False,
        asks_only=True,
    ),
)


class DemoUsers:
    """The users by the part of their address before the `@`: `users["official"]`."""

    def __init__(self) -> None:
        users = User.objects.filter(email__in=[person.email for person in DEMO_PEOPLE])
        self._users = {user.email.partition("@")[0]: user for user in users}

    def __getitem__(self, part: str) -> User:
        return self._users[part]

    def of(self, person: DemoPerson) -> User:
        return self[person.email.partition("@")[0]]


def load(*, at: datetime) -> DemoUsers:
    """Create the users who do not exist yet, as people who joined before the rounds of
    today opened. Changed passwords are not reset.
    """
    existing_emails = set(User.objects.values_list("email", flat=True))
    missing = [person for person in DEMO_PEOPLE if person.email not in existing_emails]
    joined_at = at - JOINED
    _add_people(missing, joined_at)
    users = DemoUsers()
    for person in missing:
        if person.belongs_to:
            asked_at = at - ASKED if person.asks_only else joined_at
            _add_membership(users, person, asked_at)
    if any(person.email == SECOND_ADMINISTRATOR for person in missing):
        _request_role(users, at)
    return users


def _add_people(people: list[DemoPerson], at: datetime) -> None:
    """Like `people.add`, but with the password hashed once, because hashing is slow."""
    password, unusable_password = make_password(PASSWORD), make_password(None)
    chains = Chain.objects.bulk_create(Chain(kind=Chain.Kind.PERSON) for _ in people)
    added = User.objects.bulk_create(
        User(
            chain=chain,
            email=person.email,
            name=f"{person.name} (demonstration)",
            roles=[person.role],
            password=password if person.can_sign_in else unusable_password,
            demonstration=True,
        )
        for person, chain in zip(people, chains, strict=True)
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


def _request_role(users: DemoUsers, at: datetime) -> None:
    """Request a role, which the second administrator can then confirm."""
    role_requests.ask(
        users["second.official"],
        role=Analyst.name,
        reason="Stands in for Tariq Rowe over the summer.",
        ends_on=london_day(at) + timedelta(days=90),
        by=users["admin"],
        at=at,
    )


def _add_membership(users: DemoUsers, person: DemoPerson, at: datetime) -> None:
    """Ask to belong to an organisation. An official confirms the first person, who gets
    an office and so can sign; that person confirms the others.
    """
    organisation = organisations.get_organisation(person.belongs_to)
    administrators = people_of([organisation], [Standing.ADMINISTRATOR])
    first = administrators.first()
    membership = memberships.ask(
        organisation=organisation,
        by=users.of(person),
        job_title="Head of service",
        how_to_check="Ring the council and ask for the director’s office.",
        at=at,
    )
    if person.asks_only:
        return
    confirmed = memberships.confirm(membership, by=first or users["official"], at=at)
    if first is None:
        _make_authoriser(confirmed, at)


def _make_authoriser(membership: Membership, at: datetime) -> None:
    """Give the administrator of an organisation an office, so that they can sign."""
    is_council = membership.organisation.name == organisations.COUNCIL
    memberships.change_standing(
        membership,
        standing=Standing.ADMINISTRATOR,
        office=Office.DIRECTOR_OF_CHILDREN if is_council else Office.CHIEF_EXECUTIVE,
        by=membership.user,
        at=at,
    )
