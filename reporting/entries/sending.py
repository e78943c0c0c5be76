"""The form before it goes: what the checks found, by entry, and which step is next for whom."""

from __future__ import annotations

from dataclasses import dataclass

from departments.models import User
from reporting.checks import Finding
from reporting.entries import words
from reporting.entries.loading import load_entries
from reporting.entries.steps import Progress, Step, progress_of, steps_of
from reporting.models import ProgressReport
from reporting.policies import deadline_of, has_approver, report_verbs

Status = ProgressReport.Status


@dataclass(frozen=True, slots=True)
class Sending:
    """`steps` are those with findings. `verbs` is what the person may do now; `signs` that the unit has an approver."""

    steps: tuple[Step, ...]
    errors: int
    questions: tuple[Finding, ...]
    progress: Progress
    verbs: frozenset[str]
    signs: bool
    due: str

    @property
    def clean(self) -> bool:
        return not self.errors and bool(self.progress.total)


def sending_of(report: ProgressReport, user: User) -> Sending:
    steps = [step for step in steps_of(load_entries(report)) if step.held]
    found = [finding for step in steps for finding in step.findings]
    return Sending(
        steps=tuple(step for step in steps if step.findings),
        errors=sum(finding.is_error for finding in found),
        questions=tuple(finding for finding in found if not finding.is_error),
        progress=progress_of(steps),
        verbs=report_verbs(user, report),
        signs=not report.on_behalf and has_approver(report.department),
        due=words.weekday(deadline_of(report)),
    )
