"""The cases of a user’s own organisations, with what their cards say."""

from datetime import datetime

from django.db.models import (
    Case,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)

from bids import policies
from bids.domain import lateness
from bids.domain.bids import WRITABLE
from bids.domain.queries.case_search_filters import pence_asked
from bids.models import Clarification, Expression, Signature, SignatureRequest
from bids.states import BidState, ExpressionState
from innovation.accounts.models import User
from innovation.accounts.policies import authorisers_of
from innovation.organisations.models import Organisation

_ENDED_BIDS = (BidState.DECLINED, BidState.WITHDRAWN)
_UNSENT_OR_READ = (
    ExpressionState.DRAFT,
    ExpressionState.SUBMITTED,
    ExpressionState.CLARIFICATION,
)

_OF_BID_OR_EXPRESSION = Q(bid__expression=OuterRef("pk")) | Q(
    expression=OuterRef("pk"), expression__bid=None
)
"""Of the bid, where there is one; else of the expression."""


def own_cases(user: User) -> QuerySet[Expression]:
    """Each with `closes_for_lead`, `asked`, `question_due_on`, `is_asked_to_sign`,
    `is_signed`, `signature_request` (the state of the newest one) and `may_edit`, which
    is true of a provisional draft of the user’s own too.
    """
    rows = lateness.with_closing_time(policies.own_expressions(user))
    question = Clarification.objects.filter(
        expression=OuterRef("pk"), answered_at=None, taken_back_at=None
    )
    asked = SignatureRequest.objects.waiting().of_person(user.pk)
    requests = SignatureRequest.objects.filter(_OF_BID_OR_EXPRESSION)
    facts = {
        "asked": pence_asked(),
        "question_due_on": Subquery(question.values("due_on")[:1]),
        "may_edit": Case(
            When(provisional=True, then=_leads(policies.organisations_to_join(user))),
            default=_leads(policies.organisations_of(user)),
        ),
        "is_asked_to_sign": Exists(
            asked.filter(
                Q(expression=OuterRef("pk")) | Q(bid__expression=OuterRef("pk"))
            )
        ),
        "is_signed": Exists(_valid_signatures()),
        "signature_request": Subquery(requests.values("state")[:1]),
    }
    return rows.select_related("chain", "round", "lead", "bid").annotate(**facts)


def _valid_signatures() -> QuerySet[Signature]:
    signers = authorisers_of(OuterRef(OuterRef("lead"))).values("user")
    return Signature.objects.filter(
        _OF_BID_OR_EXPRESSION, ended_at=None, signed_by__in=signers
    )


def _leads(organisations: QuerySet[Organisation]) -> Exists:
    return Exists(organisations.filter(pk=OuterRef("lead")))


def open_cases(user: User, at: datetime) -> QuerySet[Expression]:
    """Those that have not ended: first what the applicant has to do, the newest first,
    and last the drafts that can no longer be sent.
    """
    is_open = Q(state__in=_UNSENT_OR_READ) | (
        Q(state=ExpressionState.TAKEN_FORWARD) & ~Q(bid__state__in=_ENDED_BIDS)
    )
    to_do = Q(state__in=[ExpressionState.DRAFT, ExpressionState.CLARIFICATION])
    turn = Case(
        When(Q(state=ExpressionState.DRAFT, **{f"{lateness.CLOSING}__lt": at}), then=2),
        When(to_do | Q(bid__state__in=WRITABLE), then=0),
        default=1,
        output_field=IntegerField(),
    )
    rows = own_cases(user).filter(is_open)
    return rows.order_by(turn, F("started_at").desc(), "key")
