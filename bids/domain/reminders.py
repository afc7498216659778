"""What applicants are reminded of: drafts that are not sent, requests to sign them, and
questions.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Greatest

from bids import policies
from bids.domain import lateness
from bids.domain.recipients import editors_by_organisation
from bids.events import BidsEvent
from bids.models import Clarification, Expression, SignatureRequest
from bids.states import ExpressionState
from innovation.accounts.models import User
from innovation.accounts.policies import authorisers_by_organisation
from innovation.audit.models import Event
from innovation.core.clock import end_of_day, london_day
from innovation.notifications import reminders
from innovation.notifications.calendar_files import CalendarEntry
from innovation.notifications.reminders import Deadline, ReminderType

DRAFT = "reminder_draft"
QUESTION = "reminder_question"
SIGNATURE = "reminder_signature"


def unsent_drafts(after: datetime, until: datetime, reference: str) -> list[Deadline]:
    """The drafts that can be sent until the closing time of their organisation. Whoever
    is asked to sign one is reminded of that instead.
    """
    rows = _closing_drafts(after, until)
    if reference:
        rows = rows.filter(key=reference)
    editors = editors_by_organisation({draft.lead_id for draft in rows})
    asked = {
        (request.expression_id, request.person)
        for request in _waiting_requests(rows, "")
    }
    return [
        Deadline(
            reference=draft.key,
            subject=draft.key,
            chain=draft.chain,
            entry=CalendarEntry(
                reference=f"{DRAFT}-{draft.key}",
                summary=f"Send the expression of interest {draft.key}",
                path=f"/apply/expressions/{draft.key}",
                due_at=draft.closes_for_lead,
            ),
            known_since=draft.known_since,
            people=[
                person
                for person in _writers(draft, editors[draft.lead_id])
                if (draft.pk, person) not in asked
            ],
            facts={
                "title": draft.title,
                "round": draft.round.name,
                "provisional": draft.provisional,
            },
        )
        for draft in rows
        if draft.closes_for_lead is not None
    ]


def waiting_signatures(
    after: datetime, until: datetime, reference: str
) -> list[Deadline]:
    """The requests to sign a draft before its round closes. A bid has no deadline."""
    drafts = {draft.pk: draft for draft in _closing_drafts(after, until)}
    requests = _waiting_requests(drafts.values(), reference)
    signers = authorisers_by_organisation(
        {drafts[pk].lead_id for request in requests if (pk := request.expression_id)}
    )
    return [
        Deadline(
            reference=request.key,
            subject=draft.key,
            chain=draft.chain,
            entry=CalendarEntry(
                reference=f"{SIGNATURE}-{request.key}",
                summary=f"Sign off the expression of interest {draft.key}",
                path=f"/apply/expressions/{draft.key}/sign-off",
                due_at=draft.closes_for_lead,
            ),
            known_since=max(draft.known_since, request.asked_at),
            people=[
                person for person in signers[draft.lead_id] if person == request.person
            ],
            facts={
                "title": draft.title,
                "round": draft.round.name,
                "asked_by": str(request.asked_by),
            },
        )
        for request in requests
        if request.expression_id is not None
        and (draft := drafts[request.expression_id])
        and draft.closes_for_lead is not None
    ]


def _closing_drafts(after: datetime, until: datetime) -> QuerySet[Expression]:
    drafts = lateness.with_closing_time(
        Expression.objects.filter(state=ExpressionState.DRAFT, round__published=True)
    ).filter(**{f"{lateness.CLOSING}__gt": after, f"{lateness.CLOSING}__lte": until})
    moved = _newest_event(
        BidsEvent.ROUND_CHANGED, "round__chain", data__changed__contains=["closes_at"]
    )
    given = lateness.newest_late_entry("given_at")
    known_since = {"known_since": Greatest("started_at", moved, given)}
    rows = drafts.select_related("chain", "round", "lead", "started_by")
    return rows.annotate(**known_since)


def _waiting_requests(
    drafts: Iterable[Expression], reference: str
) -> list[SignatureRequest]:
    """The requests of people who can answer them; only that of the reference, if it is
    not empty.
    """
    requests = SignatureRequest.objects.waiting().filter(
        expression__in=[draft.pk for draft in drafts],
        **({"key": reference} if reference else {}),
    )
    people = ("asked_of", "asked_by", "invitation__accepted_by")
    return [row for row in requests.select_related(*people) if row.person is not None]


def _writers(draft: Expression, editors: Sequence[User]) -> Sequence[User]:
    """Who may write the draft: of a provisional one only whoever started it."""
    if not draft.provisional:
        return editors
    starter = draft.started_by
    return [starter] if policies.may_write(starter, draft) else []


def open_questions(after: datetime, until: datetime, reference: str) -> list[Deadline]:
    """The questions that nobody has answered; each is due at the end of a day."""
    questions = Clarification.objects.filter(
        answered_at=None,
        taken_back_at=None,
        expression__state=ExpressionState.CLARIFICATION,
        due_on__gte=london_day(after),
        due_on__lte=london_day(until),
    )
    if reference:
        questions = questions.filter(key=reference)
    # The last date given to an earlier question of the case is before this one.
    redated = _newest_event(
        BidsEvent.EXPRESSION_CLARIFICATION_REDATED, "expression__chain"
    )
    rows = questions.select_related("expression__chain").annotate(
        known_since=Greatest("asked_at", redated)
    )
    editors = editors_by_organisation({row.expression.lead_id for row in rows})
    return [
        Deadline(
            reference=row.key,
            subject=row.expression.key,
            chain=row.expression.chain,
            entry=question_entry(row),
            known_since=row.known_since,
            people=editors[row.expression.lead_id],
            facts={"title": row.expression.title, "question": row.question},
        )
        for row in rows
    ]


def question_entry(question: Clarification) -> CalendarEntry:
    """For the calendar: the letters that ask it and remind of it have the same."""
    key = question.expression.key
    return CalendarEntry(
        reference=f"{QUESTION}-{question.key}",
        summary=f"Answer the question about {key}",
        path=f"/apply/expressions/{key}/answer",
        due_at=end_of_day(question.due_on),
    )


def _newest_event(name: BidsEvent, chain: str, **conditions: object) -> Subquery:
    """When it last happened on the chain."""
    rows = Event.objects.filter(name=name, chain=OuterRef(chain), **conditions)
    return Subquery(rows.order_by("-seq").values("at")[:1])


def register() -> None:
    reminders.register(ReminderType(DRAFT, unsent_drafts))
    reminders.register(ReminderType(QUESTION, open_questions))
    reminders.register(ReminderType(SIGNATURE, waiting_signatures))
