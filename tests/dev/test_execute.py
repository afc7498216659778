"""`dev/launch.py exec` runs any command with the services up."""

import signal

from tests.dev.checkout import Checkout


def test_the_commands_exit_code_is_passed_on_and_nothing_stays(
    checkout: Checkout,
) -> None:
    assert checkout.launch("exec", "--", "sh", "-c", "exit 7").wait(30) == 7
    assert checkout.processes() == []


def test_two_commands_share_the_services_and_the_last_one_stops_them(
    checkout: Checkout,
) -> None:
    first = checkout.run_until(
        "begun", "exec", "--", "sh", "-c", "echo begun; exec sleep 30"
    )
    script = (
        "echo begun; for n in 1 2 3 4 5 6; do psql -Atc 'SELECT 1'; sleep 0.5; done"
    )
    second = checkout.run_until("begun", "exec", "--", "sh", "-c", script)
    first.stop(signal.SIGTERM)
    assert second.finish() == 0
    assert second.text.endswith("1\n" * 6)
    assert checkout.processes() == []


def test_throwaway_services_leave_no_data(checkout: Checkout) -> None:
    output = checkout.output("exec", "--fresh", "--", "psql", "-Atc", "SHOW fsync")
    assert output == "off\n"
    assert list((checkout.root / ".local/fresh").iterdir()) == []
    assert not (checkout.root / ".local/postgres").exists()
    assert checkout.processes() == []


def test_a_database_of_ones_own_is_used_instead(checkout: Checkout) -> None:
    own = "postgresql://somebody@/something?host=/nowhere"
    output = checkout.output("exec", "--", "printenv", "DATABASE_URL", DATABASE_URL=own)
    assert output == f"{own}\n"
    assert not (checkout.root / ".local/postgres").exists()


def test_without_a_command_it_says_so(checkout: Checkout) -> None:
    process = checkout.launch("exec")
    output, _ = process.communicate(timeout=30)
    assert output == "Say what to run: dev/launch.py exec -- COMMAND\n"


# While the second run is up, a third finds nothing.
RUNS = """
from dev.instance import Instance
from dev.postgres import Postgres
from dev.services import Services

def ask(statement, meanwhile=lambda: None):
    instance = Instance.for_tests()
    with Services(instance) as services:
        services.start()
        print(Postgres(instance)._ask(statement))
        meanwhile()

there = "SELECT to_regclass('kept') IS NOT NULL"
ask("CREATE TABLE kept (n int)")
ask(there, lambda: ask(there))
ask(there)
"""


def test_tests_begin_with_the_data_that_the_last_ones_left(checkout: Checkout) -> None:
    assert checkout.python("-c", RUNS).split() == ["t", "f", "t"]
    assert list((checkout.root / ".local/fresh").iterdir()) == []
    assert checkout.processes() == []
