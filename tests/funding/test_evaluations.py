"""Evaluators of projects that run, and two reports of one title at once."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError

from funding.domain import announcements, evaluations
from funding.models import Award, EvaluationReport
from innovation.accounts.models import User
from innovation.core import constraints
from innovation.core.errors import TooLate
from tests.concurrency import run_concurrently
from tests.database_guards import disable_guards
from tests.factories import grants, users
from tests.funding.page_requests import client_for, date_fields, page_url, post_form


def award_with_evaluator(by: User) -> Award:
    award = grants.active_award()
    university = users.organisation("University")
    evaluations.agree(award, evaluator=university, by=by, at=grants.MEETING_AT)
    return award


def publish_call(award: Award, by: User) -> Callable[[], EvaluationReport]:
    return lambda: evaluations.publish(
        award,
        title="What worked",
        published_on=grants.MEETING_AT.date(),
        source="example.org",
        findings=[],
        by=by,
        at=grants.MEETING_AT,
    )


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["offered", "declined", "withdrawn"])
def test_an_award_that_never_ran_gets_no_evaluator(state: str) -> None:
    award, university = grants.award_in_state(state), users.organisation("University")
    with pytest.raises(TooLate, match="once the offer is accepted"):
        evaluations.agree(
            award, evaluator=university, by=users.grant_manager(), at=grants.MEETING_AT
        )


@pytest.mark.django_db(transaction=True)
def test_two_reports_with_one_title_cannot_be_published_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    manager = users.grant_manager()
    calls = [publish_call(award_with_evaluator(manager), manager) for _ in range(2)]
    # Both have looked for the title before either writes: only the database is left.
    monkeypatch.setattr(evaluations, "_check", lambda *args: None)

    outcomes = run_concurrently(calls)

    assert EvaluationReport.objects.count() == 1
    (refusal,) = [each for each in outcomes if isinstance(each, Exception)]
    assert isinstance(refusal, IntegrityError)
    explained = constraints.explain(refusal)
    assert explained is not None
    assert explained.problems == {
        "title": ["A report with this title is already published"]
    }


@pytest.mark.django_db
def test_an_evaluator_is_agreed_and_a_report_published() -> None:
    award, manager = grants.active_award(), users.grant_manager()
    university = users.organisation("University")
    partner = users.organisation("Partner")
    with disable_guards(Award.partners.through):
        award.partners.add(partner)

    response = client_for(manager).post(
        page_url("award-evaluator", award), {"evaluator": partner.key}
    )
    assert response.status_code == 422
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


@pytest.mark.django_db
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
        source="https://example.org/report",
        findings=[],
        by=manager,
        at=grants.MEETING_AT,
    )
    announcements.announce(
        award, on=grants.MEETING_AT.date(), by=manager, at=grants.MEETING_AT
    )

    for address in (page_url("project", award), page_url("evaluations")):
        page = client_for(None).get(address).content
        assert b"What worked" in page
        assert b'<a href="https://example.org/report"' in page
