"""What the service itself has to show: invitations, tokens, notices, rounds that are
not open yet, letters that did not arrive, and what other apps add.
"""

from datetime import timedelta

from bids.domain import due_diligence, question_sets, rounds, saved_views
from bids.models import Bid, DueDiligenceArea, DueDiligenceState, Round
from bids.models.round import Route
from bids.states import BidState
from funding.demo_data import texts
from funding.demo_data.current.demo_context import DemoContext
from funding.demo_data.rounds import CRITERIA, at_five
from innovation.accounts.domain import invitations, tokens
from innovation.accounts.models import Standing
from innovation.accounts.scopes import Scope
from innovation.core import clock, demonstration
from innovation.core.money import Money
from innovation.notifications.models import Letter, LetterState
from innovation.registers import domain as registers
from innovation.registers.models import (
    ClosedDay,
    ClosedDayState,
    Notice,
    NoticeKind,
    NoticeReaders,
    Programme,
)


def add_cases(demo: DemoContext) -> None:
    _invite_colleague(demo)
    _add_coming_rounds(demo)
    _look_into_bids(demo)
    _make_token(demo)
    _share_view(demo)
    _add_notice(demo)
    _add_closed_day(demo)
    _lose_letters()
    for load in demonstration.loaders:
        load(at=demo.now)


def _invite_colleague(demo: DemoContext) -> None:
    invitations.invite(
        organisation=demo.council,
        email="invited@example.org",
        name="Noor Yarrow (demonstration)",
        standing=Standing.EDITOR,
        by=demo.users["applicant"],
        at=demo.days_ago(2),
    )


def _look_into_bids(demo: DemoContext) -> None:
    """Let the open call need due diligence, and record it where grants can be offered
    and, in part, where the Board reads.
    """
    finance, fraud = DueDiligenceArea.FINANCE, DueDiligenceArea.FRAUD_RISK
    round, at = demo.rounds.call, demo.days_ago(1)
    facts = {"due_diligence": [finance, fraud]}
    rounds.change(round, facts=facts, by=demo.users["admin"], at=at)
    bids = Bid.objects.filter(round=round, award=None).select_related("expression")
    for bid in bids.filter(state__in=[BidState.APPROVED, BidState.AT_BOARD]):
        is_approved = bid.state == BidState.APPROVED
        for area in (finance, fraud) if is_approved else (finance,):
            due_diligence.add(
                bid.expression,
                area=area,
                state=DueDiligenceState.SATISFACTORY,
                checked_on=demo.today - timedelta(days=1),
                finding=texts.DUE_DILIGENCE[area],
                reference="File 2014/118",
                by=demo.users["official"],
                at=at,
            )


def _share_view(demo: DemoContext) -> None:
    saved_views.save(
        name="To be read (demonstration)",
        params={"stage": "expression.submitted"},
        shared=True,
        by=demo.users["official"],
        at=demo.days_ago(2),
    )


def _add_coming_rounds(demo: DemoContext) -> None:
    """Add a round that opens next month, one of a neighbouring programme, and one that
    is not published.
    """
    by, at = demo.users["admin"], demo.days_ago(15)
    ours = demo.rounds.call.programme
    _add_call(demo, ours, "Follow-on call, opening soon (demonstration)")
    values = {
        "name": "Teaching partnerships (demonstration)",
        "co_funder": "the Department of Health",
    }
    neighbour = registers.add(Programme, values=values, by=by, at=demo.days_ago(18))
    _add_call(demo, neighbour, "Teaching partnerships, first call (demonstration)")
    unpublished = _add_round(demo, ours, "Call being written (demonstration)", 60)
    question_set = question_sets.begin(unpublished, stage="expression", by=by, at=at)
    facts = {
        "code": "families",
        "section": "The idea",
        "wording": "How did families help to plan it?",
        "kind": "long_text",
        "word_limit": 200,
    }
    question_sets.add(question_set, facts=facts, by=by, at=at)


def _add_call(demo: DemoContext, programme: Programme, name: str) -> None:
    """Add a published round with its criteria and a year’s budget."""
    by, at = demo.users["admin"], demo.days_ago(15)
    coming = _add_round(demo, programme, name, 20)
    for criterion, description, guidance, weight in CRITERIA:
        facts = {
            "name": criterion,
            "description": description,
            "guidance": guidance,
            "weight": weight,
        }
        rounds.add_criterion(coming, facts=facts, by=by, at=at)
    year = {"financial_year": demo.year + 1, "amount": Money.pounds(2_000_000)}
    rounds.add_envelope(coming, facts=year, by=by, at=at)
    rounds.publish(coming, by=by, at=at)


def _add_round(
    demo: DemoContext, programme: Programme, name: str, opens_in: int
) -> Round:
    opens_at = at_five(demo.days_ago(-opens_in)).replace(hour=9)
    return rounds.add(
        programme=programme,
        facts={
            "name": name,
            "summary": "A made-up call, for trying the service.",
            "route": Route.FOLLOW_ON,
            "opens_at": opens_at,
            "closes_at": at_five(opens_at + timedelta(days=45)),
        },
        by=demo.users["admin"],
        at=demo.days_ago(16),
    )


def _make_token(demo: DemoContext) -> None:
    analyst = demo.users["analyst"]
    tokens.make(
        user=analyst,
        name="Monthly copy of the awards",
        scopes=[Scope.AWARDS],
        expires_at=demo.days_ago(-150),
        by=analyst,
        at=demo.days_ago(30),
    )


def _add_notice(demo: DemoContext) -> None:
    """Add a notice that is no longer shown."""
    values = {
        "text": "The service was closed on this Saturday from 8am until midday.",
        "kind": NoticeKind.MAINTENANCE,
        "readers": NoticeReaders.EVERYBODY,
        "starts_at": demo.days_ago(24),
        "ends_at": demo.days_ago(21),
    }
    registers.add(Notice, values=values, by=demo.users["admin"], at=demo.days_ago(25))


def _add_closed_day(demo: DemoContext) -> None:
    values = {
        "reason": "Staff training day.",
        "day": clock.london_day(demo.days_ago(9)),
        "state": ClosedDayState.CLOSED,
    }
    registers.add(
        ClosedDay, values=values, by=demo.users["admin"], at=demo.days_ago(30)
    )


def _lose_letters() -> None:
    """Mark letters as a mail server would leave them that refuses an address, or that
    hangs up in the middle.
    """
    for kind, state, error in (
        ("decision_declined", LetterState.FAILED, "SMTPRecipientsRefused"),
        ("award_suspended", LetterState.FAILED, "SMTPDataError"),
        ("monitoring_asked", LetterState.IN_DOUBT, "TimeoutError"),
    ):
        letter = Letter.objects.filter(kind=kind).earliest("pk")
        Letter.objects.filter(pk=letter.pk).update(state=state, last_error=error)
