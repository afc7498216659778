"""Everybody who has a part in a case, as the department knows them."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db.models import Q, QuerySet
from django.urls import reverse

from bids.case_people import CasePerson
from bids.models import Assessment, Assignment, Bid, Expression, Signature
from innovation.accounts.models import User
from innovation.accounts.roles import Coach, Permission
from innovation.core import statements
from innovation.core.formatting import format_date
from innovation.organisations.models import Organisation, OrganisationState


def applicants(case: Expression, bid: Bid | None, reader: User) -> list[CasePerson]:
    """The organisations, who sent what, and who signed it off. Two queries."""
    may_check = reader.may(Permission.CONFIRM_ORGANISATIONS)
    return [
        CasePerson(key=case.lead.key, name=case.lead.name, part="Lead organisation"),
        *(_partner(row, may_check) for row in statements.fetch(_partners, case.pk)),
        *_senders(case, bid),
        *(_signature(row) for row in statements.fetch(_signatures, case.pk)),
    ]


def assignments(case: Expression) -> list[Assignment]:
    """Of those who look after the case and those who have done so."""
    return statements.fetch(_assignments, case.pk)


def department(assigned: Sequence[Assignment], bid: Bid | None) -> list[CasePerson]:
    """The people of these `assignments`, and who assesses the bid."""
    assessing = statements.fetch(_assessments, bid.pk) if bid is not None else []
    return [*map(_assignment, assigned), *map(_assessment, assessing)]


def _senders(case: Expression, bid: Bid | None) -> Iterator[CasePerson]:
    sent = [(case, "expression of interest"), (bid, "bid")]
    for application, noun in sent:
        if application is not None and application.submitted_by is not None:
            day = format_date(application.submitted_at)
            yield _person(application.submitted_by, f"Sent the {noun} on {day}")


def _partner(partner: Organisation, may_check: bool) -> CasePerson:
    part, href = "Partner", ""
    if partner.state == OrganisationState.UNCONFIRMED:
        part += ". Nobody has confirmed it"
        href = reverse("bids:partner-check", args=[partner.key]) if may_check else ""
    elif partner.merged_into is not None:
        current = partner.merged_into
        part += f". It is recorded as {current.name} ({current.key})"
    return CasePerson(
        key=partner.key, name=partner.name, part=part, href=href, action="Check"
    )


def _signature(signature: Signature) -> CasePerson:
    noun = "bid" if signature.bid_id else "expression of interest"
    office = f" as {signature.office}" if signature.office else ""
    part = f"Signed off the {noun}{office} on {format_date(signature.signed_at)}"
    if signature.ended_at is not None:
        part += f". It was changed on {format_date(signature.ended_at)}"
    return _person(signature.signed_by, part)


def _assignment(assignment: Assignment) -> CasePerson:
    is_coach = Coach.name in assignment.user.roles_in_force
    role = "Coach" if is_coach else "Official"
    part = f"{role}. {_period(assignment.assigned_at, assignment.ended_at)}"
    return _person(assignment.user, part)


def _person(user: User, part: str) -> CasePerson:
    return CasePerson(key=user.key, name=str(user), part=part)


def _period(start: datetime, end: datetime | None) -> str:
    if end is None:
        return f"Looks after the case since {format_date(start)}"
    return f"Looked after the case from {format_date(start)} to {format_date(end)}"


def _assessment(assessment: Assessment) -> CasePerson:
    if assessment.finished_at is not None:
        progress = f"finished on {format_date(assessment.finished_at)}"
    elif assessment.started_at is not None:
        progress = f"scoring since {format_date(assessment.started_at)}"
    else:
        progress = f"assigned on {format_date(assessment.assigned_at)}, not started"
    return _person(assessment.assessor, f"Assessor: {progress}")


def _partners(case: int) -> QuerySet[Organisation]:
    named = Q(partner_expressions=case) | Q(partner_bids__expression=case)
    rows = Organisation.objects.filter(named).select_related("merged_into")
    return rows.order_by("name", "pk").distinct()


def _signatures(case: int) -> QuerySet[Signature]:
    under = Q(expression=case) | Q(bid__expression=case)
    rows = Signature.objects.filter(under).select_related("signed_by")
    return rows.order_by("signed_at", "pk")


def _assignments(case: int) -> QuerySet[Assignment]:
    rows = Assignment.objects.filter(expression=case).select_related("user")
    return rows.order_by("assigned_at", "pk")


def _assessments(bid: int) -> QuerySet[Assessment]:
    rows = Assessment.objects.filter(bid=bid).select_related("assessor")
    return rows.order_by("pk")
