"""Which cases a user can access, and what they may do there.

Every fetch starts with a scope: what is outside it does not exist for the user. Domain
calls use the `require…` functions after they have locked the row.
"""

from collections.abc import Collection
from typing import TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from bids import conflicts
from bids.models import (
    Assessment,
    Assignment,
    Batch,
    BatchCase,
    Bid,
    CaseDocument,
    Comment,
    Expression,
    Message,
    Reconsideration,
    Round,
    SignatureRequest,
)
from bids.states import BidState, ExpressionState, ReconsiderationState
from innovation.accounts.models import WRITING_STANDINGS, Membership, User
from innovation.accounts.permissions import Visitor, require_permission
from innovation.accounts.policies import confirmed_memberships, people_of
from innovation.accounts.roles import ROLES, Permission
from innovation.core import statements
from innovation.core.errors import NotAllowed
from innovation.core.subqueries import InFew
from innovation.documents.models import Document
from innovation.organisations.models import Organisation, OrganisationState

_T = TypeVar("_T", Bid, Expression)


def expressions_for(user: User) -> QuerySet[Expression]:
    """For applicants, their organisations' expressions; for the department, all that
    were sent; for coaches, those assigned to them.
    """
    return _without_conflicts(user, Expression.objects.filter(_reach(user, "")), "pk")


def bids_for(user: User) -> QuerySet[Bid]:
    bids = Bid.objects.filter(_reach(user, "expression__"))
    return _without_conflicts(user, bids, "expression")


def cases_for(user: User) -> QuerySet[Expression]:
    """The cases that a user works on; never a draft."""
    expressions = Expression.objects.filter(_working_reach(user, ""))
    return _without_conflicts(user, expressions, "pk")


def working_bids(user: User) -> QuerySet[Bid]:
    bids = Bid.objects.filter(_working_reach(user, "expression__"))
    return _without_conflicts(user, bids, "expression")


def published_rounds(user: Visitor) -> QuerySet[Round]:
    """The same for everybody."""
    return Round.objects.filter(published=True)


def documents_for(user: User) -> QuerySet[Document]:
    """The files of all cases that the user can access, except removed ones."""
    reached = Q(expression__in=expressions_for(user).values("pk")) | Q(
        bid__in=bids_for(user).values("pk")
    )
    attached = CaseDocument.objects.filter(reached, removed_at=None)
    return Document.objects.filter(pk__in=attached.values("document"))


def own_files(user: User) -> QuerySet[CaseDocument]:
    """The files of the user's own organisations' cases, except removed ones."""
    own = Q(expression__in=own_expressions(user).values("pk")) | Q(
        bid__in=own_bids(user).values("pk")
    )
    return CaseDocument.objects.filter(own, removed_at=None).select_related(
        "document", "expression__lead", "bid__lead"
    )


def reconsiderations_for(user: User) -> QuerySet[Reconsideration]:
    """Those of the cases that the user works on."""
    return Reconsideration.objects.filter(
        Q(expression__in=cases_for(user)) | Q(bid__in=working_bids(user))
    )


def reconsiderations_to_answer(user: User) -> QuerySet[Reconsideration]:
    """Those that wait, about decisions that somebody else took."""
    if not user.may(Permission.TRIAGE):
        return Reconsideration.objects.none()
    waiting = reconsiderations_for(user).filter(state=ReconsiderationState.ASKED)
    return waiting.exclude(declined_by=user.pk)


def messages_waiting(user: User) -> QuerySet[Message]:
    """Unanswered messages to the user, as applicant or as department."""
    return messages_to_applicant(user) | messages_to_department(user)


def messages_to_applicant(user: User) -> QuerySet[Message]:
    own = own_expressions(user).filter(lead__in=organisations_of(user))
    return Message.objects.filter(
        settled_at=None, from_department=True, expression__in=own
    )


def messages_to_department(user: User) -> QuerySet[Message]:
    """Messages to the department; none for users who only read cases."""
    cases = (
        cases_for(user) if user.may(Permission.DEVELOP) else Expression.objects.none()
    )
    return Message.objects.filter(
        settled_at=None, from_department=False, expression__in=cases
    )


def own_assessments(user: User) -> QuerySet[Assessment]:
    return _assessments(user).filter(assessor=user)


def assessments_for(user: User) -> QuerySet[Assessment]:
    """The user's own assessments; for users who assign assessors, all."""
    return _assessments(user) if user.may(Permission.ASSIGN) else own_assessments(user)


def assessments_to_finish(user: User) -> QuerySet[Assessment]:
    """The user's own unfinished assessments of bids that can be assessed."""
    if not user.is_authenticated or not user.may(Permission.ASSESS):
        return Assessment.objects.none()
    return own_assessments(user).filter(finished_at=None, bid__state=BidState.SUBMITTED)


def bids_to_assign(user: User) -> QuerySet[Bid]:
    """Submitted bids with fewer assessors than their round requires."""
    understaffed = Bid.objects.filter(state=BidState.SUBMITTED, assessors_missing__gt=0)
    return working_bids(user).filter(InFew("pk", understaffed.values("pk")))


def bids_to_conclude(user: User) -> QuerySet[Bid]:
    """Bids with finished assessments that need moderation or were reopened."""
    unfinished = Assessment.objects.filter(bid=OuterRef("pk"), finished_at=None)
    return _submitted_bids(user).filter(~Exists(unfinished), assessors_missing__lte=0)


def own_expressions(user: User) -> QuerySet[Expression]:
    """The expressions of the user's own organisations."""
    return _without_conflicts(
        user, Expression.objects.filter(_own_reach(user, "")), "pk"
    )


def signature_requests_to(user: User) -> QuerySet[SignatureRequest]:
    """The requests that wait for the user to sign, of cases that can be signed."""
    drafts = own_expressions(user).filter(state=ExpressionState.DRAFT)
    bids = own_bids(user).filter(state__in=[BidState.IN_DEVELOPMENT, BidState.RETURNED])
    requests = SignatureRequest.objects.waiting().of_person(user.pk)
    return requests.filter(
        Q(expression__in=drafts.values("pk")) | Q(bid__in=bids.values("pk"))
    )


def batches_for(user: User) -> QuerySet[Batch]:
    """Those with a case that the user can open, for those who take such steps."""
    if not user.is_authenticated or not user.may(Permission.TRIAGE):
        return Batch.objects.none()
    cases = cases_for(user).values("pk")
    reached = BatchCase.objects.filter(batch=OuterRef("pk"), expression__in=cases)
    return Batch.objects.filter(Exists(reached)).select_related("made_by")


def own_signature_requests(user: User) -> QuerySet[SignatureRequest]:
    """The requests under the cases of the user's own organisations."""
    rows = SignatureRequest.objects.filter(
        Q(expression__in=own_expressions(user).values("pk"))
        | Q(bid__in=own_bids(user).values("pk"))
    )
    return rows.with_case()


def own_comments(user: User) -> QuerySet[Comment]:
    return _comments().filter(bid__in=own_bids(user))


def working_comments(user: User) -> QuerySet[Comment]:
    return _comments().filter(bid__in=working_bids(user))


def own_bids(user: User) -> QuerySet[Bid]:
    bids = Bid.objects.filter(_own_reach(user, "expression__"))
    return _without_conflicts(user, bids, "expression")


def organisations_of(
    user: User, standings: Collection[str] = WRITING_STANDINGS
) -> QuerySet[Organisation]:
    """The organisations in which the user may write, or has one of these standings."""
    if not user.is_authenticated or not user.may(Permission.APPLY):
        return Organisation.objects.none()
    return Organisation.objects.filter(
        pk__in=confirmed_memberships(user, standings).values("organisation")
    )


def leads_for(user: User) -> QuerySet[Organisation]:
    """The organisations for which the user may start an application: also those that
    they have asked to join, which they write for until somebody has confirmed them.
    """
    return Organisation.objects.filter(
        Q(pk__in=organisations_of(user).values("pk"))
        | Q(pk__in=organisations_to_join(user).values("pk")),
        state=OrganisationState.REGISTERED,
    )


def organisations_to_join(user: User) -> QuerySet[Organisation]:
    """The organisations that the user has asked to join, without an answer yet."""
    if not user.is_authenticated or not user.may(Permission.APPLY):
        return Organisation.objects.none()
    asked = Membership.objects.filter(user=user.pk, confirmed_at=None)
    return Organisation.objects.filter(pk__in=asked.values("organisation"))


def is_member_of(user: User, body: Organisation) -> bool:
    """Whether the user is a confirmed member."""
    return confirmed_memberships(user).filter(organisation=body).exists()


def is_in_organisation_of(user: User, case: Expression | Bid) -> bool:
    """Whether the user is a member of the lead organisation or of a partner."""
    memberships = confirmed_memberships(user)
    return memberships.filter(organisation__in=case_organisations(case)).exists()


def case_organisations(case: Expression | Bid) -> QuerySet[Organisation]:
    """The lead organisation and the partners, under each of their references: what they
    were merged into, and what was merged into them.
    """
    named = Organisation.objects.filter(
        Q(pk=case.lead_id) | Q(pk__in=case.partners.values("pk"))
    )
    current = named.values(current=Coalesce("merged_into", "pk"))
    return Organisation.objects.filter(Q(pk__in=current) | Q(merged_into__in=current))


def may_assess(user: User, bid: Bid) -> bool:
    """Whether the user can assess this bid: they have access by working on cases,
    belong to none of its organisations, and have declared no interest in it.
    """
    if user.pk in conflicts.people_excluded_from(bid.chain):
        return False
    case = (bid.pk, bid.lead_id, bid.expression_id)
    return bool(statements.fetch(_assessor, user.pk, *case))


def assessors_for(bid: Bid) -> QuerySet[User]:
    """The people who can be assigned to assess the bid."""
    rows = _people_who_may_assess(bid.pk, bid.lead_id, bid.expression_id)
    return rows.exclude(pk__in=conflicts.people_excluded_from(bid.chain))


def _assessor(user: int, bid: int, lead: int, expression: int) -> "QuerySet[User, int]":
    rows = _people_who_may_assess(bid, lead, expression).filter(pk=user)
    return rows.values_list("pk", flat=True)[:1]


def _people_who_may_assess(bid: int, lead: int, expression: int) -> QuerySet[User]:
    """Without regard to interests."""
    assessor_roles, all_case_roles = (
        [name for name, role in ROLES.items() if permission in role.permissions]
        for permission in (Permission.ASSESS, Permission.READ_ALL_CASES)
    )
    assigned = Assignment.objects.filter(expression=expression, ended_at=None)
    members = people_of(case_organisations(Bid(pk=bid, lead_id=lead)))
    return User.objects.filter(
        Q(roles__overlap=all_case_roles) | Q(pk__in=assigned.values("user")),
        roles__overlap=assessor_roles,
        is_active=True,
    ).exclude(pk__in=members)


def may_edit(user: User, lead: Organisation) -> bool:
    return bool(statements.fetch(_editable_lead, user, lead.pk))


def _editable_lead(user: User, pk: int) -> QuerySet[Organisation, int]:
    return organisations_of(user).filter(pk=pk).values_list("pk", flat=True)


def may_write(user: User, case: Expression | Bid) -> bool:
    """Whether the user may write the case as an applicant: whoever edits for the lead
    organisation, and of a provisional draft only whoever started it.
    """
    if isinstance(case, Expression) and case.provisional:
        is_own = case.started_by_id == user.pk
        return is_own and organisations_to_join(user).filter(pk=case.lead_id).exists()
    return may_edit(user, case.lead)


def require_write(user: User, case: Expression | Bid) -> None:
    if not may_write(user, case):
        raise NotAllowed(
            "Only an editor, administrator or authoriser of the lead organisation "
            "can do this."
        )


def may(user: User, permission: Permission, expression: Expression) -> bool:
    """Whether a user who works on cases may use `permission` on this one."""
    if not user.may(permission) or not user.may(Permission.READ_CASES):
        return False
    return user.may(Permission.READ_ALL_CASES) or is_assigned(user, expression)


def is_assigned(user: User, expression: Expression) -> bool:
    return bool(statements.fetch(_open_assignments, user.pk, expression.pk))


def _open_assignments(user: int, expression: int) -> QuerySet[Assignment, int]:
    rows = Assignment.objects.filter(user=user, expression=expression, ended_at=None)
    return rows.values_list("pk", flat=True)[:1]


def require_edit(user: User, lead: Organisation) -> None:
    if not may_edit(user, lead):
        raise NotAllowed(
            "Only an editor, administrator or authoriser of the lead organisation "
            "can do this."
        )


def require(user: User, permission: Permission, expression: Expression) -> None:
    if not may(user, permission, expression):
        require_permission(user, permission)
        raise NotAllowed("You do not work on this case, so you cannot do this.")


def _submitted_bids(user: User) -> QuerySet[Bid]:
    return working_bids(user).filter(state=BidState.SUBMITTED)


def _assessments(user: User) -> QuerySet[Assessment]:
    assessments = Assessment.objects.filter(bid__in=working_bids(user).values("pk"))
    return assessments.select_related("bid__round", "bid__chain", "bid__expression")


def _comments() -> QuerySet[Comment]:
    return Comment.objects.select_related("bid__lead", "bid__chain", "bid__expression")


def _own_reach(user: User, path: str) -> Q:
    if not user.is_authenticated or not user.may(Permission.APPLY):
        return Q(pk__in=[])
    organisations = confirmed_memberships(user).values("organisation")
    own = Expression.objects.filter(lead__in=organisations, provisional=False)
    in_own = Q(InFew(f"{path}pk", own.values("pk")))
    if path:
        return in_own
    # There is no bid yet of a provisional draft.
    provisional = Expression.objects.filter(started_by=user.pk, provisional=True)
    return in_own | Q(InFew("pk", provisional.values("pk")))


def _working_reach(user: User, path: str) -> Q:
    if not user.is_authenticated or not user.may(Permission.READ_CASES):
        return Q(pk__in=[])
    is_sent = Q(**{f"{path}submitted_at__isnull": False})
    if user.may(Permission.READ_ALL_CASES):
        return is_sent
    assigned = Assignment.objects.filter(user=user, ended_at=None)
    return is_sent & Q(InFew(f"{path}pk", assigned.values("expression")))


def _reach(user: User, path: str) -> Q:
    own, working = _own_reach(user, path), _working_reach(user, path)
    empty = Q(pk__in=[])
    if own == empty:
        return working
    return own if working == empty else own | working


def _without_conflicts(user: User, rows: "QuerySet[_T]", path: str) -> "QuerySet[_T]":
    """Leave out cases in which the user has declared an interest, whatever their roles
    or organisations.
    """
    closed_ids = conflicts.expressions_closed_to(user)
    return rows if closed_ids is None else rows.exclude(**{f"{path}__in": closed_ids})
