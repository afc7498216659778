"""What gunicorn is told wherever it serves: `--config python:innovation.server.config`.

The command line adds where to listen and how many processes and threads.
"""

worker_class = "innovation.server.worker.Worker"
threads = 4
timeout = 60
graceful_timeout = 30
keepalive = 75
# Each may hold a socket and a body on disk: both fit into 1,024 open files.
worker_connections = 400
control_socket_disable = True
