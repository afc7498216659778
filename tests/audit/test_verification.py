"""Every way of touching the log that its owner has, and the row that is named."""

from collections.abc import Callable

import pytest
from django.core.management import CommandError, call_command

from innovation.audit.models import Chain
from innovation.audit.verification import first_fault
from tests.audit import log

pytestmark = pytest.mark.django_db
Tamper = Callable[[Chain], None]


def altered(chain: Chain) -> None:
    log.tamper(
        "UPDATE audit_event SET actor = 'USR-OTHER' WHERE chain_id = %s AND seq = 3",
        chain.pk,
    )


def altered_and_mended(chain: Chain) -> None:
    altered(chain)
    log.mend(chain, 3)


def last_altered_and_mended(chain: Chain) -> None:
    log.tamper(
        "UPDATE audit_event SET actor = 'USR-OTHER' WHERE chain_id = %s AND seq = 5",
        chain.pk,
    )
    log.mend(chain, 5)


def removed(chain: Chain) -> None:
    log.tamper("DELETE FROM audit_event WHERE chain_id = %s AND seq = 3", chain.pk)


def removed_and_renumbered(chain: Chain) -> None:
    removed(chain)
    log.shift(chain, 4, -1)


def first_removed_and_renumbered(chain: Chain) -> None:
    log.tamper("DELETE FROM audit_event WHERE chain_id = %s AND seq = 1", chain.pk)
    log.shift(chain, 2, -1)


def tail_removed(chain: Chain) -> None:
    log.tamper("DELETE FROM audit_event WHERE chain_id = %s AND seq >= 4", chain.pk)


def all_removed(chain: Chain) -> None:
    log.tamper("DELETE FROM audit_event WHERE chain_id = %s", chain.pk)


def swapped(chain: Chain) -> None:
    log.swap(chain, 2, 4)


def neighbours_swapped(chain: Chain) -> None:
    log.swap(chain, 2, 3)


def last_two_swapped(chain: Chain) -> None:
    log.swap(chain, 4, 5)


def inserted(chain: Chain) -> None:
    log.shift(chain, 3, 1)
    log.forge(chain, 3)


def inserted_with_a_poor_hash(chain: Chain) -> None:
    inserted(chain)
    log.tamper(
        "UPDATE audit_event SET hash = repeat('a', 64) WHERE chain_id = %s AND seq = 3",
        chain.pk,
    )


def inserted_first(chain: Chain) -> None:
    log.shift(chain, 1, 1)
    log.forge(chain, 7)
    log.tamper(
        "UPDATE audit_event SET seq = 1, previous = repeat('0', 64)"
        " WHERE chain_id = %s AND name = 'thing.forged'",
        chain.pk,
    )
    log.mend(chain, 1)


def appended(chain: Chain) -> None:
    log.forge(chain, 6)


def appended_and_the_head_mended(chain: Chain) -> None:
    log.forge(chain, 6, stage="bid.approved")
    log.tamper(
        "UPDATE audit_chain SET length = 6, head = (SELECT hash FROM audit_event"
        " WHERE chain_id = %s AND seq = 6) WHERE id = %s",
        chain.pk,
        chain.pk,
    )


@pytest.mark.parametrize(
    ("tamper", "kind", "words"),
    [
        (altered, "altered", "Event 3 of chain {chain} (thing.done_3 of THING-3"),
        (altered_and_mended, "altered", "Event 3 of chain {chain} (thing.done_3"),
        (last_altered_and_mended, "altered", "Event 5 of chain {chain} (thing.done_5"),
        (removed, "removed", "Event 3 of chain {chain} was removed"),
        (removed_and_renumbered, "removed", "Event 3 of chain {chain} was removed"),
        (first_removed_and_renumbered, "removed", "Event 1 of chain {chain} was"),
        (tail_removed, "removed", "Event 4 of chain {chain} was removed"),
        (all_removed, "removed", "Event 1 of chain {chain} was removed"),
        (swapped, "reordered", "Event 2 of chain {chain} (thing.done_4 of THING-4"),
        (neighbours_swapped, "reordered", "Event 2 of chain {chain} (thing.done_3"),
        (last_two_swapped, "reordered", "Event 4 of chain {chain} (thing.done_5"),
        (inserted, "inserted", "Event 3 of chain {chain} (thing.forged"),
        (inserted_with_a_poor_hash, "inserted", "Event 3 of chain {chain} (thing.forg"),
        (inserted_first, "inserted", "Event 1 of chain {chain} (thing.forged"),
        (appended, "inserted", "Event 6 of chain {chain} (thing.forged"),
        (appended_and_the_head_mended, "inserted", "Event 6 of chain {chain} (thing.f"),
    ],
)
def test_the_first_row_touched_is_named(tamper: Tamper, kind: str, words: str) -> None:
    log.chain()
    chain = log.chain()
    log.chain(1)
    assert first_fault() is None
    tamper(chain)
    fault = first_fault()
    assert fault is not None
    assert (fault.kind, fault.sentence[: len(words.format(chain=chain.pk))]) == (
        kind,
        words.format(chain=chain.pk),
    )


def test_events_whose_chain_was_removed_are_found() -> None:
    log.chain()
    chain = log.chain()
    key = "audit_event_chain_id_8ecbeb9f_fk_audit_chain_id"
    log.run("SET CONSTRAINTS ALL IMMEDIATE")
    log.run(f"ALTER TABLE audit_event DROP CONSTRAINT {key}")
    log.tamper("DELETE FROM audit_chain WHERE id = %s", chain.pk)
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
    log.chain(stage="thing.begun")
    chain = log.chain(stage=stage)
    assert first_fault() is None
    log.tamper(f"UPDATE audit_chain SET {change} WHERE id = %s", chain.pk)
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
    chain = log.chain(stage="thing.begun")
    log.tamper("UPDATE audit_chain SET moved_at = NULL WHERE id = %s", chain.pk)
    fault = first_fault()
    assert fault is not None
    assert fault.kind == "inserted"
    assert fault.sentence.startswith(f"Event 5 of chain {chain.pk} (thing.done_5")


def test_a_chain_emptied_of_its_events_is_found_by_its_stage() -> None:
    chain = log.chain(4, stage="thing.begun")
    all_removed(chain)
    log.tamper(
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
    chain = log.chain(tally={"expressions": 1})
    log.forge(chain, 6, tally='{"expressions": 3}')
    log.tamper(
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
    log.chain(tally={"expressions": 1})
    log.run("UPDATE audit_tally SET change = 285")
    fault = first_fault()
    assert fault is not None
    assert fault.kind == "uncounted"


def test_a_number_the_sequence_never_gave_is_found() -> None:
    chain = log.chain()
    log.tamper(
        "UPDATE audit_event SET id = id + 100000 WHERE chain_id = %s AND seq = 5",
        chain.pk,
    )
    fault = first_fault()
    assert fault is not None
    assert fault.kind == "inserted"


def test_the_command_names_the_row_and_says_when_all_is_well(
    capsys: pytest.CaptureFixture[str],
) -> None:
    chain = log.chain()
    call_command("verify_events")
    assert "5 events, every chain is whole." in capsys.readouterr().out
    altered(chain)
    with pytest.raises(CommandError, match="was altered"):
        call_command("verify_events")
