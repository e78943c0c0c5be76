"""佐证材料和文字报告: handed in and taken back by the unit; the file itself stays for the trail."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from core import audit, clock
from core.errors import BadInput, WrongState
from departments.models import User
from reporting.actions.locking import bump, lock_entry, lock_report
from reporting.actions.sign import take_signature_back
from reporting.evidence.sniffing import EVIDENCE_KINDS, NARRATIVE_KINDS
from reporting.evidence.storing import take_in
from reporting.life_cycle import ENTRY_WORKFLOW, REPORT_WORKFLOW
from reporting.models import Evidence, Narrative, ProgressEntry, ProgressReport
from reporting.policies import may_edit

MOST_FILES = 30  # of one entry


def add_evidence(entry: ProgressEntry, *, actor: User, file: UploadedFile[Any]) -> Evidence:
    """Raises `BadInput` for a file that is not taken or is there already, `WrongState` for an entry that is closed."""
    taken = take_in(file, EVIDENCE_KINDS)
    with transaction.atomic():
        entry = _editable(entry, actor)
        kept = Evidence.objects.filter(entry=entry, removed_at__isnull=True)
        if same := kept.filter(sha256=taken.sha256).first():
            raise BadInput(f"“{taken.name}”已经传过了（{same.name}），不用再传。", field="file")
        if kept.count() >= MOST_FILES:
            raise BadInput(f"一项最多{MOST_FILES}个文件。请把同类材料合并成一个PDF再传。", field="file")
        evidence = Evidence.objects.create(
            entry=entry, sha256=taken.sha256, name=taken.name, kind=taken.kind, size=len(taken.data),
            file=taken.as_file(), uploaded_by=actor, uploaded_at=clock.now(),
        )  # fmt: skip
        _changed(entry.report, actor)
        _record("evidence.added", evidence, entry.report, actor)
    return evidence


def remove_evidence(evidence: Evidence, *, actor: User) -> None:
    """Taking away twice takes away once."""
    with transaction.atomic():
        entry = _editable(evidence.entry, actor)
        if Evidence.objects.filter(pk=evidence.pk, removed_at__isnull=True).update(removed_at=clock.now()):
            _changed(entry.report, actor)
            _record("evidence.removed", evidence, entry.report, actor)


def add_narrative(report: ProgressReport, *, actor: User, file: UploadedFile[Any]) -> Narrative:
    """Attach the narrative report; raises as `add_evidence` does."""
    taken = take_in(file, NARRATIVE_KINDS)
    with transaction.atomic():
        report = _open(report, actor)
        if report.narratives.filter(sha256=taken.sha256, removed_at__isnull=True).exists():
            raise BadInput(f"“{taken.name}”已经传过了，不用再传。", field="file")
        narrative = Narrative.objects.create(
            report=report, sha256=taken.sha256, name=taken.name, size=len(taken.data),
            file=taken.as_file(), uploaded_by=actor, uploaded_at=clock.now(),
        )  # fmt: skip
        _changed(report, actor)
        _record("narrative.added", narrative, report, actor)
    return narrative


def remove_narrative(narrative: Narrative, *, actor: User) -> None:
    with transaction.atomic():
        report = _open(narrative.report, actor)
        if Narrative.objects.filter(pk=narrative.pk, removed_at__isnull=True).update(removed_at=clock.now()):
            _changed(report, actor)
            _record("narrative.removed", narrative, report, actor)


def _editable(entry: ProgressEntry, actor: User) -> ProgressEntry:
    locked = lock_entry(entry.pk)
    may_edit(actor, locked.report).or_raise()
    REPORT_WORKFLOW.require("edit", locked.report.status)
    ENTRY_WORKFLOW.require("edit", locked.status)
    return locked


def _open(report: ProgressReport, actor: User) -> ProgressReport:
    locked = lock_report(report.pk)
    may_edit(actor, locked).or_raise()
    REPORT_WORKFLOW.require("edit", locked.status)
    if not ProgressEntry.objects.filter(report=locked).with_unit().exists():
        raise WrongState("这份填报单没有要补报的项，不能再改文字报告。")
    return locked


def _changed(report: ProgressReport, actor: User) -> None:
    """A signature does not cover what is attached after it."""
    if report.status == ProgressReport.Status.SIGNED:
        take_signature_back(report, actor=actor)
    else:
        bump(report)


def _record(verb: str, row: Evidence | Narrative, report: ProgressReport, actor: User) -> None:
    said = {"name": row.name, "sha256": row.sha256, "size": row.size}
    removed = verb.endswith("removed")
    audit.record(
        verb,
        row,
        actor=actor,
        scope=report.period.jurisdiction.code,
        before=said if removed else None,
        after=None if removed else said,
    )
