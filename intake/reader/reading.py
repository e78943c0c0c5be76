"""A document into a reading: the stages one after the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from intake.reader import duties, joining, levels, metadata, names, numbering, pieces, responsibility, sequence, targets
from intake.reader.doubts import Evidence, doubts
from intake.reader.measures import Cutter
from intake.reader.model import Document, Line, Reading, Task
from intake.reader.outline import Outline, Outliner


def read_text(text: str) -> Reading:
    """Read plain text, a paragraph a line."""
    return read(Document(tuple(Line(line) for line in text.splitlines()), "txt"))


def read(document: Document) -> Reading:
    """Read a whole plan; never raises: what is not understood is body with a warning."""
    joined = joining.join(document)
    candidates = _candidates(joined)
    found, numbering_doubts = sequence.headings(joined.text, candidates)
    stretches = responsibility.find(joined, [mark.start for mark in candidates])
    about = metadata.find(joined, found[0].start if found else len(joined.text))
    headings = levels.find(joined, found) or levels.by_shape(joined, about.body_start)
    outline = Outliner(joined, headings, stretches, about.body_start).outline()
    register = names.register(
        (named.item.text for stretch in stretches for named in stretch.content.named), about.facts.title or ""
    )
    cutter = Cutter(joined.text, stretches, register, about.facts.year)
    tasks = tuple(map(cutter.task, outline.tasks))
    reading = Reading(
        text=joined.text,
        plan=about.facts,
        pieces=pieces.cut(joined.text, outline, stretches),
        sections=outline.sections,
        tasks=tasks,
        indicators=targets.find(joined.text, list(_contexts(tasks, outline))),
        reporting=duties.find(joined.text, tasks, register.prefix),
        warnings=(),
    )
    return replace(reading, warnings=doubts(reading, Evidence(joined, tuple(stretches), tuple(numbering_doubts))))


def _candidates(joined: joining.Joined) -> list[numbering.Mark]:
    """Every number in the text that might open a heading."""
    starts = frozenset(paragraph.span.start for paragraph in joined.paragraphs)
    formatted = frozenset(paragraph.span.start for paragraph in joined.paragraphs if paragraph.heading)
    return sorted(numbering.marks(joined.text, starts, formatted), key=lambda mark: mark.start)


def _contexts(tasks: Sequence[Task], outline: Outline) -> Iterator[targets.Context]:
    """Where each measure stands, for the indicators in it."""
    titles = {section.number: section.title for section in outline.sections}
    for task in tasks:
        for position, measure in enumerate(task.measures, 1):
            section_title = titles.get(task.section, "") if task.section else ""
            yield targets.Context(task.number, position, task.title, section_title, measure.span)
