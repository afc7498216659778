"""The letter that asks those who may sign for an organisation to act."""

from collections.abc import Mapping
from datetime import datetime

from innovation.accounts.domain import limits
from innovation.accounts.models import User
from innovation.accounts.policies import authorisers_of
from innovation.audit.models import Chain
from innovation.core.errors import Invalid
from innovation.notifications import letters
from innovation.organisations.models import Organisation


def write_to_authorisers(
    organisation: Organisation,
    kind: str,
    *,
    about: str,
    chain: Chain,
    subject: str,
    facts: Mapping[str, str],
    by: User,
    at: datetime,
) -> list[User]:
    """Queue a letter to everybody who may sign for the organisation. `about` names what
    they should do: the letters about it are limited for each day, as are the requests
    of one person.
    """
    authorisers = authorisers_of(organisation).select_related("user")
    people = [membership.user for membership in authorisers]
    if not people:
        raise Invalid.field(
            None,
            f"{organisation.name} has no authoriser yet. Its administrator can make "
            "somebody one",
        )
    limits.consume(limits.LETTERS_TO_AUTHORISERS, f"{kind} {about}", at=at)
    limits.consume(limits.LETTERS_TO_AUTHORISERS_OF_PERSON, by.key, at=at)
    letter_facts = {**facts, "asked_by": str(by)}
    letters.queue(
        kind, to=people, chain=chain, subject=subject, at=at, facts=letter_facts
    )
    return people
