"""The scenario of the access test: a user in every role, and of every noun an object
inside and one outside the users' scopes.
"""

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


def key_pair_of(first: Any, second: Any) -> KeyPair:
    return str(first.key), str(second.key)


@dataclass
class Scenario:
    """`own` is the organisation of the applicant, who may write, of the viewer, who may
    not, and of its administrator; `other` is somebody else's.
    """

    people: dict[str, User]
    own: Organisation
    other: Organisation
    key_pairs: dict[tuple[str, str], KeyPair] = field(default_factory=dict)

    @property
    def organisations(self) -> tuple[Organisation, Organisation]:
        return self.own, self.other


def build_scenario() -> Scenario:
    own, other = users.council_organisation(), users.organisation("Elsewhere")
    people = {name: users.person(name) for name in ROLES}
    users.join(people["applicant"], own)
    people[ORGANISATION_VIEWER] = users.viewer(own)
    people[ORGANISATION_ADMINISTRATOR] = users.applicant(own, Standing.ADMINISTRATOR)
    users.applicant(other)
    for user in people.values():
        EmailAddress.objects.create(
            user=user, email=user.email, verified=True, primary=True
        )
    return Scenario(people, own, other)
