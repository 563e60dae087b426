"""The WSGI entry point: `gunicorn wsgi`."""

from search.web import create_app

application = create_app()
