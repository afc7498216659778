"""Examples of an expression and a bid for the OpenAPI document."""

from bids.api.fields import COUNCILS, LEAD, ROUND, YEARS

ANSWERS = [
    {
        "code": "new",
        "section": "Why it is new",
        "wording": "What is new about it?",
        "kind": "long_text",
        "value": "Every family keeps one social worker.",
        "version": 1,
    },
    {
        "code": "match_by_year",
        "section": "Money",
        "wording": "What will others pay in each financial year?",
        "kind": "money_by_year",
        "value": YEARS,
        "version": 1,
    },
]

_RELATED = {
    "round": ROUND,
    "lead": LEAD,
    "partners": [],
    "councils": COUNCILS,
    "strand": "Rethinking children’s social work",
    "maturity": "i1",
    "idea_type": "New practice model",
    "practice_models": ["Signs of Safety"],
}

EXPRESSION = {
    "key": "EOI-7K3M2-9QXTR",
    "title": "A made-up idea",
    "summary": "Families stay with one social worker throughout.",
    "state": "taken_forward",
    **_RELATED,
    "money": YEARS,
    "support": ["evaluation"],
    "submitted_at": "2014-10-03T13:05:00.000000Z",
    "merged_into": None,
    "bid": "BID-4T6V8-W0Y2Z",
    "reconsideration": None,
    "demonstration": True,
}

SUPPORT = {
    "support_needed": [{"kind": "evaluation", "detail": "Somebody independent"}],
    "barriers": [
        {"law_or_rule": "A made-up regulation", "what_it_stops": "Sharing a team"}
    ],
}

TRIAGE = {
    "checks": [
        {
            "wording": "The work is in England",
            "outcome": "met",
            "recorded_at": "2014-10-06T09:15:00.000000Z",
        }
    ],
    "flags": [
        {
            "team": "legal",
            "raised_at": "2014-10-06T09:20:00.000000Z",
            "resolved_at": None,
        }
    ],
    "due_diligence": [
        {
            "area": "finance",
            "needed": True,
            "state": "satisfactory",
            "checked_on": "2014-10-08",
        }
    ],
}

EXPRESSION_DETAIL = {
    **EXPRESSION,
    **SUPPORT,
    "outcomes": [
        {"description": "Fewer moves between homes", "measure": "Moves a year"}
    ],
    "triage": TRIAGE,
    "answers": ANSWERS,
}


BID = {
    "key": "BID-4T6V8-W0Y2Z",
    "expression": "EOI-7K3M2-9QXTR",
    "title": "A made-up idea",
    "summary": "Families stay with one social worker throughout.",
    "state": "at_board",
    **_RELATED,
    "money": [
        {"financial_year": 2014, "amount": "250000.00", "category": "staff"},
    ],
    "opened_at": "2014-10-20T08:30:00.000000Z",
    "submitted_at": "2014-12-01T16:00:00.000000Z",
    "reconsideration": None,
    "demonstration": True,
}

BID_FACTS = {
    "asked": "250000.00",
    "other_funding": [
        {
            "financial_year": 2014,
            "amount": "20000.00",
            "source": "A made-up trust",
            "secured": True,
        }
    ],
    **SUPPORT,
    "outcomes": [
        {
            "description": "Fewer moves between homes",
            "measure": "Moves a year",
            "baseline": "3.20",
            "target": "1.50",
            "due_on": "2016-03-31",
        }
    ],
    "theory_of_change": "One worker for a family, so that it tells its story once.",
    "milestones": [{"description": "The team is complete", "due_on": "2015-06-30"}],
    "risks": [
        {
            "description": "Too few social workers apply",
            "likelihood": 3,
            "impact": 4,
            "mitigation": "Begin with one team.",
        }
    ],
    "evaluation_plan": "A made-up university compares the teams.",
    "partner_letters": [
        {"organisation": LEAD, "received_on": "2014-11-20", "text": "We take part."}
    ],
}
COSTS = [
    {
        "financial_year": 2014,
        "amount": "250000.00",
        "category": "staff",
        "partner": None,
        "description": "Two practice leads",
    }
]
ASSESSMENT = {
    "needed": 2,
    "assigned": 2,
    "finished": 2,
    "reopened_at": None,
    "result": {"percent": "62.5", "lowest": "50.0", "highest": "75.0"},
}
BID_DETAIL = {
    **BID,
    "money": COSTS,
    **BID_FACTS,
    "assessment": ASSESSMENT,
    "answers": ANSWERS,
}
