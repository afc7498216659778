"""The minister's sentence of February 2015, and what stands behind its numbers."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.test import override_settings

from bids.domain.queries.case_search_filters import counted_by_figure
from bids.models import Bid, Expression
from funding.demo_data import councils, rounds
from funding.events import FundingEvent
from funding.models import Award
from innovation.audit import figures
from innovation.audit.models import Event
from innovation.audit.verification import first_fault
from innovation.dashboard import figures as dashboard_figures
from innovation.organisations.models import Council
from tests.demo_data.conftest import NOW

pytestmark = pytest.mark.django_db
END_OF_FEBRUARY = date(2015, 2, 28)
MADE_UP_COUNCILS = {f"{place} {councils.LABEL}" for place in councils.PLACES}


def test_the_sentence_of_february_2015_comes_out_of_events() -> None:
    assert figures.as_at(END_OF_FEBRUARY) == {
        "expressions": 285,
        "bids_in_development": 68,
        "projects_funded": 19,
        "councils_redesigning": 23,
    }
    assert first_fault() is None


@pytest.mark.parametrize(
    ("day", "expressions", "worked_up"),
    [
        (date(2014, 6, 3), 0, 0),
        (date(2014, 7, 31), 65, 11),
        (date(2014, 12, 31), 236, 65),
        (date(2015, 4, 30), 285, 46),
        (date(2015, 12, 31), 285, 0),
    ],
)
def test_other_dates_give_other_figures(
    day: date, expressions: int, worked_up: int
) -> None:
    counts = figures.as_at(day)
    assert counts.get("expressions", 0) == expressions
    assert counts.get("bids_in_development", 0) == worked_up


@pytest.mark.parametrize(
    ("figure", "number"), [("expressions", 285), ("bids_in_development", 68)]
)
def test_the_cases_behind_a_figure_are_as_many(figure: str, number: int) -> None:
    expressions = counted_by_figure(Expression.objects.all(), figure, END_OF_FEBRUARY)
    assert expressions.count() == number


def test_nothing_real_is_given_a_made_up_act() -> None:
    for case in (Expression, Bid, Award):
        made_up = case.objects.filter(demonstration=True)
        real_rows = case.objects.filter(demonstration=False)
        assert _council_names(made_up) <= MADE_UP_COUNCILS
        assert not _council_names(real_rows) & MADE_UP_COUNCILS
        assert not made_up.filter(lead__demonstration=False).exists()
        assert not made_up.exclude(lead__name__endswith="(demonstration)").exists()
        assert not real_rows.filter(lead__demonstration=True).exists()
    assert not Expression.objects.filter(demonstration=False).exists()
    assert Award.objects.filter(demonstration=False).count() == 57


def test_every_made_up_case_has_the_history_its_state_asks_for() -> None:
    created = Expression.objects.filter(round__name=rounds.PAST_ROUND)
    for case in created.select_related("chain", "bid"):
        last = case.chain.events.last()
        assert last is not None
        stage = (
            f"bid.{case.bid.state}"
            if hasattr(case, "bid")
            else (f"expression.{case.state}")
        )
        assert (case.chain.stage, last.stage) == (stage, stage)
        moments = list(case.chain.events.values_list("at", flat=True))
        assert moments == sorted(moments)
    declined = created.filter(state="declined")
    assert {case.feedback.count() for case in declined} == {4}


def test_nothing_made_up_happens_after_today_but_what_was_announced_for_later() -> None:
    later = Event.objects.filter(at__gt=NOW).values_list("name", flat=True)
    assert list(later) == [FundingEvent.AWARD_ANNOUNCED]


def test_every_history_is_in_the_order_of_its_days() -> None:
    """What was announced for a later day comes before what happens meanwhile."""
    newest: dict[int, Event] = {}
    misplaced = []
    for event in Event.objects.filter(at__lte=NOW).order_by("chain_id", "seq"):
        earlier = newest.get(event.chain_id)
        if earlier is not None and earlier.at > event.at:
            misplaced.append((event.subject, earlier.name, event.name))
        newest[event.chain_id] = event
    assert misplaced == []


def _council_names(cases: QuerySet[Expression | Bid | Award]) -> set[str]:
    named = cases.filter(councils__isnull=False).distinct()
    return set(named.values_list("councils__name", flat=True))


def test_the_figures_of_the_real_history_do_not_change() -> None:
    """Without what the front page says is made up of each figure."""
    day = date(2026, 11, 21)
    numbers = figures.as_at(day)
    with override_settings(DEMONSTRATION=True):
        parts = dashboard_figures.sentence(day, AnonymousUser()).parts
    made_up = {part.words.partition(" ")[0]: part.made_up for part in parts}
    assert numbers["projects_funded"] - made_up["projects"] == 57
    redesigning = Council.objects.filter(
        awards__demonstration=False, awards__idea_type__redesigns_social_work=True
    )
    real = redesigning.distinct().count()
    assert numbers["councils_redesigning"] - made_up["local"] == real
    assert made_up == {"expressions": 0, "being": 0, "projects": 3, "local": 4}
    assert not figures.read(day).revisions
