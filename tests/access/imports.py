"""Files of past cases. Whoever may import sees every file that was sent."""

from typing import Any

from bids.domain.registers import load as load_registers
from funding.domain import imports as domain
from innovation.accounts.models import User
from tests.access.scenario import KeyPair, Scenario, key_pair_of
from tests.dates import MOMENT
from tests.factories import cases, users
from tests.funding import sheets


def imports(stage: Scenario, user: User) -> KeyPair:
    return key_pair_of(*(_import(b"kind\n") for _ in range(2)))


def imports_to_apply(stage: Scenario, user: User) -> KeyPair:
    load_registers(at=MOMENT)
    known = {"Lead type": "charity", "Round": cases.round_().name}
    return key_pair_of(
        *(_import(sheets.csv_file(sheets.EOI | known)) for _ in range(2))
    )


def _import(content: bytes) -> Any:
    by = users.official()
    return domain.receive(content, file_name="past.csv", by=by, at=MOMENT)
