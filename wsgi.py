"""The WSGI entry point: `gunicorn wsgi`."""

import gc

from search.web import create_app

application = create_app()
# Nobody waits for a worker to open the index, and one that is deleted is served on.
application.extensions["karjera"].open()

# What is there now stays, and answers leave few cycles behind: looking for garbage would be looking in vain.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 50)
