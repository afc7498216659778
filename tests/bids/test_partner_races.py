"""Several people act on one added organisation at the same time.

Control runs without the lock show that these tests would find its absence.
"""

import threading
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from bids.domain import expressions, partners
from bids.forms.question_types.names import parse_partners
from innovation.accounts.domain import organisation_merges
from innovation.audit import rows
from innovation.audit.models import Event
from innovation.audit.verification import first_fault
from innovation.core.errors import TooLate
from innovation.organisations.domain import organisation_additions as additions
from innovation.organisations.domain import organisations
from innovation.organisations.models import Organisation, OrganisationState
from tests.concurrency import run_concurrently
from tests.database_guards import disable_guards
from tests.dates import MOMENT
from tests.factories import cases, users
from tests.factories import partners as partner_factories

pytestmark = pytest.mark.django_db(transaction=True)
Calls = list[Callable[[], Any]]


def confirm_and_merge() -> Calls:
    added, kept = partner_factories.to_check(), users.organisation("Kept")
    one, other = users.official(), users.official()
    return [
        lambda: partners.confirm(added, by=one, at=MOMENT),
        lambda: partners.merge(added, into=kept, by=other, at=MOMENT),
    ]


def confirm_two_of_one_name() -> Calls:
    first, second = (
        partner_factories.to_check("Open Doors"),
        partner_factories.to_check("Open Doors"),
    )
    one, other = users.official(), users.official()
    return [
        lambda: partners.confirm(first, by=one, at=MOMENT),
        lambda: partners.confirm(second, by=other, at=MOMENT),
    ]


def confirm_while_it_is_registered() -> Calls:
    added, official = partner_factories.to_check("Open Doors"), users.official()
    return [
        lambda: partners.confirm(added, by=official, at=MOMENT),
        lambda: organisations.register(
            name="open doors", applicant_type="charity", by=official, at=MOMENT
        ),
    ]


@pytest.mark.parametrize("stage", [confirm_and_merge, confirm_two_of_one_name])
def test_exactly_one_of_two_officials_wins(stage: Callable[[], Calls]) -> None:
    outcomes = run_concurrently(stage())
    won = [one for one in outcomes if isinstance(one, Organisation)]
    lost = [one for one in outcomes if not isinstance(one, Organisation)]
    assert len(won) == 1, outcomes
    assert all(hasattr(one, "sentence") for one in lost), lost
    assert first_fault() is None
    assert rows.differences() == ([], 0)


def test_a_name_is_registered_once() -> None:
    outcomes = run_concurrently(confirm_while_it_is_registered())
    assert len([one for one in outcomes if isinstance(one, Organisation)]) == 1
    assert Organisation.objects.registered().filter(name__iexact="open doors").count()


def test_two_who_add_the_same_one_at_once_get_one() -> None:
    lead = users.organisation("Lead")
    outcomes = run_concurrently(
        [lambda: partner_factories.added(lead, "Open Doors")] * 3
    )
    assert len({one.pk for one in outcomes}) == 1, outcomes
    assert Event.objects.filter(name="organisation.added").count() == 1


def test_sending_while_it_is_merged_leaves_no_case_without_its_partner() -> None:
    for _ in range(5):
        lead, kept = users.organisation("Lead"), users.organisation("Kept")
        added = partner_factories.added(lead)
        partner_factories.send_case_naming(added)
        by = cases.editor_of(lead)
        draft = cases.draft(lead=lead, by=by)
        expressions.save(draft, facts={"partners": [added]}, by=by, at=MOMENT)
        official = users.official()
        outcomes = run_concurrently(
            [
                partial(expressions.submit, draft, by=by, at=MOMENT),
                partial(partners.merge, added, into=kept, by=official, at=MOMENT),
            ]
        )
        assert not any(isinstance(one, Exception) for one in outcomes), outcomes
        assert [partner.current for partner in draft.partners.all()] == [kept]
    assert first_fault() is None
    assert rows.differences() == ([], 0)


def test_saving_while_it_is_merged_names_what_is_kept_at_the_next_save() -> None:
    lead, kept = users.organisation("Lead"), users.organisation("Kept")
    added = partner_factories.to_check(lead=lead)
    by, official = cases.editor_of(lead), users.official()
    draft = cases.draft(lead=lead, by=by)
    outcomes = run_concurrently(
        [
            lambda: expressions.save(
                draft, facts={"partners": [added]}, by=by, at=MOMENT
            ),
            lambda: partners.merge(added, into=kept, by=official, at=MOMENT),
        ]
    )
    assert not any(isinstance(one, Exception) for one in outcomes), outcomes
    assert parse_partners(added.name, draft) == [kept]


def test_without_the_lock_two_officials_would_win(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The control: reading the rows without holding them lets both through."""

    def unlocked(organisation: Organisation) -> Organisation:
        found = Organisation.objects.get(pk=organisation.pk)
        time.sleep(0.5)
        return found

    calls = confirm_and_merge()
    monkeypatch.setattr(additions, "lock_row", unlocked)
    with disable_guards(Organisation):
        outcomes = run_concurrently(calls)
    assert not any(isinstance(one, Exception) for one in outcomes), outcomes


def test_without_the_lock_the_same_one_would_be_tried_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    look = additions._matching_addition
    both_have_looked = threading.Barrier(2, timeout=10)

    def look_together(*facts: Any) -> Organisation | None:
        found = look(*facts)
        both_have_looked.wait()
        return found

    lead = users.organisation("Lead")
    cases.editor_of(lead)
    monkeypatch.setattr(additions, "lock_row", lambda organisation: organisation)
    monkeypatch.setattr(additions, "_matching_addition", look_together)
    outcomes = run_concurrently(
        [lambda: partner_factories.added(lead, "Open Doors")] * 2
    )
    assert any(isinstance(one, Exception) for one in outcomes), outcomes


def test_merging_into_one_that_is_merged_meanwhile_leads_on_or_is_refused() -> None:
    for _ in range(5):
        added, target = partner_factories.to_check(), users.organisation("Target")
        last, official = users.organisation("Last"), users.official()
        into_target, _ = run_concurrently(
            [
                partial(partners.merge, added, into=target, by=official, at=MOMENT),
                partial(
                    organisation_merges.merge, target, into=last, by=official, at=MOMENT
                ),
            ]
        )
        added.refresh_from_db()
        if isinstance(into_target, TooLate):
            assert added.is_unconfirmed
        else:
            assert (into_target, added.current) == (target, last)
    assert first_fault() is None
    assert rows.differences() == ([], 0)


def test_a_merge_is_refused_once_it_was_done() -> None:
    added, kept = partner_factories.to_check(), users.organisation("Kept")
    official = users.official()
    outcomes = run_concurrently(
        [lambda: partners.merge(added, into=kept, by=official, at=MOMENT)] * 3
    )
    assert [type(one) for one in outcomes].count(TooLate) == 2
    added.refresh_from_db()
    assert added.state == OrganisationState.MERGED
