from datetime import timedelta
from typing import Any

import pytest

from bids.domain import expressions
from bids.models import Bid, Expression
from bids.models.round import Route
from bids.states import BidState, ExpressionState
from innovation.audit import figures
from innovation.audit.models import Event
from innovation.audit.verification import first_fault
from innovation.core.errors import Invalid, NotAllowed, TooLate
from innovation.core.money import Money
from innovation.notifications.models import Letter
from tests.database_guards import force_update
from tests.dates import CLOSES_AT, DAY, MOMENT, OPENS_AT
from tests.factories import cases, users

pytestmark = pytest.mark.django_db
TICK = timedelta(microseconds=1)


def history(expression: Expression) -> list[str]:
    return list(expression.chain.events.values_list("name", flat=True))


def test_a_draft_is_started_saved_and_sent() -> None:
    applicant = users.applicant()
    expression = cases.draft(by=applicant)
    submitted = expressions.submit(expression, by=applicant, at=MOMENT)
    assert submitted.state == ExpressionState.SUBMITTED
    assert (submitted.submitted_by, submitted.submitted_at) == (applicant, MOMENT)
    assert history(submitted) == [
        "expression.started",
        "expression.saved",
        "expression.submitted",
    ]
    assert figures.as_at(DAY) == {"expressions": 1}
    letter = Letter.objects.get()
    assert (letter.kind, letter.recipient) == ("expression_received", applicant)
    assert first_fault() is None


def test_saving_the_same_again_records_nothing() -> None:
    expression = cases.draft()
    by = cases.editor_of(expression.lead)
    before = Event.objects.count()
    expressions.save(
        expression, facts=cases.complete_facts(expression.round), by=by, at=MOMENT
    )
    assert Event.objects.count() == before


def test_an_event_names_what_changed_and_holds_no_words() -> None:
    expression = cases.draft(complete=False)
    by = cases.editor_of(expression.lead)
    expressions.save(
        expression, facts={"summary": "Secret words", "title": "T"}, by=by, at=MOMENT
    )
    event = Event.objects.filter(name="expression.saved").get()
    assert event.data == {"changed": ["summary", "title"]}


def test_an_empty_draft_is_not_sent_and_every_gap_is_named() -> None:
    round = cases.round_()
    cases.question_set(round)
    expression = cases.draft(round=round, complete=False)
    with pytest.raises(Invalid) as refused:
        expressions.submit(expression, by=cases.editor_of(expression.lead), at=MOMENT)
    assert refused.value.problems == {
        "summary": ["Answer “What is the idea?”"],
        "strand": ["Select the strand the idea belongs to"],
        "money": ["Enter how much funding you need"],
        "why": ["Answer “Why is this needed?”"],
    }
    assert Expression.objects.get().state == ExpressionState.DRAFT


@pytest.mark.parametrize(
    ("pounds", "sentence"),
    [
        (999, "You ask for £999 but the smallest award in this round is £1,000"),
        (50_001, "You ask for £50,001 but the largest award in this round is £50,000"),
    ],
)
def test_what_is_asked_for_stays_within_the_rounds_limits(
    pounds: int, sentence: str
) -> None:
    round = cases.round_(min_award=Money.pounds(1_000), max_award=Money.pounds(50_000))
    expression = cases.draft(round=round, pounds=pounds)
    with pytest.raises(Invalid) as refused:
        expressions.submit(expression, by=cases.editor_of(expression.lead), at=MOMENT)
    assert refused.value.problems == {"money": [sentence]}


def test_the_closing_moment_is_in_and_a_microsecond_later_is_not() -> None:
    late_draft, timely_draft = cases.draft(), cases.draft()
    with pytest.raises(TooLate, match=r"closed at 5pm \(UK time\) on 19 December 2014"):
        expressions.submit(
            late_draft, by=cases.editor_of(late_draft.lead), at=CLOSES_AT + TICK
        )
    expressions.submit(
        timely_draft, by=cases.editor_of(timely_draft.lead), at=CLOSES_AT
    )


def test_nothing_is_sent_before_the_round_opens() -> None:
    expression = cases.draft()
    by = cases.editor_of(expression.lead)
    with pytest.raises(TooLate, match="is not open yet"):
        expressions.submit(expression, by=by, at=OPENS_AT - TICK)
    assert expressions.submit(expression, by=by, at=OPENS_AT).state == "submitted"


def test_a_sent_expression_cannot_be_changed() -> None:
    expression = cases.submitted_expression()
    with pytest.raises(TooLate):
        expressions.save(
            expression,
            facts={"title": "Other"},
            by=cases.editor_of(expression.lead),
            at=MOMENT,
        )


def test_outsiders_viewers_and_officials_cannot_write_for_an_organisation() -> None:
    expression = cases.draft()
    viewer = users.viewer(expression.lead)
    for by in (users.outsider(), viewer, users.official(), users.administrator()):
        for act in (expressions.submit, expressions.withdraw, expressions.save):
            with pytest.raises(NotAllowed):
                act(expression, by=by, at=MOMENT)
        with pytest.raises(NotAllowed):
            expressions.start(
                round=expression.round,
                lead=expression.lead,
                title="Mine",
                by=by,
                at=MOMENT,
            )


def test_a_membership_not_yet_confirmed_gives_nothing() -> None:
    expression = cases.draft()
    by = users.applicant(expression.lead)
    force_update(by.memberships.all(), confirmed_at=None, confirmed_by="")
    with pytest.raises(NotAllowed):
        expressions.submit(expression, by=by, at=MOMENT)


def test_a_withdrawn_draft_counts_as_nothing_sent() -> None:
    expression = cases.draft()
    by = cases.editor_of(expression.lead)
    withdrawn = expressions.withdraw(expression, because="No time.", by=by, at=MOMENT)
    assert (withdrawn.state, withdrawn.submitted_at) == (
        ExpressionState.WITHDRAWN,
        None,
    )
    assert withdrawn.withdrawn_because == "No time."
    assert figures.as_at(DAY) == {}


def test_taking_forward_opens_a_bid_filled_with_what_was_said() -> None:
    round = cases.round_()
    cases.question_set(round), cases.question_set(round, "bid")
    expression = cases.submitted_expression(round=round)
    bid = expressions.take_forward(expression, by=users.official(), at=MOMENT)
    assert bid.state == BidState.IN_DEVELOPMENT
    assert bid.chain_id == expression.chain_id
    copied_fields = (
        "title",
        "summary",
        "strand",
        "maturity",
        "idea_type",
        "lead",
        "round",
    )
    for name in copied_fields:
        assert getattr(bid, name) == getattr(expression, name)
    assert list(bid.councils.all()) == list(expression.councils.all())
    assert [(m.financial_year, m.amount) for m in bid.money.all()] == [
        (2014, Money.pounds(8_000))
    ]
    assert list(bid.answers.values_list("question__code", "value")) == [
        ("why", "Families wait.")
    ]
    assert history(expression)[-2:] == ["expression.taken_forward", "bid.opened"]
    assert figures.as_at(DAY) == {"expressions": 1, "bids_in_development": 1}


def test_a_seed_grant_goes_straight_to_its_approver_and_is_no_board_bid() -> None:
    bid = cases.seed_bid()
    assert bid.state == BidState.WITH_MINISTER
    assert bid.submitted_at == MOMENT
    assert bid.round.route == Route.SEED
    assert figures.as_at(DAY) == {"expressions": 1}


def test_only_those_who_triage_take_forward_decline_or_merge() -> None:
    expression, other = cases.submitted_expression(), cases.submitted_expression()
    words = cases.feedback(expression.round)
    calls: list[tuple[Any, dict[str, Any]]] = [
        (expressions.take_forward, {}),
        (expressions.decline, {"feedback": words}),
        (expressions.merge, {"into": other}),
    ]
    coach = users.assign(users.coach(), expression)
    for by in (
        cases.editor_of(expression.lead),
        coach,
        users.analyst(),
        users.member(),
    ):
        for act, message in calls:
            with pytest.raises(NotAllowed):
                act(expression, by=by, at=MOMENT, **message)


def test_merging_ends_one_in_favour_of_another_and_tells_its_applicant() -> None:
    one, other = cases.submitted_expression(), cases.submitted_expression()
    before = set(Letter.objects.values_list("pk", flat=True))
    merged = expressions.merge(one, into=other, by=users.official(), at=MOMENT)
    assert (merged.state, merged.merged_into) == (ExpressionState.MERGED, other)
    letter = Letter.objects.exclude(pk__in=before).get()
    assert letter.kind == "expression_merged"
    assert letter.recipient == cases.editor_of(one.lead)
    assert Event.objects.get(name="expression.merged").data == {"into": other.key}


def test_nothing_is_merged_into_itself_or_into_what_has_ended() -> None:
    one, ended = cases.submitted_expression(), cases.declined_expression()
    for into in (one, ended):
        with pytest.raises(Invalid) as refused:
            expressions.merge(one, into=into, by=users.official(), at=MOMENT)
        assert list(refused.value.problems) == ["into"]


def test_a_taken_forward_expression_cannot_be_withdrawn_or_declined() -> None:
    expression = cases.bid_in_development().expression
    with pytest.raises(TooLate):
        expressions.withdraw(expression, by=cases.editor_of(expression.lead), at=MOMENT)
    with pytest.raises(TooLate):
        expressions.decline(
            expression,
            feedback=cases.feedback(expression.round),
            by=users.official(),
            at=MOMENT,
        )
    assert Bid.objects.count() == 1
