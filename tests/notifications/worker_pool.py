"""Loads the service once and forks a Celery worker for each line it reads.

Loading takes seconds and forking none, so that a drive can kill many workers. Each is
a worker as `celery worker` starts it, in a process group of its own.
"""

import os
import signal
import sys

import django

from innovation.celery import app

OPTIONS = ["--without-gossip", "--without-mingle", "--without-heartbeat"]


def main() -> None:
    django.setup()
    app.autodiscover_tasks(force=True)
    app.loader.import_task_module("tests.notifications.naive_senders")
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            os.setsid()
            os.dup2(2, 1)
            app.worker_main(["worker", "-c", "2", *OPTIONS])
            return
        os.write(1, f"{child}\n".encode())


if __name__ == "__main__":
    main()
