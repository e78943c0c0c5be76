"""What the plans of a year ask for, and which standing period answers to which planned one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from core import calendar
from departments.models import Jurisdiction, OfficeSettings
from departments.queries import office_settings
from reporting.calendar_rules import MONTHS_OF, ONCE, YEAR, Duty, PlannedPeriod, Terms, periods_of_year, title_of
from reporting.models import ReportingPeriod
from tasks.models import Plan, ReportingRule


def terms_of(jurisdiction: Jurisdiction) -> Terms:
    numbers: OfficeSettings = office_settings(jurisdiction)
    return Terms(due_days=numbers.due_days, lock_working_days=numbers.lock_working_days)


def planned_year(jurisdiction: Jurisdiction, year: int) -> list[PlannedPeriod]:
    """The periods that the issued plans and the office's own quarter ask for; four queries."""
    known = calendar.load(date(year, 1, 1), date(year + 1, 12, 31))
    return periods_of_year(year, duties_of(jurisdiction, year), known, terms_of(jurisdiction))


def duties_of(jurisdiction: Jurisdiction, year: int) -> list[Duty]:
    """Those that the plans in force state, and for each plan the office's own quarter."""
    plans = Plan.objects.filter(jurisdiction=jurisdiction, year=year, stage=Plan.Stage.ISSUED)
    issued = {pk: day for pk, day in plans.values_list("pk", "issued_on") if day}
    own = [Duty(plan=pk, frequency="quarterly", issued_on=day) for pk, day in issued.items()]
    rules = ReportingRule.objects.filter(plan__in=issued).order_by("plan", "span_start", "pk")
    return own + [duty_of(rule, issued[rule.plan_id]) for rule in rules]


def duty_of(rule: ReportingRule, issued_on: date) -> Duty:
    return Duty(
        plan=rule.plan_id,
        frequency=rule.frequency,
        issued_on=issued_on,
        direction=rule.direction,
        due=rule.due,
        quote=rule.quote,
        rule=rule.pk,
    )


def standing_for(planned: PlannedPeriod, standing: Iterable[ReportingPeriod]) -> ReportingPeriod | None:
    """The period that is there already: of the same name, that answers one of the same duties, or ends with it.

    `standing` have their rules prefetched.
    """
    same = [period for period in standing if period.direction == planned.direction]
    if planned.kind in (YEAR, ONCE):
        alike = [period for period in same if period.kind == planned.kind]
        answers = (p for p in alike if planned.rules & {rule.pk for rule in p.rules.all()})
        return next(answers, next((p for p in alike if p.end == planned.end and planned.kind == YEAR), None))
    named = (p for p in same if (p.kind, p.ordinal) == (planned.kind, planned.order))
    recurring = (p for p in same if p.kind not in (YEAR, ONCE) and p.end == planned.end)
    return next(named, next(recurring, None))


def free_ordinal(planned: PlannedPeriod, standing: Iterable[ReportingPeriod]) -> int:
    """Months, quarters and halves have their own number; years and single duties take the next free one."""
    if MONTHS_OF[planned.kind] < MONTHS_OF[YEAR]:
        return planned.order
    return next_ordinal(planned.kind, planned.direction, standing)


def next_ordinal(kind: str, direction: str, standing: Iterable[ReportingPeriod]) -> int:
    taken = [p.ordinal for p in standing if (p.kind, p.direction) == (kind, direction)]
    return max(taken, default=0) + 1


def name_of(year: int, kind: str, order: int) -> str:
    """2026年第三季度."""
    return f"{year}年{title_of(kind, order)}"
