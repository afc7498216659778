"""What was merged into an organisation, when and by whom."""

from dataclasses import dataclass
from datetime import datetime

from innovation.accounts import policies
from innovation.accounts.domain.queries.people import names_by_key
from innovation.accounts.models import User
from innovation.audit.models import Event
from innovation.organisations.events import OrganisationsEvent
from innovation.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class EarlierOrganisation:
    organisation: Organisation
    merged_at: datetime
    merged_by: str


def merged_into(organisation: Organisation, reader: User) -> list[EarlierOrganisation]:
    """In order of name. Its own people do not learn that applicants named it as a
    partner, so what those have added is left out. Takes one query if there are none.
    """
    rows = organisation.merged_from.order_by("name", "pk")
    if not policies.sees_every_organisation(reader):
        rows = rows.filter(added_for=None)
    organisations = list(rows)
    if not organisations:
        return []
    events = Event.objects.filter(
        name=OrganisationsEvent.ORGANISATION_MERGED,
        chain__in=[row.chain_id for row in organisations],
    ).order_by("seq")
    last = {event.chain_id: event for event in events if "into" in event.data}
    names = names_by_key({event.actor for event in last.values()})
    return [
        EarlierOrganisation(
            row, last[row.chain_id].at, names.get(last[row.chain_id].actor, "")
        )
        for row in organisations
    ]
