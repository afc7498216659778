"""The detail of a case has its facts as rows, and its answers by question."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from bids.domain import bids, case_documents, expressions, standard_questions
from bids.models import Bid, CaseDocument, Expression, Question, QuestionSet
from innovation.audit import events
from innovation.core.money import Money
from innovation.organisations.models import Organisation
from tests.api.api_client import ApiClient
from tests.database_guards import force_update
from tests.dates import MOMENT, OPENS_AT
from tests.documents import sample_files
from tests.factories import cases, grants, users

pytestmark = pytest.mark.django_db

WORDS = dict.fromkeys(["new", "known", "needs", "delivery", "sustain"], "Words.")
ROWS = {
    "support": {"kind": "evaluation", "detail": "Somebody independent"},
    "barriers": {"law_or_rule": "A rule", "what_it_stops": "A team"},
    "outcomes": {"description": "Fewer moves", "measure": "Moves a year"},
}


def submit_standard(rows: int = 1, **answers: Any) -> Expression:
    draft = draft_standard(rows, **answers)
    return expressions.submit(draft, by=cases.editor_of(draft.lead), at=MOMENT)


def draft_standard(rows: int = 1, **answers: Any) -> Expression:
    """In a round that asks the standard questions; of each fact that many rows."""
    round = cases.round_()
    standard_questions.publish(round, by=events.SERVICE, at=OPENS_AT)
    draft = cases.draft(round=round, complete=False)
    by = cases.editor_of(draft.lead)
    facts = cases.complete_facts(round) | {
        "partners": [users.organisation()],
        "support": [ROWS["support"]],
        "barriers": [
            ROWS["barriers"] | {"law_or_rule": f"Rule {number}"}
            for number in range(rows)
        ],
        "outcomes": [
            ROWS["outcomes"] | {"description": f"Outcome {number}"}
            for number in range(rows)
        ],
    }
    answers_by_code = {**WORDS, "declaration": True, **answers}
    expressions.save(draft, facts=facts, answers=answers_by_code, by=by, at=MOMENT)
    return draft


def bid_standard(rows: int = 1) -> Bid:
    bid = expressions.take_forward(submit_standard(), by=users.official(), at=MOMENT)
    partner = bid.partners.get()
    facts = {
        "money": [
            {
                "financial_year": 2014 + number,
                "category": "staff",
                "partner": partner if number == 0 else None,
                "amount": Money(123_450),
            }
            for number in range(rows)
        ],
        "asked": Money(123_450 * rows),
        **{name: [each(n, partner) for n in range(rows)] for name, each in EXPECTED},
        "partner_letters": [
            {"organisation": partner, "text": "We do.", "received_on": DUE}
        ],
        "theory_of_change": "Because.",
    }
    bids.save(bid, facts=facts, by=cases.editor_of(bid.lead), at=MOMENT)
    return bid


DUE = date(2015, 6, 30)
EXPECTED: list[tuple[str, Any]] = [
    (
        "other_funding",
        lambda number, partner: {
            "source": f"A trust {number}",
            "financial_year": 2015,
            "amount": Money.pounds(20),
            "secured": True,
        },
    ),
    (
        "outcomes",
        lambda number, partner: {
            "description": f"Outcome {number}",
            "measure": "Moves",
            "baseline": Decimal("3.2"),
            "target": None,
            "due_on": DUE,
        },
    ),
    (
        "milestones",
        lambda number, partner: {"description": f"Step {number}", "due_on": DUE},
    ),
    (
        "risks",
        lambda number, partner: {
            "description": f"Risk {number}",
            "likelihood": 2,
            "impact": 5,
            "mitigation": "Care.",
        },
    ),
]


def read_case(case: Any, caller: ApiClient | None = None) -> dict[str, Any]:
    name = "bids" if isinstance(case, Bid) else "expressions"
    answer = (caller or ApiClient(users.official())).get(f"{name}/{case.key}/")
    assert answer.status_code == 200, answer.content
    fields: dict[str, Any] = answer.json()
    return fields


def answer_values(row: dict[str, Any]) -> dict[str, Any]:
    return {answer["code"]: answer["value"] for answer in row["answers"]}


def organisation_row(body: Organisation | None) -> dict[str, str]:
    assert body is not None
    return {"key": body.key, "name": body.name}


def test_an_expression_tells_its_facts_and_its_answers() -> None:
    expression = submit_standard()
    row = read_case(expression)
    assert row["support_needed"] == [ROWS["support"]]
    assert row["barriers"] == [{"law_or_rule": "Rule 0", "what_it_stops": "A team"}]
    assert row["outcomes"] == [{"description": "Outcome 0", "measure": "Moves a year"}]
    assert row["partners"] == [organisation_row(expression.partners.get())]
    assert answer_values(row) == {**WORDS, "declaration": True}
    assert row["answers"][0] == {
        "code": "new",
        "section": "Why it is new",
        "wording": "What is new about it?",
        "kind": "long_text",
        "value": "Words.",
        "version": 1,
    }


def test_a_bid_tells_its_costs_and_what_it_adds() -> None:
    bid = bid_standard()
    partner = organisation_row(bid.partners.get())
    row = read_case(bid)
    assert row["money"] == [
        {
            "financial_year": 2014,
            "amount": "1234.50",
            "category": "staff",
            "partner": partner,
            "description": "",
        }
    ]
    assert row["asked"] == "1234.50"
    assert row["other_funding"] == [
        {
            "financial_year": 2015,
            "amount": "20.00",
            "source": "A trust 0",
            "secured": True,
        }
    ]
    assert row["outcomes"] == [
        {
            "description": "Outcome 0",
            "measure": "Moves",
            "baseline": "3.20",
            "target": None,
            "due_on": "2015-06-30",
        }
    ]
    assert row["milestones"] == [{"description": "Step 0", "due_on": "2015-06-30"}]
    assert row["risks"] == [
        {"description": "Risk 0", "likelihood": 2, "impact": 5, "mitigation": "Care."}
    ]
    assert row["partner_letters"] == [
        {"organisation": partner, "received_on": "2015-06-30", "text": "We do."}
    ]
    assert (row["theory_of_change"], row["evaluation_plan"]) == ("Because.", "")
    assert answer_values(row) == WORDS


def test_a_cost_of_nobody_else_names_no_partner() -> None:
    rows = read_case(bid_standard(rows=2))["money"]
    assert [row["partner"] is None for row in rows] == [False, True]


def test_every_kind_of_answer_is_told_plainly() -> None:
    body = {"key": "ORG-00000-00000", "name": "A body"}
    cases_by_kind: dict[str, tuple[str, Any, Any]] = {
        "number": ("number", "12.5", "12.5"),
        "sum": ("money", "£1,234.50", "1234.50"),
        "years": (
            "money_by_year",
            {"2015": "10", "2014": "£1.05"},
            [
                {"financial_year": 2014, "amount": "1.05"},
                {"financial_year": 2015, "amount": "10.00"},
            ],
        ),
        "day": ("date", "2015-01-31", "2015-01-31"),
        "many": ("many_choices", ["B", "A"], ["A", "B"]),
        "bodies": ("organisations", [body], [body]),
    }
    kinds = {code: kind for code, (kind, _, _) in cases_by_kind.items()}
    answers = {code: raw for code, (_, raw, _) in cases_by_kind.items()}
    row = read_case(submit_questions(kinds, answers))
    assert answer_values(row) == {
        code: value for code, (_, _, value) in cases_by_kind.items()
    }


def submit_questions(
    kinds: dict[str, str], answers: dict[str, Any], **facts: Any
) -> Expression:
    """Sent in a round that asks just these questions, for facts only if `match`."""
    round = cases.round_()
    question_set = QuestionSet.objects.create(
        round=round, stage="expression", version=1
    )
    for position, (code, kind) in enumerate(kinds.items()):
        Question.objects.create(
            question_set=question_set,
            code=code,
            kind=kind,
            position=position,
            section="Your idea",
            wording=code,
            choices=["A", "B"] if kind in {"one_choice", "many_choices"} else [],
            required=False,
            shown_only_if={"code": "match", "answer": "A"} if code in ROWS else {},
        )
    QuestionSet.objects.filter(pk=question_set.pk).update(published_at=OPENS_AT)
    draft = cases.draft(round=round, complete=False)
    by = cases.editor_of(draft.lead)
    expressions.save(
        draft,
        facts=cases.complete_facts(round) | facts,
        answers=answers,
        by=by,
        at=MOMENT,
    )
    return expressions.submit(draft, by=by, at=MOMENT)


def test_what_answers_no_longer_call_for_is_not_told() -> None:
    expression = submit_standard(match="Yes", match_detail="A trust, £50")
    assert answer_values(read_case(expression))["match_detail"] == "A trust, £50"
    force_update(expression.answers.filter(question__code="match"), value="No")
    assert "match_detail" not in answer_values(read_case(expression))


@pytest.mark.parametrize(("match", "is_required"), [("A", True), ("B", False)])
def test_facts_that_answers_do_not_call_for_are_not_told(
    match: str, is_required: bool
) -> None:
    kinds = {"title": "title", "match": "one_choice", "barriers": "barriers"}
    rows = [ROWS["barriers"]]
    row = read_case(submit_questions(kinds, {"match": match}, barriers=rows))
    assert row["barriers"] == (rows if is_required else [])


def test_files_are_told_by_name_until_they_are_removed(
    tmp_path: Path, settings: Settings
) -> None:
    settings.MEDIA_ROOT = tmp_path
    draft = draft_standard()
    by = cases.editor_of(draft.lead)
    files = [sample_files.upload("plan.pdf"), sample_files.upload("other.pdf")]
    case_documents.add(draft, files, code="documents", by=by, at=MOMENT)
    other = CaseDocument.objects.get(document__name="other.pdf")
    case_documents.remove(other, by=by, at=MOMENT)
    expressions.submit(draft, by=by, at=MOMENT)
    assert answer_values(read_case(draft))["documents"] == ["plan.pdf"]


def test_its_own_applicant_and_an_analyst_read_it_and_an_outsider_does_not() -> None:
    bid = bid_standard()
    for case in (bid, bid.expression):
        for reader in (cases.editor_of(bid.lead), users.analyst()):
            assert read_case(case, ApiClient(reader))["answers"]
        name = "bids" if case is bid else "expressions"
        for outsider in (users.outsider(), users.applicant(bid.partners.get())):
            answer = ApiClient(outsider).get(f"{name}/{case.key}/")
            assert answer.status_code == 404


def test_whoever_declared_an_interest_reads_neither() -> None:
    both = users.person("board_member", "official")
    bid = grants.agenda_item().bid
    caller = ApiClient(both)
    addresses = (f"bids/{bid.key}/", f"expressions/{bid.expression.key}/")
    assert [caller.get(each).status_code for each in addresses] == [200, 200]
    grants.interest(bid, both)
    assert [caller.get(each).status_code for each in addresses] == [404, 404]


def test_a_case_costs_the_same_queries_however_much_was_said() -> None:
    caller = ApiClient(users.official())
    few, many = bid_standard(rows=1), bid_standard(rows=3)
    for before, after in ((few, many), (few.expression, submit_standard(rows=3))):
        counts = []
        for case in (before, after):
            with CaptureQueriesContext(connection) as queries:
                read_case(case, caller)
            counts.append(len(queries))
        assert counts[0] == counts[1]
