"""A case is assigned to somebody, and the assignment ends."""

import pytest

from bids import policies
from bids.domain import assignments
from bids.models import Assignment
from innovation.core.errors import Invalid, NotAllowed
from tests.dates import MOMENT
from tests.factories import cases, users

pytestmark = pytest.mark.django_db


def test_a_case_assigned_opens_to_the_coach_until_it_ends() -> None:
    expression, coach, official = (
        cases.submitted_expression(),
        users.coach(),
        users.official(),
    )
    assignment = assignments.assign(expression, user=coach, by=official, at=MOMENT)
    assert policies.expressions_for(coach).count() == 1
    assignments.end(assignment, by=official, at=MOMENT)
    assert policies.expressions_for(coach).count() == 0
    assignments.assign(expression, user=coach, by=official, at=MOMENT)
    assert Assignment.objects.count() == 2


def test_only_officials_assign_and_only_to_those_who_develop() -> None:
    expression, coach, official = (
        cases.submitted_expression(),
        users.coach(),
        users.official(),
    )
    users.assign(coach, expression)
    for by in (coach, users.analyst(), cases.editor_of(expression.lead)):
        with pytest.raises(NotAllowed):
            assignments.assign(expression, user=official, by=by, at=MOMENT)
    for user in (coach, users.analyst(), users.outsider()):
        with pytest.raises(Invalid):
            assignments.assign(expression, user=user, by=official, at=MOMENT)
