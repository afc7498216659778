"""Reports on a grant: asked for, and handed in with what was measured."""

import pytest

from bids.models import Outcome
from funding.models import MonitoringReport
from innovation.core import clock
from tests.database_guards import disable_guards
from tests.factories import grants, users
from tests.funding.page_requests import date_fields, get_status, post_form
from tests.narrowing import not_none

pytestmark = pytest.mark.django_db


def test_a_report_is_asked_for_and_handed_in() -> None:
    award, manager = grants.active_award(), users.grant_manager()
    holder, due_on = grants.recipient_of(award), clock.london_day(clock.now())
    with disable_guards(Outcome):
        outcome = not_none(award.bid).outcomes.create(
            description="Fewer moves", measure="Moves"
        )

    post_form(
        manager,
        "award-ask-report",
        award,
        period="October to December",
        **date_fields("due_on", due_on),
    )
    report = MonitoringReport.objects.get()
    measured = {f"outcome_{outcome.pk}": "12.5"}
    post_form(holder, "grant-hand-in", report, progress="Well.", **measured)

    report.refresh_from_db()
    assert (report.progress, str(report.actuals.get().value)) == ("Well.", "12.50")
    assert get_status(manager, "award-reports", award) == 200
