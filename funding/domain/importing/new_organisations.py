"""Registers the new organisations that an import or a correction names."""

from collections.abc import Iterable
from datetime import datetime

from funding.domain.importing.existing_data import Lead, NewOrganisation
from innovation.accounts.models import User
from innovation.organisations.domain import organisations
from innovation.organisations.models import Organisation


class NewOrganisations:
    """Each is registered when it is first needed. What a made-up person imports is
    labelled as made up.
    """

    def __init__(self, source: str, by: User, at: datetime) -> None:
        self.source, self.by, self.at = source, by, at
        self.registered: dict[str, Organisation] = {}

    def find(self, lead: Lead | None) -> Organisation | None:
        if not isinstance(lead, NewOrganisation):
            return lead
        if lead.name not in self.registered:
            self.registered[lead.name] = organisations.register(
                name=lead.name,
                applicant_type=lead.applicant_type,
                source=self.source,
                demonstration=self.by.demonstration,
                by=self.by,
                at=self.at,
            )
        return self.registered[lead.name]

    def find_all(self, leads: Iterable[Lead]) -> tuple[Organisation, ...]:
        found = (self.find(lead) for lead in leads)
        return tuple(organisation for organisation in found if organisation is not None)
