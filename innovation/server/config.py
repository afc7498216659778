"""Gunicorn's configuration: `--config python:innovation.server.config`.

The command line adds the address and the number of processes and threads.
"""

import gc

worker_class = "innovation.server.worker.Worker"
threads = 4
timeout = 60
graceful_timeout = 30
keepalive = 75
# Each may need a socket and a file on disk: together less than 1,024 open files.
worker_connections = 400
control_socket_disable = True
preload_app = True


def pre_fork(server: object, worker: object) -> None:
    """Leave what was loaded before the fork out of the garbage collections of the
    workers: they would write to each of its objects, and so no longer share it.
    """
    gc.collect()
    gc.freeze()
