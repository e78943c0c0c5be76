"""识读: read an uploaded document; called by the outbox, at least once."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from core import audit
from intake.actions.read_again import carry_over
from intake.files import ColumnsUnclear, read_file
from intake.life_cycle import IMPORT_WORKFLOW, State
from intake.models import Import
from intake.queries import remembered_layout
from intake.reader.as_json import to_json
from intake.reader.model import Unreadable
from tasks.models import SourceDocument

MOST_STARTS = 4
SAY_KEEPS_FAILING = "后台几次读到中途停了，没有读成。请把正文复制到新的Word文档里再上传，或直接粘贴正文。"
log = logging.getLogger(__name__)


def read_import_by_key(key: str) -> None:
    """Handler of `import.uploaded`: `key` is the import's primary key. Does nothing once it has been read.

    A file that stops its worker again and again is given up after four times.
    """
    import_ = _start(int(key))
    if import_ is None:
        return
    log.info("import %s: reading", import_.pk)
    if import_.starts > MOST_STARTS:
        _fail(import_, SAY_KEEPS_FAILING)
        return
    try:
        reading = read_source(import_)
    except Unreadable as refusal:
        _fail(import_, str(refusal))
    except ColumnsUnclear as unclear:
        _ask_columns(import_, unclear.layout)
    else:
        _finish(import_, reading)
    log.info("import %s: done", import_.pk)


def read_source(import_: Import) -> dict[str, Any]:
    """The reading in the form of `intake.reader.as_json`; raises `Unreadable` or `ColumnsUnclear`.

    Sets the import's layout, which the caller saves, where the file is a table.
    """
    with import_.source.file.open("rb") as file:
        data = file.read()
    year = timezone.localtime(import_.uploaded_at).year
    reading, import_.layout = read_file(data, import_.source.name, import_.layout, year)
    return to_json(reading)


def _start(pk: int) -> Import | None:
    with transaction.atomic():
        import_: Import | None = Import.objects.select_for_update().filter(pk=pk).first()
        if import_ is None or not IMPORT_WORKFLOW.allows("start", import_.state):
            return None
        import_.state = IMPORT_WORKFLOW.require("start", import_.state)
        import_.starts += 1
        import_.save(update_fields=["state", "starts"])
    return import_


def _finish(import_: Import, reading: dict[str, Any]) -> None:
    text = reading.pop("text")
    with transaction.atomic():
        lost = carry_over(import_, reading, text)
        if not _settle(import_, "read", reading=reading, layout=import_.layout, problem="\n".join(lost)):
            transaction.set_rollback(True)
            return
        SourceDocument.objects.filter(pk=import_.source_id).update(text=text)
        scope = import_.source.jurisdiction.code
        audit.record("import.read", import_, actor=None, scope=scope, after=counts(reading) | {"lost": len(lost)})


def _ask_columns(import_: Import, proposed: dict[str, Any]) -> None:
    """Leave the mapping to the clerk; the last one for the same heads goes before what the heads themselves say."""
    _settle(import_, "ask_columns", layout=remembered_layout(import_, proposed) or proposed)


def _fail(import_: Import, sentence: str) -> None:
    """A document that was read before keeps its reading; the sentence is shown on its review page."""
    verb = "read" if import_.reading else "fail"
    with transaction.atomic():
        if _settle(import_, verb, problem=sentence):
            scope = import_.source.jurisdiction.code
            audit.record("import.failed", import_, actor=None, scope=scope, after={"problem": sentence})


def _settle(import_: Import, verb: str, **fields: Any) -> bool:
    """Write the outcome; False where the import was abandoned or read by another worker meanwhile."""
    state = IMPORT_WORKFLOW.require(verb, State.READING)
    waiting = Import.objects.filter(pk=import_.pk, state=State.READING)
    return bool(waiting.update(state=state, version=F("version") + 1, **fields))


def counts(reading: Mapping[str, Any]) -> dict[str, int]:
    """How many facts of each kind a reading has."""
    measures = [m for t in reading["tasks"] for m in t["measures"]]
    return {
        "sections": len(reading["sections"]),
        "tasks": len(reading["tasks"]),
        "measures": len(measures),
        "assignments": sum(len(m["assignments"]) for m in measures),
        "indicators": len(reading["indicators"]),
        "reporting": len(reading["reporting"]),
    }
