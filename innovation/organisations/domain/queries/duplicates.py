"""Organisations that could be the same as one that an applicant has added."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import QuerySet

from innovation.core import limits
from innovation.core.folding import Fold, fold
from innovation.organisations.models import Organisation, OrganisationState

_SIMILARITY = 0.45
"""From which share of common trigrams on two names are similar."""


@dataclass(frozen=True, slots=True)
class Duplicate:
    organisation: Organisation
    reason: str


def possible_duplicates(
    organisation: Organisation, among: QuerySet[Organisation]
) -> list[Duplicate]:
    """Those of `among` with the same number, the same name or a similar one, the most
    certain first. One that was merged is not among them.
    """
    others = (
        among.exclude(pk=organisation.pk)
        .exclude(state=OrganisationState.MERGED)
        .select_related("council")
    )
    duplicates: dict[int, Duplicate] = {}
    for rows, reason in (
        (_with_number(organisation, others), "Same number"),
        (_with_name(organisation, others), "Same name"),
        (_with_similar_name(organisation, others), "Similar name"),
    ):
        for row in rows:
            duplicates.setdefault(row.pk, Duplicate(row, reason))
    return list(duplicates.values())[: limits.SUGGESTIONS]


def _with_number(
    organisation: Organisation, others: QuerySet[Organisation]
) -> Iterable[Organisation]:
    scheme, number = organisation.claimed_scheme, organisation.claimed_number
    if not number:
        return []
    registered = others.filter(identifiers__scheme=scheme, identifiers__value=number)
    claiming = others.filter(
        claimed_scheme=scheme,
        claimed_number=number,
        state=OrganisationState.UNCONFIRMED,
    )
    return [*registered.order_by("pk"), *claiming.order_by("pk")]


def _with_name(
    organisation: Organisation, others: QuerySet[Organisation]
) -> Iterable[Organisation]:
    namesakes = others.alias(folded=Fold("name")).filter(folded=fold(organisation.name))
    return namesakes.order_by("pk")[: limits.SUGGESTIONS]


def _with_similar_name(
    organisation: Organisation, others: QuerySet[Organisation]
) -> Iterable[Organisation]:
    folded = fold(organisation.name)
    similar = others.alias(
        folded=Fold("name"), similarity=TrigramSimilarity(Fold("name"), folded)
    ).filter(folded__trigram_similar=folded, similarity__gte=_SIMILARITY)
    return similar.order_by("-similarity", "pk")[: limits.SUGGESTIONS]
