"""A grant's pages, from offer to closure, for each who has a part in it."""

from datetime import timedelta

import pytest

from bids.models import Outcome
from funding.domain import announcements, evaluations
from funding.models import (
    Award,
    EvaluationReport,
    MonitoringReport,
    Payment,
    Variation,
)
from innovation.core import clock
from tests.database_guards import disable_guards
from tests.factories import grants, users
from tests.funding.page_requests import (
    client_for,
    date_fields,
    get_status,
    page_url,
    post_edit,
    post_form,
)
from tests.narrowing import not_none

pytestmark = pytest.mark.django_db


def test_a_grant_goes_from_offer_to_closure_through_its_pages() -> None:
    bid, manager, finance = (
        grants.approved_bid(),
        users.grant_manager(),
        users.finance(),
    )
    assert bid.title in client_for(manager).get(page_url("awards")).content.decode()
    post_form(manager, "award-offer", bid)
    award = Award.objects.get()
    holder = grants.recipient_of(award)
    post_form(holder, "grant-accept", award)
    post_form(manager, "award-start", award)
    post_edit(
        manager,
        "award-plan-payments",
        award,
        amount_1="5000",
        amount_2="3000",
        **date_fields("due_1", grants.DUE_ON),
        **date_fields("due_2", grants.DUE_ON),
    )
    claimed, asked = Payment.objects.all()
    post_form(holder, "grant-claim", claimed)
    post_form(manager, "payment-request", asked)
    post_form(finance, "payment-refuse", asked, reason="No invoice.")
    post_form(manager, "payment-request", asked)
    for payment in (claimed, asked):
        post_form(finance, "payment-release", payment)
    post_form(finance, "payment-reconcile", claimed, bank_reference="BACS 7")
    post_form(finance, "payment-recover", asked, reason="Unspent.")
    post_form(manager, "award-suspend", award, reason="Checks.")
    post_form(manager, "award-resume", award)
    post_form(manager, "award-wind-down", award)
    post_form(manager, "award-close", award, lessons="Start small.")

    award.refresh_from_db()
    assert award.state == "closed"
    assert [p.state for p in Payment.objects.all()] == ["paid", "recovered"]
    for name in ("award", "award-money", "award-reports", "award-history"):
        assert get_status(manager, name, award) == 200
    for payment in (claimed, asked):
        assert get_status(finance, "payment", payment) == 200
    assert get_status(holder, "grant", award) == 200


def test_a_recipient_declines_and_a_manager_ends_early() -> None:
    offered, active = grants.offered_award(), grants.active_award()

    post_form(
        grants.recipient_of(offered), "grant-decline", offered, reason="No match."
    )
    post_form(users.grant_manager(), "award-terminate", active, reason="It stopped.")

    states = Award.objects.values_list("state", flat=True)
    assert sorted(states) == ["declined", "terminated"]


def test_a_manager_withdraws_an_offer_and_its_holder_reads_why() -> None:
    award, manager = grants.offered_award(), users.grant_manager()
    holder = grants.recipient_of(award)
    page = client_for(manager).get(page_url("award", award)).content.decode()
    assert page_url("award-withdraw", award) in page

    post_form(manager, "award-withdraw", award, reason="The round is closed.")

    award.refresh_from_db()
    assert award.state == "withdrawn"
    after = client_for(manager).get(page_url("award", award)).content.decode()
    assert "The round is closed." in after
    assert page_url("award-withdraw", award) not in after
    own = client_for(holder).get(page_url("grant", award)).content.decode()
    assert "Offer withdrawn" in own
    assert page_url("grant-accept", award) not in own


def test_reports_and_changes_go_both_ways() -> None:
    award, manager = grants.active_award(), users.grant_manager()
    holder, soon = grants.recipient_of(award), clock.london_day(clock.now())
    with disable_guards(Outcome):
        outcome = not_none(award.bid).outcomes.create(
            description="Fewer moves", measure="Moves"
        )

    post_form(
        manager,
        "award-ask-report",
        award,
        period="October to December",
        **date_fields("due_on", soon),
    )
    report = MonitoringReport.objects.get()
    measured = {f"outcome_{outcome.pk}": "12.5"}
    post_form(holder, "grant-hand-in", report, progress="Well.", **measured)
    for verdict in ("agree", "refuse"):
        post_form(
            holder, "grant-ask-change", award, what_changes="More.", reason="Asked."
        )
        change = Variation.objects.get(state="asked")
        post_form(manager, "change-answer", change, verdict=verdict, answer="Because.")

    report.refresh_from_db()
    assert (report.progress, str(report.actuals.get().value)) == ("Well.", "12.50")
    states = Variation.objects.values_list("state", flat=True)
    assert sorted(states) == ["agreed", "refused"]
    assert get_status(manager, "award-reports", award) == 200


def test_an_evaluator_is_agreed_and_a_report_published() -> None:
    award, manager = grants.active_award(), users.grant_manager()
    university = users.organisation("University")
    partner = users.organisation("Partner")
    with disable_guards(Award.partners.through):
        award.partners.add(partner)

    answer = client_for(manager).post(
        page_url("award-evaluator", award), {"evaluator": partner.key}
    )
    assert answer.status_code == 422
    post_form(manager, "award-evaluator", award, evaluator=university.key)
    post_form(
        manager,
        "award-publish-evaluation",
        award,
        title="What worked",
        source="example.org",
        outcome_1="Fewer moves",
        direction_1="better",
        strength_1="moderate",
        **date_fields("published_on", grants.MEETING_AT.date()),
    )

    assert EvaluationReport.objects.get().findings.get().direction == "better"
    # The award is not announced, so neither is its evaluation.
    assert b"What worked" not in client_for(None).get(page_url("evaluations")).content


def test_a_project_is_public_once_announced_and_never_before() -> None:
    award, manager = grants.active_award(), users.grant_manager()
    assert get_status(None, "project", award) == 404
    assert (
        award.title not in client_for(None).get(page_url("projects")).content.decode()
    )

    today = clock.london_day(clock.now())
    later = today + timedelta(days=3)
    post_form(manager, "award-announce", award, **date_fields("on", later))
    assert get_status(None, "project", award) == 404
    post_form(manager, "award-call-off", award)
    post_form(manager, "award-announce", award, **date_fields("on", today))

    assert get_status(None, "project", award) == 200
    assert award.title in client_for(None).get(page_url("projects")).content.decode()


def test_an_announced_award_shows_its_evaluation() -> None:
    award, manager = grants.active_award(), users.grant_manager()
    evaluations.agree(
        award,
        evaluator=users.organisation("University"),
        by=manager,
        at=grants.MEETING_AT,
    )
    evaluations.publish(
        award,
        title="What worked",
        published_on=grants.MEETING_AT.date(),
        source="example.org",
        findings=[],
        by=manager,
        at=grants.MEETING_AT,
    )
    announcements.announce(
        award, on=grants.MEETING_AT.date(), by=manager, at=grants.MEETING_AT
    )

    assert b"What worked" in client_for(None).get(page_url("project", award)).content
    assert b"What worked" in client_for(None).get(page_url("evaluations")).content


def test_the_pages_that_pay_say_who_gets_how_much_for_what() -> None:
    payment = grants.planned_payment()
    award = payment.award
    for person, page in (
        (users.grant_manager(), "payment-request"),
        (users.finance(), "payment-release"),
    ):
        text = client_for(person).get(page_url(page, payment)).content.decode()
        for said in (not_none(award.lead).name, award.title, str(payment.amount)):
            assert said in text


def test_finance_first_sees_what_waits_and_the_filter_says_so() -> None:
    asked, settled = grants.requested_payment(), grants.paid_payment()
    finance = client_for(users.finance())
    text = finance.get(page_url("payments")).content.decode()
    assert '<option value="" selected>Waiting for finance</option>' in text
    assert (asked.award.title in text, settled.key in text) == (True, False)
    assert (
        settled.key
        in finance.get(page_url("payments"), {"state": "all"}).content.decode()
    )
