"""The stage of the walk: somebody in every role, and of every noun one thing in reach
of those who have a reach of their own, and one that is not.
"""

from dataclasses import dataclass, field

from allauth.account.models import EmailAddress

from innovation.accounts.models import Standing, User
from innovation.accounts.roles import ROLES
from innovation.organisations.models import Organisation
from tests import cast

PUBLIC = "public"
VIEWER, HEAD = "applicant_viewer", "applicant_administrator"
COLUMNS = (
    PUBLIC,
    "applicant",
    VIEWER,
    HEAD,
    *(name for name in ROLES if name != "applicant"),
)

Pair = tuple[str, str]
"""The keys of what is in reach and of what is not."""


@dataclass
class Stage:
    """`own` is the organisation of the applicant, who may write, of the viewer, who may
    not, and of its administrator; `other` is somebody else's.
    """

    people: dict[str, User]
    own: Organisation
    other: Organisation
    made: dict[tuple[str, str], Pair] = field(default_factory=dict)

    @property
    def bodies(self) -> tuple[Organisation, Organisation]:
        return self.own, self.other


def build() -> Stage:
    own, other = cast.council_body(), cast.organisation("Elsewhere")
    people = {name: cast.person(name) for name in ROLES}
    cast.join(people["applicant"], own)
    people[VIEWER] = cast.viewer(own)
    people[HEAD] = cast.applicant(own, Standing.ADMINISTRATOR)
    cast.applicant(other)
    for user in people.values():
        EmailAddress.objects.create(
            user=user, email=user.email, verified=True, primary=True
        )
    return Stage(people, own, other)
