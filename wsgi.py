"""The WSGI entry point: `gunicorn wsgi`."""

import gc

from search.web import create_app

application = create_app()
# Nobody waits for a worker to open the index, and one that is deleted is served on.
application.extensions["karjera"].open()

# What is there now stays, and an answer leaves no cycles behind: the collector need not look at all of it during answers.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 50)
