"""The scenario of the access test: a user in every role, and of every noun an object
inside and one outside the users' scopes.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from allauth.account.models import EmailAddress

from innovation.accounts.models import Standing, User
from innovation.accounts.roles import ROLES
from innovation.organisations.models import Organisation
from tests.factories import users

PUBLIC = "public"
ORGANISATION_VIEWER, ORGANISATION_ADMINISTRATOR = (
    "applicant_viewer",
    "applicant_administrator",
)
COLUMNS = (
    PUBLIC,
    "applicant",
    ORGANISATION_VIEWER,
    ORGANISATION_ADMINISTRATOR,
    *(name for name in ROLES if name != "applicant"),
)

KeyPair = tuple[str, str]
"""The keys of what is in reach and of what is not."""


@dataclass
class Scenario:
    """`own` is the organisation of the applicant, who may write, of the viewer, who may
    not, and of its administrator; `other` is somebody else's. An outsider has the role
    of the person in the same column and none of their objects.
    """

    people: dict[str, User]
    outsiders: dict[str, User]
    own: Organisation
    other: Organisation
    key_pairs: dict[tuple[str, str], KeyPair] = field(default_factory=dict)

    @property
    def organisations(self) -> tuple[Organisation, Organisation]:
        return self.own, self.other


Factory = Callable[[Scenario, User], KeyPair]


def keys(*objects: Any) -> KeyPair:
    first, second = objects
    return str(first.key), str(second.key)


def build_scenario() -> Scenario:
    own, other = users.council_organisation(), users.organisation("Elsewhere")
    return Scenario(
        _person_in_each_column(own), _person_in_each_column(other), own, other
    )


def _person_in_each_column(body: Organisation) -> dict[str, User]:
    people = {name: users.person(name) for name in ROLES}
    users.join(people["applicant"], body)
    people[ORGANISATION_VIEWER] = users.viewer(body)
    people[ORGANISATION_ADMINISTRATOR] = users.applicant(body, Standing.ADMINISTRATOR)
    for user in people.values():
        EmailAddress.objects.create(
            user=user, email=user.email, verified=True, primary=True
        )
    return people
