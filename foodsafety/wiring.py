"""Which function handles which topic of the outbox: the one place where lower packages meet upper ones."""

from core.outbox import Handler
from dashboards.actions.refresh import refresh_by_key, refresh_place_by_key
from departments.standing import PLACE_TOPIC
from intake.actions.read_import import read_import_by_key
from tasks.standing import PLAN_TOPIC

HANDLERS: dict[str, Handler] = {
    "import.uploaded": read_import_by_key,
    PLACE_TOPIC: refresh_place_by_key,
    PLAN_TOPIC: refresh_by_key,
}
