"""What the summary of a case says, in one query whatever there is of it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Count,
    Exists,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
)
from django.db.models.functions import Coalesce, JSONObject, NullIf

from bids import policies
from bids.domain.queries import due_diligence, eligibility_checks, flags
from bids.domain.queries.case_search_filters import pence_asked
from bids.models import (
    Assignment,
    Barrier,
    CheckResult,
    Clarification,
    Comment,
    DueDiligence,
    EligibilityCheck,
    Expression,
    Flag,
    Message,
    Reconsideration,
)
from bids.states import ReconsiderationState
from innovation.accounts.models import User
from innovation.core import statements
from innovation.core.money import Money
from innovation.organisations.models import Council, Organisation, OrganisationState


@dataclass(frozen=True, slots=True)
class MergedCase:
    key: str
    title: str
    lead: str


@dataclass(frozen=True, slots=True)
class Overview:
    """`asked` is the sum of the expression of interest. `reconsideration` is the key of
    a request that its reader can answer.
    """

    asked: Money | None
    councils: Sequence[str]
    assigned: Sequence[str]
    question_due_on: date | None
    unanswered_messages: int
    open_comments: int
    barriers: Sequence[str]
    unconfirmed_partners: Sequence[str]
    flagged_teams: Sequence[str]
    unmet_checks: Sequence[str]
    checks_to_record: int
    satisfactory_areas: Sequence[str]
    is_reconsidered: bool
    reconsideration: str
    merged_into: MergedCase | None
    merged_from: Sequence[MergedCase]


def overview(user: User, case: Expression) -> Overview:
    """Only the merged cases that `user` has access to are named."""
    [row] = statements.values(_columns, user, case.pk)
    (
        asked,
        councils,
        assigned,
        question_due_on,
        unanswered_messages,
        open_comments,
        barriers,
        partners,
        flagged_teams,
        unmet_checks,
        checks_to_record,
        satisfactory_areas,
        is_reconsidered,
        reconsideration,
        merged_into,
        merged_from,
    ) = row
    return Overview(
        asked=None if asked is None else Money(int(asked)),
        councils=councils,
        assigned=assigned,
        question_due_on=question_due_on,
        unanswered_messages=unanswered_messages or 0,
        open_comments=open_comments or 0,
        barriers=barriers,
        unconfirmed_partners=partners,
        flagged_teams=flagged_teams,
        unmet_checks=unmet_checks,
        checks_to_record=checks_to_record or 0,
        satisfactory_areas=satisfactory_areas,
        is_reconsidered=is_reconsidered,
        reconsideration=reconsideration or "",
        merged_into=next(iter(_merged_cases(merged_into)), None),
        merged_from=_merged_cases(merged_from),
    )


def _columns(reader: User, pk: int) -> "QuerySet[Expression, Any]":
    question = Clarification.objects.filter(
        expression=OuterRef("pk"), answered_at=None, taken_back_at=None
    )
    waiting = Reconsideration.objects.filter(
        Q(expression=OuterRef("pk")) | Q(bid__expression=OuterRef("pk")),
        state=ReconsiderationState.ASKED,
    )
    cases = policies.cases_for(reader)
    return Expression.objects.filter(pk=pk).values_list(
        pence_asked(),
        ArraySubquery(
            Council.objects.filter(expressions=OuterRef("pk"))
            .order_by("name", "dfe_number")
            .values("name")
        ),
        ArraySubquery(_assigned_names()),
        Subquery(question.values("due_on")[:1]),
        _count(Message, "expression", from_department=False, settled_at=None),
        _count(Comment, "bid__expression", done_at=None),
        ArraySubquery(
            Barrier.objects.filter(expression=OuterRef("pk")).values("law_or_rule")
        ),
        ArraySubquery(_unconfirmed_partners()),
        ArraySubquery(_flagged_teams()),
        ArraySubquery(_unmet_checks()),
        Subquery(_number_unrecorded()),
        ArraySubquery(_satisfactory_areas()),
        Exists(waiting),
        Subquery(waiting.exclude(declined_by=reader.pk).values("key")[:1]),
        _merged(cases.filter(pk=OuterRef("merged_into"))),
        _merged(cases.filter(merged_into=OuterRef("pk"))),
    )


def _assigned_names() -> "QuerySet[Assignment, Any]":
    rows = Assignment.objects.filter(expression=OuterRef("pk"), ended_at=None)
    name = Coalesce(
        NullIf("user__name", Value("")), "user__email", output_field=TextField()
    )
    return rows.order_by("assigned_at", "pk").values(shown=name)


def _unconfirmed_partners() -> "QuerySet[Organisation, Any]":
    named = Q(partner_expressions=OuterRef("pk")) | Q(
        partner_bids__expression=OuterRef("pk")
    )
    rows = Organisation.objects.filter(named, state=OrganisationState.UNCONFIRMED)
    return rows.order_by("name").values("name").distinct()


def _flagged_teams() -> "QuerySet[Flag, Any]":
    rows = flags.open_flags().filter(expression=OuterRef("pk"))
    return rows.order_by("raised_at", "pk").values("team")


def _unmet_checks() -> "QuerySet[CheckResult, Any]":
    rows = eligibility_checks.unmet_results().filter(expression=OuterRef("pk"))
    order = ("eligibility_check__position", "pk")
    return rows.order_by(*order).values("eligibility_check__wording")


def _number_unrecorded() -> "QuerySet[EligibilityCheck, Any]":
    rows = eligibility_checks.unrecorded().order_by().values("round")
    return rows.annotate(number=Count("pk")).values("number")


def _satisfactory_areas() -> "QuerySet[DueDiligence, Any]":
    rows = due_diligence.satisfactory_areas().filter(expression=OuterRef("pk"))
    return rows.order_by("pk").values("area")


def _count(model: type[Model], owner: str, **conditions: object) -> Subquery:
    rows = model._default_manager.filter(**{owner: OuterRef("pk")}, **conditions)
    numbers = rows.order_by().values(owner).annotate(number=Count("pk"))
    return Subquery(numbers.values("number"))


def _merged(rows: QuerySet[Expression]) -> ArraySubquery:
    columns = JSONObject(key="key", title="title", lead="lead__name")
    return ArraySubquery(rows.order_by("pk").values(columns=columns))


def _merged_cases(values: Sequence[str]) -> list[MergedCase]:
    return [MergedCase(**json.loads(value)) for value in values]
