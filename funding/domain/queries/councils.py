"""What the service holds about a council, as far as a reader may know it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet

from bids import policies as bid_policies
from bids.domain.programmes import of_main_programme
from bids.domain.queries import case_search_filters
from bids.models import Bid, Expression
from funding import policies
from funding.domain.queries import awards
from funding.models import Award, EvaluationReport
from funding.states import AwardState
from innovation.accounts.models import User
from innovation.core.subqueries import InFew
from innovation.organisations.models import Council, Organisation


@dataclass(frozen=True, slots=True)
class CouncilCases:
    """The newest cases of a council, and whether there are more."""

    rows: Sequence[Mapping[str, object]]
    has_more: bool


def council_cases(council: Council, user: User, *, most: int) -> CouncilCases:
    """The cases that the council leads, is a partner of, or where the work happens in
    it. `leads` of a row says which.
    """
    own = _bodies(council).values("pk")
    in_council = {"council": council.pk}
    expressions = Expression.councils.through.objects.filter(**in_council)
    bids = Bid.councils.through.objects.filter(**in_council)
    partners = Expression.partners.through.objects.filter(organisation__in=own)
    rows = (
        of_main_programme(bid_policies.cases_for(user))
        .filter(
            Q(InFew("lead", own))
            | Q(InFew("pk", expressions.values("expression")))
            | Q(InFew("pk", partners.values("expression")))
            | Q(InFew("pk", bids.values("bid__expression")))
        )
        .order_by(*case_search_filters.ORDER)
        .values(
            *("key", "title", "lead__name", "round__name", "submitted_at"),
            "demonstration",
            stage=F("chain__stage"),
            leads=Q(lead__in=own),
        )
    )
    found = list(rows[: most + 1])
    return CouncilCases(found[:most], has_more=len(found) > most)


def council_awards(council: Council, user: User, today: date) -> QuerySet[Award]:
    """The awards that the user reads; otherwise those that were announced."""
    if policies.may_read_awards(user):
        rows = policies.awards_for(user).exclude(state=AwardState.RETRACTED)
    else:
        rows = policies.public_awards(today)
    rows = of_main_programme(rows)
    bodies = _bodies(council).values("pk")
    through = Award.councils.through.objects.filter(council=council.pk)
    partners = Award.partners.through.objects.filter(organisation__in=bodies)
    rows = rows.filter(
        Q(InFew("lead", bodies))
        | Q(InFew("pk", through.values("award")))
        | Q(InFew("pk", partners.values("award")))
    )
    return rows.select_related("lead", "round").order_by(*awards.ORDER)


def council_reports(
    council: Council, user: User, today: date
) -> QuerySet[EvaluationReport]:
    """The published evaluation reports on those awards."""
    of_council = council_awards(council, user, today).order_by().values("pk")
    rows = EvaluationReport.objects.filter(
        award__in=of_council, published_on__lte=today
    )
    return rows.select_related("award").prefetch_related("findings")


def _bodies(council: Council) -> QuerySet[Organisation]:
    """The council as an organisation, and what was merged into it."""
    body: Organisation | None = getattr(council, "organisation", None)
    if body is None:
        return Organisation.objects.none()
    rows = Organisation.objects.filter(Q(pk=body.pk) | Q(merged_into=body.pk))
    return rows.order_by()
