"""One entry as the page shows it: the sentence, the fields, what stood there last time, what others wrote."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.forms.boundfield import BoundField

from core import calendar, clock
from departments.models import User
from indicators.display import places_of, plain, rounded, target_text
from indicators.formulas import counted_in, is_per_residents, is_ratio, is_share, scale_of, value_of
from indicators.models import Indicator, Reading
from indicators.population import Base, bases_of
from reporting.entries.content import FigureContent, figure_field
from reporting.entries.entry_form import EntryForm
from reporting.entries.formulas import Result, formula_text, result_of
from reporting.entries.loading import LoadedEntry
from reporting.entries.neighbours import Neighbour, RoleLine, neighbours_of, role_lines
from reporting.entries.said import Said, said_of
from reporting.entries.steps import Step
from reporting.entries.words import Term, term
from reporting.models import Evidence, ProgressReport
from tasks.marked_text import Mark, Paragraph, paragraphs
from tasks.models import Assignment, Measure, ReportingRule

SAID = ("state", "done_text", "problems", "next_steps")


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure: its fields, what they come to, and the last one. `base` is the population in thousands, which
    nobody types, with its source in words; `scale` and `places` (decimal ones) let the page compute at once."""

    name: str
    indicator: Indicator
    target: str
    ratio: bool
    numerator: BoundField | None
    denominator: BoundField | None
    value: BoundField | None
    absence: BoundField
    why: BoundField
    content: FigureContent
    result: Result | None
    last: str
    last_note: str
    base: str
    base_words: str
    scale: str
    places: int
    said: Said

    @property
    def why_open(self) -> bool:
        """Whether the explanation is asked for at once."""
        return bool(self.content.absence or self.content.explanation or self.said.asks_why)


@dataclass(frozen=True, slots=True)
class Panel:
    loaded: LoadedEntry
    step: Step
    form: EntryForm
    support: bool
    editable: bool
    figures: tuple[FigureRow, ...]
    quote: tuple[Paragraph, ...]
    roles: tuple[RoleLine, ...]
    neighbours: tuple[Neighbour, ...]
    term: Term | None
    evidence: tuple[Evidence, ...]
    last_evidence: tuple[Evidence, ...]
    said: dict[str, Said]
    misread: dict[str, str]


def panel_of(
    report: ProgressReport, loaded: LoadedEntry, step: Step, form: EntryForm, user: User, *, editable: bool
) -> Panel:
    """Queries of one entry alone: units, neighbours, evidence, population, calendar."""
    entry = loaded.entry
    measure, today = entry.assignment.measure, clock.today()
    until = max(measure.due_on or today, today)
    since = min(measure.due_on or today, today)
    misread, begun = form.problems_by_field() if form.is_bound else {}, not loaded.content.empty
    return Panel(
        loaded=loaded,
        step=step,
        form=form,
        support=entry.assignment.role == Assignment.Role.SUPPORT,
        editable=editable,
        figures=figure_rows(report, loaded, step, form, misread),
        quote=quote_of(measure),
        roles=role_lines(measure),
        neighbours=tuple(neighbours_of(entry, report, user)),
        term=term(measure.due_on, today, calendar.load(since, until)),
        evidence=evidence_of(entry.pk),
        last_evidence=evidence_of(loaded.last.pk) if loaded.last else (),
        said={name: said_of(name, step.findings, misread, begun=begun) for name in SAID},
        misread=misread,
    )


def evidence_of(entry: int) -> tuple[Evidence, ...]:
    kept = Evidence.objects.filter(entry=entry, removed_at__isnull=True)
    return tuple(kept.select_related("uploaded_by").order_by("pk"))


def figure_rows(
    report: ProgressReport, loaded: LoadedEntry, step: Step, form: EntryForm, misread: Mapping[str, str]
) -> tuple[FigureRow, ...]:
    """In the order of the measure's indicators; the population is asked once and only where a figure needs it."""
    indicators = [facts.indicator for facts in loaded.facts.figures]
    based = any(map(is_per_residents, indicators))
    plan = loaded.entry.assignment.measure.task.plan
    base = bases_of(plan).on(report.period.end) if based else None
    begun = not loaded.content.empty
    said = {i.pk: said_of(figure_field(i.pk), step.findings, misread, begun=begun) for i in indicators}
    return tuple(figure_row(loaded, form, indicator, base, said[indicator.pk]) for indicator in indicators)


def figure_row(loaded: LoadedEntry, form: EntryForm, indicator: Indicator, base: Base | None, said: Said) -> FigureRow:
    content = next(f for f in loaded.content.figures if f.indicator == indicator.pk)
    last = last_figure(loaded, indicator)
    per_residents = is_per_residents(indicator)
    return FigureRow(
        name=figure_field(indicator.pk),
        indicator=indicator,
        target=target_text(indicator),
        ratio=is_ratio(indicator),
        numerator=form.bound("n", indicator),
        denominator=form.bound("d", indicator),
        value=form.bound("v", indicator),
        absence=form[f"absence-{indicator.pk}"],
        why=form[f"why-{indicator.pk}"],
        content=content,
        result=result_of(indicator, content),
        last=words_of(indicator, last) if last else "",
        last_note=change_words(indicator, content, last) if last else "",
        base=(plain(base.thousands) or "") if base and per_residents else "",
        base_words=base_words(base) if per_residents else "",
        scale=str(scale_of(indicator)),
        places=places_of(indicator.unit),
        said=said,
    )


def last_figure(loaded: LoadedEntry, indicator: Indicator) -> FigureContent | None:
    """As the unit wrote it last time, else as it was last accepted."""
    written = loaded.last_content.figures if loaded.last_content else ()
    found = next((f for f in written if f.indicator == indicator.pk and not f.empty), None)
    accepted = next((f.last for f in loaded.facts.figures if f.indicator.pk == indicator.pk), None)
    return found or accepted


def words_of(indicator: Indicator, figure: FigureContent) -> str:
    if figure.absence:
        return str(Reading.Absence(figure.absence).label)
    return formula_text(indicator, figure)


def change_words(indicator: Indicator, now: FigureContent, last: FigureContent) -> str:
    """比上期多8所，提高6.1个百分点: of the numerator or the value once both are there, of a share its points too."""
    numbers = (now.numerator, last.numerator) if now.numerator is not None else (now.value, last.value)
    if numbers[0] is None or numbers[1] is None or numbers[0] == numbers[1]:
        return ""
    difference: Decimal = numbers[0] - numbers[1]
    said = f"比上期{'多' if difference > 0 else '少'}{plain(abs(difference))}{counted_in(indicator)}"
    points = points_gained(indicator, now, last)
    return f"{said}，{'提高' if points > 0 else '降低'}{plain(abs(points))}个百分点" if points else said


def points_gained(indicator: Indicator, now: FigureContent, last: FigureContent) -> Decimal:
    """Percentage points, to one place; 0 where there is no share to compare."""
    after, before = value_of(indicator, now), value_of(indicator, last)
    if not is_share(indicator) or after is None or before is None:
        return Decimal(0)
    return rounded(after - before, 1)


def base_words(base: Base | None) -> str:
    """Where the denominator comes from."""
    return base.words if base else "还没有常住人口，请联系食安办填写"


def quote_of(measure: Measure) -> tuple[Paragraph, ...]:
    """The measure's sentence with its targets and duties marked; as corrected, where the office has corrected it."""
    source = measure.task.plan.source
    whole = source.text if source else ""
    said = whole[measure.span_start : measure.span_end]
    if measure.text not in said:
        return paragraphs(measure.text, ())
    start = measure.span_start + said.index(measure.text)
    return paragraphs(measure.text, [shifted(mark, start) for mark in marks_of(measure)])


def shifted(mark: Mark, by: int) -> Mark:
    return Mark(mark.start - by, mark.end - by, mark.kind)


def marks_of(measure: Measure) -> Sequence[Mark]:
    targets = [Mark(i.span_start, i.span_end, "target") for i in measure.indicators.all()]
    rules = ReportingRule.objects.filter(
        plan=measure.task.plan_id, span_start__gte=measure.span_start, span_end__lte=measure.span_end
    )
    return [*targets, *(Mark(rule.span_start, rule.span_end, "duty") for rule in rules)]
