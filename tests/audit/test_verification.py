"""Every change that the owner can make to the log, and the row that is named."""

from collections.abc import Callable

import pytest
from django.core.management import CommandError, call_command

from innovation.audit.models import Chain
from innovation.audit.verification import first_fault
from tests.audit import chain_tampering

pytestmark = pytest.mark.django_db
Tamper = Callable[[Chain], None]


def alter_event(chain: Chain) -> None:
    chain_tampering.tamper(
        "UPDATE audit_event SET actor = 'USR-OTHER' WHERE chain_id = %s AND seq = 3",
        chain.pk,
    )


def alter_and_fix_hash(chain: Chain) -> None:
    alter_event(chain)
    chain_tampering.fix_hash(chain, 3)


def alter_last_and_fix_hash(chain: Chain) -> None:
    chain_tampering.tamper(
        "UPDATE audit_event SET actor = 'USR-OTHER' WHERE chain_id = %s AND seq = 5",
        chain.pk,
    )
    chain_tampering.fix_hash(chain, 5)


def delete_event(chain: Chain) -> None:
    chain_tampering.tamper(
        "DELETE FROM audit_event WHERE chain_id = %s AND seq = 3", chain.pk
    )


def delete_and_renumber(chain: Chain) -> None:
    delete_event(chain)
    chain_tampering.renumber_events(chain, 4, -1)


def delete_first_and_renumber(chain: Chain) -> None:
    chain_tampering.tamper(
        "DELETE FROM audit_event WHERE chain_id = %s AND seq = 1", chain.pk
    )
    chain_tampering.renumber_events(chain, 2, -1)


def delete_tail(chain: Chain) -> None:
    chain_tampering.tamper(
        "DELETE FROM audit_event WHERE chain_id = %s AND seq >= 4", chain.pk
    )


def delete_all(chain: Chain) -> None:
    chain_tampering.tamper("DELETE FROM audit_event WHERE chain_id = %s", chain.pk)


def swap_two(chain: Chain) -> None:
    chain_tampering.swap_events(chain, 2, 4)


def swap_neighbours(chain: Chain) -> None:
    chain_tampering.swap_events(chain, 2, 3)


def swap_last_two(chain: Chain) -> None:
    chain_tampering.swap_events(chain, 4, 5)


def insert_event(chain: Chain) -> None:
    chain_tampering.renumber_events(chain, 3, 1)
    chain_tampering.forge_event(chain, 3)


def insert_with_wrong_hash(chain: Chain) -> None:
    insert_event(chain)
    chain_tampering.tamper(
        "UPDATE audit_event SET hash = repeat('a', 64) WHERE chain_id = %s AND seq = 3",
        chain.pk,
    )


def insert_first(chain: Chain) -> None:
    chain_tampering.renumber_events(chain, 1, 1)
    chain_tampering.forge_event(chain, 7)
    chain_tampering.tamper(
        "UPDATE audit_event SET seq = 1, previous = repeat('0', 64)"
        " WHERE chain_id = %s AND name = 'thing.forged'",
        chain.pk,
    )
    chain_tampering.fix_hash(chain, 1)


def append_event(chain: Chain) -> None:
    chain_tampering.forge_event(chain, 6)


def append_and_fix_head(chain: Chain) -> None:
    chain_tampering.forge_event(chain, 6, stage="bid.approved")
    chain_tampering.tamper(
        "UPDATE audit_chain SET length = 6, head = (SELECT hash FROM audit_event"
        " WHERE chain_id = %s AND seq = 6) WHERE id = %s",
        chain.pk,
        chain.pk,
    )


@pytest.mark.parametrize(
    ("tamper", "kind", "words"),
    [
        (alter_event, "altered", "Event 3 of chain {chain} (thing.done_3 of THING-3"),
        (alter_and_fix_hash, "altered", "Event 3 of chain {chain} (thing.done_3"),
        (alter_last_and_fix_hash, "altered", "Event 5 of chain {chain} (thing.done_5"),
        (delete_event, "removed", "Event 3 of chain {chain} was removed"),
        (delete_and_renumber, "removed", "Event 3 of chain {chain} was removed"),
        (delete_first_and_renumber, "removed", "Event 1 of chain {chain} was"),
        (delete_tail, "removed", "Event 4 of chain {chain} was removed"),
        (delete_all, "removed", "Event 1 of chain {chain} was removed"),
        (swap_two, "reordered", "Event 2 of chain {chain} (thing.done_4 of THING-4"),
        (swap_neighbours, "reordered", "Event 2 of chain {chain} (thing.done_3"),
        (swap_last_two, "reordered", "Event 4 of chain {chain} (thing.done_5"),
        (insert_event, "inserted", "Event 3 of chain {chain} (thing.forged"),
        (insert_with_wrong_hash, "inserted", "Event 3 of chain {chain} (thing.forg"),
        (insert_first, "inserted", "Event 1 of chain {chain} (thing.forged"),
        (append_event, "inserted", "Event 6 of chain {chain} (thing.forged"),
        (append_and_fix_head, "inserted", "Event 6 of chain {chain} (thing.f"),
    ],
)
def test_the_first_row_touched_is_named(tamper: Tamper, kind: str, words: str) -> None:
    chain_tampering.create_chain()
    chain = chain_tampering.create_chain()
    chain_tampering.create_chain(1)
    assert first_fault() is None
    tamper(chain)
    fault = first_fault()
    assert fault is not None
    assert (fault.kind, fault.sentence[: len(words.format(chain=chain.pk))]) == (
        kind,
        words.format(chain=chain.pk),
    )


def test_events_whose_chain_was_removed_are_found() -> None:
    chain_tampering.create_chain()
    chain = chain_tampering.create_chain()
    key = "audit_event_chain_id_8ecbeb9f_fk_audit_chain_id"
    chain_tampering.execute("SET CONSTRAINTS ALL IMMEDIATE")
    chain_tampering.execute(f"ALTER TABLE audit_event DROP CONSTRAINT {key}")
    chain_tampering.tamper("DELETE FROM audit_chain WHERE id = %s", chain.pk)
    fault = first_fault()
    assert fault is not None
    assert (fault.kind, fault.sentence) == (
        "removed",
        f"Chain {chain.pk} was removed, but not all its events.",
    )


@pytest.mark.parametrize("stage", ["thing.begun", ""])
@pytest.mark.parametrize(
    "change",
    [
        "stage = 'thing.approved'",
        "moved_at = now()",
        "moved_at = NULL, stage = 'thing.approved'",
    ],
)
def test_a_stage_that_no_event_names_is_found(stage: str, change: str) -> None:
    chain_tampering.create_chain(stage="thing.begun")
    chain = chain_tampering.create_chain(stage=stage)
    assert first_fault() is None
    chain_tampering.tamper(f"UPDATE audit_chain SET {change} WHERE id = %s", chain.pk)
    fault = first_fault()
    assert fault is not None
    assert fault.sentence.startswith(
        f"Event 5 of chain {chain.pk} (thing.done_5 of THING-5"
        if stage
        else f"Chain {chain.pk} was altered"
    )
    assert fault.sentence.endswith(
        "or the stage of its chain was altered."
        if stage
        else "no event of it names a stage."
    )


def test_a_stage_without_its_time_is_found() -> None:
    chain = chain_tampering.create_chain(stage="thing.begun")
    chain_tampering.tamper(
        "UPDATE audit_chain SET moved_at = NULL WHERE id = %s", chain.pk
    )
    fault = first_fault()
    assert fault is not None
    assert fault.kind == "inserted"
    assert fault.sentence.startswith(f"Event 5 of chain {chain.pk} (thing.done_5")


def test_a_chain_emptied_of_its_events_is_found_by_its_stage() -> None:
    chain = chain_tampering.create_chain(4, stage="thing.begun")
    delete_all(chain)
    chain_tampering.tamper(
        "UPDATE audit_chain SET length = 0, head = repeat('0', 64) WHERE id = %s",
        chain.pk,
    )
    fault = first_fault()
    assert fault is not None
    assert (fault.kind, fault.sentence) == (
        "altered",
        f"Chain {chain.pk} was altered: no event of it names a stage.",
    )


def test_a_forged_count_is_found_though_every_hash_was_mended() -> None:
    chain = chain_tampering.create_chain(tally={"expressions": 1})
    chain_tampering.forge_event(chain, 6, tally='{"expressions": 3}')
    chain_tampering.tamper(
        "UPDATE audit_chain SET length = 6, head = (SELECT hash FROM audit_event"
        " WHERE chain_id = %s AND seq = 6) WHERE id = %s",
        chain.pk,
        chain.pk,
    )
    fault = first_fault()
    assert fault is not None
    assert fault.kind == "uncounted"
    assert "changed by 5 on 12 November 2014, but the events say 8" in fault.sentence


def test_a_changed_tally_is_found() -> None:
    chain_tampering.create_chain(tally={"expressions": 1})
    chain_tampering.execute("UPDATE audit_tally SET change = 285")
    fault = first_fault()
    assert fault is not None
    assert fault.kind == "uncounted"


def test_a_number_the_sequence_never_gave_is_found() -> None:
    chain = chain_tampering.create_chain()
    chain_tampering.tamper(
        "UPDATE audit_event SET id = id + 100000 WHERE chain_id = %s AND seq = 5",
        chain.pk,
    )
    fault = first_fault()
    assert fault is not None
    assert fault.kind == "inserted"


def test_the_command_names_the_row_and_says_when_all_is_well(
    capsys: pytest.CaptureFixture[str],
) -> None:
    chain = chain_tampering.create_chain()
    call_command("verify_events")
    assert "5 events, and every chain is intact." in capsys.readouterr().out
    alter_event(chain)
    with pytest.raises(CommandError, match="was altered"):
        call_command("verify_events")
