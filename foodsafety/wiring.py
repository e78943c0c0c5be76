"""Which function handles which topic of the outbox: the one place where lower packages meet upper ones."""

from core.outbox import Handler
from intake.actions.read_import import read_import_by_key

HANDLERS: dict[str, Handler] = {
    "import.uploaded": read_import_by_key,
}
