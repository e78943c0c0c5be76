"""A form as others than its unit read it: what is being mended stands there as it was last sent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from reporting.entries.content import TEXTS, EntryContent
from reporting.entries.loading import LoadedEntry
from reporting.life_cycle import WITH_UNIT
from reporting.models import EntryVersion
from reporting.versions import as_content, whole


def as_sent(entries: Iterable[LoadedEntry]) -> list[LoadedEntry]:
    """Entries that lie with the unit carry their last version in place of their text; one query."""
    rows = list(entries)
    held = [loaded.entry.pk for loaded in rows if loaded.entry.status in WITH_UNIT]
    versions = EntryVersion.objects.filter(entry__in=held).order_by("entry", "ordinal")
    last = {version.entry_id: as_content(version.content) for version in versions}
    return [put_back(row, last.get(row.entry.pk)) if row.entry.pk in held else row for row in rows]


def put_back(loaded: LoadedEntry, sent: EntryContent | None) -> LoadedEntry:
    """The entry in memory takes the texts too, never to be saved; without a version it is empty."""
    content = whole(sent or EntryContent(), loaded.entry)
    for name in TEXTS:
        setattr(loaded.entry, name, getattr(content, name))
    return replace(loaded, content=content)
