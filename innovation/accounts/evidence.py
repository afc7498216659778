"""Which rows about people are evidence: see `innovation.audit.evidence`.

What people are called, where they are written to and how they sign in is not: the log
holds no personal data.
"""

from innovation.accounts.models import ApiToken, Membership, User
from innovation.audit.evidence import Evidence, declare, own
from innovation.audit.models import Chain


def register() -> None:
    own(Chain.Kind.PERSON, User)
    declare(
        Evidence(
            User,
            values=("roles",),
            without=("email", "name", "password", "last_login", "declared_interest"),
        ),
        Evidence(
            Membership,
            ("organisation",),
            values=("confirmed_by",),
            without=("job_title",),
        ),
        Evidence(ApiToken, ("user",), values=("scopes",), without=("name",)),
    )
