"""Reports on a grant: asked for, and handed in with what was measured."""

from datetime import date
from decimal import Decimal

import pytest

from bids.models import Outcome
from funding.models import GrantDraft, MonitoringReport
from innovation.core import clock
from innovation.core.money import Money
from tests import edit_forms
from tests.database_guards import disable_guards
from tests.factories import grants, users
from tests.funding.page_requests import (
    client_for,
    date_fields,
    get_status,
    page_of,
    page_url,
    post_edit,
    post_form,
)
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
    post_edit(
        holder, "grant-hand-in", report, progress="Well.", spent="1200", **measured
    )

    report.refresh_from_db()
    assert (report.progress, str(report.actuals.get().value)) == ("Well.", "12.50")
    assert report.spent == Money.pounds(1_200)
    assert get_status(manager, "award-reports", award) == 200


def test_a_report_shows_baseline_and_target_and_keeps_a_draft() -> None:
    award = grants.active_award()
    holder, official = grants.recipient_of(award), users.official()
    with disable_guards(Outcome):
        outcome = not_none(award.bid).outcomes.create(
            description="Fewer moves",
            measure="Moves a year",
            baseline=Decimal("5.00"),
            target=Decimal("3.50"),
            due_on=date(2016, 3, 31),
        )
    report = grants.monitoring_report(award)
    address, client = page_url("grant-hand-in", report), client_for(holder)
    page = client.get(address).content.decode()
    for words in (
        "Outcome 1: Fewer moves",
        "Measured as: Moves a year. Baseline: 5. Target: 3.5 by 31 March 2016",
        "October to December 2014",
        award.title,
    ):
        assert words in page
    measured = f"outcome_{outcome.pk}"
    typed = {"save": "yes", "progress": "", measured: "a few", "spent": "12k or so"}
    assert edit_forms.post_edit(client, address, typed).status_code == 302
    page = client.get(address).content.decode()
    assert "a few" in page
    assert "12k or so" in page
    theirs = client_for(official).get(page_url("award-reports", award))
    assert "a few" not in theirs.content.decode()

    refused = edit_forms.post_edit(client, address, {"progress": "Well."})
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "Outcome 1: enter a number, like 12 or 12.5" in page
    assert "12k or so" in page
    right = {"progress": "Well.", measured: "4.25", "spent": "1.2k"}
    assert edit_forms.post_edit(client, address, right).status_code == 302
    report.refresh_from_db()
    assert report.spent == Money.pounds(1_200)
    assert not GrantDraft.objects.exists()


def test_a_report_of_a_running_grant_is_overdue_after_its_day() -> None:
    report = grants.monitoring_report()
    award, manager = report.award, users.grant_manager()
    holder = grants.recipient_of(award)

    def tags() -> list[bool]:
        pages = ((holder, "grant"), (manager, "award-reports"))
        return ["Overdue" in page_of(person, name, award) for person, name in pages]

    with disable_guards(MonitoringReport):
        MonitoringReport.objects.update(due_on=clock.london_day(clock.now()))
    assert tags() == [False, False]
    with disable_guards(MonitoringReport):
        MonitoringReport.objects.update(due_on=grants.DUE_ON)
    assert tags() == [True, True]
    post_form(manager, "award-terminate", award, reason="It stopped.", lessons="Few.")
    assert tags() == [False, False]
