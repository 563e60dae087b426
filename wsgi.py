"""The WSGI entry point: `gunicorn wsgi`."""

from search.web import create_app

application = create_app()
# Nobody waits for a worker to open the index, and one that is deleted is served on.
application.extensions["karjera"].open()
