"""Cases at rare points of the process, besides those of the demonstration, so that
every page has an object.
"""

from contextlib import suppress
from datetime import timedelta
from uuid import uuid4

from bids.domain import (
    assessments,
    bids,
    case_documents,
    drafts,
    expressions,
    question_sets,
    reconsiderations,
    signature_requests,
    standard_questions,
)
from bids.domain.answer_versions import DraftAnswer
from bids.domain.lateness import LateSubmission
from bids.domain.queries import case_snapshot as full
from bids.models import Bid, Expression
from bids.models.question_type import QuestionType
from bids.states import ExpressionState
from funding.demo_data import organisations
from funding.domain import claims, corrections, grant_drafts, imports
from funding.models import ImportedCase
from innovation.accounts.domain import invitations, tokens
from innovation.accounts.models import Membership, Standing, User
from innovation.accounts.scopes import Scope
from innovation.contact import service_feedback
from innovation.core import clock
from innovation.core.money import Money
from innovation.notifications import delivery
from innovation.notifications.models import Letter, LetterState, PostedLetter
from innovation.registers.definitions import REGISTERS
from innovation.reporting import report_builder, reports
from innovation.reporting.report_types.cases import Cases
from tests.dates import CLOSES_AT, MOMENT
from tests.documents import sample_files
from tests.factories import cases, grants, partners, registers, users
from tests.funding import sheets
from tests.funding.historic_cases import apply_and_confirm


def add_rare_cases() -> None:
    """Add the cases, all led by the demonstration's council, and written by somebody
    who can sign for it.
    """
    users.applicant(organisations.get_organisation(organisations.COUNCIL))
    _add_claims()
    _add_offer_with_terms()
    cases.planned_batch()
    _add_reconsiderations()
    _add_assessments()
    _add_reopened_bid()
    _add_files_of_official(_demo_user("official"))
    _add_imports_and_corrections(_demo_user("admin"))
    _add_unpublished_round(_demo_user("admin"))
    _add_overtaken_drafts(_demo_user("applicant"))
    _add_late_attempt(_demo_user("applicant"))
    _add_uploaded_answer(_demo_user("applicant"))
    _add_signature_request(_demo_user("applicant"))
    _mark_letters_sent()
    _add_letter_with_file()
    _add_invitations(_demo_user("applicant"))
    partners.to_check(lead=organisations.get_organisation(organisations.COUNCIL))
    for register in REGISTERS:
        registers.row(register)
    service_feedback.give(
        text="The page with the costs is slow.",
        email="",
        page="/apply/bids/…/sections/…",
        at=MOMENT,
    )


def _demo_user(part: str) -> User:
    return User.objects.get(email=f"{part}@example.org")


def _assessed_bid() -> Bid:
    return cases.assessed_bid(
        lead=organisations.get_organisation(organisations.COUNCIL)
    )


def _add_claims() -> None:
    """Add a draft of a claim, and a claim that waits for finance."""
    drafted, sent = (
        grants.planned_payment(grants.active_award(_assessed_bid())) for _ in range(2)
    )
    holder = grants.recipient_of(drafted.award)
    values = {"spent": "about 12", "note": "For staff."}
    grant_drafts.save(drafted, values=values, by=holder, at=MOMENT)
    claims.send(sent, spent=Money(0), note="Staff.", by=holder, at=grants.MEETING_AT)


def _add_offer_with_terms() -> None:
    bid = _assessed_bid()
    grants.terms_of(bid.round)
    grants.offered_award(bid)


def _add_reconsiderations() -> None:
    """Add two declines that may be looked at again, and a request that waits."""
    lead = organisations.get_organisation(organisations.COUNCIL)
    bid = cases.bid_with_minister(lead=lead)
    bids.decline(
        bid,
        feedback=cases.feedback(bid.round),
        by=users.minister(),
        at=clock.now(),
    )
    for title in ("Declined today", "Declined and asked about"):
        expression = cases.submitted_expression(lead=lead, title=title)
        declined = expressions.decline(
            expression,
            feedback=cases.feedback(expression.round),
            by=users.official(),
            at=clock.now(),
        )
    by = cases.editor_of(lead)
    reconsiderations.ask(declined, grounds="Look again.", by=by, at=clock.now())


def _add_assessments() -> None:
    """Add one to moderate, and one that the official has not finished."""
    official, coach = _demo_user("official"), _demo_user("coach")
    to_moderate, unfinished = (
        cases.submitted_bid(lead=organisations.get_organisation(organisations.COUNCIL))
        for _ in range(2)
    )
    users.assign(coach, to_moderate.expression)
    second = cases.assessment(to_moderate, by=coach, values=(4, 3), finish=False)
    cases.assessment(to_moderate, by=official, values=(0, 3))
    assessments.finish(second, by=coach, at=MOMENT)
    cases.assessment(unfinished, by=official, finish=False)


def _add_reopened_bid() -> None:
    """Add a reopened bid that can be marked as assessed."""
    by = users.official()
    assessments.reopen(_assessed_bid(), reason="Look again.", by=by, at=MOMENT)


def _add_files_of_official(official: User) -> None:
    """Add a token, a report and two files of past cases, one with problems."""
    now = clock.now()
    tokens.make(
        user=official,
        name="Monthly statistics",
        scopes=Scope.values,
        expires_at=now + timedelta(days=30),
        by=official,
        at=now,
    )
    report = reports.ask(Cases(), params={"q": "foster"}, by=official, at=now)
    report_builder.build(report.pk)
    for rows in ([sheets.EOI], [sheets.EOI | {"Date": "soon"}]):
        imports.receive(
            sheets.csv_file(*rows), file_name="past.csv", by=official, at=now
        )


def _add_imports_and_corrections(admin: User) -> None:
    """Add a file and a correction that wait for an official, and a case to correct."""
    for number in (1, 2, 3):
        row = sheets.EOI | {"ID": f"P{number}", "Title": f"From the past {number}"}
        sent = imports.receive(
            sheets.csv_file(row), file_name="past.csv", by=admin, at=clock.now()
        )
        if number == 1:
            imports.apply(sent, by=admin, at=clock.now())
        else:
            apply_and_confirm(sent, admin, at=clock.now())
    case = ImportedCase.objects.get(sheet_id="P2")
    corrections.retract(case, reason="A slip.", by=admin, at=clock.now())


def _add_unpublished_round(admin: User) -> None:
    """Add an unpublished round with unpublished questions."""
    round = cases.round_(published=False, name="Round to come")
    question_set = question_sets.begin(round, stage="expression", by=admin, at=MOMENT)
    facts = {
        "code": "why",
        "section": "Your idea",
        "wording": "Why now?",
        "kind": "long_text",
    }
    question_sets.add(question_set, facts=facts, by=admin, at=MOMENT)


def _add_overtaken_drafts(applicant: User) -> None:
    """Add an expression and a bid with an overtaken answer."""
    council = organisations.get_organisation(organisations.COUNCIL)
    other = users.applicant(council)
    for case in (
        cases.draft(lead=council, by=applicant, title="Written by two"),
        cases.bid_in_development(lead=council),
    ):
        for by, text in ((applicant, "One"), (other, "Two"), (applicant, "Three")):
            part = DraftAnswer(raw_input={"summary": [text]}, facts={"summary": text})
            drafts.save(case, {"summary": part}, seen={"summary": 1}, by=by, at=MOMENT)


def _add_late_attempt(applicant: User) -> None:
    council = organisations.get_organisation(organisations.COUNCIL)
    draft = cases.draft(lead=council, by=applicant, title="Came too late")
    with suppress(LateSubmission):
        expressions.submit(draft, by=applicant, at=CLOSES_AT + timedelta(seconds=1))


def _add_uploaded_answer(applicant: User) -> None:
    lead = organisations.get_organisation(organisations.COUNCIL)
    drafts = Expression.objects.filter(lead=lead, state=ExpressionState.DRAFT)
    case, code = next(
        (draft, question.code)
        for draft in drafts.order_by("pk")
        for question in standard_questions.questions_of(full.with_snapshot(draft))
        if question.kind == QuestionType.UPLOAD
    )
    plan = [sample_files.upload("plan.pdf")]
    case_documents.add(case, plan, code=code, by=applicant, at=clock.now())


def _add_signature_request(applicant: User) -> None:
    council = organisations.get_organisation(organisations.COUNCIL)
    asker = users.applicant(council, Standing.EDITOR)
    draft = cases.draft(lead=council, by=asker, title="Waits for a signature")
    for case in (draft, cases.bid_in_development(lead=council)):
        signature_requests.ask(case, of=applicant, by=asker, at=MOMENT)


def _mark_letters_sent() -> None:
    """Mark all letters as sent, except one that is due and one that has failed."""
    *_, refused, arriving = Letter.objects.filter(
        recipient__email="applicant@example.org"
    ).order_by("id")
    now = clock.now()
    Letter.objects.filter(pk=refused.pk).update(
        state=LetterState.FAILED, last_error="Refused"
    )
    letters = Letter.objects.filter(state=LetterState.DUE).exclude(pk=arriving.pk)
    letters.update(state=LetterState.SENT, sent_at=now)
    delivery.deliver([arriving.pk])


def _add_letter_with_file() -> None:
    PostedLetter.objects.create(
        reference=uuid4(),
        address="applicant@example.org",
        title="A question to answer",
        text="Answer it by Friday.",
        files=[["deadline.ics", "text/calendar", "BEGIN:VCALENDAR"]],
        posted_at=clock.now(),
    )


def _add_invitations(applicant: User) -> None:
    """Add one invitation to the applicant, and one from their organisation."""
    other_organisation, now = users.organisation("Elsewhere"), clock.now()
    users.join(users.person("applicant"), other_organisation, Standing.ADMINISTRATOR)
    heads = Membership.objects.filter(standing=Standing.ADMINISTRATOR)
    other_head = heads.get(organisation=other_organisation)
    demo_heads = heads.filter(
        user__emailaddress__verified=True, user__demonstration=True
    )
    for head, address in (
        (other_head, applicant.email),
        (demo_heads.order_by("pk")[0], "colleague@example.org"),
    ):
        invitations.invite(
            organisation=head.organisation,
            email=address,
            name="A colleague",
            standing=Standing.EDITOR,
            by=head.user,
            at=now,
        )
