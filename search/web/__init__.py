"""Search over HTTP: pages for people, JSON for services. The only package that knows Flask."""

from search.web.app import create_app

__all__ = ["create_app"]
