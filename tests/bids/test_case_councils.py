"""What the department reads of a case's councils, as it was when the case was sent."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from bids.domain import expressions
from bids.domain.queries import case_councils
from bids.models import Expression
from innovation.accounts.domain import council_facts
from innovation.core.dates import WrittenDate
from innovation.organisations.domain.queries.council_facts import CouncilFacts
from innovation.organisations.models import (
    Council,
    FactKind,
    OfstedJudgement,
    RunsServices,
)
from innovation.organisations.models.council import Judgement
from tests.dates import DAY, MOMENT, moment_after
from tests.factories import cases, users

pytestmark = pytest.mark.django_db


def judge(council: Council, overall: str, published_on: date) -> None:
    OfstedJudgement.objects.create(
        council=council,
        framework="SIF",
        published_on=published_on,
        overall=overall,
        source="Ofsted",
    )


def facts_by_name(case: Expression, day: date) -> dict[str, CouncilFacts]:
    return {facts.name: facts for facts in case_councils.facts_on(case, day)}


def sent_expression(*councils: Council) -> Expression:
    draft = cases.draft()
    by = cases.editor_of(draft.lead)
    expressions.save(draft, facts={"councils": councils}, by=by, at=MOMENT)
    return expressions.submit(draft, by=by, at=MOMENT)


def test_the_judgement_is_the_last_one_before_the_case_was_sent() -> None:
    mere = users.council("Larkmere")
    judge(mere, Judgement.GOOD, DAY - timedelta(days=900))
    judge(mere, Judgement.INADEQUATE, DAY)
    judge(mere, Judgement.OUTSTANDING, DAY + timedelta(days=1))
    expression = sent_expression(mere)
    facts = facts_by_name(expression, DAY)[mere.name]
    assert facts.judgement == "Inadequate, published on 12 November 2014"
    facts = facts_by_name(expression, DAY - timedelta(days=1))[mere.name]
    assert facts.judgement == "Good, published on 26 May 2012"
    facts = facts_by_name(expression, DAY - timedelta(days=1000))[mere.name]
    assert facts.judgement == ""


def test_a_trust_is_named_while_it_runs_the_services() -> None:
    mere, shire = users.council("Larkmere"), users.council("Larkshire")
    trust = users.organisation("Larkmere Children First")
    for council, started, ended in (
        (mere, "2014-11", ""),
        (shire, "2014-10-03", "2014-11"),
    ):
        RunsServices.objects.create(
            organisation=trust, council=council, started=started, ended=ended
        )
    expression = sent_expression(mere, shire)
    on_day = facts_by_name(expression, DAY)
    assert on_day[mere.name].trusts == [f"{trust.name} since November 2014"]
    assert on_day[shire.name].trusts == []
    before = facts_by_name(expression, date(2014, 10, 31))
    assert before[mere.name].trusts == []
    assert before[shire.name].trusts == [f"{trust.name} since 3 October 2014"]


def test_interventions_and_partnerships_are_those_of_the_day() -> None:
    mere = users.council("Larkmere")
    users.council_fact(mere)
    partner = users.council_fact(mere, started=WrittenDate(2014, 11, 12))
    users.council_fact(mere, kind=FactKind.COMMISSIONER, started=WrittenDate(2014, 9))
    expression = sent_expression(mere)
    before = facts_by_name(expression, DAY - timedelta(days=1))[mere.name]
    assert before.interventions == [
        "Commissioner, September 2014: named in an announcement"
    ]
    assert before.partnerships == ["October 2014: named in an announcement"]
    on_day = facts_by_name(expression, DAY)[mere.name]
    assert on_day.partnerships[1:] == ["12 November 2014: named in an announcement"]
    at, by = moment_after(days=1), users.official()
    council_facts.withdraw(partner, because="A slip.", by=by, at=at)
    assert facts_by_name(expression, DAY)[mere.name] == before


def test_the_council_that_leads_and_those_of_a_trust_are_among_them() -> None:
    mere, shire = users.council("Larkmere"), users.council("Larkshire")
    lead = users.council_organisation(mere)
    expression = cases.submitted_expression(lead=lead)
    assert mere.name in facts_by_name(expression, DAY)
    assert shire.name not in facts_by_name(expression, DAY)
    RunsServices.objects.create(organisation=lead, council=shire)
    assert {mere.name, shire.name} <= facts_by_name(expression, DAY).keys()


def test_the_pages_of_expression_and_bid_show_them_to_the_department_alone(
    client: Client,
) -> None:
    bid = cases.bid_in_development()
    council = users.council("Larkmere")
    judge(council, Judgement.GOOD, DAY)
    RunsServices.objects.create(organisation=bid.lead, council=council)
    pages = {"bids:case-answers": bid.expression.key, "bids:bid": bid.key}
    client.force_login(users.official())
    for name, key in pages.items():
        page = client.get(reverse(name, args=[key])).content.decode()
        assert "Ofsted: Good, published on 12 November 2014" in page, name
    client.force_login(users.applicant(bid.lead))
    own = client.get(reverse("bids:own-bid", args=[bid.key])).content.decode()
    assert "Ofsted" not in own
    client.force_login(users.outsider())
    for name, key in pages.items():
        assert client.get(reverse(name, args=[key])).status_code == 403
