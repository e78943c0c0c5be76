"""The part of the rights table's world that a unit is filling: a draft with a file and a narrative report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile

from departments.models import Department, User
from reporting.actions.evidence import add_evidence, add_narrative
from reporting.models import Evidence, Narrative, ProgressEntry, ProgressReport, ReportingPeriod
from tasks.models import Plan
from tests.reporting_factories import PeriodFactory, make_report

PDF = b"%PDF-1.7\n%%EOF"


@dataclass(frozen=True, slots=True)
class FormWorld:
    """A form of the own unit that is open for as long as anybody runs these tests."""

    report: ProgressReport
    entry: ProgressEntry
    evidence: Evidence
    narrative: Narrative


def make_form_world(plan: Plan, unit: Department, person: User) -> FormWorld:
    period = PeriodFactory.create(
        jurisdiction=plan.jurisdiction, kind=ReportingPeriod.Kind.MONTH, ordinal=9, locks_on=date(2099, 12, 31)
    )
    period.plans.add(plan)
    report = make_report(period, unit, plan, 1)
    entry = report.entries.get()
    evidence = add_evidence(entry, actor=person, file=SimpleUploadedFile("验收单.pdf", PDF))
    narrative = add_narrative(report, actor=person, file=SimpleUploadedFile("小结.pdf", PDF))
    return FormWorld(report, entry, evidence, narrative)
