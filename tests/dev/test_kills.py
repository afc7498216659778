"""Ends `make run` at moments nobody chose, again and again."""

import os
import random
import signal
import time

import pytest

from tests.dev.stage import Stage

READY = "Ctrl-C stops everything"
ROUNDS = 25


@pytest.mark.soak
def test_a_start_works_after_any_end_at_any_moment(stage: Stage) -> None:
    chance = random.Random(2015)
    stage.run_until(READY).stop()
    stage.output("exec", "--", "psql", "-qc", "CREATE TABLE kept (n int)")
    for round_number in range(ROUNDS):
        write = ("psql", "-qc", f"INSERT INTO kept VALUES ({round_number})")
        stage.output("exec", "--", *write)
        running = stage.launch("run")
        # Most of what can go wrong is in the first moments.
        time.sleep(chance.uniform(0, 1) ** 2 * 2)
        match chance.choice(["launcher", "everything", "ctrl-c", "keeper"]):
            case "launcher":
                running.kill()
            case "everything":
                stage.kill_all()
            case "ctrl-c":
                running.send_signal(signal.SIGINT)
                running.wait(40)
                assert stage.processes() == []
            case "keeper":
                kill_one(stage, "keep postgres")
                running.send_signal(signal.SIGTERM)
                running.wait(40)
    last = stage.run_until(READY)
    assert stage.answer() == 200
    count = stage.output("exec", "--", "psql", "-Atc", "SELECT count(*) FROM kept")
    assert count == f"{ROUNDS}\n"
    last.stop()
    assert stage.processes_after(5) == []


def kill_one(stage: Stage, words: str) -> None:
    for line in stage.processes():
        if words in line:
            os.kill(int(line.split()[0]), signal.SIGKILL)
