"""Requests to sign a case: asking, reminding, declining, taking back, passing on.

Signing answers them: see `signatures`. An invited person can be asked before they have
an account; they can sign once they have accepted the invitation.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from bids import conflicts, policies
from bids.domain import completeness, drafts, lateness, sign_off, signatures
from bids.domain.applications import Case, owner_of
from bids.domain.queries.signature_requests import waiting_requests
from bids.events import BidsEvent
from bids.models import Bid, Expression, SignatureRequest
from bids.models import SignatureRequestState as State
from bids.models.signature_request import SignatureRequestQuerySet
from innovation.accounts.domain import invitations, limits
from innovation.accounts.domain.invitations import Purpose
from innovation.accounts.domain.memberships import Departure
from innovation.accounts.models import Invitation, Membership, Standing, User
from innovation.accounts.policies import lock_authoriser
from innovation.audit import events
from innovation.core.errors import Invalid, NotAllowed, TooLate
from innovation.core.formatting import format_deadline
from innovation.core.rows import lock_row
from innovation.notifications import letters
from innovation.organisations.models import Organisation

EventsByCase = dict[type[Case], BidsEvent]
ASKED: EventsByCase = {
    Expression: BidsEvent.EXPRESSION_SIGNATURE_ASKED,
    Bid: BidsEvent.BID_SIGNATURE_ASKED,
}
DECLINED: EventsByCase = {
    Expression: BidsEvent.EXPRESSION_SIGNATURE_DECLINED,
    Bid: BidsEvent.BID_SIGNATURE_DECLINED,
}
PASSED_ON: EventsByCase = {
    Expression: BidsEvent.EXPRESSION_SIGNATURE_PASSED_ON,
    Bid: BidsEvent.BID_SIGNATURE_PASSED_ON,
}
TAKEN_BACK: EventsByCase = {
    Expression: BidsEvent.EXPRESSION_SIGNATURE_TAKEN_BACK,
    Bid: BidsEvent.BID_SIGNATURE_TAKEN_BACK,
}


@transaction.atomic
def ask(case: Case, *, of: User, by: User, at: datetime) -> SignatureRequest:
    """Ask an authoriser of the lead organisation, by letter, to sign the case."""
    case = _lock_to_ask(case, by, at)
    if lock_authoriser(of, case.lead) is None:
        raise Invalid.field("of", f"Select an authoriser of {case.lead.name}")
    if waiting_requests(case).of_person(of.pk).exists():
        raise Invalid.field(
            "of", f"Somebody has already asked {of}. You can remind them"
        )
    _count(case, by, at)
    request = _create(case, by, at, asked_of=of)
    _record(ASKED, request, by, at)
    _write(request, of, at)
    return request


@transaction.atomic
def ask_by_invitation(
    case: Case, *, email: str, name: str, office: str, by: User, at: datetime
) -> SignatureRequest:
    """Invite somebody to become an authoriser of the lead organisation, and ask them to
    sign, in one letter. Only an administrator of the organisation may.
    """
    # In the order in which somebody who leaves hands over: organisation, then case.
    lock_row(case.lead)
    case = _lock_to_ask(case, by, at)
    invitation = invitations.add(
        organisation=case.lead,
        email=email,
        name=name,
        standing=Standing.AUTHORISER,
        office=office,
        by=by,
        at=at,
    )
    request = _create(case, by, at, invitation=invitation)
    _record(ASKED, request, by, at)
    invitations.send_letter(invitation)
    return request


@transaction.atomic
def remind(request: SignatureRequest, *, by: User, at: datetime) -> SignatureRequest:
    """Send the letter again. An invitation has a reminder of its own."""
    case = drafts.lock_for_writing(request.case, by)
    policies.require_edit(by, case.lead)
    request = _lock_waiting(request)
    person = request.person
    if person is None:
        raise TooLate("Remind them of the invitation instead.")
    limits.consume(limits.REMINDERS_OF_REQUEST, request.key, at=at)
    _count(case, by, at)
    request.reminded_at = at
    request.save(update_fields=["reminded_at"])
    _write(request, person, at)
    return request


@transaction.atomic
def decline(
    request: SignatureRequest, *, reason: str, by: User, at: datetime
) -> SignatureRequest:
    """Decline to sign. Whoever asked gets a letter with the reason."""
    drafts.lock_for_writing(request.case, by)
    request = _lock_waiting(request)
    if request.person != by:
        raise NotAllowed("Only the person who was asked can decline to sign.")
    if not reason.strip():
        raise Invalid.field("reason", "Enter why you are not signing it")
    request.reason = reason.strip()
    _end(request, State.DECLINED, DECLINED, by=by, at=at)
    _notify_asker(request, "signature_declined", at, by=str(by), reason=request.reason)
    return request


@transaction.atomic
def take_back(request: SignatureRequest, *, by: User, at: datetime) -> SignatureRequest:
    case = drafts.lock_for_writing(request.case, by)
    policies.require_edit(by, case.lead)
    request = _lock_waiting(request)
    _end(request, State.TAKEN_BACK, TAKEN_BACK, by=by, at=at)
    return request


def purpose_of(invitation: Invitation) -> Purpose | None:
    """The case that somebody is invited to sign, unless it is closed to them."""
    requests = SignatureRequest.objects.filter(
        invitation=invitation, state=State.WAITING
    )
    request = requests.select_related("expression__chain", "bid__chain").first()
    if request is None:
        return None
    case = request.case
    holder = User.objects.with_address(invitation.email).first()
    excluded = conflicts.people_excluded_from(case.chain)
    if holder is not None and holder.pk in excluded:
        return None
    noun = signatures.letter_facts(case)["noun"]
    return Purpose(case.key, case.title, f"/apply/{noun}/{case.key}/sign")


def waiting_titles(membership: Membership, reader: User) -> list[str]:
    """The cases of the organisation that wait for this person's signature, of those
    that the reader may read.
    """
    requests = _of_lead(membership.user, membership.organisation).filter(
        pk__in=policies.own_signature_requests(reader).values("pk")
    )
    cases = [request.case for request in requests.select_related("expression", "bid")]
    return [f"{case.title} ({case.key})" for case in cases]


def pass_on(departure: Departure, at: datetime) -> None:
    """Pass the requests of somebody who no longer signs to their successor, or write to
    whoever asked. The organisation is locked.
    """
    for request in _of_lead(departure.person, departure.organisation):
        _pass_on(request, departure, at)


def _of_lead(person: User, lead: Organisation) -> SignatureRequestQuerySet:
    """The requests that wait for this person under cases of the organisation."""
    requests = SignatureRequest.objects.waiting().of_person(person.pk)
    of_lead = Q(expression__lead=lead) | Q(bid__lead=lead)
    return requests.filter(of_lead).order_by("pk")


def _pass_on(request: SignatureRequest, departure: Departure, at: datetime) -> None:
    by, successor = departure.by, departure.successor
    case = lock_row(request.case, "chain", "round", "lead")
    request = _lock_waiting(request)
    if successor is None:
        _end(request, State.TAKEN_BACK, TAKEN_BACK, by=by, at=at)
        _notify_asker(request, "signature_request_ended", at, by=str(departure.person))
        return
    if not waiting_requests(case).of_person(successor.pk).exists():
        passed_on = _create(case, request.asked_by, at, asked_of=successor)
        _write(passed_on, successor, at)
    # The event states both rows: whoever asked does not ask again.
    _end(request, State.PASSED_ON, PASSED_ON, by=by, at=at)


def require_ready(case: Case, at: datetime) -> None:
    """Require an unsigned case from which nothing is missing."""
    sign_off.require_unsigned(case)
    problems = completeness.problems(case, at)
    if problems:
        raise Invalid(problems)


def _lock_to_ask(case: Case, by: User, at: datetime) -> Case:
    case = drafts.lock_for_writing(case, by)
    policies.require_edit(by, case.lead)
    require_ready(case, at)
    return case


def _lock_waiting(request: SignatureRequest) -> SignatureRequest:
    """The request as it is now, under the lock of its case."""
    rows = SignatureRequest.objects.waiting().with_case()
    current = rows.filter(pk=request.pk).first()
    if current is None:
        raise TooLate("This request was answered or taken back.")
    return current


def _create(
    case: Case,
    by: User,
    at: datetime,
    *,
    asked_of: User | None = None,
    invitation: Invitation | None = None,
) -> SignatureRequest:
    return SignatureRequest.objects.create(
        **owner_of(case),
        asked_of=asked_of,
        invitation=invitation,
        asked_by=by,
        asked_at=at,
    )


def _end(
    request: SignatureRequest,
    state: State,
    names: EventsByCase,
    *,
    by: User,
    at: datetime,
) -> None:
    request.state, request.answered_at = state, at
    request.save(update_fields=["state", "answered_at", "reason"])
    _record(names, request, by, at)


def _record(
    names: EventsByCase, request: SignatureRequest, by: User, at: datetime
) -> None:
    case = request.case
    events.record(names[type(case)], case, by=by, at=at, data={"request": request.key})


def _count(case: Case, by: User, at: datetime) -> None:
    about = f"signature_asked {case.key}"
    limits.consume(limits.LETTERS_TO_AUTHORISERS, about, at=at)
    limits.consume(limits.LETTERS_TO_AUTHORISERS_OF_PERSON, by.key, at=at)


def _write(request: SignatureRequest, person: User, at: datetime) -> None:
    """Write to whoever is asked."""
    case = request.case
    closes_at = (
        None
        if isinstance(case, Bid)
        else lateness.closing_time_for(case.round, case.lead)
    )
    letters.queue(
        "signature_asked",
        to=[person],
        chain=case.chain,
        subject=case.key,
        at=at,
        facts=signatures.letter_facts(case)
        | {
            "asked_by": str(request.asked_by),
            "closes": format_deadline(closes_at) if closes_at else "",
        },
    )


def _notify_asker(
    request: SignatureRequest, kind: str, at: datetime, **facts: str
) -> None:
    case = request.case
    letters.queue(
        kind,
        to=[request.asked_by],
        chain=case.chain,
        subject=case.key,
        at=at,
        facts=signatures.letter_facts(case) | facts,
    )
