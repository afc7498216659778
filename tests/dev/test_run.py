"""`make run` on a small stage: real services, real signals."""

import os
import signal
import socket
import time

from tests.dev.stage import Stage

READY = "Ctrl-C stops everything"


def test_ctrl_c_leaves_no_process_and_a_second_start_finds_the_data(
    stage: Stage,
) -> None:
    first = stage.run_until(READY)
    assert stage.answer() == 200
    assert "Database tables" in first.text
    stage.output("exec", "--", "psql", "-qc", "CREATE TABLE kept (n int)")
    assert first.stop(signal.SIGINT) == 0
    assert stage.processes() == []

    second = stage.run_until(READY)
    assert "Database tables" not in second.text
    count = ("psql", "-Atc", "SELECT count(*) FROM kept")
    assert stage.output("exec", "--", *count) == "0\n"
    assert second.stop(signal.SIGTERM) == 0
    assert stage.processes() == []


def test_changed_migrations_are_never_skipped(stage: Stage) -> None:
    first = stage.run_until(READY)
    first.stop()
    migration = stage.root / "innovation" / "migrations" / "0002_more.py"
    migration.parent.mkdir()
    migration.write_text("")
    second = stage.run_until(READY)
    second.stop()
    assert "Database tables" in second.text


def test_the_next_start_works_after_kill_9_of_the_launcher(stage: Stage) -> None:
    first = stage.run_until(READY)
    first.running.kill()
    second = stage.run_until(READY)
    assert stage.answer() == 200
    second.running.kill()
    assert stage.processes_after(20) == []


def test_the_next_start_works_after_kill_9_of_everything(stage: Stage) -> None:
    stage.run_until(READY)
    stage.kill_all()
    lock = stage.root / ".local/postgres/data/postmaster.pid"
    # The number in the stale lock has since been handed to another process.
    rest = lock.read_text().partition("\n")[2]
    lock.write_text(f"{os.getpid()}\n{rest}")
    second = stage.run_until(READY)
    assert stage.answer() == 200
    assert second.stop() == 0
    assert stage.processes() == []


def test_a_taken_port_is_one_sentence(stage: Stage) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", stage.port))
        other.listen()
        refused = stage.launch("run")
        said, _ = refused.communicate(timeout=30)
    assert refused.returncode == 1
    assert said == (
        f"Port {stage.port} cannot be used (Address already in use): stop what uses "
        f"it, or choose another with make run PORT={stage.port + 1}.\n"
    )
    assert stage.processes() == []


def test_a_port_that_is_none_is_one_sentence(stage: Stage) -> None:
    refused = stage.launch("run", PORT="eighty")
    said, _ = refused.communicate(timeout=30)
    assert (refused.returncode, said) == (
        1,
        "PORT is “eighty”, which is not a port from 1 to 65535.\n",
    )


def test_a_second_run_in_the_same_checkout_is_one_sentence(stage: Stage) -> None:
    first = stage.run_until(READY)
    second = stage.launch("run")
    said, _ = second.communicate(timeout=30)
    assert second.returncode == 1
    assert said == (
        "make run is already at work in this checkout "
        f"(http://127.0.0.1:{stage.port}, process {first.running.pid}): "
        "stop it first.\n"
    )
    assert stage.answer() == 200


def test_ctrl_c_in_the_middle_of_the_set_up_leaves_no_process(stage: Stage) -> None:
    running = stage.launch("run", SLOW="migrate")
    deadline = time.monotonic() + 20
    while not any("manage.py migrate" in line for line in stage.processes()):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    running.send_signal(signal.SIGINT)
    said, _ = running.communicate(timeout=30)
    assert running.returncode == 130
    assert said.rstrip().endswith("Stopping web, worker, beat, Valkey and PostgreSQL")
    assert stage.processes() == []


def test_a_web_process_that_ends_by_itself_ends_the_run_with_its_log(
    stage: Stage,
) -> None:
    (stage.root / "innovation/wsgi.py").write_text("raise SystemExit('no settings')")
    refused = stage.launch("run")
    said, _ = refused.communicate(timeout=40)
    assert refused.returncode == 1
    assert "The web process ended by itself." in said
    assert stage.processes() == []
