"""The API has the scopes of the pages."""

from typing import Any

import pytest

from bids.domain import assessments
from innovation.accounts.models import User
from innovation.organisations.models import CouncilCode, Identifier
from tests.api.api_client import ApiClient
from tests.dates import MOMENT
from tests.factories import cases, triage, users

pytestmark = pytest.mark.django_db


def test_an_applicant_reads_their_own_expressions_and_never_another_s() -> None:
    expression = cases.submitted_expression()
    own = ApiClient(cases.editor_of(expression.lead))
    outsider = ApiClient(users.outsider())
    assert own.keys("expressions/") == [expression.key]
    assert own.get(f"expressions/{expression.key}/").json()["key"] == expression.key
    assert outsider.keys("expressions/") == []
    assert outsider.get(f"expressions/{expression.key}/").status_code == 404


def test_an_official_reads_every_expression_but_no_draft() -> None:
    expression, draft = cases.submitted_expression(), cases.draft()
    official = ApiClient(users.official())
    assert official.keys("expressions/") == [expression.key]
    assert official.get(f"expressions/{draft.key}/").status_code == 404


def test_a_draft_is_not_in_the_api_even_for_those_who_write_it() -> None:
    draft = cases.draft()
    assert ApiClient(cases.editor_of(draft.lead)).keys("expressions/") == []


def test_an_expression_says_what_was_asked_for() -> None:
    bid = cases.bid_in_development()
    expression = bid.expression
    row = ApiClient(users.official()).get(f"expressions/{expression.key}/").json()
    assert row["state"] == "taken_forward"
    assert row["money"] == [{"financial_year": 2014, "amount": "8000.00"}]
    assert row["lead"] == {"key": bid.lead.key, "name": bid.lead.name}
    assert row["bid"] == bid.key
    assert row["submitted_at"] == "2014-11-12T10:30:00.000000Z"


def test_expressions_are_narrowed_by_filters() -> None:
    first, second = cases.submitted_expression(), cases.declined_expression()
    official = ApiClient(users.official())
    assert official.keys("expressions/", state="declined") == [second.key]
    assert official.keys("expressions/", lead=first.lead.key) == [first.key]
    assert official.keys("expressions/", round=second.round.key) == [second.key]
    number = first.lead.council.dfe_number if first.lead.council else ""
    assert official.keys("expressions/", council=number) == [first.key]
    day = MOMENT.date().isoformat()
    keys = official.keys("expressions/", submitted_from=day, submitted_to=day)
    assert set(keys) == {first.key, second.key}


def test_bids_follow_the_pages_scopes() -> None:
    bid = cases.bid_in_development()
    assert ApiClient(users.official()).keys("bids/") == [bid.key]
    assert ApiClient(cases.editor_of(bid.lead)).keys("bids/") == [bid.key]
    assert ApiClient(users.outsider()).get(f"bids/{bid.key}/").status_code == 404


def test_rounds_are_read_once_published() -> None:
    published, unpublished = cases.round_(), cases.round_(published=False)
    analyst = ApiClient(users.analyst())
    assert analyst.keys("rounds/") == [published.key]
    assert analyst.get(f"rounds/{unpublished.key}/").status_code == 404
    assert analyst.get(f"rounds/{published.key}/").json()["strands"] == [
        "Rethinking social work",
        "Other area",
    ]
    criterion = analyst.get(f"rounds/{published.key}/").json()["criteria"][0]
    assert criterion == {
        "name": "Impact",
        "description": "",
        "weight": 1,
        "min_score": 0,
        "max_score": 4,
    }


def test_an_applicant_reads_their_own_organisation_only() -> None:
    applicant = users.applicant()
    own, other = users.organisation_of(applicant), users.organisation()
    Identifier.objects.create(organisation=own, scheme="GB-COH", value="01234567")
    caller = ApiClient(applicant)
    assert caller.keys("organisations/") == [own.key]
    row = caller.get(f"organisations/{own.key}/").json()
    assert row["identifiers"] == ["GB-COH-01234567"]
    assert caller.get(f"organisations/{other.key}/").status_code == 404
    assert set(ApiClient(users.analyst()).keys("organisations/")) == {
        own.key,
        other.key,
    }


def test_a_council_is_found_by_its_number_and_by_an_old_code() -> None:
    council = users.council()
    CouncilCode.objects.create(
        council=council, gss_code="E10000099", valid_from="2009-04-01"
    )
    caller = ApiClient(users.applicant())
    row = caller.get(f"councils/{council.dfe_number}/").json()
    assert row["codes"] == [
        {"gss_code": "E10000099", "valid_from": "2009-04-01", "valid_to": None}
    ]
    results = caller.get("councils/", gss_code="E10000099").json()["results"]
    assert [row["dfe_number"] for row in results] == [council.dfe_number]


def test_the_department_alone_reads_how_far_an_assessment_has_come() -> None:
    one, other = users.official(), users.official()
    bid = cases.submitted_bid(round=cases.round_(assessments_needed=2))
    cases.assessment(bid, by=one)

    def assessment(user: User) -> Any:
        return ApiClient(user).get(f"bids/{bid.key}/").json()["assessment"]

    for reader in (other, users.analyst()):
        assert assessment(reader) == {
            "needed": 2,
            "assigned": 1,
            "finished": 1,
            "reopened_at": None,
            "result": None,
        }
    assert assessment(cases.editor_of(bid.lead)) is None
    cases.assessment(bid, by=other, values=(4, 3))
    assert assessment(users.analyst())["result"] == {
        "percent": "81.3",
        "lowest": "75.0",
        "highest": "87.5",
    }
    assert assessment(cases.editor_of(bid.lead)) is None
    assessments.reopen(bid, reason="R", by=one, at=MOMENT)
    assert assessment(other)["finished"] == 2
    assert assessment(other)["reopened_at"] == "2014-11-12T10:30:00.000000Z"
    assert assessment(cases.editor_of(bid.lead)) is None


def test_the_department_alone_reads_what_was_found_of_a_case() -> None:
    case = cases.submitted_expression(round=cases.round_(due_diligence=["finance"]))
    triage.result(case, triage.check(case.round, wording="It is in England"))
    flag = triage.flag(case)
    triage.due_diligence(case)
    coach = users.assign(users.person("coach", "applicant"), case)

    def found(user: User) -> Any:
        return ApiClient(user).get(f"expressions/{case.key}/").json()["triage"]

    recorded_at = "2014-11-12T10:30:00.000000Z"
    for reader in (users.official(), users.analyst()):
        assert found(reader) == {
            "checks": [
                {
                    "wording": "It is in England",
                    "outcome": "met",
                    "recorded_at": recorded_at,
                }
            ],
            "flags": [
                {"team": flag.team, "raised_at": recorded_at, "resolved_at": None}
            ],
            "due_diligence": [
                {
                    "area": "finance",
                    "needed": True,
                    "state": "satisfactory",
                    "checked_on": MOMENT.date().isoformat(),
                }
            ],
        }
    assert found(coach)["flags"] == found(users.official())["flags"]
    assert found(coach)["due_diligence"] is None
    assert found(cases.editor_of(case.lead)) is None
