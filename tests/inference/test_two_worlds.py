"""Users who may not know a fact read the same bytes whether it is so or not."""

from collections.abc import Iterable
from operator import attrgetter

import pytest

from tests.inference import scenario
from tests.inference.fact_types import HiddenFact
from tests.inference.hidden_facts import FACTS
from tests.inference.worlds import Difference, Worlds, freeze_time

pytestmark = pytest.mark.django_db
FACT_NAME = attrgetter("name")


def describe_differences(differences_by_reader: dict[str, list[Difference]]) -> str:
    """The first of each address, for filters mostly say the same."""
    lines = []
    for name, differences in differences_by_reader.items():
        first = {each.address.partition("?")[0]: each for each in differences[::-1]}
        lines += [f"{name} {each}" for each in first.values()]
    return "\n" + "\n".join(lines)


def assert_worlds_alike(
    fact: HiddenFact, readers: Iterable[str], *, all_pages: bool
) -> None:
    differences = Worlds(fact, scenario.build_scenario()).differences(
        readers, all_pages=all_pages
    )
    assert not differences, describe_differences(differences)


@pytest.mark.parametrize(
    "fact", [each for each in FACTS if each.always_tested], ids=FACT_NAME
)
def test_who_stands_nearest_cannot_tell_by_it(
    fact: HiddenFact, monkeypatch: pytest.MonkeyPatch
) -> None:
    freeze_time(monkeypatch)
    assert_worlds_alike(fact, fact.nearest_readers, all_pages=False)


@pytest.mark.soak
@pytest.mark.parametrize("fact", FACTS, ids=FACT_NAME)
def test_nobody_can_tell_by_it(
    fact: HiddenFact, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Everybody who may not know it, at every address and with every filter."""
    freeze_time(monkeypatch)
    assert_worlds_alike(fact, fact.readers, all_pages=True)
