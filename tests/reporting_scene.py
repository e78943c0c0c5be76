"""A unit's form of two entries with those who work on it, for the tests of its way."""

from __future__ import annotations

from reporting.actions.accept import accept_filtered
from reporting.actions.return_entry import return_entry
from reporting.actions.submit import submit
from reporting.entries.content import EntryContent, content_of
from reporting.models import ProgressEntry, ProgressReport
from tests.factories import (
    DepartmentFactory,
    office_user,
    reporter,
)
from tests.reporting_factories import make_report, make_round


class Scene:
    """A unit's form of two entries, its reporter, the office."""

    def __init__(self) -> None:
        self.period, self.plan = make_round()
        self.unit = DepartmentFactory.create(jurisdiction=self.period.jurisdiction, name="区商务局")
        self.report: ProgressReport = make_report(self.period, self.unit, self.plan, 2)
        self.reporter = reporter(self.unit)
        self.office = office_user(self.period.jurisdiction)

    @property
    def now(self) -> ProgressReport:
        return ProgressReport.objects.get(pk=self.report.pk)

    @property
    def entries(self) -> list[ProgressEntry]:
        return list(ProgressEntry.objects.filter(report=self.report).order_by("pk"))

    def send(self) -> ProgressReport:
        return submit(self.report, actor=self.reporter, version=self.now.version)

    def send_back(self, index: int = 0) -> ProgressEntry:
        return return_entry(self.entries[index], actor=self.office, reason="缺佐证材料", version=1)

    def accept_all(self) -> int:
        seen = {entry.pk: entry.version for entry in self.entries}
        return accept_filtered(self.period, actor=self.office, seen=seen)


def rewritten(entry: ProgressEntry) -> EntryContent:
    return EntryContent("under_way", "改写后的进展：检查42家。", "", "", figures=content_of(entry).figures)
