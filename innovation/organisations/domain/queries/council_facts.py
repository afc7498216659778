"""What was known of councils on a day: their last Ofsted judgement, who ran their
children's services, interventions, and whether they were Partners in Practice. It is
for due diligence, and never refuses anybody.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from innovation.core import statements
from innovation.core.formatting import (
    format_date,
    format_partial_date,
    format_period,
)
from innovation.organisations.models import (
    INTERVENTIONS,
    Confidence,
    Council,
    CouncilFact,
    FactKind,
    OfstedJudgement,
    RunsServices,
)


@dataclass(frozen=True, slots=True)
class CouncilFacts:
    """`judgement` is empty if none is known from before the day."""

    number: str
    name: str
    judgement: str
    trusts: list[str]
    interventions: list[str] = field(default_factory=list)
    partnerships: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """A dated fact for a reader. `fact` is the row that officials can end or withdraw;
    what was loaded into tables of its own has none.
    """

    started: str
    period: str
    title: str
    text: str
    source: str
    confidence: str = ""
    fact: CouncilFact | None = None


@dataclass(frozen=True, slots=True)
class CouncilTimeline:
    """What is known, and which facts were wrong; the newest first."""

    entries: list[TimelineEntry]
    withdrawn: list[TimelineEntry]


def with_facts(
    councils: QuerySet[Council],
    day: date,
    written_day: str,
    known_at: datetime | None = None,
) -> "QuerySet[Council, tuple[Any, ...]]":
    """Rows for `read_facts`, by name. `written_day` is the day in ISO format: dates of
    trusts and facts are text, some of which is only a month or a year. With `known_at`,
    the facts are those that the service knew at that moment.
    """
    judgements = OfstedJudgement.objects.filter(
        council=OuterRef("pk"), published_on__lte=day
    )
    trusts = RunsServices.objects.filter(
        Q(ended="") | Q(ended__gt=written_day),
        council=OuterRef("pk"),
        started__lte=written_day,
    )
    facts = CouncilFact.objects.known(known_at).on(written_day, known_at)
    return councils.order_by("name", "pk").values_list(
        "pk",
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
        ArraySubquery(
            facts.filter(council=OuterRef("pk"))
            .order_by("started", "pk")
            .values(fact=JSONObject(kind="kind", what="what", started="started"))
        ),
    )


def read_facts(rows: Iterable[tuple[Any, ...]]) -> list[CouncilFacts]:
    return [
        CouncilFacts(
            number=number,
            name=name,
            judgement="".join(map(_judgement_text, map(json.loads, judgements))),
            trusts=[_trust_text(json.loads(trust)) for trust in trusts],
            interventions=_fact_texts(facts, INTERVENTIONS),
            partnerships=_fact_texts(facts, [FactKind.PARTNER_IN_PRACTICE]),
        )
        for number, name, judgements, trusts, facts in rows
    ]


def facts_on(
    council: Council, day: date, known_at: datetime | None = None
) -> CouncilFacts:
    """Of one council, in one query."""
    rows = statements.values(_one_council, council.pk, day, day.isoformat(), known_at)
    return read_facts(rows)[0]


def _one_council(
    pk: str, day: date, written_day: str, known_at: datetime | None
) -> "QuerySet[Council, tuple[Any, ...]]":
    return with_facts(Council.objects.filter(pk=pk), day, written_day, known_at)


def timeline(council: Council, known_at: datetime | None = None) -> CouncilTimeline:
    """Everything dated that the service knows of a council. Three queries."""
    facts = council.facts.all()
    entries = [
        *(_fact_entry(fact, known_at) for fact in facts if _stood(fact, known_at)),
        *map(_judgement_entry, council.judgements.all()),
        *map(_trust_entry, council.run_by.select_related("organisation")),
    ]
    return CouncilTimeline(
        sorted(entries, key=lambda entry: entry.started, reverse=True),
        [
            _fact_entry(fact, known_at)
            for fact in facts
            if _was_known(fact.withdrawn_at, known_at)
        ],
    )


def _stood(fact: CouncilFact, known_at: datetime | None) -> bool:
    """As `known` of the model’s query set finds it."""
    return _was_known(fact.recorded_at, known_at) and not _was_known(
        fact.withdrawn_at, known_at
    )


def _was_known(recorded_at: datetime | None, known_at: datetime | None) -> bool:
    return recorded_at is not None and (known_at is None or recorded_at <= known_at)


def _fact_entry(fact: CouncilFact, known_at: datetime | None) -> TimelineEntry:
    knows_end = _was_known(fact.end_recorded_at, known_at)
    sources = [fact.source]
    if knows_end and fact.end_source != fact.source:
        sources.append(f"{fact.end_source} (its end)")
    return TimelineEntry(
        started=fact.started,
        period=format_period(fact.started, fact.ended if knows_end else ""),
        title=fact.get_kind_display(),
        text=_capitalise(fact.what),
        source="; ".join(sources),
        confidence="" if fact.confidence == Confidence.HIGH else fact.confidence,
        fact=fact,
    )


def _judgement_entry(judgement: OfstedJudgement) -> TimelineEntry:
    again = " It was a re-inspection." if judgement.reinspection else ""
    return TimelineEntry(
        started=judgement.published_on.isoformat(),
        period=f"Published on {format_date(judgement.published_on)}",
        title=f"Ofsted judgement: {judgement.overall}",
        text=f"Overall effectiveness, {judgement.framework} framework.{again}",
        source=judgement.source,
    )


def _trust_entry(area: RunsServices) -> TimelineEntry:
    trust = area.organisation
    return TimelineEntry(
        started=area.started,
        period=format_period(area.started, area.ended),
        title=f"Services run by {trust.name}",
        text=_capitalise(area.note),
        source=trust.source,
        confidence="" if trust.confidence.startswith("high") else trust.confidence,
    )


def _capitalise(text: str) -> str:
    return text[:1].upper() + text[1:]


def _judgement_text(fact: dict[str, str]) -> str:
    published_on = format_date(date.fromisoformat(fact["published_on"]))
    return f"{fact['overall'].capitalize()}, published on {published_on}"


def _trust_text(fact: dict[str, str]) -> str:
    since = f" since {format_partial_date(fact['started'])}" if fact["started"] else ""
    note = f" ({fact['note']})" if fact["note"] else ""
    return f"{fact['name']}{since}{note}"


def _fact_texts(facts: Iterable[str], kinds: Sequence[FactKind]) -> list[str]:
    """`14 December 2015: named`; of several kinds with the kind in front."""
    return [
        (f"{FactKind(fact['kind']).label}, " if len(kinds) > 1 else "")
        + f"{format_partial_date(fact['started'])}: {fact['what']}"
        for fact in map(json.loads, facts)
        if fact["kind"] in kinds
    ]
