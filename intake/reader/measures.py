"""A task's text cut into measures, each with the units that its brackets and label lines name."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from intake.reader import deadlines, names, units
from intake.reader.joining import BULLETS
from intake.reader.model import Assignment, Measure, Role, Span, Task
from intake.reader.outline import TITLE_END, TaskText
from intake.reader.responsibility import Stretch
from intake.reader.units import squeezed

_LOOSE: Final = "。；;，,、．. \t\n\u3000"
_STOP: Final = re.compile(r"[。！？]")


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of text with the brackets that follow it."""

    text: Span
    stretches: tuple[Stretch, ...]


class Cutter:
    """Cuts the tasks of one text; `register` knows the plan's names, `year` its year."""

    def __init__(self, text: str, stretches: Sequence[Stretch], register: names.Register, year: int | None) -> None:
        self.text = text
        self.stretches = stretches
        self.starts = [stretch.start for stretch in stretches]
        self.register = register
        self.year = year

    def task(self, draft: TaskText) -> Task:
        """The task with its measures; a heading without text of its own is its first measure."""
        title = squeezed(self.text[draft.title.start : draft.title.end]).rstrip(TITLE_END)
        return Task(
            draft.section, draft.number, draft.label, title, self._trimmed(draft.span), tuple(self.measures(draft))
        )

    def measures(self, draft: TaskText) -> Iterator[Measure]:
        """The measures that a task's body holds, or that its title makes."""
        return map(self._measure, self._parts(draft))

    def first_sentence(self, span: Span) -> Span:
        """A title's stretch up to its first stop."""
        stop = _STOP.search(self.text, span.start, span.end)
        return Span(span.start, stop.end()) if stop else span

    def _parts(self, draft: TaskText) -> Iterator[_Part]:
        """Text and brackets in turn; brackets with nothing between them belong together."""
        text: Span | None = None
        held: list[Stretch] = []
        at = draft.body.start
        for stretch in self._within(draft.body):
            own = self._content(at, stretch.start)
            if own is not None and held and text is not None:
                yield _Part(text, tuple(held))
                held = []
            text = (
                own or text or self._content(draft.title.start, draft.title.end) or Span(stretch.start, stretch.start)
            )
            held.append(stretch)
            at = stretch.end
        if held and text is not None:
            yield _Part(text, tuple(held))
        rest = self._content(at, draft.body.end)
        if rest is None and not held:
            rest = self._content(draft.title.start, draft.title.end)
        if rest is not None:
            yield _Part(rest, ())

    def _within(self, body: Span) -> Sequence[Stretch]:
        return self.stretches[bisect_left(self.starts, body.start) : bisect_left(self.starts, body.end)]

    def _content(self, start: int, end: int) -> Span | None:
        """The stretch without the stop that stands alone before it, bullets and white space at its ends."""
        while start < end and (self.text[start] in _LOOSE or self.text[start] in BULLETS):
            start += 1
        while end > start and (self.text[end - 1].isspace() or self.text[end - 1] in BULLETS):
            end -= 1
        return Span(start, end) if start < end else None

    def _trimmed(self, span: Span) -> Span:
        return Span(span.start, max(span.start, span.start + len(self.text[span.start : span.end].rstrip())))

    def _measure(self, part: _Part) -> Measure:
        text = squeezed(self.text[part.text.start : part.text.end])
        due_on, due_text = self._deadline(text, part.stretches)
        units_of = [assignment for stretch in part.stretches for assignment in assigned(stretch, self.register)]
        return Measure(text, part.text, tuple(_beside_one_another(units_of)), due_on, due_text)

    def _deadline(self, text: str, stretches: Sequence[Stretch]) -> tuple[date | None, str]:
        labelled = "；".join(stretch.content.deadline for stretch in stretches if stretch.content.deadline)
        return deadlines.given(labelled, self.year) if labelled else deadlines.stated(text, self.year)


def _beside_one_another(found: Sequence[Assignment]) -> Iterator[Assignment]:
    """The units of several brackets or label lines: each once, and none alone where another line names who leads."""
    led = any(assignment.role is Role.LEAD for assignment in found)
    seen: set[str] = set()
    for assignment in found:
        if assignment.department not in seen:
            seen.add(assignment.department)
            alone = assignment.role is Role.RESPONSIBLE and led
            yield replace(assignment, role=Role.SHARED) if alone else assignment


def assigned(stretch: Stretch, register: names.Register) -> Iterator[Assignment]:
    """The assignments of one bracket or label line; a unit written twice counts where it stands first."""
    surfaces = [named.item.text for named in stretch.content.named]
    seen: set[str] = set()
    for named, department in zip(stretch.content.named, names.full_names(surfaces, register), strict=True):
        if department in seen:
            continue
        seen.add(department)
        item = named.item
        yield Assignment(
            surface=item.text,
            department=department,
            role=named.role,
            group=units.is_group(department),
            open=units.is_nobody(department),
            span=Span(stretch.inner + item.start, stretch.inner + item.end),
        )
