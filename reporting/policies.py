"""Who may do what with forms, entries and closures. Visible but not allowed is a 403 with the reason."""

from __future__ import annotations

from datetime import date

from core import clock
from core.access import Allowed, Answer, Denied
from departments.models import Department, Jurisdiction, Membership, User
from reporting.life_cycle import CLOSURE_WORKFLOW, ENTRY_WORKFLOW, REPORT_WORKFLOW, WITH_UNIT
from reporting.models import Closure, Evidence, ProgressEntry, ProgressReport, ReportingPeriod

Role = Membership.Role


def may_run(user: User, place: Jurisdiction, what: str) -> Answer:
    """What the own office alone does: one above it reads only."""
    if Membership.objects.filter(user=user, role=Role.OFFICE, jurisdiction=place).exists():
        return Allowed()
    return Denied(f"只有{place.office_name}的工作人员可以{what}。")


def may_oversee(user: User, place: Jurisdiction) -> Answer:
    """See who has reported and what: office and leaders, there or above."""
    if user.is_superuser or Membership.objects.filter(user=user).over(place).exists():
        return Allowed()
    return Denied(f"各单位的报送情况由{place.office_name}查看。本单位的报送请从“填报”进入。")


def has_approver(department: Department) -> bool:
    """Whether somebody signs for the unit who can log in."""
    return Membership.objects.filter(department=department, role=Role.APPROVER, user__is_active=True).exists()


def roles_in(user: User, department: Department) -> frozenset[str]:
    return frozenset(Membership.objects.filter(user=user, department=department).values_list("role", flat=True))


def deadline_of(report: ProgressReport) -> date:
    """The day until which the first submission is on time."""
    return max(report.period.due, report.extended_until or date.min)


def is_locked(report: ProgressReport) -> bool:
    """The round has been closed to a unit that never reported; an extension opens it until its date."""
    if report.first_submitted_at is not None:
        return False
    return clock.today() > max(report.period.locks_on, report.extended_until or date.min)


def may_view_report(user: User, report: ProgressReport) -> Answer:
    """Read the whole form: the unit's people at any time, others once it has been submitted."""
    if reads_drafts(user, report):
        return Allowed()
    if report.first_submitted_at is None:
        return Denied(f"{report.department}还没有报送，填写中的内容只有本单位看得到。")
    return may_oversee(user, report.period.jurisdiction)


def reads_drafts(user: User, report: ProgressReport) -> bool:
    """Whether what is being written is this person's to read: the unit's, of a form filed on behalf the office's."""
    if roles_in(user, report.department):
        return True
    return report.on_behalf and bool(may_run(user, report.period.jurisdiction, "查看"))


def may_edit(user: User, report: ProgressReport) -> Answer:
    """Fill in the form: the unit's people; of a form filed on behalf the office alone."""
    if report.on_behalf:
        return may_run(user, report.period.jurisdiction, "填写代填的填报单")
    if not roles_in(user, report.department):
        return Denied(f"填报由{report.department}办理。")
    return _open(report)


def may_ask_signature(user: User, report: ProgressReport) -> Answer:
    """送审签: offer the form to the unit's approver."""
    if not has_approver(report.department):
        return Denied(f"{report.department}没有设单位负责人，填完可直接报送。")
    return may_edit(user, report)


def may_sign(user: User, report: ProgressReport) -> Answer:
    """审签: the unit's approver."""
    if Role.APPROVER not in roles_in(user, report.department):
        return Denied(f"审签由{report.department}的单位负责人办理。")
    return _open(report)


def may_submit(user: User, report: ProgressReport) -> Answer:
    """报送: the unit's people, after the approver's signature where the unit has one; the office on behalf."""
    answer = may_edit(user, report)
    if not answer or report.on_behalf or report.status == ProgressReport.Status.SIGNED:
        return answer
    if has_approver(report.department):
        return Denied(f"{report.department}设有单位负责人，要先审签再报送。")
    return answer


def may_ask_extension(user: User, report: ProgressReport) -> Answer:
    if not roles_in(user, report.department):
        return Denied(f"延期由{report.department}申请。")
    if report.first_submitted_at is not None:
        return Denied("这份填报单已经报送，不用申请延期。")
    return Allowed()


def may_grant_extension(user: User, report: ProgressReport) -> Answer:
    return may_run(user, report.period.jurisdiction, "准予延期")


def may_file_on_behalf(user: User, report: ProgressReport) -> Answer:
    """代填: the office, for a unit that has not begun; what a unit has typed stays its own."""
    if report.first_submitted_at is not None:
        return Denied(f"{report.department}已经报送，不用代填。")
    if not report.on_behalf and report.entries.filter(saved_at__isnull=False).exists():
        return Denied(f"{report.department}已开始填写，草稿只有本单位看得到，不能代填。可以准予延期，请其报送。")
    return may_run(user, report.period.jurisdiction, "代单位填报")


def may_review(user: User, entry: ProgressEntry) -> Answer:
    """审核: accept or return an entry; the own office."""
    return may_run(user, entry.report.period.jurisdiction, "审核填报项")


def may_review_period(user: User, period: ReportingPeriod) -> Answer:
    return may_run(user, period.jurisdiction, "审核填报项")


def may_reopen(user: User, report: ProgressReport) -> Answer:
    """Open an accepted form again; the own office."""
    return may_run(user, report.period.jurisdiction, "重新打开填报单")


def may_see_entry(user: User, entry: ProgressEntry) -> Answer:
    if ProgressEntry.objects.visible_to(user).filter(pk=entry.pk).exists():
        return Allowed()
    return Denied("这一项还没有报送，或不属于您的单位。")


def may_see_evidence(user: User, evidence: Evidence) -> Answer:
    """A file is seen with its entry; what a unit adds to a returned entry leaves it with the next submission."""
    entry = evidence.entry
    if roles_in(user, entry.report.department):
        return Allowed()
    sent = entry.report.submitted_at
    if entry.status in WITH_UNIT and (sent is None or evidence.uploaded_at > sent):
        return Denied("这份材料还没有报送。")
    return may_see_entry(user, entry)


def may_ask_closure(user: User, entry: ProgressEntry) -> Answer:
    """申请销号: the people of a unit that answers for the measure."""
    if not roles_in(user, entry.report.department):
        return Denied(f"销号由{entry.report.department}申请。")
    if entry.assignment.role == "support":
        return Denied("配合单位不申请销号，请由牵头或负责单位申请。")
    return Allowed()


def may_decide_closure(user: User, closure: Closure) -> Answer:
    return may_run(user, closure.measure.task.plan.jurisdiction, "办理销号")


def report_verbs(user: User, report: ProgressReport) -> frozenset[str]:
    """What the person may do with the form now."""
    policies = {
        "edit": may_edit,
        "ask_signature": may_ask_signature,
        "sign": may_sign,
        "unsign": may_edit,
        "submit": may_submit,
        "reopen": may_reopen,
        "file_on_behalf": may_file_on_behalf,
        "extend": may_grant_extension,
    }
    possible = frozenset(REPORT_WORKFLOW.verbs(report.status)) & policies.keys()
    return frozenset(verb for verb in possible if policies[verb](user, report))


def entry_verbs(user: User, entry: ProgressEntry) -> frozenset[str]:
    """What the office may decide of the entry now."""
    possible = frozenset(ENTRY_WORKFLOW.verbs(entry.status)) & {"accept", "return", "correct"}
    return possible if possible and may_review(user, entry) else frozenset()


def closure_verbs(user: User, closure: Closure) -> frozenset[str]:
    possible = frozenset(CLOSURE_WORKFLOW.verbs(closure.state))
    return possible if possible and may_decide_closure(user, closure) else frozenset()


def _open(report: ProgressReport) -> Answer:
    if is_locked(report):
        last = f"{report.period.locks_on:%-m月%-d日}"
        return Denied(f"{report.period}已于{last}锁定。请向{report.period.jurisdiction.office_name}申请延期。")
    if report.period.cancelled:
        return Denied(f"{report.period}已取消，不用报送。")
    return Allowed()
