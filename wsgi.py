"""The WSGI entry point: `gunicorn wsgi`."""

from search.web import create_app

application = create_app()
# Whoever asks first of a worker does not wait for it to open the index; an index that is deleted is served on from here.
application.extensions["karjera"].open()
