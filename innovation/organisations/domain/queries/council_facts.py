"""What was known of councils on a day: their last Ofsted judgement, and who ran their
children's services. It is for due diligence, and never refuses anybody.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from innovation.core.formatting import format_date, format_partial_date
from innovation.organisations.models import Council, OfstedJudgement, RunsServices


@dataclass(frozen=True, slots=True)
class CouncilFacts:
    """`judgement` is empty if none is known from before the day."""

    name: str
    judgement: str
    trusts: list[str]


def with_facts(
    councils: QuerySet[Council], day: date, written_day: str
) -> "QuerySet[Council, tuple[Any, ...]]":
    """Rows for `read_facts`, by name. `written_day` is the day in ISO format: dates of
    trusts are text, some of which is only a month or a year.
    """
    judgements = OfstedJudgement.objects.filter(
        council=OuterRef("pk"), published_on__lte=day
    )
    trusts = RunsServices.objects.filter(
        Q(ended="") | Q(ended__gt=written_day),
        council=OuterRef("pk"),
        started__lte=written_day,
    )
    return councils.order_by("name", "pk").values_list(
        "name",
        ArraySubquery(
            judgements.order_by("-published_on", "-pk").values(
                fact=JSONObject(overall="overall", published_on="published_on")
            )[:1]
        ),
        ArraySubquery(
            trusts.order_by("started", "pk").values(
                fact=JSONObject(
                    name="organisation__name", started="started", note="note"
                )
            )
        ),
    )


def read_facts(rows: Iterable[tuple[Any, ...]]) -> list[CouncilFacts]:
    return [
        CouncilFacts(
            name=name,
            judgement="".join(map(_judgement_text, map(json.loads, judgements))),
            trusts=[_trust_text(json.loads(trust)) for trust in trusts],
        )
        for name, judgements, trusts in rows
    ]


def _judgement_text(fact: dict[str, str]) -> str:
    published_on = format_date(date.fromisoformat(fact["published_on"]))
    return f"{fact['overall'].capitalize()}, published on {published_on}"


def _trust_text(fact: dict[str, str]) -> str:
    since = f" since {format_partial_date(fact['started'])}" if fact["started"] else ""
    note = f" ({fact['note']})" if fact["note"] else ""
    return f"{fact['name']}{since}{note}"
