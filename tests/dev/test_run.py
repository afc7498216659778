"""`make run` on a small checkout: real services, real signals."""

import os
import signal
import socket
import time

from tests.dev.checkout import Checkout

READY = "Ctrl-C stops everything"


def test_ctrl_c_leaves_no_process_and_a_second_start_finds_the_data(
    checkout: Checkout,
) -> None:
    first = checkout.run_until(READY)
    assert checkout.answer() == 200
    assert "Database tables" in first.text
    checkout.output("exec", "--", "psql", "-qc", "CREATE TABLE kept (n int)")
    assert first.stop(signal.SIGINT) == 0
    assert checkout.processes() == []

    second = checkout.run_until(READY)
    assert "Database tables" not in second.text
    count = ("psql", "-Atc", "SELECT count(*) FROM kept")
    assert checkout.output("exec", "--", *count) == "0\n"
    assert second.stop(signal.SIGTERM) == 0
    assert checkout.processes() == []


def test_changed_migrations_are_never_skipped(checkout: Checkout) -> None:
    first = checkout.run_until(READY)
    first.stop()
    migration = checkout.root / "innovation" / "migrations" / "0002_more.py"
    migration.parent.mkdir()
    migration.write_text("")
    second = checkout.run_until(READY)
    second.stop()
    assert "Database tables" in second.text


def test_the_next_start_works_after_kill_9_of_the_launcher(checkout: Checkout) -> None:
    first = checkout.run_until(READY)
    first.running.kill()
    second = checkout.run_until(READY)
    assert checkout.answer() == 200
    second.running.kill()
    assert checkout.processes_after(20) == []


def test_the_next_start_works_after_kill_9_of_everything(checkout: Checkout) -> None:
    checkout.run_until(READY)
    checkout.kill_all()
    lock = checkout.root / ".local/postgres/data/postmaster.pid"
    # The number in the stale lock has since been handed to another process.
    remainder = lock.read_text().partition("\n")[2]
    lock.write_text(f"{os.getpid()}\n{remainder}")
    second = checkout.run_until(READY)
    assert checkout.answer() == 200
    assert second.stop() == 0
    assert checkout.processes() == []


def test_a_taken_port_is_one_sentence(checkout: Checkout) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", checkout.port))
        other.listen()
        refused = checkout.launch("run")
        output, _ = refused.communicate(timeout=30)
    assert refused.returncode == 1
    assert output == (
        f"Port {checkout.port} cannot be used (Address already in use): stop what uses "
        f"it, or choose another with make run PORT={checkout.port + 1}.\n"
    )
    assert checkout.processes() == []


def test_a_port_that_is_none_is_one_sentence(checkout: Checkout) -> None:
    refused = checkout.launch("run", PORT="eighty")
    output, _ = refused.communicate(timeout=30)
    assert (refused.returncode, output) == (
        1,
        "PORT is “eighty”, which is not a port from 1 to 65535.\n",
    )


def test_a_second_run_in_the_same_checkout_is_one_sentence(checkout: Checkout) -> None:
    first = checkout.run_until(READY)
    second = checkout.launch("run")
    output, _ = second.communicate(timeout=30)
    assert second.returncode == 1
    assert output == (
        "make run is already at work in this checkout "
        f"(http://127.0.0.1:{checkout.port}, process {first.running.pid}): "
        "stop it first.\n"
    )
    assert checkout.answer() == 200


def test_ctrl_c_in_the_middle_of_the_set_up_leaves_no_process(
    checkout: Checkout,
) -> None:
    running = checkout.launch("run", SLOW="migrate")
    deadline = time.monotonic() + 20
    while not any("manage.py migrate" in line for line in checkout.processes()):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    running.send_signal(signal.SIGINT)
    output, _ = running.communicate(timeout=30)
    assert running.returncode == 130
    assert output.rstrip().endswith("Stopping web, worker, beat, Valkey and PostgreSQL")
    assert checkout.processes() == []


def test_a_web_process_that_ends_by_itself_ends_the_run_with_its_log(
    checkout: Checkout,
) -> None:
    (checkout.root / "innovation/wsgi.py").write_text("raise SystemExit('no settings')")
    refused = checkout.launch("run")
    output, _ = refused.communicate(timeout=40)
    assert refused.returncode == 1
    assert "The web process ended by itself." in output
    assert checkout.processes() == []
