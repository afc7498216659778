"""What adds partners, and decides on them, for facts that may not be known."""

from bids.domain import partners as domain_partners
from bids.models import Expression
from innovation.organisations.models import Organisation
from tests.dates import MOMENT
from tests.factories import cases, partners
from tests.inference.scenario import Scenario


def draft_to_add_to(stage: Scenario) -> Expression:
    return cases.draft(lead=stage.own, by=stage.people["applicant"])


def add_partner(stage: Scenario, draft: Expression) -> None:
    added = partners.added(stage.own, "Open Doors of home")
    draft.partners.add(added)


def partner_added_twice(stage: Scenario) -> tuple[Organisation, Organisation]:
    """The one of the stage's own organisation, and the one of somebody else's."""
    return (
        partners.to_check("Open Doors of home", lead=stage.own),
        partners.to_check("Open Doors of home", lead=stage.other),
    )


def confirm_partner(
    stage: Scenario, subject: tuple[Organisation, Organisation]
) -> None:
    own, _ = subject
    domain_partners.confirm(own, by=stage.people["official"], at=MOMENT)


def confirm_and_merge_partner(
    stage: Scenario, subject: tuple[Organisation, Organisation]
) -> None:
    own, other = subject
    confirm_partner(stage, subject)
    domain_partners.merge(other, into=own, by=stage.people["official"], at=MOMENT)
