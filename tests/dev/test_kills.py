"""Kills `make run` at many random moments."""

import os
import random
import signal
import time

import pytest

from tests.dev.checkout import Checkout

READY = "Ctrl-C stops everything"
ROUNDS = 25


@pytest.mark.soak
def test_a_start_works_after_any_end_at_any_moment(checkout: Checkout) -> None:
    chance = random.Random(2015)
    checkout.run_until(READY).stop()
    checkout.output("exec", "--", "psql", "-qc", "CREATE TABLE kept (n int)")
    for round_number in range(ROUNDS):
        write = ("psql", "-qc", f"INSERT INTO kept VALUES ({round_number})")
        checkout.output("exec", "--", *write)
        running = checkout.launch("run")
        # Most of what can go wrong is in the first moments.
        time.sleep(chance.uniform(0, 1) ** 2 * 2)
        match chance.choice(["launcher", "everything", "ctrl-c", "supervisor"]):
            case "launcher":
                running.kill()
            case "everything":
                checkout.kill_all()
            case "ctrl-c":
                running.send_signal(signal.SIGINT)
                running.wait(40)
                assert checkout.processes() == []
            case "supervisor":
                kill_one(checkout, "supervise postgres")
                running.send_signal(signal.SIGTERM)
                running.wait(40)
    last = checkout.run_until(READY)
    assert checkout.answer() == 200
    count = checkout.output("exec", "--", "psql", "-Atc", "SELECT count(*) FROM kept")
    assert count == f"{ROUNDS}\n"
    last.stop()
    assert checkout.processes_after(5) == []


def kill_one(checkout: Checkout, words: str) -> None:
    for line in checkout.processes():
        if words in line:
            os.kill(int(line.split()[0]), signal.SIGKILL)
