"""Starts a new draft with the answers of an earlier expression."""

from datetime import datetime
from typing import Any

from django.db import transaction

from bids import policies
from bids.domain import answers, expressions
from bids.domain import case_facts as _facts
from bids.models import Expression, Round, Strand
from bids.states import ExpressionState
from innovation.accounts.models import User
from innovation.core.clock import financial_year, london_day
from innovation.core.errors import TooLate

COLUMNS = ("summary", "maturity", "idea_type")
COLLECTIONS = ("councils", "partners", "practice_models")
ROWS = ("support", "barriers", "outcomes")


@transaction.atomic
def start(earlier: Expression, *, round: Round, by: User, at: datetime) -> Expression:
    """Start a draft in an open round. The earlier expression is not changed.

    Answers to the same questions are copied, except declarations. Money of past years,
    and a strand that the round does not have, are not copied.
    """
    policies.require_edit(by, earlier.lead)
    if earlier.state == ExpressionState.DRAFT:
        raise TooLate("This is still a draft: go on with it.")
    draft = expressions.start(
        round=round,
        lead=earlier.lead,
        title=earlier.title,
        started_from=earlier,
        by=by,
        at=at,
    )
    _facts.change(draft, _facts_to_copy(earlier, round, at))
    answers.copy(earlier, draft, at=at)
    return draft


def _facts_to_copy(
    earlier: Expression, round: Round, at: datetime
) -> dict[str, object]:
    facts: dict[str, Any] = {name: getattr(earlier, name) for name in COLUMNS}
    facts |= {name: list(getattr(earlier, name).all()) for name in COLLECTIONS}
    facts |= {name: _rows_to_copy(getattr(earlier, name)) for name in ROWS}
    year = financial_year(london_day(at))
    facts["money"] = _rows_to_copy(earlier.money.filter(financial_year__gte=year))
    if earlier.strand is not None:
        same = Strand.objects.filter(round=round, name=earlier.strand.name)
        facts["strand"] = same.first()
    return facts


def _rows_to_copy(rows: Any) -> list[dict[str, object]]:
    fields = [
        field.name
        for field in rows.model._meta.concrete_fields
        if field.name not in {"id", "expression"}
    ]
    return [{name: getattr(row, name) for name in fields} for row in rows.all()]
