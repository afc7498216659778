"""Factories for rounds and cases at any point of the process, made by domain calls.

    expression = cases.submitted_expression()
    bid = cases.assessed_bid(lead=organisation)

What is not passed is created: pass `official=` to know who acted. Everything happens at
`MOMENT`.
"""

from collections.abc import Sequence
from typing import Any

from bids.domain import (
    assessments,
    batches,
    bids,
    clarifications,
    expressions,
    scores,
)
from bids.domain.batch_actions import ACTIONS
from bids.domain.clarifications import NewQuestion
from bids.models import (
    ActionName,
    Assessment,
    Batch,
    Bid,
    Clarification,
    Criterion,
    Expression,
    IdeaType,
    MaturityStage,
    PracticeModel,
    Question,
    QuestionSet,
    Round,
    Strand,
)
from bids.models.expression import SupportKind
from bids.models.round import Envelope, Route
from innovation.accounts.models import User
from innovation.audit import events
from innovation.audit.models import Chain
from innovation.core import clock
from innovation.core.money import Money
from innovation.organisations.models import Organisation
from tests.audit_events import recorded_changes
from tests.database_guards import disable_guards
from tests.dates import CLOSES_AT, MOMENT, OPENS_AT, moment_after
from tests.factories import users
from tests.factories.registers import main_programme

YEAR = 2014


@recorded_changes()
def round_(route: str = Route.FULL, **fields: Any) -> Round:
    """A round open at MOMENT, with two strands, two criteria and a year's envelope."""
    number = Round.objects.count() + 1
    programme = main_programme()
    values: dict[str, Any] = {
        "chain": events.open_chain(Chain.Kind.ROUND),
        "programme": programme,
        "name": f"Round {number}",
        "route": route,
        "opens_at": OPENS_AT,
        "closes_at": CLOSES_AT,
        "published": True,
        "max_award": Money.pounds(10_000) if route == Route.SEED else None,
        "assessments_needed": 1,
    }
    round = Round.objects.create(**(values | fields))
    Strand.objects.create(round=round, name="Rethinking social work", position=1)
    Strand.objects.create(
        round=round, name="Other area", anything_else=True, position=2
    )
    for place, name in enumerate(("Impact", "Value for money"), start=1):
        Criterion.objects.create(round=round, name=name, position=place)
    Envelope.objects.create(
        round=round, financial_year=YEAR, amount=Money.pounds(5_000_000)
    )
    return round


def lower_award_limit(round: Round, pounds: int) -> None:
    """Set a largest award below what was requested, as in older data: the database now
    refuses it.
    """
    with disable_guards(Round, every_trigger=True):
        Round.objects.filter(pk=round.pk).update(max_award=Money.pounds(pounds))


@recorded_changes()
def question_set(
    round: Round, stage: str = "expression", criterion: Criterion | None = None
) -> QuestionSet:
    """A published set: a required long text `why`, on which `criterion` draws, and a
    choice `partnered`.
    """
    question_set = QuestionSet.objects.create(round=round, stage=stage, version=1)
    common = {"question_set": question_set, "section": "Your idea"}
    Question.objects.create(
        **common,
        code="why",
        position=1,
        wording="Why is this needed?",
        kind="long_text",
        word_limit=300,
        criterion=criterion,
    )
    Question.objects.create(
        **common,
        code="partnered",
        position=2,
        wording="Do you have partners?",
        kind="one_choice",
        choices=["Yes", "No"],
        required=False,
    )
    question_set.published_at = OPENS_AT
    question_set.save(update_fields=["published_at"])
    return question_set


def complete_facts(round: Round, pounds: int = 8_000) -> dict[str, Any]:
    """The facts that an expression needs before it can be sent."""
    idea, _ = IdeaType.objects.get_or_create(name="New practice models")
    maturity, _ = MaturityStage.objects.get_or_create(
        code="i1", defaults={"label": "Develop"}
    )
    return {
        "summary": "A new way to support families.",
        "strand": round.strands.first(),
        "maturity": maturity,
        "idea_type": idea,
        "money": [{"financial_year": YEAR, "amount": Money.pounds(pounds)}],
    }


def draft(
    *,
    round: Round | None = None,
    lead: Organisation | None = None,
    by: User | None = None,
    title: str = "A better front door",
    complete: bool = True,
    pounds: int = 8_000,
) -> Expression:
    """A complete draft by default. `by` is an editor of the lead organisation."""
    round = round or round_()
    if lead is None:
        lead = users.organisation_of(by) if by else users.council_organisation()
    by = by or editor_of(lead)
    expression = expressions.start(
        round=round, lead=lead, title=title, by=by, at=MOMENT
    )
    if complete:
        facts = complete_facts(round, pounds)
        if lead.council is not None:
            facts["councils"] = [lead.council]
        answers = {"why": "Families wait."} if expression.question_set_id else {}
        expressions.save(expression, facts=facts, answers=answers, by=by, at=MOMENT)
    return Expression.objects.get(pk=expression.pk)


def detailed_expression(**facts: Any) -> Expression:
    """A submitted expression with a row of each kind, and of £9,000."""
    expression = draft(title="Mockingbird homes", pounds=9_000)
    practice_model, _ = PracticeModel.objects.get_or_create(name="Mockingbird")
    rows = {
        "practice_models": [practice_model],
        "support": [{"kind": SupportKind.BROKERING, "detail": "A health partner"}],
        "barriers": [{"law_or_rule": "The Act", "what_it_stops": "Sharing records"}],
        "outcomes": [{"description": "Fewer moves", "measure": "Placements"}],
    }
    by = editor_of(expression.lead)
    expressions.save(expression, facts=rows | facts, by=by, at=MOMENT)
    return expressions.submit(expression, by=by, at=MOMENT)


def submitted_expression(**options: Any) -> Expression:
    expression = draft(**options)
    return expressions.submit(expression, by=editor_of(expression.lead), at=MOMENT)


def open_clarification(
    *, official: User | None = None, **options: Any
) -> Clarification:
    """The open question; its expression is `.expression`."""
    return clarifications.ask(
        submitted_expression(**options),
        questions=[NewQuestion("Which families?")],
        due_on=moment_after(days=7).date(),
        by=official or users.official(),
        at=MOMENT,
    )


def declined_expression(*, official: User | None = None, **options: Any) -> Expression:
    expression = submitted_expression(**options)
    return expressions.decline(
        expression,
        feedback=feedback(expression.round),
        by=official or users.official(),
        at=MOMENT,
    )


def feedback(round: Round) -> dict[int, str]:
    return {
        criterion.pk: f"Too little on {criterion.name}."
        for criterion in round.criteria.all()
    }


def bid_in_development(*, official: User | None = None, **options: Any) -> Bid:
    """The case taken forward; its expression is `.expression`."""
    return expressions.take_forward(
        submitted_expression(**options), by=official or users.official(), at=MOMENT
    )


def seed_bid(*, official: User | None = None, **options: Any) -> Bid:
    """A seed grant waiting for its approver."""
    options.setdefault("round", round_(Route.SEED))
    return bid_in_development(official=official, **options)


def submitted_bid(**options: Any) -> Bid:
    bid = bid_in_development(**options)
    return bids.submit(bid, by=editor_of(bid.lead), at=MOMENT)


def returned_bid(*, official: User | None = None, **options: Any) -> Bid:
    official = official or users.official()
    bid = submitted_bid(official=official, **options)
    return bids.send_back(bid, reason="Say more.", by=official, at=MOMENT)


def assessment(
    bid: Bid, *, by: User, values: Sequence[int | None] = (3, 3), finish: bool = True
) -> Assessment:
    """One value for each criterion in order; None is “not applicable”. Assigned first,
    unless that was done.
    """
    if not bid.assessments.filter(assessor=by).exists():
        assessments.assign(bid, assessor=by, by=users.official(), at=MOMENT)
    assessment_begun = assessments.start(bid, by=by, at=MOMENT)
    criteria = [criterion.pk for criterion in bid.round.criteria.all()]
    scores_by_criterion = {
        pk: (value, "As the bid says.")
        for pk, value in zip(criteria, values, strict=True)
    }
    scores.give(assessment_begun, scores=scores_by_criterion, by=by, at=MOMENT)
    return (
        assessments.finish(assessment_begun, by=by, at=MOMENT)
        if finish
        else assessment_begun
    )


def assessed_bid(*, official: User | None = None, **options: Any) -> Bid:
    """A bid assessed by one assessor, ready to be listed for the Board."""
    official = official or users.official()
    bid = submitted_bid(official=official, **options)
    assessment(bid, by=official)
    return reload_bid(bid)


def bid_at_board(*, secretary: User | None = None, **options: Any) -> Bid:
    """A bid with this state only; the funding tests create meetings and agendas."""
    return bids.list_for_board(
        assessed_bid(**options), by=secretary or users.secretary(), at=MOMENT
    )


def bid_with_minister(*, secretary: User | None = None, **options: Any) -> Bid:
    secretary = secretary or users.secretary()
    bid = bid_at_board(secretary=secretary, **options)
    return bids.recommend(bid, by=secretary, at=MOMENT)


def editor_of(lead: Organisation) -> User:
    """A user who may write and, if possible, sign for `lead`; a new one if needed."""
    editor = (
        User.objects.filter(
            memberships__organisation=lead,
            memberships__standing__in=["authoriser", "editor"],
            memberships__confirmed_at__isnull=False,
        )
        .order_by("memberships__standing", "pk")
        .first()
    )
    return editor or users.applicant(lead)


def reload_bid(bid: Bid) -> Bid:
    """The bid, read again from the database."""
    return Bid.objects.select_related("round", "lead", "chain", "expression").get(
        pk=bid.pk
    )


def planned_batch(*chosen: Expression, by: User | None = None) -> Batch:
    """Planned now: these cases will be taken forward, after the pause."""
    options: dict[Expression, Any] = {
        case: {} for case in chosen or [submitted_expression()]
    }
    action = ACTIONS[ActionName.TAKE_FORWARD]
    return batches.make(action, options, by=by or users.official(), at=clock.now())


def undone_batch(case: Expression) -> Batch:
    """Assigned to somebody, and taken back."""
    by = users.official()
    action, options = ACTIONS[ActionName.ASSIGN], {case: {"user": by.key}}
    batch = batches.make(action, options, by=by, at=MOMENT)
    batches.undo(batch, by=by, at=MOMENT)
    return batch
