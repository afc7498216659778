"""Who may not know a thing reads the same, byte for byte, whether it is so or not."""

from collections.abc import Iterable
from operator import attrgetter

import pytest

from tests.inference import stage as staged
from tests.inference.hidden_facts import FACTS, Fact
from tests.inference.worlds import Difference, Worlds, stand_still

pytestmark = pytest.mark.django_db
NAMED = attrgetter("name")


def told(found: dict[str, list[Difference]]) -> str:
    """The first of each address, for filters mostly say the same."""
    lines = []
    for name, differences in found.items():
        first = {each.address.partition("?")[0]: each for each in differences[::-1]}
        lines += [f"{name} {each}" for each in first.values()]
    return "\n" + "\n".join(lines)


def look(fact: Fact, readers: Iterable[str], *, everywhere: bool) -> None:
    found = Worlds(fact, staged.build()).differences(readers, everywhere=everywhere)
    assert not found, told(found)


@pytest.mark.parametrize("fact", [each for each in FACTS if each.first], ids=NAMED)
def test_who_stands_nearest_cannot_tell_by_it(
    fact: Fact, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_still(monkeypatch)
    look(fact, fact.nearest, everywhere=False)


@pytest.mark.soak
@pytest.mark.parametrize("fact", FACTS, ids=NAMED)
def test_nobody_can_tell_by_it(fact: Fact, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everybody who may not know it, at every address and with every filter."""
    stand_still(monkeypatch)
    look(fact, fact.readers, everywhere=True)
