"""The cases that are like one: of the same lead, in the same councils, with the same
barrier or practice model, or in similar words.

Everything starts from the cases that the reader has access to. The number of queries
does not depend on what is found.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.search import SearchHeadline, SearchQuery
from django.db.models import F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, Left

from bids import policies
from bids.domain.queries import case_snapshot
from bids.domain.queries.case_search_filters import ORDER
from bids.domain.queries.similar_cases import (
    SAME_TITLE,
    Likeness,
    Similar,
    others_of,
    quoted,
    raw_query,
    similar_cases,
)
from bids.models import Barrier, BarrierCase, Expression, PracticeModel
from bids.models.application import Row
from innovation.accounts.models import User
from innovation.core import statements
from innovation.core.folding import Fold, fold
from innovation.core.subqueries import InFew
from innovation.organisations.models import Council, Organisation

NEWEST = 10
"""Of each kind: the newest of the same lead, and so on."""
EXCERPT_FROM = 4_000
"""Characters of a summary in which an excerpt is looked for."""
START, STOP = "\x02", "\x03"
"""Around a word that both cases say: no text has these characters."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text, which both cases say if it `is_shared`."""

    text: str
    is_shared: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedCase:
    """A case, and what it has in common with another, in words."""

    key: str
    title: Sequence[Piece]
    lead: str
    round: str
    stage: str
    submitted_at: datetime
    demonstration: bool
    excerpt: Sequence[Piece] = ()
    has_same_lead: bool
    councils: Sequence[str]
    practice_models: Sequence[str]
    barriers: Sequence[str]
    has_similar_title: bool = False

    @property
    def reasons(self) -> list[str]:
        reasons = ["Same lead"] if self.has_same_lead else []
        if self.has_similar_title:
            reasons.append("Similar title")
        elif self.excerpt:
            reasons.append("Similar words")
        for label, names in (
            ("Also in", self.councils),
            ("Same practice model:", self.practice_models),
            ("Same barrier:", self.barriers),
        ):
            if names:
                reasons.append(f"{label} {', '.join(names)}")
        return reasons


@dataclass(frozen=True, slots=True)
class RelatedCases:
    """Each case stands in the first of these in which it belongs."""

    of_lead: Sequence[RelatedCase]
    in_councils: Sequence[RelatedCase]
    with_same_means: Sequence[RelatedCase]
    """With the same barrier or practice model."""
    in_words: Sequence[RelatedCase]
    """The most similar first."""


def related_cases(user: User, case: Expression) -> RelatedCases:
    """Those that `user` has access to, of a case with its `snapshot_barriers`. Four
    queries.
    """
    linked = {
        row[0] for row in statements.values(_linked_ids, user, case.pk, _laws(case))
    }
    similar = similar_cases(user, case)
    return _parted(
        _described(user, case, {*linked, *similar.likenesses}, similar), similar
    )


def merged_cases(user: User, survivor: int) -> QuerySet[Expression]:
    """The cases that were merged into this one, with their snapshots."""
    rows = policies.cases_for(user).filter(merged_into=survivor).order_by("pk")
    return case_snapshot.expressions_with_snapshot(rows)


def references_of_lead(case: int) -> "QuerySet[Organisation, Any]":
    """The lead under each of its references: what it was merged into, and what was
    merged into that.
    """
    lead = Organisation.objects.filter(expressions=case)
    current = lead.values(current=Coalesce("merged_into", "pk"))
    rows = Organisation.objects.filter(Q(pk__in=current) | Q(merged_into__in=current))
    return rows.values("pk")


def councils_of(case: int) -> QuerySet[Council]:
    """Where the work happens, and the council that leads."""
    links = Expression.councils.through.objects.filter(expression=case)
    leads = Organisation.objects.filter(expressions=case, council__isnull=False)
    return Council.objects.filter(
        Q(pk__in=links.values("council")) | Q(pk__in=leads.values("council"))
    )


def _laws(case: Expression) -> tuple[str, ...]:
    """The laws and rules that stand in its way, folded."""
    return statements.pad({fold(row["law_or_rule"]) for row in case.snapshot_barriers})


def _linked_ids(
    reader: User, pk: int, laws: tuple[str, ...]
) -> "QuerySet[Expression, Any]":
    """The newest of each kind. What links to the case is read first: if there is none,
    a walk from the newest would look at every case.
    """
    kinds = [
        InFew("lead", references_of_lead(pk)),
        InFew("pk", _in_councils(pk)),
        InFew("lead", _leads_of_councils(pk)),
        InFew("pk", _with_practice_models(pk)),
        InFew("pk", _on_the_same_entries(pk)),
    ]
    if laws:
        kinds.append(InFew("pk", _with_barriers(laws)))
    others = others_of(reader, pk)
    first, *rest = (
        others.filter(kind).order_by(*ORDER).values_list("pk")[:NEWEST]
        for kind in kinds
    )
    return first.union(*rest)


def _in_councils(pk: int) -> "QuerySet[Any, Any]":
    links = Expression.councils.through.objects
    of_council = InFew("council", councils_of(pk).values("pk"))
    return links.filter(of_council).values("expression")


def _leads_of_councils(pk: int) -> "QuerySet[Organisation, Any]":
    """The councils’ own organisations."""
    of_council = InFew("council", councils_of(pk).values("pk"))
    return Organisation.objects.filter(of_council).values("pk")


def _with_practice_models(pk: int) -> "QuerySet[Any, Any]":
    links = Expression.practice_models.through.objects
    own = links.filter(expression=pk).values("practicemodel")
    return links.filter(practicemodel__in=own).values("expression")


def _on_the_same_entries(pk: int) -> "QuerySet[BarrierCase, Any]":
    """The cases of the barrier register’s entries that name this one."""
    own = _entries(pk).values("entry")
    return BarrierCase.objects.filter(entry__in=own, left_at=None).values("expression")


def _entries(case: int | OuterRef) -> "QuerySet[BarrierCase]":
    rows = BarrierCase.objects.filter(expression=case, left_at=None)
    return rows.order_by("pk")


def _with_barriers(laws: Sequence[str]) -> "QuerySet[Any, Any]":
    rows = Barrier.objects.alias(folded=Fold("law_or_rule"))
    return rows.filter(folded__in=laws).values("expression")


def _described(
    user: User, case: Expression, ids: Collection[int], similar: Similar
) -> list[tuple[int, RelatedCase]]:
    """The cases with these ids, newest first, with what they share with `case`."""
    query = raw_query(" | ".join(map(quoted, similar.words)))
    rows = policies.cases_for(user).filter(pk__in=[case.pk, *ids]).order_by(*ORDER)
    values: list[Row] = list(
        rows.values(
            *("pk", "key", "submitted_at", "demonstration", "lead_id"),
            lead_name=F("lead__name"),
            round_name=F("round__name"),
            stage=F("chain__stage"),
            lead_reference=Coalesce("lead__merged_into", "lead"),
            lead_council=F("lead__council__name"),
            all_councils=_names(Council.objects.filter(expressions=OuterRef("pk"))),
            all_models=_names(PracticeModel.objects.filter(expressions=OuterRef("pk"))),
            laws=ArraySubquery(
                Barrier.objects.filter(expression=OuterRef("pk"))
                .order_by("pk")
                .values("law_or_rule")
            ),
            entries=ArraySubquery(_entries(OuterRef("pk")).values("entry")),
            laws_of_entries=ArraySubquery(
                _entries(OuterRef("pk")).values(
                    law=Coalesce("barrier__law_or_rule", "entry__key")
                )
            ),
            marked_title=_headline("title", query, highlight_all=True),
            excerpt=_headline(
                Left("summary", EXCERPT_FROM),
                query,
                max_fragments=2,
                min_words=8,
                max_words=24,
                fragment_delimiter=" … ",
            ),
        )
    )
    [own] = [row for row in values if row["pk"] == case.pk]
    return [
        (row["pk"], _related(row, own, similar.likenesses.get(row["pk"])))
        for row in values
        if row is not own
    ]


def _related(row: Row, own: Row, likeness: Likeness | None) -> RelatedCase:
    return RelatedCase(
        key=row["key"],
        title=_pieces(row["marked_title"]),
        lead=row["lead_name"],
        round=row["round_name"],
        stage=row["stage"],
        submitted_at=row["submitted_at"],
        demonstration=row["demonstration"],
        excerpt=_pieces(row["excerpt"]) if likeness else [],
        has_same_lead=row["lead_reference"] == own["lead_reference"],
        councils=_common(_councils(row), _councils(own)),
        practice_models=_common(row["all_models"], own["all_models"]),
        barriers=_shared_barriers(row, own),
        has_similar_title=likeness is not None and likeness.title >= SAME_TITLE,
    )


def _shared_barriers(row: Row, own: Row) -> list[str]:
    """Those that are one entry of the register, and those with the same words."""
    laws = {fold(law) for law in own["laws"]}
    in_words = [law for law in row["laws"] if fold(law) in laws]
    joined = [
        law
        for entry, law in zip(own["entries"], own["laws_of_entries"], strict=True)
        if entry in row["entries"]
    ]
    return list({fold(law): law for law in [*joined, *in_words]}.values())


def _parted(rows: Sequence[tuple[int, RelatedCase]], similar: Similar) -> RelatedCases:
    """Each case once: the last part has those that are alike in words alone."""
    parts: dict[str, list[RelatedCase]] = {
        name: [] for name in ("lead", "councils", "means")
    }
    others = {}
    for pk, row in rows:
        if row.has_same_lead:
            parts["lead"].append(row)
        elif row.councils:
            parts["councils"].append(row)
        elif row.practice_models or row.barriers:
            parts["means"].append(row)
        elif pk in similar.likenesses:
            others[pk] = row
    in_words = [others[pk] for pk in similar.likenesses if pk in others]
    return RelatedCases(parts["lead"], parts["councils"], parts["means"], in_words)


def _councils(row: Row) -> list[str]:
    names = [*row["all_councils"], row["lead_council"]]
    return [name for name in dict.fromkeys(names) if name]


def _common(names: Sequence[str], others: Sequence[str]) -> list[str]:
    return [name for name in names if name in others]


def _pieces(text: str) -> list[Piece]:
    """The text cut where a word that both say begins or ends."""
    pieces = []
    for part in text.split(START):
        shared, stop, rest = part.partition(STOP)
        if stop:
            pieces.append(Piece(shared, True))
            pieces.append(Piece(rest, False))
        else:
            pieces.append(Piece(part, False))
    return [piece for piece in pieces if piece.text]


def _names(rows: "QuerySet[Any, Any]") -> ArraySubquery:
    return ArraySubquery(rows.order_by("name").values("name").distinct())


def _headline(text: "str | Left", query: SearchQuery, **options: Any) -> SearchHeadline:
    return SearchHeadline(
        text, query, start_sel=START, stop_sel=STOP, config="english", **options
    )
