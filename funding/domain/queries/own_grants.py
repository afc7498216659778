"""The grants of a user’s own organisations, with what their cards say."""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from funding import policies
from funding.models import Award, MonitoringReport, Payment
from funding.states import PAYMENT, AwardState
from innovation.accounts import policies as account_policies
from innovation.accounts.models import User

OPEN_STATES = (
    AwardState.OFFERED,
    AwardState.ACCEPTED,
    AwardState.ACTIVE,
    AwardState.SUSPENDED,
    AwardState.CLOSING,
)


def own_grants(user: User) -> QuerySet[Award]:
    """Each with `next_report`, the first that is not handed in, `next_payment`, the
    first that can be claimed, and `may_sign`: whether the user may bind its holder.
    """
    signs_for = account_policies.organisations_authorised_by(user)
    reports = MonitoringReport.objects.filter(award=OuterRef("pk"), handed_in_at=None)
    payments = Payment.objects.filter(
        award=OuterRef("pk"), state__in=sorted(PAYMENT.sources("request"))
    )
    report = JSONObject(key="key", period="period", due_on="due_on")
    payment = JSONObject(key="key", amount="amount", due_on="due_on")
    order = ("due_on", "pk")
    facts = {
        "next_report": Subquery(reports.order_by(*order).values(facts=report)[:1]),
        "next_payment": Subquery(payments.order_by(*order).values(facts=payment)[:1]),
        "may_sign": Exists(signs_for.filter(pk=OuterRef("lead"))),
    }
    rows = policies.own_awards(user).select_related("lead", "round", "offer")
    return rows.annotate(**facts)


def open_grants(user: User) -> QuerySet[Award]:
    rows = own_grants(user).filter(state__in=OPEN_STATES)
    return rows.order_by("-dated_on", "-pk")


def grants_of_bids(user: User, bids: Sequence[int]) -> QuerySet[Award]:
    """The awards of these bids that the user may read."""
    return policies.own_awards(user).filter(bid__in=bids)
