"""Background jobs of the ground."""

from celery import shared_task

from core import outbox


@shared_task
def dispatch_outbox() -> int:
    """Handle all due work; sent on commit and every minute. Returns how many rows were handled."""
    return outbox.drain()
