"""How gunicorn runs the service: `gunicorn wsgi` reads this file where it is started, `-c` names it elsewhere.

Workers count what /metrics shows, each in files of its own, and whoever is asked adds them up. The files belong to a
place among the workers and not to a process: who takes the place of a worker that died goes on counting in its files.
So no count ever goes down while the service runs, and there are never more files than workers at once (twice as many
while a reload goes on). The folder is this run's own, in TMPDIR, and goes with it.
"""

import os
import shutil
import tempfile
from pathlib import Path

from gunicorn.http import message

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
# Several times what all series take. Set aside before they are written: a full disk would kill who writes to a file
# that is mapped and has holes.
FILE_BYTES = 1 << 20
KINDS = ("counter", "histogram")
STALLED_SECONDS = 30

# More than the application's bound for an address, so that it is the one to refuse, in words that a reader or a service
# understands. Whatever is longer gunicorn refuses by itself. It takes no bound above its own 8,190 but for none at all.
limit_request_line = message.MAX_REQUEST_LINE = 330_000
# What is being answered when a worker is told to end, may take so long.
graceful_timeout = 30
# No header says by which scheme a request came, or under which path: KARJERA_TRUSTED_PROXIES says who is believed.
forwarded_allow_ips = ""
# Signals do all that its control socket does, and need no file outside TMPDIR.
control_socket_disable = True


def on_starting(server):
    os.environ[FOLDER] = tempfile.mkdtemp(prefix="karjera-metrics-")


def pre_fork(server, worker):
    taken = {other.place for other in server.WORKERS.values()}
    worker.place = next(place for place in range(len(taken) + 1) if place not in taken)


def pre_request(worker, req):
    # Who stops sending a body, or taking an answer, does not keep a thread for ever.
    req.unreader.sock.settimeout(STALLED_SECONDS)


def without_who_asked(record):
    # Of requests that are none gunicorn says from which address they came, and what stood in them.
    if record.getMessage().startswith("Invalid request from"):
        record.msg, record.args = "Invalid request", ()
    return True


def post_fork(server, worker):
    # Not before: what the first process imports, a reload would not renew.
    from prometheus_client import values

    try:
        for kind in KINDS:
            with Path(os.environ[FOLDER], f"{kind}_{worker.place}.db").open("ab") as file:
                os.posix_fallocate(file.fileno(), 0, FILE_BYTES)
    except OSError as error:
        worker.log.error("Metrics are of one worker at a time: %s", error)
        del os.environ[FOLDER]
        values.ValueClass = values.MutexValue
    else:
        values.ValueClass = values.MultiProcessValue(lambda: worker.place)


def post_worker_init(worker):
    worker.log.error_log.addFilter(without_who_asked)


def on_exit(server):
    shutil.rmtree(os.environ.get(FOLDER, ""), ignore_errors=True)
