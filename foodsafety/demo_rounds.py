"""The demo's rounds: two closed quarters and the third half in, written by the actions that people use, at their time.

`fixtures/demo/rounds-2026.json` holds who sent what when, measure by measure and unit by unit, one text a quarter.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from core import clock
from departments.models import Department, Jurisdiction, Membership, User
from foodsafety.demo_files import file_named
from foodsafety.demo_standings import judge_now, judge_on, write_baselines
from indicators.formulas import is_per_residents, is_ratio
from indicators.population import bases_of
from reporting.actions.accept import accept_filtered
from reporting.actions.closure_decide import Check, approve_closure, refuse_closure, reopen_closure
from reporting.actions.closure_request import request_closure
from reporting.actions.correct_reading import Numbers, correct_reading
from reporting.actions.evidence import add_evidence
from reporting.actions.period_generate import generate_year
from reporting.actions.return_entry import return_entry
from reporting.actions.save_entry import save_entry
from reporting.actions.sign import sign
from reporting.actions.submit import submit
from reporting.entries.content import TEXTS, EntryContent, FigureContent
from reporting.entries.population import divided
from reporting.errors import ChecksFailed
from reporting.models import Closure, ProgressEntry, ProgressReport, ReportedFigure, ReportingPeriod
from reporting.owed import open_period
from tasks.models import Plan

Role = Membership.Role
NUMBERS = ("numerator", "denominator", "value", "absence", "explanation")
CALENDAR_MADE = "03-24 11:30"
BASELINES_KNOWN = "03-27 16:00"
FIRST_OF_OCTOBER = "10-01"
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Demo:
    """The place, who works there, and what the file says of the rounds."""

    place: Jurisdiction
    year: int
    clerk: User
    units: Mapping[str, Department]
    people: Mapping[tuple[int, str], User]  # (department, role)
    thousands: Decimal | None  # residents
    data: Row

    def at(self, moment: str) -> datetime:
        """MM-DD HH:MM of the demo's year."""
        return timezone.make_aware(datetime.fromisoformat(f"{self.year}-{moment}"))

    def reporter(self, unit: Department) -> User:
        return self.people[unit.pk, Role.REPORTER]

    def said(self, ordinal: int, number: str, unit: str) -> Row | None:
        """What the unit wrote of the measure in the quarter, None where nothing."""
        quarters = self.data["entries"].get(number, {}).get(unit, ())
        return quarters[ordinal - 1] if ordinal <= len(quarters) else None


def load_rounds(plan: Plan, clerk: User, folder: Path) -> None:
    """Periods, forms, decisions and closures of the plan's year."""
    demo = _demo(plan, clerk, folder)
    with transaction.atomic():
        with clock.pinned(demo.at(CALENDAR_MADE)):
            generate_year(demo.place, actor=clerk, year=plan.year)
        with clock.pinned(demo.at(BASELINES_KNOWN)):
            write_baselines(plan, clerk, demo.data["baselines"])
        judge_on(plan, "03-31")
        _hold_round(demo, 1)
        judge_on(plan, "04-30", "06-30")
        _hold_round(demo, 2)
        _correct(demo)
        _close(demo, [row for row in demo.data["closures"] if row["asked"] < FIRST_OF_OCTOBER])
        judge_on(plan, "07-31", "08-31", "09-01", "09-30", "10-01")
        _hold_round(demo, 3)
        _close(demo, [row for row in demo.data["closures"] if row["asked"] > FIRST_OF_OCTOBER])
        judge_now(plan)


def _demo(plan: Plan, clerk: User, folder: Path) -> Demo:
    seats = Membership.objects.filter(department__jurisdiction=plan.jurisdiction).order_by("-pk")
    base = bases_of(plan).on(date(plan.year, 12, 30))
    return Demo(
        place=plan.jurisdiction,
        year=plan.year,
        clerk=clerk,
        units={unit.name: unit for unit in plan.jurisdiction.departments.all()},
        people={(seat.department_id or 0, seat.role): seat.user for seat in seats.select_related("user")},
        thousands=base.thousands if base else None,
        data=json.loads((folder / f"rounds-{plan.year}.json").read_text(encoding="utf-8")),
    )


def _hold_round(demo: Demo, ordinal: int) -> None:
    period: ReportingPeriod = ReportingPeriod.objects.select_related("jurisdiction").get(
        jurisdiction=demo.place, year=demo.year, kind=ReportingPeriod.Kind.QUARTER, ordinal=ordinal
    )
    reports = open_period(period)
    for name, row in demo.data["reports"][str(ordinal)].items():
        report = reports[demo.units[name].pk]
        _fill(demo, report, row)
        if "sent" in row:
            _send(demo, report, row["sent"])
            _decide(demo, report, row)


def _fill(demo: Demo, report: ProgressReport, row: Row) -> None:
    """Everything that the unit typed and attached, set-wise: what it saved by and by is not played again."""
    moment = demo.at(row.get("sent") or row["opened"])
    report.opened_at, report.minutes = moment - timedelta(minutes=row["minutes"]), row["minutes"]
    report.save(update_fields=["opened_at", "minutes"])
    ordinal, unit = report.period.ordinal, report.department
    said = {entry: demo.said(ordinal, entry.assignment.measure.number, unit.name) for entry in _entries(report)}
    typed = {entry: _content(entry, row) for entry, row in said.items() if row is not None}
    for entry, content in typed.items():
        for name in TEXTS:
            setattr(entry, name, getattr(content, name))
        entry.saved_by, entry.saved_at, entry.version = demo.reporter(unit), moment, entry.version + 1
    ProgressEntry.objects.bulk_update(typed, [*TEXTS, "saved_by", "saved_at", "version"])
    _fill_figures(demo, typed)
    with clock.pinned(moment):
        for entry in typed:
            _attach(demo, entry, ordinal)


def _fill_figures(demo: Demo, typed: Mapping[ProgressEntry, EntryContent]) -> None:
    rows = []
    for entry, content in typed.items():
        given = {figure.indicator: figure for figure in content.figures}
        for row in entry.figures.all():
            figure = given[row.indicator_id]
            if is_per_residents(row.indicator):
                figure = divided(figure, demo.thousands)
            for name in NUMBERS:
                setattr(row, name, getattr(figure, name))
            rows.append(row)
    ReportedFigure.objects.bulk_update(rows, NUMBERS)


def _entries(report: ProgressReport) -> list[ProgressEntry]:
    entries = ProgressEntry.objects.filter(report=report).select_related("assignment__measure__task")
    found = list(entries.prefetch_related("figures__indicator"))
    for entry in found:
        entry.report = report
    return found


def _entry(demo: Demo, ordinal: int, number: str, unit: str) -> ProgressEntry:
    task, position = number.split(".")
    entry: ProgressEntry = ProgressEntry.objects.get(
        report__period__jurisdiction=demo.place,
        report__period__year=demo.year,
        report__period__kind=ReportingPeriod.Kind.QUARTER,
        report__period__ordinal=ordinal,
        report__department=demo.units[unit],
        assignment__measure__task__number=task,
        assignment__measure__position=position,
    )
    return entry


def _content(entry: ProgressEntry, said: Row) -> EntryContent:
    """A support says in a line what it did and claims no state of its own, except where it says done."""
    usual = "" if entry.assignment.role == "support" else ProgressEntry.State.UNDER_WAY
    rows = sorted(entry.figures.all(), key=lambda row: row.indicator_id)
    given = said.get("figures") or [None] * len(rows)
    return EntryContent(
        state=said.get("state", usual),
        done_text=said["text"],
        problems=said.get("problems", ""),
        next_steps=said.get("next", ""),
        same_as_last=said.get("same", False),
        told_lead=said.get("told", False),
        figures=tuple(_figure(row, one, said) for row, one in zip(rows, given, strict=True)),
    )


def _figure(row: ReportedFigure, given: list[float] | str | None, said: Row) -> FigureContent:
    """Two numbers, one, or the word for there being none; per residents the denominator comes by itself."""
    if given is None:
        return FigureContent(row.indicator_id)
    if isinstance(given, str):
        return FigureContent(row.indicator_id, absence=given, explanation=said.get("explanation", ""))
    top, *bottom = (Decimal(str(number)) for number in given)
    if bottom or is_ratio(row.indicator):
        return FigureContent(row.indicator_id, numerator=top, denominator=bottom[0] if bottom else None)
    return FigureContent(row.indicator_id, value=top)


def _attach(demo: Demo, entry: ProgressEntry, ordinal: int) -> None:
    number, unit = entry.assignment.measure.number, entry.report.department
    for row in demo.data["evidence"]:
        if (row["round"], row["measure"], row["unit"]) == (ordinal, number, unit.name):
            file = file_named(row["name"], f"{unit.name} {number}")
            add_evidence(entry, actor=demo.reporter(unit), file=file)


def _send(demo: Demo, report: ProgressReport, moment: str) -> None:
    """Signed where the unit has an approver; what the checks ask is confirmed."""
    approver = demo.people.get((report.department_id, Role.APPROVER))
    with clock.pinned(demo.at(moment)):
        report.refresh_from_db()
        if approver:
            report = sign(report, actor=approver, version=report.version)
        reporter = demo.reporter(report.department)
        try:
            submit(report, actor=reporter, version=report.version)
        except ChecksFailed as asked:
            confirmed = [finding.key for finding in asked.findings]
            submit(report, actor=reporter, version=report.version, confirmed_questions=confirmed)


def _decide(demo: Demo, report: ProgressReport, row: Row) -> None:
    """What was returned, mended or not, and then what was accepted."""
    for returned in row.get("returned", ()):
        _return(demo, report, returned)
    if "accepted" in row:
        waiting = ProgressEntry.objects.filter(report=report, status=ProgressEntry.Status.SUBMITTED)
        seen = {
            entry.pk: entry.version
            for entry in waiting.select_related("assignment__measure__task")
            if "only" not in row or entry.assignment.measure.number in row["only"]
        }
        with clock.pinned(demo.at(row["accepted"])):
            accept_filtered(report.period, actor=demo.clerk, seen=seen)


def _return(demo: Demo, report: ProgressReport, row: Row) -> None:
    unit = report.department
    entry = _entry(demo, report.period.ordinal, row["measure"], unit.name)
    with clock.pinned(demo.at(row["at"])):
        return_entry(entry, actor=demo.clerk, reason=row["reason"], version=entry.version)
    if "mended" in row:
        said = demo.said(report.period.ordinal, row["measure"], unit.name) or {}
        with clock.pinned(demo.at(row["mended"])):
            content = _content(entry, {**said, "text": row["text"]})
            save_entry(entry, actor=demo.reporter(unit), content=content, seen=entry.version)
        _send(demo, report, row["mended"])


def _correct(demo: Demo) -> None:
    """Figures that were accepted and turned out wrong."""
    for row in demo.data["corrections"]:
        entry = _entry(demo, row["round"], row["measure"], row["unit"])
        top, bottom = (Decimal(number) for number in row["figure"])
        with clock.pinned(demo.at(row["at"])):
            correct_reading(entry.figures.get(), actor=demo.clerk, numbers=Numbers(top, bottom), reason=row["reason"])


def _close(demo: Demo, rows: Iterable[Row]) -> None:
    for row in rows:
        unit = demo.units[row["unit"]]
        entry = _entry(demo, 2 if row["asked"] < FIRST_OF_OCTOBER else 3, row["measure"], unit.name)
        with clock.pinned(demo.at(row["asked"])):
            closure = request_closure(entry, actor=demo.reporter(unit), statement=row["statement"])
        _decide_closure(demo, closure, row)


def _decide_closure(demo: Demo, closure: Closure, row: Row) -> None:
    if "decided" not in row:
        return
    with clock.pinned(demo.at(row["decided"])):
        if row["state"] == Closure.State.REFUSED:
            refuse_closure(closure, actor=demo.clerk, reason=row["reason"])
        else:
            approve_closure(closure, actor=demo.clerk, check=_check(row))
    if "reopened" in row:
        with clock.pinned(demo.at(row["reopened"])):
            reopen_closure(closure, actor=demo.clerk, reason=row["reason"])


def _check(row: Row) -> Check:
    revisit = row.get("revisit_on")
    return Check(
        verified_on=date.fromisoformat(row["verified_on"]),
        place=row.get("place", ""),
        verifier=row.get("verifier", ""),
        on_papers=row.get("on_papers", False),
        revisit_on=date.fromisoformat(revisit) if revisit else None,
    )
