"""What the review page shows: the source with its marks on the left, the ledger with its doubts on the right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from departments.models import DepartmentGroup
from intake.actions.read_import import counts
from intake.binding import Target
from intake.corrections.doubt_kinds import LABELS
from intake.corrections.doubt_sources import doubts_of
from intake.corrections.doubts import Binding, Doubt, by_kind, left_said, may_confirm
from intake.corrections.draft import Draft
from intake.corrections.history import Entry, to_redo, to_undo
from intake.corrections.wording import said
from intake.drafting import draft_of, history_of
from intake.models import Import
from intake.preview import BoundTo, Layout, PreviewSection
from intake.queries import BoundName, UnboundName, bindings_of
from tasks.marked_text import Mark, Paragraph, paragraphs
from tasks.models import Plan
from tasks.queries import namesake


@dataclass(frozen=True, slots=True)
class Review:
    """One import as its clerk sees it, computed from the reading and the corrections.

    `seen` is the last correction's ordinal, by which a later correction of another clerk is noticed.
    `undo` and `redo` say what they would take back or bring back, empty where there is nothing.
    """

    import_: Import
    draft: Draft
    unbound: tuple[UnboundName, ...]
    doubts: tuple[Doubt, ...]
    sections: tuple[PreviewSection, ...]
    source: tuple[Paragraph, ...]
    seen: int
    undo: str
    redo: str
    namesake: Plan | None

    @property
    def counts(self) -> dict[str, int]:
        """How many facts of each kind."""
        return counts(self.draft.reading)

    @property
    def settled(self) -> int:
        """How many doubts are settled."""
        return sum(doubt.settled for doubt in self.doubts)

    @property
    def tabs(self) -> list[tuple[str, str, int]]:
        """Kind, label and count of the doubts that are left."""
        return [(str(kind), LABELS[kind], n) for kind, n in by_kind(self.doubts).items()]

    @property
    def left(self) -> str:
        """What is left, in a sentence."""
        return left_said(self.doubts)

    @property
    def ready(self) -> bool:
        """Whether it may be confirmed."""
        return may_confirm(self.doubts) and not self.unbound and bool(self.draft.reading["tasks"])

    @property
    def checked(self) -> tuple[int, int]:
        """Measures without a doubt left, and all measures."""
        rows = [m for s in self.sections for t in s.tasks for m in t.measures]
        return sum(m.checked for m in rows), len(rows)

    @property
    def duties(self) -> list[tuple[Mapping[str, Any], tuple[Doubt, ...]]]:
        """The duties to report, each with its doubts."""
        return [(d, self.beside(d["id"])) for d in self.draft.reading["reporting"]]

    @property
    def general(self) -> tuple[Doubt, ...]:
        """Doubts about the plan as a whole, or beside facts that are gone and not settled."""
        shown = {id_ for d in self.draft.reading["reporting"] for id_ in [d["id"]]}
        for section in self.sections:
            shown |= {section.id, *(t.id for t in section.tasks)}
            shown |= {i for t in section.tasks for m in t.measures for i in _inside(m)}
        return tuple(d for d in self.doubts if d.fact_id not in shown)

    def beside(self, fact_id: str) -> tuple[Doubt, ...]:
        """The doubts that lie on one fact."""
        return tuple(d for d in self.doubts if d.fact_id == fact_id)

    def doubt(self, doubt_id: str) -> Doubt | None:
        """The doubt of this id."""
        return next((d for d in self.doubts if d.id == doubt_id), None)


def review_of(import_: Import) -> Review:
    """The review as things stand."""
    history = history_of(import_)
    draft = draft_of(import_, history)
    bound, unbound = bindings_of(import_, draft.reading)
    doubts = doubts_of(draft, bindings_for(import_, bound, unbound))
    return Review(
        import_=import_,
        draft=draft,
        unbound=tuple(unbound),
        doubts=doubts,
        sections=Layout(draft.reading, bound_names(bound), doubts).sections(),
        source=paragraphs(import_.source.text, marks_of(draft.reading, doubts)),
        seen=max((e.ordinal for e in history), default=0),
        undo=_words(to_undo(history)),
        redo=_words(to_redo(history)),
        namesake=namesake_of(import_, draft.reading["plan"]),
    )


def namesake_of(import_: Import, facts: Mapping[str, Any]) -> Plan | None:
    """The plan of the same year and title that the ledger has already."""
    if not facts["year"] or not facts["title"]:
        return None
    return namesake(import_.source.jurisdiction, year=facts["year"], title=facts["title"])


def bindings_for(import_: Import, bound: Iterable[BoundName], unbound: Iterable[UnboundName]) -> dict[str, Binding]:
    """What is known of each name, as the doubts want it; a name that the clerk decided stays as a settled doubt."""
    decided = set(import_.settled_names)
    known = {b.name: Binding(bound=True, answered=b.name in decided) for b in bound}
    return known | {u.name: Binding(bound=False, suggestions=tuple(s.name for s in u.suggestions)) for u in unbound}


def bound_names(bound: Iterable[BoundName]) -> dict[str, BoundTo]:
    """By the document's names what each stands for; one query for the groups' sizes."""
    rows = list(bound)
    groups = [b.bound.pk for b in rows if b.bound.target is Target.GROUP]
    sizes = dict(
        DepartmentGroup.objects.filter(pk__in=groups).annotate(n=Count("members")).values_list("pk", "n")
        if groups
        else ()
    )
    return {
        b.name: BoundTo(b.target_name or "未明确", sizes.get(b.bound.pk, 0) if b.bound.target is Target.GROUP else 0)
        for b in rows
    }


def marks_of(reading: Mapping[str, Any], doubts: Iterable[Doubt]) -> Iterator[Mark]:
    """Where the facts of a reading and its doubts lie in the source."""
    for piece in reading["pieces"]:
        if piece["kind"] in ("heading", "bracket"):
            yield mark(piece["span"], "heading" if piece["kind"] == "heading" else "unit")
    for task in reading["tasks"]:
        for measure in task["measures"]:
            yield mark(_reach(measure), "", measure["id"])
            if measure["assignments"]:
                yield from (mark(a["span"], "", a["id"]) for a in measure["assignments"] if a["span"])
    for kind, facts in (("target", reading["indicators"]), ("duty", reading["reporting"])):
        yield from (mark(f["span"], kind, f["id"]) for f in facts if f["span"])
    for doubt in doubts:
        if doubt.span:
            kind = "" if doubt.settled else "doubt"
            yield Mark(doubt.span[0], doubt.span[1], kind, number=doubt.number, settled=doubt.settled)


def mark(span: Sequence[int], kind: str, fact: str = "") -> Mark:
    """A mark on a span of the JSON form."""
    return Mark(span[0], span[1], kind, fact)


def _reach(measure: Mapping[str, Any]) -> tuple[int, int]:
    """A measure's text with its units' names, which stand behind it."""
    ends = [a["span"][1] for a in measure["assignments"] if a["span"] and a["span"][0] >= measure["span"][0]]
    start, end = measure["span"]
    return start, max([end, *(e for e in ends if e - end < 400)])


def _inside(measure: Any) -> Iterator[str]:
    yield measure.id
    yield from (u.id for r in measure.roles for u in r.units)
    yield from (t.id for t in measure.targets)


def _words(entry: Entry | None) -> str:
    return said(entry.operation) if entry else ""
