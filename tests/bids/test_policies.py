"""Who can access which case; every test also tries an outsider."""

import pytest

from bids import policies
from bids.domain import expressions
from bids.domain.queries import history
from innovation.accounts.domain import memberships
from innovation.accounts.models import User
from tests.dates import MOMENT
from tests.factories import cases, users

pytestmark = pytest.mark.django_db


def test_each_role_reaches_what_it_should_and_nothing_else() -> None:
    draft, bid = cases.draft(), cases.bid_in_development()
    expression = bid.expression
    coach = users.assign(users.coach(), expression)
    reach: list[tuple[User, set[int]]] = [
        (cases.editor_of(draft.lead), {draft.pk}),
        (users.viewer(expression.lead), {expression.pk}),
        (users.outsider(), set()),
        (users.official(), {expression.pk}),
        (users.analyst(), {expression.pk}),
        (users.secretary(), {expression.pk}),
        (coach, {expression.pk}),
        (users.coach(), set()),
        (users.member(), set()),
        (users.minister(), set()),
        (users.finance(), set()),
        (users.administrator(), set()),
    ]
    for user, expected in reach:
        visible = set(policies.expressions_for(user).values_list("pk", flat=True))
        assert visible == expected, user.roles
        has_bid = {bid.pk} if expression.pk in expected else set()
        assert set(policies.bids_for(user).values_list("pk", flat=True)) == has_bid


def test_a_draft_withdrawn_before_it_was_sent_stays_the_applicants() -> None:
    draft = cases.draft()
    by = cases.editor_of(draft.lead)
    expressions.withdraw(draft, by=by, at=MOMENT)
    assert policies.expressions_for(users.official()).count() == 0
    assert policies.expressions_for(by).count() == 1


def test_an_applicants_rights_end_with_the_role_or_the_membership() -> None:
    draft = cases.draft()
    by = cases.editor_of(draft.lead)
    by.roles = []
    by.save()
    by = User.objects.get(pk=by.pk)
    assert policies.expressions_for(by).count() == 0
    assert not policies.may_edit(by, draft.lead)


def test_a_colleague_who_has_left_is_still_named_in_the_history() -> None:
    expression = cases.submitted_expression()
    by, official = cases.editor_of(expression.lead), users.official()
    by.memberships.all().delete()
    names = history.colleague_names(expression.lead_id)([by.key, official.key])
    assert names == {by.key: str(by), official.key: "The department"}


def test_an_official_who_asks_to_join_the_lead_is_not_named_in_its_history() -> None:
    expression = cases.submitted_expression()
    official = users.person("official", "applicant")
    memberships.ask(organisation=expression.lead, by=official, at=MOMENT)
    names = history.colleague_names(expression.lead_id)([official.key])
    assert names == {official.key: "The department"}
