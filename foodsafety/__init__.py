"""The site: settings, urls, wiring of topics to handlers, Celery and WSGI."""

from foodsafety.celery import app as celery_app

__all__ = ["celery_app"]
