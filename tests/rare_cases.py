"""Cases at the rarer points of the process, beside those of the demonstration, so that
every page has something to be about.
"""

from contextlib import suppress
from datetime import timedelta

from bids.domain import (
    assessments,
    drafts,
    expressions,
    question_sets,
    standard,
    uploads,
)
from bids.domain.drafts import Part
from bids.domain.lateness import CameLate
from bids.domain.queries import case_snapshot as full
from bids.models import Bid, Expression
from bids.models.question import QuestionKind
from bids.states import ExpressionState
from funding.demo_data import organisations
from funding.domain import imports
from innovation.accounts.domain import invitations, tokens
from innovation.accounts.models import Membership, Standing, User
from innovation.accounts.scopes import Scope
from innovation.core import clock
from innovation.notifications import delivery
from innovation.notifications.models import Letter, LetterState
from innovation.reporting import building, reports
from tests import cases, cast, grants
from tests.dates import CLOSES, MOMENT
from tests.documents import sample_files
from tests.funding import sheets


def add() -> None:
    """The cases are all led by the demonstration's council."""
    for bring in (grants.suspended, grants.closing, grants.accepted):
        bring(_assessed())
    active = grants.active(_assessed())
    grants.report(active)
    grants.variation(active)
    grants.paid(grants.active(_assessed()))
    _judged_differently()
    _reopened()
    _kept_for_an_official(_player("official"))
    _written_by_an_administrator(_player("admin"))
    _drafted_by_two(_player("applicant"))
    _came_late(_player("applicant"))
    _answered_with_a_file(_player("applicant"))
    _sent_long_ago()
    _invited(_player("applicant"))


def _player(part: str) -> User:
    return User.objects.get(email=f"{part}@example.org")


def _assessed() -> Bid:
    return cases.bid_assessed(lead=organisations.organisation(organisations.COUNCIL))


def _judged_differently() -> None:
    """One to moderate, and one of which the official has not finished scoring."""
    official, coach = _player("official"), _player("coach")
    apart, begun = (
        cases.bid_submitted(lead=organisations.organisation(organisations.COUNCIL))
        for _ in range(2)
    )
    cases.cast.assign(coach, apart.expression)
    second = cases.assessment(apart, by=coach, values=(4, 3), finish=False)
    cases.assessment(apart, by=official, values=(0, 3))
    assessments.finish(second, by=coach, at=MOMENT)
    cases.assessment(begun, by=official, finish=False)


def _reopened() -> None:
    """Nothing is missing, so that it can be marked as assessed."""
    by = cases.cast.official()
    assessments.reopen(_assessed(), reason="Look again.", by=by, at=MOMENT)


def _kept_for_an_official(official: User) -> None:
    """A token, a report and two files of past cases, one with problems."""
    now = clock.now()
    tokens.make(
        user=official,
        name="Monthly statistics",
        scopes=Scope.values,
        expires_at=now + timedelta(days=30),
        by=official,
        at=now,
    )
    building.build(reports.ask(params={"q": "foster"}, by=official, at=now).pk)
    for rows in ([sheets.EOI], [sheets.EOI | {"Date": "soon"}]):
        imports.receive(
            sheets.csv_file(*rows), file_name="past.csv", by=official, at=now
        )


def _written_by_an_administrator(admin: User) -> None:
    """A round that is not published, with questions that are not either."""
    made = cases.round_(published=False, name="Round to come")
    begun = question_sets.begin(made, stage="expression", by=admin, at=MOMENT)
    facts = {
        "code": "why",
        "section": "Your idea",
        "wording": "Why now?",
        "kind": "long_text",
    }
    question_sets.add(begun, facts=facts, by=admin, at=MOMENT)


def _drafted_by_two(applicant: User) -> None:
    """An expression and a bid in which somebody else wrote while they were writing."""
    council = organisations.organisation(organisations.COUNCIL)
    other = cast.applicant(council)
    for case in (
        cases.draft(lead=council, by=applicant, title="Written by two"),
        cases.bid_in_development(lead=council),
    ):
        for by, text in ((applicant, "One"), (other, "Two"), (applicant, "Three")):
            part = Part(typed={"summary": [text]}, facts={"summary": text})
            drafts.save(case, {"summary": part}, seen={"summary": 1}, by=by, at=MOMENT)


def _came_late(applicant: User) -> None:
    council = organisations.organisation(organisations.COUNCIL)
    draft = cases.draft(lead=council, by=applicant, title="Came too late")
    with suppress(CameLate):
        expressions.submit(draft, by=applicant, at=CLOSES + timedelta(seconds=1))


def _answered_with_a_file(applicant: User) -> None:
    lead = organisations.organisation(organisations.COUNCIL)
    written = Expression.objects.filter(lead=lead, state=ExpressionState.DRAFT)
    case, code = next(
        (draft, asked.code)
        for draft in written.order_by("pk")
        for asked in standard.asked(full.filled(draft))
        if asked.kind == QuestionKind.UPLOAD
    )
    plan = [sample_files.upload("plan.pdf")]
    uploads.add(case, plan, code=code, by=applicant, at=clock.now())


def _sent_long_ago() -> None:
    """But for one letter that arrives and one that could not be sent."""
    *_, refused, arriving = Letter.objects.filter(
        recipient__email="applicant@example.org"
    ).order_by("id")
    now = clock.now()
    Letter.objects.filter(pk=refused.pk).update(
        state=LetterState.FAILED, last_error="Refused"
    )
    left = Letter.objects.filter(state=LetterState.DUE).exclude(pk=arriving.pk)
    left.update(state=LetterState.SENT, sent_at=now)
    delivery.deliver([arriving.pk])


def _invited(applicant: User) -> None:
    """One invitation that waits for the applicant, and one that their side sent."""
    elsewhere, now = cast.organisation("Elsewhere"), clock.now()
    cast.join(cast.person("applicant"), elsewhere, Standing.ADMINISTRATOR)
    heads = Membership.objects.filter(standing=Standing.ADMINISTRATOR)
    theirs = heads.get(organisation=elsewhere)
    played = heads.filter(user__emailaddress__verified=True, user__demonstration=True)
    for head, address in (
        (theirs, applicant.email),
        (played.order_by("pk")[0], "colleague@example.org"),
    ):
        invitations.invite(
            organisation=head.organisation,
            email=address,
            name="A colleague",
            standing=Standing.EDITOR,
            by=head.user,
            at=now,
        )
