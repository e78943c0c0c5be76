"""Background jobs of the dashboards."""

from celery import shared_task

from dashboards.actions import refresh


@shared_task
def refresh_the_day() -> int:
    """Judge the plans that have not been judged today; asked every minute. Returns how many there were."""
    return refresh.refresh_the_day()
