"""One indicator: its formula with the numbers put in, by unit and date, its pace, and who has not reported."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from core import calendar, clock
from core.calendar import DayCount
from dashboards import queries
from dashboards.bullets import Bullet, bullet
from dashboards.indicator_bases import base_notes
from dashboards.indicator_missing import Asked, Missing, asked_units, missing_units
from dashboards.indicator_table import FigureTable, figure_table
from dashboards.quotes import Excerpt
from dashboards.rows import excerpts_of, is_reworded, target_text
from dashboards.standing_rows import Lit, lit, reads_all
from departments.models import Department, User
from indicators.display import amount, day_text, plain, with_unit
from indicators.formulas import FALLING, is_met, is_per_residents
from indicators.judging import Terms, expected_by
from indicators.models import Indicator, Reading
from indicators.pace import First, Span, expected_at, forecast, need
from indicators.population import Base, Bases, bases_of
from indicators.totals import SETTLED, Given, Total, answer_of, total_of
from indicators.wording import formula_text, value_text
from reporting.calendar_rules import month_end
from reporting.querysets import served
from reporting.round.trend import Trend, drawn
from reporting.standing.loading import year_end_dues
from tasks.models import Assignment, Measure


@dataclass(frozen=True, slots=True)
class Correction:
    """A reading that was put right: what stood there, what stands now, when and why."""

    unit: str
    as_of: str
    before: str
    after: str
    at: date
    reason: str


@dataclass(frozen=True, slots=True)
class Known:
    """What is asked of the database, once. `assigned`: the departments that have a part in the measure."""

    indicator: Indicator
    reporters: Sequence[Department]
    readings: Sequence[Reading]
    bases: Bases
    span: Span
    over_since: date
    asked: Asked
    assigned: frozenset[int]

    def terms(self, first: First | None) -> Terms:
        return Terms(self.span, self.over_since, clock.today(), first=first)

    @property
    def given(self) -> list[Given]:
        return [given_of(reading) for reading in self.readings if reading.current]

    @property
    def dates(self) -> list[date]:
        """For which somebody has settled what was asked."""
        own = {unit.pk for unit in self.reporters}
        return sorted({one.as_of for one in self.given if one.department in own and answer_of(one) in SETTLED})

    def total(self, on: date) -> Total:
        """As `reporting.standing.figures.total_at`: without those that came to the measure later."""
        pks = frozenset(unit.pk for unit in self.reporters)
        at_rest = pks - self.asked.get(on, frozenset())
        heard = {one.department for one in self.given if one.as_of <= on}
        later = (at_rest & self.assigned) - heard
        asked = [unit.pk for unit in self.reporters if unit.pk not in later]
        return total_of(self.indicator, asked, self.given, on, thousands=self.bases.thousands(on), at_rest=at_rest)


@dataclass(frozen=True, slots=True)
class Shown:
    """The page. Texts are empty where there is nothing to say; `rises` that more is better."""

    target: str
    lit: Lit | None
    value: str
    as_of: str
    formula: str
    expected: str
    progress: str
    rises: bool
    basis: str
    outlook: tuple[str, ...]
    base: Base | None
    base_notes: tuple[str, ...]
    baseline: str
    bullet: Bullet | None
    trend: Trend | None
    table: FigureTable
    missing: tuple[Missing, ...]
    missing_of: str
    corrections: tuple[Correction, ...]
    excerpts: Sequence[Excerpt]
    reworded: bool


def page_of(indicator: Indicator, user: User) -> Shown:
    """`indicator` comes with its measure, plan, source and standing."""
    measure: Measure = queries.with_parts(Measure.objects.filter(pk=indicator.measure_id)).get()
    measure.task.plan = indicator.measure.task.plan
    known = known_of(indicator, measure.active_assignments)  # type: ignore[attr-defined]
    standing = getattr(indicator, "standing", None)
    on = standing.as_of if standing else None
    total = known.total(on) if on else None
    first = first_of(known)
    expected = expected_by(indicator, on, known.terms(first)) if on and total and total.value is not None else None
    readable, rises = readable_units(indicator, user), indicator.comparator not in FALLING
    asked, missing = missing_units(indicator, known.reporters)
    return Shown(
        target=target_text(indicator),
        lit=lit(standing.light, standing.reason) if standing else None,
        value=value_text(indicator, total),
        as_of=day_text(on) if on and total and total.value is not None else "",
        formula=formula_text(indicator, total) if total and total.value is not None else "",
        expected=standing.expected if standing else "",
        progress=f"{standing.progress}%" if standing and standing.progress is not None and rises else "",
        rises=rises,
        basis=expected.basis if expected else "",
        outlook=outlook(known, total, first),
        base=known.bases.on(on or date(known.span.start.year, 12, 31)) if is_per_residents(indicator) else None,
        base_notes=base_notes(indicator, known.given, known.dates, known.bases, known.total),
        baseline=baseline_words(indicator),
        bullet=bullet(standing) if standing else None,
        trend=trend_of(known, on, first) if on else None,
        table=figure_table(indicator, known.reporters, known.given, known.dates, known.total, known.asked, readable),
        missing=missing,
        missing_of=asked,
        corrections=tuple(corrections(known, readable)),
        excerpts=excerpts_of(measure),
        reworded=is_reworded(measure),
    )


def known_of(indicator: Indicator, assignments: Iterable[Assignment]) -> Known:
    """Five queries, and those of `asked_units`. `assignments` are the measure's active ones."""
    plan, measure = indicator.measure.task.plan, indicator.measure
    reporters = list(Department.objects.filter(indicator_reports__indicator=indicator).order_by("position", "pk"))
    readings = Reading.objects.filter(indicator=indicator).select_related("department", "supersedes")
    start, end = date(plan.year, 1, 1), measure.due_on or date(plan.year, 12, 31)
    first, last = date(plan.year - 1, 12, 1), max(end, date(plan.year + 1, 12, 31))
    days = DayCount.over(calendar.load(first, last), first, last)
    ordered = readings.order_by("as_of", "department__position", "pk")
    over_since = measure.due_on or max(end, year_end_dues([plan]).get(plan.pk, end))
    span, asked = Span(start, end, days), asked_units(indicator, reporters)
    assigned = frozenset(one.department_id for one in assignments if one.department_id)
    return Known(indicator, reporters, list(ordered), bases_of(plan), span, over_since, asked, assigned)


def given_of(reading: Reading) -> Given:
    numbers = (reading.numerator, reading.denominator, reading.value)
    return Given(reading.department_id, reading.as_of, *numbers, reading.absence)


def first_of(known: Known) -> First | None:
    values = ((on, known.total(on).value) for on in known.dates)
    return next((First(on, value) for on, value in values if value is not None), None)


def readable_units(indicator: Indicator, user: User) -> frozenset[int] | None:
    """Departments whose own numbers the person may read, None for all: a unit's own, and all of a measure that it
    answers for itself."""
    plan = indicator.measure.task.plan
    if reads_all(user, plan):
        return None
    own = frozenset(served(user).values_list("pk", flat=True))
    answering = Assignment.objects.active().filter(measure=indicator.measure_id, department__in=own)
    return None if answering.exclude(role=Assignment.Role.SUPPORT).exists() else own


def outlook(known: Known, total: Total | None, first: First | None) -> tuple[str, ...]:
    """Where the straight line leads, and what each month must bring."""
    indicator, span = known.indicator, known.span
    if total is None or total.value is None:
        return ()
    said = []
    ahead = forecast(indicator, total.value, total.on, span, first)
    over = clock.today() > span.end
    if ahead and not over:
        reached = "，可以达标" if is_met(indicator, ahead.value) else "，达不到目标"
        said.append(f"照此进度{day_text(ahead.on)}约为{amount(indicator, ahead.value)}{reached}（{ahead.basis}）")
    lacking = need(indicator, total, span.end, clock.today())
    if lacking:
        left = f"，从现在到{day_text(span.end)}还有{lacking.months}个月（含本月）"
        monthly = f"{left}，每月需{lacking.monthly}{lacking.word}" if lacking.months and not over else ""
        said.append(f"离目标还差{lacking.lacking}{lacking.word}{monthly}")
    return tuple(said)


def baseline_words(indicator: Indicator) -> str:
    if indicator.baseline is None:
        return ""
    return f"年初基数{with_unit(plain(indicator.baseline) or '', indicator.unit)}（{indicator.baseline_source}）"


def trend_of(known: Known, until: date, first: First | None) -> Trend | None:
    """Totals by date up to the one that counts, with the line of what is to be expected from month to month; None below
    two points. Where units are still reporting there is no point yet."""
    dates = (on for on in known.dates if on <= until)
    values = [(on, value) for on in dates if (value := known.total(on).value) is not None]
    if len(values) < 2:
        return None
    indicator, span = known.indicator, known.span
    ends = (month_end(span.start.year, month) for month in range(1, 13))
    days = [span.start, *(day for day in ends if day < span.end), span.end]
    line = [(day, expected_at(indicator, day, span, first).value) for day in days if day.year == span.start.year]
    return drawn(indicator, values, due=[(day, value) for day, value in line if value is not None])


def corrections(known: Known, readable: frozenset[int] | None) -> Sequence[Correction]:
    return [
        Correction(
            unit=reading.department.name,
            as_of=day_text(reading.as_of),
            before=numbers_text(reading.supersedes),
            after=numbers_text(reading),
            at=timezone.localtime(reading.recorded_at).date(),
            reason=reading.reason,
        )
        for reading in known.readings
        if reading.supersedes and (readable is None or reading.department_id in readable)
    ]


def numbers_text(reading: Reading) -> str:
    """79÷87, 3, 无数据."""
    if reading.absence:
        return str(reading.get_absence_display())
    if reading.value is not None:
        return plain(reading.value) or ""
    return f"{plain(reading.numerator)}÷{plain(reading.denominator)}"
