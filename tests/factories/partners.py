"""Factories for partners that applicants have added.

partner = partners.added(lead)         # for a draft of this lead organisation
partner = partners.to_check()          # named in a case that was sent
"""

from typing import Any

from bids.domain import expressions
from bids.models import Expression
from innovation.organisations.domain import organisation_additions
from innovation.organisations.models import Organisation
from tests.dates import MOMENT
from tests.factories import cases, users


def added(lead: Organisation, name: str = "Open Doors", **facts: Any) -> Organisation:
    return organisation_additions.add(
        name=name,
        added_for=lead,
        by=cases.editor_of(lead),
        at=MOMENT,
        **{"applicant_type": "charity", **facts},
    )


def to_check(
    name: str = "Open Doors", *, lead: Organisation | None = None, **facts: Any
) -> Organisation:
    """Named in an expression of `lead`, or of a new organisation, which was sent."""
    partner = added(lead or users.organisation("Lead"), name, **facts)
    send_case_naming(partner)
    partner.refresh_from_db()
    return partner


def send_case_naming(partner: Organisation) -> Expression:
    lead = partner.added_for
    assert lead is not None
    by = cases.editor_of(lead)
    draft = cases.draft(lead=lead, by=by)
    partners = {"partners": [partner]}
    expressions.save(draft, facts=partners, by=by, at=MOMENT)
    return expressions.submit(draft, by=by, at=MOMENT)
