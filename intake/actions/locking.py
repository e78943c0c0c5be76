"""One clerk's change at a time."""

from __future__ import annotations

from core.errors import WrongState
from intake.models import Import


def lock_import(import_: Import, *, version: int) -> Import:
    """The import's row, locked in the caller's transaction; raises `WrongState` where the page was stale."""
    locked: Import = Import.objects.select_for_update().get(pk=import_.pk)
    if locked.version != version:
        raise WrongState("这次导入刚被别人改过或处理过，您的页面已不是最新。请刷新后再操作，已作的改动都在。")
    return locked
