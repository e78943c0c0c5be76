"""A plan's source as its page shows it: every fact marked and named, words found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from dashboards.quotes import unit_marks
from dashboards.rows import GAP
from indicators.models import Indicator
from tasks.marked_text import Mark, Segment, paragraphs
from tasks.models import Assignment, Measure, Plan

LONGEST_QUERY = 100
# Full-width letters and figures are found by half-width ones and the other way round; the length stays the same.
FOLDED = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
FOLDED |= {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}
FOLDED |= {upper + 0xFEE0: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}


@dataclass(frozen=True, slots=True)
class Number:
    """The number of a measure that begins here (4.2), its row, and whether the office changed it after issue."""

    said: str
    measure: int
    amended: bool


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the text: `anchors` name the facts that begin with it, `of` all that it belongs to; `measure` is
    the row of the measure that its mark leads to, None for a stretch without a mark."""

    text: str
    css: str
    of: str
    anchors: tuple[str, ...]
    numbers: tuple[Number, ...]
    measure: int | None


@dataclass(frozen=True, slots=True)
class SourceLine:
    stretches: tuple[Stretch, ...]
    heading: bool
    hangs: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """The marks of a plan's facts; `numbers` by the measures' anchors, `owners` the measures' rows by anchor."""

    marks: tuple[Mark, ...]
    numbers: Mapping[str, Number]
    owners: Mapping[str, int]


def facts_of(plan: Plan, text: str) -> Facts:
    """Anchors: s, t, m, a, i, d with the row's number for part, task, measure, assignment, indicator, duty.

    Ended assignments count, and a corrected fact keeps the place where the document states what it was. Seven queries.
    """
    measures = list(Measure.objects.of_plan(plan).select_related("task").order_by("task__number", "position"))
    parts = list(Assignment.objects.filter(measure__task__plan=plan).order_by("span_start", "pk"))
    targets = list(Indicator.objects.filter(measure__task__plan=plan))
    amended = set(plan.amendments.values_list("measure", flat=True))
    marks = [
        *(Mark(s.span_start, s.span_end, "heading", f"s{s.pk}") for s in plan.sections.all()),
        *(Mark(t.span_start, t.span_end, "heading", f"t{t.pk}") for t in plan.tasks.all()),
        *measure_marks(measures, parts, text),
        *(Mark(a.span_start, a.span_end, "", f"a{a.pk}") for a in parts),
        *(Mark(i.span_start, i.span_end, "target", f"i{i.pk}") for i in targets),
        *(Mark(d.span_start, d.span_end, "duty", f"d{d.pk}") for d in plan.reporting_rules.all()),
    ]
    owners = {f"{letter}{m.pk}": m.pk for m in measures for letter in "mu"}
    owners |= {f"a{a.pk}": a.measure_id for a in parts} | {f"i{i.pk}": i.measure_id for i in targets}
    return Facts(tuple(marks), {f"m{m.pk}": Number(m.number, m.pk, m.pk in amended) for m in measures}, owners)


def measure_marks(measures: Iterable[Measure], parts: Iterable[Assignment], text: str) -> Iterator[Mark]:
    """A measure reaches over the bracket of units directly behind it; its brackets (u) lead to it wherever they lie."""
    spans: dict[int, list[tuple[int, int]]] = {}
    for part in parts:
        if part.span_start < part.span_end:
            spans.setdefault(part.measure_id, []).append((part.span_start, part.span_end))
    for measure in measures:
        units = unit_marks(text, spans.get(measure.pk, ()))
        near = [mark.end for mark in units if 0 <= mark.start - measure.span_end <= GAP]
        yield Mark(measure.span_start, max([measure.span_end, *near]), "", f"m{measure.pk}")
        yield from (replace(mark, fact=f"u{measure.pk}") for mark in units)


def found(text: str, query: str) -> list[Mark]:
    """Where the words stand, as they are written, full and half width alike: h1, h2 …"""
    wanted = query.translate(FOLDED)
    hits = re.finditer(re.escape(wanted), text.translate(FOLDED)) if wanted else ()
    return [Mark(hit.start(), hit.end(), "hit", f"h{n}") for n, hit in enumerate(hits, start=1)]


def lines(text: str, facts: Facts, hits: Iterable[Mark]) -> list[SourceLine]:
    """The whole text; an anchor stands at the first stretch of its fact."""
    named: set[str] = set()
    shown = []
    for paragraph in paragraphs(text, [*facts.marks, *hits]):
        stretches = tuple(stretch(segment, facts, named) for segment in paragraph.segments)
        shown.append(SourceLine(stretches, paragraph.heading, paragraph.hangs))
    return shown


def stretch(segment: Segment, facts: Facts, named: set[str]) -> Stretch:
    new = [fact for fact in segment.facts if fact not in named]
    named.update(new)
    marked = {"unit", "target", "duty"}.intersection(segment.kinds)
    return Stretch(
        text=segment.text,
        css=segment.css,
        of=segment.of,
        anchors=tuple(fact for fact in new if not fact.startswith("u")),
        numbers=tuple(facts.numbers[fact] for fact in new if fact in facts.numbers),
        measure=next((facts.owners[f] for f in segment.facts if f in facts.owners), None) if marked else None,
    )
