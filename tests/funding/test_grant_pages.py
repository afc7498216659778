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
from tests import cast, grants
from tests.funding.visits import as_, at, date_fields, edit, get, post
from tests.unguarded import unguarded

pytestmark = pytest.mark.django_db


def test_a_grant_goes_from_offer_to_closure_through_its_pages() -> None:
    bid, manager, finance = grants.approved(), cast.grant_manager(), cast.finance()
    assert bid.title in as_(manager).get(at("awards")).content.decode()
    post(manager, "award-offer", bid)
    award = Award.objects.get()
    holder = grants.holder(award)
    post(holder, "grant-accept", award)
    post(manager, "award-start", award)
    edit(
        manager,
        "award-plan-payments",
        award,
        amount_1="5000",
        amount_2="3000",
        **date_fields("due_1", grants.DUE),
        **date_fields("due_2", grants.DUE),
    )
    claimed, asked = Payment.objects.all()
    post(holder, "grant-claim", claimed)
    post(manager, "payment-request", asked)
    post(finance, "payment-refuse", asked, reason="No invoice.")
    post(manager, "payment-request", asked)
    for payment in (claimed, asked):
        post(finance, "payment-release", payment)
    post(finance, "payment-reconcile", claimed, bank_reference="BACS 7")
    post(finance, "payment-recover", asked, reason="Unspent.")
    post(manager, "award-suspend", award, reason="Checks.")
    post(manager, "award-resume", award)
    post(manager, "award-wind-down", award)
    post(manager, "award-close", award, lessons="Start small.")

    award.refresh_from_db()
    assert award.state == "closed"
    assert [p.state for p in Payment.objects.all()] == ["paid", "recovered"]
    for name in ("award", "award-money", "award-reports", "award-history"):
        assert get(manager, name, award) == 200
    for payment in (claimed, asked):
        assert get(finance, "payment", payment) == 200
    assert get(holder, "grant", award) == 200


def test_a_recipient_declines_and_a_manager_ends_early() -> None:
    offered, active = grants.offered(), grants.active()

    post(grants.holder(offered), "grant-decline", offered, reason="No match.")
    post(cast.grant_manager(), "award-terminate", active, reason="It stopped.")

    states = Award.objects.values_list("state", flat=True)
    assert sorted(states) == ["declined", "terminated"]


def test_a_manager_withdraws_an_offer_and_its_holder_reads_why() -> None:
    award, manager = grants.offered(), cast.grant_manager()
    holder = grants.holder(award)
    page = as_(manager).get(at("award", award)).content.decode()
    assert at("award-withdraw", award) in page

    post(manager, "award-withdraw", award, reason="The round is closed.")

    award.refresh_from_db()
    assert award.state == "withdrawn"
    after = as_(manager).get(at("award", award)).content.decode()
    assert "The round is closed." in after
    assert at("award-withdraw", award) not in after
    own = as_(holder).get(at("grant", award)).content.decode()
    assert "Offer withdrawn" in own
    assert at("grant-accept", award) not in own


def test_reports_and_changes_go_both_ways() -> None:
    award, manager = grants.active(), cast.grant_manager()
    holder, soon = grants.holder(award), clock.london_day(clock.now())
    with unguarded(Outcome):
        outcome = award.bid.outcomes.create(description="Fewer moves", measure="Moves")

    post(
        manager,
        "award-ask-report",
        award,
        period="October to December",
        **date_fields("due_on", soon),
    )
    report = MonitoringReport.objects.get()
    measured = {f"outcome_{outcome.pk}": "12.5"}
    post(holder, "grant-hand-in", report, progress="Well.", **measured)
    for verdict in ("agree", "refuse"):
        post(holder, "grant-ask-change", award, what_changes="More.", reason="Asked.")
        change = Variation.objects.get(state="asked")
        post(manager, "change-answer", change, verdict=verdict, answer="Because.")

    report.refresh_from_db()
    assert (report.progress, str(report.actuals.get().value)) == ("Well.", "12.50")
    states = Variation.objects.values_list("state", flat=True)
    assert sorted(states) == ["agreed", "refused"]
    assert get(manager, "award-reports", award) == 200


def test_an_evaluator_is_agreed_and_a_report_published() -> None:
    award, manager = grants.active(), cast.grant_manager()
    university = cast.organisation("University")
    partner = cast.organisation("Partner")
    with unguarded(Award.partners.through):
        award.partners.add(partner)

    answer = as_(manager).post(at("award-evaluator", award), {"evaluator": partner.key})
    assert answer.status_code == 422
    post(manager, "award-evaluator", award, evaluator=university.key)
    post(
        manager,
        "award-publish-evaluation",
        award,
        title="What worked",
        source="example.org",
        outcome_1="Fewer moves",
        direction_1="better",
        strength_1="moderate",
        **date_fields("published_on", grants.HELD.date()),
    )

    assert EvaluationReport.objects.get().findings.get().direction == "better"
    # The award is not announced, so neither is its evaluation.
    assert b"What worked" not in as_(None).get(at("evaluations")).content


def test_a_project_is_public_once_announced_and_never_before() -> None:
    award, manager = grants.active(), cast.grant_manager()
    assert get(None, "project", award) == 404
    assert award.title not in as_(None).get(at("projects")).content.decode()

    today = clock.london_day(clock.now())
    later = today + timedelta(days=3)
    post(manager, "award-announce", award, **date_fields("on", later))
    assert get(None, "project", award) == 404
    post(manager, "award-call-off", award)
    post(manager, "award-announce", award, **date_fields("on", today))

    assert get(None, "project", award) == 200
    assert award.title in as_(None).get(at("projects")).content.decode()


def test_an_announced_award_shows_its_evaluation() -> None:
    award, manager = grants.active(), cast.grant_manager()
    evaluations.agree(
        award, evaluator=cast.organisation("University"), by=manager, at=grants.HELD
    )
    evaluations.publish(
        award,
        title="What worked",
        published_on=grants.HELD.date(),
        source="example.org",
        findings=[],
        by=manager,
        at=grants.HELD,
    )
    announcements.announce(award, on=grants.HELD.date(), by=manager, at=grants.HELD)

    assert b"What worked" in as_(None).get(at("project", award)).content
    assert b"What worked" in as_(None).get(at("evaluations")).content


def test_the_pages_that_pay_say_who_gets_how_much_for_what() -> None:
    payment = grants.planned()
    award = payment.award
    for person, page in (
        (cast.grant_manager(), "payment-request"),
        (cast.finance(), "payment-release"),
    ):
        text = as_(person).get(at(page, payment)).content.decode()
        for said in (award.lead.name, award.title, str(payment.amount)):
            assert said in text


def test_finance_first_sees_what_waits_and_the_filter_says_so() -> None:
    asked, settled = grants.requested(), grants.paid()
    finance = as_(cast.finance())
    text = finance.get(at("payments")).content.decode()
    assert '<option value="" selected>Waiting for finance</option>' in text
    assert (asked.award.title in text, settled.key in text) == (True, False)
    assert settled.key in finance.get(at("payments"), {"state": "all"}).content.decode()
