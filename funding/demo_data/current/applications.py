"""Expressions of interest: drafts, some to triage, one waiting for its applicant, one
that has answered, and some that have ended.
"""

from collections.abc import Mapping
from datetime import timedelta

from bids.domain import (
    assignments,
    batches,
    case_documents,
    clarifications,
    eligibility_checks,
    expressions,
    flags,
    messages,
    reconsiderations,
    signature_requests,
)
from bids.domain.batch_actions import ACTIONS
from bids.domain.clarifications import NewQuestion
from bids.domain.eligibility_checks import Finding
from bids.models import ActionName, Expression, Round, SignatureRequest, Team
from funding.demo_data import files, texts
from funding.demo_data.current.demo_context import DemoContext
from funding.demo_data.ideas import Idea, idea_of
from innovation.accounts.models import User
from innovation.organisations.domain import organisation_additions
from innovation.organisations.models import ApplicantType, Organisation


def add_cases(demo: DemoContext) -> None:
    create_draft(demo, "A night-time helpline for foster carers", demo.council, 2)
    _add_waiting_for_signature(demo, "A quiet room in every contact centre", 3)
    received = create_submitted(
        demo, "Family hubs beside primary schools", demo.council, 6
    )
    _assign_in_batch(demo, received, "official", 5)
    _record_checks(demo, received, 4.5)
    _exchange_messages(demo, received, 3, 4)
    _add_with_new_partner(demo, "Peer mentors for young carers", demo.charity, 3)
    _add_in_clarification(demo, "A pause before moving a child", demo.council, 14)
    _add_clarified(demo, "Bedtime stories by video call", demo.trust, 18)
    _add_declined(demo, "Tablets for social workers", demo.charity, 40)
    _add_merged(demo, "A phone line for kinship carers", demo.trust, 12, into=received)
    _add_withdrawn(demo, "A shared minibus for family time", demo.council, 26)


def _record_checks(demo: DemoContext, expression: Expression, days: float) -> None:
    """Record most of its checks, one of them corrected, and raise a flag."""
    by, at = demo.users["official"], demo.days_ago(days)
    checks = expression.round.eligibility_checks.order_by("position")[:3]
    outcomes = [
        Finding("met"),
        Finding("met"),
        Finding("cannot_tell", texts.CHECK_NOTE),
    ]
    findings = {row.pk: found for row, found in zip(checks, outcomes, strict=True)}
    results = eligibility_checks.record_results(
        expression, findings=findings, by=by, at=at
    )
    eligibility_checks.correct(
        results[-1],
        outcome="met",
        note="",
        reason=texts.CHECK_CORRECTED,
        by=by,
        at=at + timedelta(hours=1),
    )
    flags.add(
        expression,
        team=Team.FINANCE,
        reason=texts.FLAG,
        by=by,
        at=at + timedelta(hours=2),
    )


def create_draft(
    demo: DemoContext,
    title: str,
    lead: Organisation,
    days: float,
    *,
    by: User | None = None,
    round: Round | None = None,
) -> Expression:
    """Create a complete draft about an idea, in the call that is always open."""
    idea = idea_of(title)
    facts = {
        "outcomes": [{"description": idea.outcome, "measure": idea.measure}],
        "support": texts.support(idea.number),
        "barriers": texts.barriers(idea.number),
        "partners": demo.organisations(idea.partners),
        "councils": demo.councils(idea.councils),
        "practice_models": [
            demo.practice_models[name] for name in idea.practice_models
        ],
    }
    answers = {"needs": idea.needs, **texts.answers(idea.number)}
    return create_draft_in_round(
        demo,
        round or demo.rounds.call,
        idea,
        lead,
        days,
        facts=facts,
        answers=answers,
        by=by or demo.writer(lead),
    )


def create_draft_in_round(
    demo: DemoContext,
    round: Round,
    idea: Idea,
    lead: Organisation,
    days: float,
    *,
    facts: Mapping[str, object],
    answers: Mapping[str, object],
    by: User,
) -> Expression:
    """Create a draft in any round, with the `facts` and `answers` that the round
    requires besides the idea itself.
    """
    at = demo.days_ago(days)
    started = expressions.start(round=round, lead=lead, title=idea.title, by=by, at=at)
    own = {
        "summary": idea.summary,
        "strand": demo.strand(round, idea.strand),
        "maturity": texts.pick(demo.stages, idea.number),
        "idea_type": demo.idea_types.get(idea.idea_type),
        "money": [
            {"financial_year": year, "amount": amount}
            for year, amount in demo.amounts(idea).items()
        ],
    }
    return expressions.save(
        started,
        facts={**own, **facts},
        answers=answers,
        by=by,
        at=at + timedelta(hours=3),
    )


def create_submitted(
    demo: DemoContext,
    title: str,
    lead: Organisation,
    days: float,
    *,
    round: Round | None = None,
) -> Expression:
    draft = create_draft(demo, title, lead, days + 1, round=round)
    return submit(demo, draft, days)


def submit(demo: DemoContext, draft: Expression, days: float) -> Expression:
    return expressions.submit(draft, by=demo.writer(draft.lead), at=demo.days_ago(days))


def assign(demo: DemoContext, expression: Expression, part: str, days: float) -> None:
    assignments.assign(
        expression,
        user=demo.users[part],
        by=demo.users["official"],
        at=demo.days_ago(days),
    )


def _assign_in_batch(
    demo: DemoContext, expression: Expression, part: str, days: float
) -> None:
    """As if it had been selected in the list of cases."""
    batches.make(
        ACTIONS[ActionName.ASSIGN],
        {expression: {"user": demo.users[part].key}},
        by=demo.users["official"],
        at=demo.days_ago(days),
    )


def _exchange_messages(
    demo: DemoContext, expression: Expression, number: int, days: float
) -> None:
    """Create messages an hour apart. The last one is unanswered."""
    for hour, (part, text) in enumerate(texts.CONVERSATION[:number]):
        by, at = demo.users[part], demo.days_ago(days) + timedelta(hours=hour)
        messages.send(expression, text=text, by=by, at=at)


def _add_waiting_for_signature(demo: DemoContext, title: str, days: float) -> None:
    """Add a draft that its writer has asked the director to sign."""
    writer = demo.users["writer"]
    draft = create_draft(demo, title, demo.council, days, by=writer)
    ask_to_sign(demo, draft, days - 2)


def ask_to_sign(demo: DemoContext, draft: Expression, days: float) -> SignatureRequest:
    """The council’s writer asks its director."""
    return signature_requests.ask(
        draft,
        of=demo.writer(demo.council),
        by=demo.users["writer"],
        at=demo.days_ago(days),
    )


def _add_with_new_partner(
    demo: DemoContext, title: str, lead: Organisation, days: float
) -> None:
    """Add an expression with files, which names a partner that nobody knows yet."""
    draft, by, at = (
        create_draft(demo, title, lead, days + 1),
        demo.writer(lead),
        demo.days_ago(days + 0.5),
    )
    partner = organisation_additions.add(
        name="Saturday Kitchen Club (demonstration)",
        applicant_type=ApplicantType.SOCIAL_ENTERPRISE,
        added_for=lead,
        by=by,
        at=at,
    )
    partners = [*draft.partners.all(), partner]
    expressions.save(draft, facts={"partners": partners}, by=by, at=at)
    case_documents.add(
        draft,
        [
            files.letter(
                "Letter of support.pdf",
                [
                    "Made up for the demonstration.",
                    "",
                    "We run the kitchen of the club on Saturdays.",
                    "We will lend it to the project for two years, without rent.",
                ],
            ),
            files.costs(
                "Costs.xlsx",
                [
                    ["Made up for the demonstration"],
                    ["What", "Each year"],
                    ["Two mentors", 68_000],
                    ["Saturday club", 40_000],
                    ["Evaluation", 42_000],
                ],
            ),
        ],
        code="documents",
        by=by,
        at=at,
    )
    sent = submit(demo, draft, days)
    assign(demo, sent, "second.official", days - 0.5)
    messages.send(
        sent,
        text=texts.FROM_OFFICIAL,
        by=demo.users["second.official"],
        at=demo.days_ago(days - 1),
    )


def _add_in_clarification(
    demo: DemoContext, title: str, lead: Organisation, days: float
) -> None:
    expression = create_submitted(demo, title, lead, days)
    assign(demo, expression, "official", days - 1)
    first = clarifications.questions_to_ask_about(expression)[0]
    clarifications.ask(
        expression,
        questions=[
            NewQuestion(texts.QUESTION, about=first.code),
            NewQuestion(texts.SECOND_QUESTION),
        ],
        due_on=demo.today + timedelta(days=7),
        by=demo.users["official"],
        at=demo.days_ago(days - 5),
    )
    _exchange_messages(demo, expression, 2, days - 6)


def _add_clarified(
    demo: DemoContext, title: str, lead: Organisation, days: float
) -> None:
    expression = create_submitted(demo, title, lead, days)
    assign(demo, expression, "third.official", days - 1)
    asked = clarifications.ask(
        expression,
        questions=[NewQuestion(texts.QUESTION)],
        due_on=demo.today - timedelta(days=4),
        by=demo.users["third.official"],
        at=demo.days_ago(days - 3),
    )
    clarifications.answer(
        asked,
        answers={1: texts.ANSWER},
        by=demo.writer(lead),
        at=demo.days_ago(days - 9),
    )


def _add_declined(
    demo: DemoContext, title: str, lead: Organisation, days: float
) -> None:
    """Add one that was declined, and that another official looked at again."""
    expression = create_submitted(demo, title, lead, days)
    criteria = expression.round.criteria.all()
    declined = expressions.decline(
        expression,
        feedback={
            criterion.pk: texts.FEEDBACK[criterion.name] for criterion in criteria
        },
        by=demo.users["official"],
        at=demo.days_ago(days - 12),
    )
    asked = reconsiderations.ask(
        declined,
        grounds="The saving is in the second table of the form, which was overlooked.",
        by=demo.writer(lead),
        at=demo.days_ago(days - 18),
    )
    reconsiderations.uphold(
        asked,
        reasons="We have read the second table. It counts hours, and does not say what "
        "they cost today.",
        by=demo.users["third.official"],
        at=demo.days_ago(days - 25),
    )


def _add_merged(
    demo: DemoContext,
    title: str,
    lead: Organisation,
    days: float,
    *,
    into: Expression,
) -> None:
    expression = create_submitted(demo, title, lead, days)
    by = demo.users["second.official"]
    expressions.merge(expression, into=into, by=by, at=demo.days_ago(days - 8))


def _add_withdrawn(
    demo: DemoContext, title: str, lead: Organisation, days: float
) -> None:
    expressions.withdraw(
        create_submitted(demo, title, lead, days),
        because="A charity now lends us its minibus, so we need no money for one.",
        by=demo.writer(lead),
        at=demo.days_ago(days - 9),
    )
