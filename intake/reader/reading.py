"""A document into a reading: the stages one after the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from intake.reader import (
    doubts,
    duties,
    joining,
    levels,
    metadata,
    names,
    numbering,
    pieces,
    responsibility,
    sequence,
    tables,
    targets,
)
from intake.reader.measures import Cutter
from intake.reader.model import Document, Line, Reading, Section, Task
from intake.reader.outline import Outline, Outliner
from intake.reader.responsibility import Stretch


@dataclass(frozen=True, slots=True)
class _Found:
    """An outline with its tasks, read from the prose or from tables."""

    outline: Outline
    tasks: tuple[Task, ...]
    stretches: tuple[Stretch, ...]

    def names_units(self) -> bool:
        return any(measure.assignments for task in self.tasks for measure in task.measures)


def read_text(text: str) -> Reading:
    """Read plain text, a paragraph a line."""
    return read(Document(tuple(Line(line) for line in text.splitlines()), "txt"))


def read(document: Document) -> Reading:
    """Read a whole plan; never raises: what is not understood is body with a warning."""
    joined = joining.join(document)
    candidates = _candidates(joined)
    first, _ = sequence.headings(joined.text, candidates)
    about = metadata.find(joined, first[0].start if first else len(joined.text))
    marks, numbering_doubts = sequence.headings(
        joined.text, [mark for mark in candidates if mark.start >= about.body_start]
    )
    stretches = responsibility.find(joined, [mark.start for mark in candidates])
    headings = levels.find(joined, marks) or levels.by_shape(joined, about.body_start)
    in_tables = tables.find(joined, headings)
    register = names.register(
        (named.item.text for stretch in [*stretches, *in_tables.stretches] for named in stretch.content.named),
        about.facts.title or "",
    )
    cutter = Cutter(joined.text, stretches, register, about.facts.year)
    outline = Outliner(joined, headings, stretches, about.body_start).outline()
    found = _Found(outline, tuple(map(cutter.task, outline.tasks)), tuple(stretches))
    if in_tables.tasks and not found.names_units() and (in_tables.names_units() or not found.tasks):
        found = _from_tables(in_tables, cutter)
    contexts = list(_contexts(found.tasks, found.outline.sections))
    reading = Reading(
        text=joined.text,
        plan=about.facts,
        pieces=pieces.cut(joined.text, found.outline, found.stretches),
        sections=found.outline.sections,
        tasks=found.tasks,
        indicators=targets.find(joined.text, contexts),
        reporting=duties.find(joined.text, found.tasks, register.prefix),
        warnings=(),
    )
    asides = tuple(targets.asides(joined.text, contexts, reading.indicators))
    return doubts.with_doubts(reading, doubts.Evidence(joined, found.stretches, tuple(numbering_doubts), asides))


def _candidates(joined: joining.Joined) -> list[numbering.Mark]:
    """Every number in the text outside its tables that might open a heading."""
    starts = frozenset(paragraph.span.start for paragraph in joined.paragraphs)
    formatted = frozenset(paragraph.span.start for paragraph in joined.paragraphs if paragraph.heading)
    found = sorted(numbering.marks(joined.text, starts, formatted), key=lambda mark: mark.start)
    return [mark for mark in found if not joined.in_table(mark.start)]


def _from_tables(in_tables: tables.TableOutline, cutter: Cutter) -> _Found:
    reader = tables.TableReader(in_tables, cutter)
    ordered = sorted({stretch.start: stretch for stretch in in_tables.stretches}.values(), key=lambda one: one.start)
    return _Found(reader.outline(), tuple(reader.tasks()), tuple(ordered))


def _contexts(tasks: Sequence[Task], sections: Sequence[Section]) -> Iterator[targets.Context]:
    """Where each measure stands, for the indicators in it."""
    titles = {section.number: section.title for section in sections}
    for task in tasks:
        for position, measure in enumerate(task.measures, 1):
            section_title = titles.get(task.section, "") if task.section else ""
            yield targets.Context(task.number, position, task.title, section_title, measure.span)
