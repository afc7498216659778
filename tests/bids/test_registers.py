"""The registers and the past rounds, as loaded from the project's files."""

import pytest

from bids.domain import registers
from bids.models import Round
from innovation.audit.models import Event
from tests.dates import MOMENT

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _registers() -> None:
    registers.load(at=MOMENT)


def test_loading_again_changes_nothing() -> None:
    before = Event.objects.count()
    assert registers.load(at=MOMENT) is False
    assert Event.objects.count() == before


def test_past_rounds_are_not_open_and_say_what_is_known() -> None:
    assert set(Round.objects.values_list("opens_at", "closes_at")) == {(None, None)}
    assert "" not in Round.objects.values_list("opens_note", flat=True)
