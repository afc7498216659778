"""`verify_events` names the row and column of every change by a superuser."""

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command
from pytest_django import DjangoDbBlocker

from bids.models import Bid, Expression
from innovation.accounts.domain import people
from innovation.accounts.models import User
from innovation.audit import chains, checkpoints, evidence, rows
from innovation.audit.models import Chain
from innovation.core import clock, limits
from tests import database_copies
from tests.audit import chain_tampering, row_tampering
from tests.audit.rare_evidence import add_rare_evidence
from tests.audit.row_tampering import Tampering
from tests.dates import MOMENT
from tests.demo_fixtures import DEMONSTRATION

SEED = 20_150_228
EVIDENCE = "evidence"


@pytest.fixture(scope="module")
def _all_evidence(_demonstration: None, django_db_blocker: DjangoDbBlocker) -> None:
    with django_db_blocker.unblock():
        database_copies.restore_copy(DEMONSTRATION)
        add_rare_evidence()
        database_copies.save_copy(EVIDENCE)


@pytest.fixture
def all_evidence(_all_evidence: None, transactional_db: None) -> Iterator[None]:
    """Rows of every kind, all of them evidence."""
    database_copies.restore_copy(EVIDENCE)
    with row_tampering.superuser_connection():
        yield


def reported_differences(limit: int = 10_000) -> dict[tuple[str, str], str]:
    return {
        (each.table, each.key): f"{each.kind}: {each.sentence}"
        for each in rows.differences(limit)[0]
    }


def unreported(tampered: Iterable[Tampering]) -> list[Tampering]:
    """Of those that are there, the ones that are not named, and no row is besides."""
    tampered, named = list(tampered), reported_differences()
    undetected = [
        one
        for one in tampered
        if not named.get((one.table, one.key), "").startswith(one.kind)
        or (one.column and f"{one.column} is " not in named[one.table, one.key])
    ]
    assert set(named) - {(one.table, one.key) for one in tampered} == set()
    return undetected


@pytest.mark.usefixtures("all_evidence")
def test_every_column_and_row_that_was_tampered_with_is_named() -> None:
    assert reported_differences() == {}
    chance = random.Random(SEED)
    kinds: dict[str, list[Tampering]] = defaultdict(list)
    for each in evidence.tables():
        keys = row_tampering.row_keys(each, chance)
        assert keys, f"no row of {each.table} to tamper with: add one to rarities"
        kinds["altered"] += row_tampering.alterations_of(each, keys[0])
        kinds["removed"].append(row_tampering.removal_of(each, keys[0]))
        kinds["inserted"].append(row_tampering.insertion_of(each, keys[0]))
    assert len(kinds["altered"]) > 400
    for count in kinds.values():
        with row_tampering.rollback_without_triggers():
            for one in count:
                assert chain_tampering.execute(one.statement) == 1
            assert unreported(count) == []
    assert reported_differences() == {}


@pytest.mark.soak
@pytest.mark.usefixtures("all_evidence")
def test_a_thousand_tamperings_are_named_one_by_one() -> None:
    """Each alone, and nothing else with it."""
    chance = random.Random(SEED)
    every = []
    for each in evidence.tables():
        for key in row_tampering.row_keys(each, chance)[:2]:
            every += row_tampering.alterations_of(each, key)
            every += [
                row_tampering.removal_of(each, key),
                row_tampering.insertion_of(each, key),
            ]
    chance.shuffle(every)
    assert len(every) >= 1000
    undetected = []
    for one in every[:1000]:
        with row_tampering.rollback_without_triggers():
            assert chain_tampering.execute(one.statement) == 1
            undetected += unreported([one])
    assert undetected == []


@pytest.mark.usefixtures("all_evidence")
def test_a_case_removed_whole_is_named_once_its_chain_was_counted() -> None:
    chain = Expression.objects.exclude(submitted_at=None).latest("pk").chain_id
    with row_tampering.rollback_without_triggers():
        row_tampering.remove_case(chain)
        # The control: nothing inside the database remembers it.
        assert checkpoints.faults(10) == chains.faults(10) == []
    checkpoints.record(at=clock.now())
    with row_tampering.rollback_without_triggers():
        row_tampering.remove_case(chain)
        [sentence] = checkpoints.faults(10)
        assert sentence.startswith(f"Chain {chain} (case) was removed with its events")
        with pytest.raises(CommandError, match=f"Chain {chain} \\(case\\) was removed"):
            call_command("verify_events")
    assert checkpoints.faults(10) == []
    call_command("verify_events")


@pytest.mark.usefixtures("all_evidence")
def test_a_history_cut_short_or_written_anew_is_named_though_its_head_fits() -> None:
    checkpoints.record(at=clock.now())
    chain = Chain.objects.filter(kind="case", length__gt=3).latest("pk")
    cut = (
        "UPDATE audit_chain SET length = %s, head = (SELECT hash FROM audit_event"
        " WHERE chain_id = %s AND seq = %s) WHERE id = %s"
    )
    with row_tampering.rollback_without_triggers():
        last = chain.length - 1
        chain_tampering.execute(
            "DELETE FROM audit_event WHERE chain_id = %s AND seq > %s", chain.pk, last
        )
        chain_tampering.execute(cut, last, chain.pk, last, chain.pk)
        [sentence] = checkpoints.faults(10)
        assert f"Events of chain {chain.pk} were removed, now it has {last}" in sentence
    with row_tampering.rollback_without_triggers():
        chain_tampering.execute(
            "UPDATE audit_event SET actor = 'USR-OTHER' WHERE chain_id = %s"
            " AND seq = %s",
            chain.pk,
            chain.length,
        )
        chain_tampering.fix_hash(chain, chain.length)
        chain_tampering.execute(cut, chain.length, chain.pk, chain.length, chain.pk)
        [sentence] = checkpoints.faults(10)
        assert f"Events of chain {chain.pk} were rewritten" in sentence


@pytest.mark.usefixtures("all_evidence")
@pytest.mark.parametrize("kind", [kind.value for kind in Chain.Kind])
def test_a_chain_called_by_another_kind_is_named(kind: str) -> None:
    for chain in Chain.objects.exclude(kind=kind).distinct("kind").order_by("kind"):
        with row_tampering.rollback_without_triggers():
            chain_tampering.execute(
                "UPDATE audit_chain SET kind = %s WHERE id = %s", kind, chain.pk
            )
            [sentence] = chains.faults(10)
            assert sentence.startswith(f"Chain {chain.pk} was altered")


@pytest.mark.usefixtures("all_evidence")
def test_a_history_whose_person_was_removed_is_named_unless_an_event_says_so() -> None:
    person = people.join(User(email="new@example.org", name="New"), at=MOMENT)
    remove = f"DELETE FROM accounts_user WHERE id = {person.pk}"
    with row_tampering.rollback_without_triggers():
        chain_tampering.execute(remove)
        [sentence] = chains.faults(10)
        assert sentence.startswith(f"Chain {person.chain_id} was altered")
    EmailAddress.objects.create(user=person, email=person.email)
    later = person.date_joined + limits.UNCONFIRMED_LIFE + timedelta(seconds=1)
    people.forget_unconfirmed(at=later)
    assert not User.objects.filter(pk=person.pk).exists()
    assert chains.faults(10) == []
    assert reported_differences() == {}


@pytest.mark.usefixtures("all_evidence")
def test_an_empty_chain_an_unsaid_state_and_a_forgotten_mark_are_named() -> None:
    with row_tampering.rollback_without_triggers():
        empty = Chain.objects.create(kind="service")
        [sentence] = chains.faults(10)
        assert sentence.startswith(f"Chain {empty.pk} (service) has no event")
    with row_tampering.rollback_without_triggers():
        one = Expression.objects.filter(state="declined").latest("pk")
        chain_tampering.execute(
            "UPDATE bids_expression SET state = 'submitted' WHERE id = %s", one.pk
        )
        [sentence] = chains.faults(10)
        assert sentence.startswith(f"{one.key} was altered: it is “submitted”")
        assert "left it at “expression.declined”" in sentence
    with row_tampering.rollback_without_triggers():
        member = User.objects.filter(declared_interest=True).latest("pk")
        chain_tampering.execute(
            "UPDATE accounts_user SET declared_interest = false WHERE id = %s",
            member.pk,
        )
        [sentence] = chains.faults(10)
        assert sentence.startswith(f"{member.key} was altered")
    with row_tampering.rollback_without_triggers():
        bid = Bid.objects.filter(assessments__isnull=False).latest("pk")
        chain_tampering.execute(
            "UPDATE bids_bid SET assessors_missing = 5 WHERE id = %s", bid.pk
        )
        [sentence] = chains.faults(10)
        assert sentence.startswith(f"{bid.key} was altered: how many people")


@pytest.mark.usefixtures("all_evidence")
def test_the_command_names_as_many_rows_as_asked_for() -> None:
    with row_tampering.rollback_without_triggers():
        chain_tampering.execute("UPDATE funding_moneyline SET amount = amount + 1")
        _, count = rows.differences()
        assert count > 5
        with pytest.raises(CommandError) as refused:
            call_command("verify_events", limit=3)
    named = str(refused.value).splitlines()
    assert len(named) == 4
    assert all("amount is “" in line for line in named[:3])
    assert named[3] == f"{count - 3} more rows differ: see them with --limit."
