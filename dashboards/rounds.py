"""What the round asks of a person on the home page: the office's queue, a unit's forms with days left."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Min, Q, QuerySet
from django.urls import reverse

from core import calendar, clock
from core.calendar import WorkCalendar
from departments.models import Department, Jurisdiction, Membership, User
from reporting.entries.mine import OpenForm, open_forms, reports_of
from reporting.entries.words import day, days_left, local_date, weekday
from reporting.models import Closure, Extension, ProgressEntry, ProgressReport, ReportingPeriod
from reporting.owed import owed_counts
from reporting.policies import is_locked
from reporting.round.choice import Choice
from reporting.round.current import current_period
from reporting.round.rows import Turn

Status = ProgressReport.Status
REVISIT_AHEAD = timedelta(days=14)
SOON = 2  # working days
AHEAD = 30  # working days before the date at which a form not begun becomes a duty


@dataclass(frozen=True, slots=True)
class Duty:
    """One line of the queue. `days` are working days left, None where nothing is due; `start` names the form to be
    opened for the first time, as period and department."""

    title: str
    text: str
    url: str
    button: str
    note: str = ""
    days: int | None = None
    start: tuple[int, int] | None = None

    @property
    def soon(self) -> bool:
        return self.days is not None and self.days <= SOON

    @property
    def days_gone(self) -> int:
        return -(self.days or 0)


def office_duties(user: User) -> list[Duty]:
    """Of the jurisdictions whose office the person works in: what waits for the office, then what waits for units."""
    places = list(Jurisdiction.objects.run_by(user))
    return [
        *waiting_duties(places),
        *asked_duties(places),
        *(duty for place in places for duty in missing_duties(place)),
        *returned_duties(places),
        *revisit_duties(places),
    ]


def round_url(period: int, turn: Turn) -> str:
    return reverse("reporting:round", args=[period]) + Choice(state=turn).query()


def waiting_duties(places: Iterable[Jurisdiction]) -> list[Duty]:
    """待审, one line a period; one query."""
    waiting = ProgressEntry.objects.waiting().filter(report__period__jurisdiction__in=list(places))
    rows = by_period(waiting).annotate(since=Min("report__submitted_at"))
    return [
        Duty(
            title=f"审核{row['report__period__title']}填报{row['n']}项",
            text=f"{row['units']}家单位报来，最早的{day(row['since'])}报来。",
            url=round_url(row["report__period"], Turn.WAITING),
            button="去审核",
        )
        for row in rows
    ]


def by_period(entries: QuerySet[ProgressEntry]) -> QuerySet[ProgressEntry, Any]:
    """Numbers of entries (`n`) and of units, the earliest due first."""
    grouped = entries.order_by().values("report__period", "report__period__title", "report__period__due")
    return grouped.annotate(n=Count("pk"), units=Count("report", distinct=True)).order_by("report__period__due")


def returned_duties(places: Iterable[Jurisdiction]) -> list[Duty]:
    """退回未补; one query."""
    late = Q(answer_due__lt=clock.today())
    returned = ProgressEntry.objects.returned().filter(report__period__jurisdiction__in=list(places))
    rows = by_period(returned).annotate(late=Count("pk", filter=late), first=Min("answer_due"))
    return [
        Duty(
            title=f"{row['report__period__title']}退回{row['n']}项未补",
            text=f"{row['units']}家单位，{returned_words(row['late'], row['first'])}。",
            url=round_url(row["report__period"], Turn.RETURNED),
            button="查看",
        )
        for row in rows
    ]


def returned_words(late: int, first: date | None) -> str:
    if late:
        return f"其中{late}项已过补报期限"
    return f"最早的{day(first)}前补报" if first else "等单位补正"


def missing_duties(place: Jurisdiction) -> list[Duty]:
    """未报单位 of the round that is on."""
    period = current_period(place)
    if period is None or clock.today() <= period.end:
        return []
    owed = owed_counts(period)
    sent = ProgressReport.objects.filter(period=period, first_submitted_at__isnull=False)
    missing = owed.keys() - set(sent.values_list("department", flat=True))
    if not missing:
        return []
    names = list(Department.objects.filter(pk__in=missing).order_by("position", "pk").values_list("name", flat=True))
    some = "、".join(names[:6]) + ("等" if len(names) > 6 else "")
    days = calendar.days_left(period.due)
    title = f"{period.title}未报{len(names)}家"
    text = f"{weekday(period.due)}截止，{days_left(days)}。{some}。"
    return [Duty(title, text, round_url(period.pk, Turn.MISSING), "查看", days=days)]


def asked_duties(places: list[Jurisdiction]) -> list[Duty]:
    """Requests for more time and for closures; two queries."""
    extensions = Extension.objects.filter(state=Extension.State.ASKED, report__period__jurisdiction__in=places)
    asked = extensions.select_related("report__period", "report__department").order_by("pk")
    closures = Closure.objects.asked().filter(measure__task__plan__jurisdiction__in=places)
    found = [extension_duty(extension) for extension in asked]
    if count := closures.count():
        url = reverse("reporting:closures") + f"?state={Closure.State.REQUESTED}"
        found.append(Duty(f"销号申请{count}件", "核实后准予或不准予。", url, "去核实"))
    return found


def extension_duty(extension: Extension) -> Duty:
    report = extension.report
    url = reverse("reporting:round", args=[report.period_id]) + Choice(unit=report.department_id).query()
    return Duty(f"{report.department}申请延期至{day(extension.until)}", extension.reason, url, "答复")


def revisit_duties(places: list[Jurisdiction]) -> list[Duty]:
    """回头看 that falls due within a fortnight or is over."""
    closed = Closure.objects.filter(
        state=Closure.State.APPROVED,
        revisit_on__lte=clock.today() + REVISIT_AHEAD,
        measure__task__plan__jurisdiction__in=places,
    ).select_related("measure__task", "department")
    return [
        Duty(
            title=f"回头看：{closure.measure.number}",
            text=f"{closure.department}，{day(closure.revisit_on)}回头看。",
            url=reverse("reporting:closure", args=[closure.pk]),
            button="记录",
        )
        for closure in closed.order_by("revisit_on", "pk")
        if closure.revisit_on
    ]


def unit_duties(user: User, unit: Department) -> list[Duty]:
    """The unit's forms that wait for it, the nearest first."""
    reports = reports_of([unit])
    returned = first_answers(reports)
    signs = Membership.objects.filter(user=user, department=unit, role=Membership.Role.APPROVER).exists()
    known = calendar.load()
    forms = [form for form in open_forms([unit], reports) if is_near(form)]
    found = [with_answer(unit_duty(form, signs=signs), form, returned, known) for form in forms]
    return sorted(found, key=lambda duty: duty.days or 0)


def is_near(form: OpenForm) -> bool:
    """Not one that lies a long way off, nor one that was locked before anything came: that is the office's to open."""
    today = clock.today()
    if form.report is not None:
        return not is_locked(form.report)
    near = form.period.end < today or form.days <= AHEAD
    return near and today <= form.period.locks_on


def with_answer(duty: Duty, form: OpenForm, returned: dict[int, date], known: WorkCalendar) -> Duty:
    """Due when the first returned entry is to be answered, else when the form is."""
    due = returned.get(form.report.pk) if form.report else None
    if due is None:
        return replace(duty, days=form.days, note=f"{form.due}前")
    return replace(duty, days=known.working_days_between(clock.today(), due), note=f"{weekday(due)}前补报")


def first_answers(reports: Iterable[ProgressReport]) -> dict[int, date]:
    """By form, the first date by which something returned is to be answered."""
    rows = ProgressEntry.objects.returned().filter(report__in=list(reports)).order_by().values("report")
    return dict(rows.annotate(first=Min("answer_due")).values_list("report", "first"))


def unit_duty(form: OpenForm, *, signs: bool) -> Duty:
    report, title = form.report, title_of(form.period)
    if report is None:
        start = (form.period.pk, form.department.pk)
        return Duty(title, f"共{form.entries}项，还没有开始填。", "", "开始填报", start=start)
    url, check = (reverse(f"reporting:{name}", args=[report.pk]) for name in ("form", "check"))
    if form.returned:
        return Duty(title, f"食安办退回{form.returned}项，补正后再报送。", url, "去补正")
    if report.status == Status.SIGNED:
        return Duty(title, f"共{form.entries}项，已审签，可以报送。", check, "去报送")
    if report.signature_asked_at and signs:
        return Duty(title, f"共{form.entries}项，等您审签。", check, "去审签")
    if report.signature_asked_at:
        return Duty(title, f"共{form.entries}项，已送审签。", url, "查看")
    return Duty(title, f"共{form.entries}项，填写中。", url, "继续填报")


def title_of(period: ReportingPeriod) -> str:
    """2026年第三季度进展填报; a period named as a report keeps its name."""
    return period.title if period.title.endswith("报告") else f"{period.title}进展填报"


@dataclass(frozen=True, slots=True)
class YearLine:
    """One period of 今年报送."""

    period: ReportingPeriod
    report: ProgressReport | None
    words: str
    returned: int


def this_year(unit: Department) -> list[YearLine]:
    """Periods of the year whose time has begun; entries that were ever returned were sent twice or lie returned."""
    today = clock.today()
    again = Q(entries__versions__ordinal=2) | Q(entries__status="returned")
    reports = ProgressReport.objects.filter(department=unit, period__year=today.year).annotate(
        n_again=Count("entries", filter=again, distinct=True)
    )
    known = {report.period_id: report for report in reports}
    periods = (
        ReportingPeriod.objects.standing()
        .with_forms()
        .filter(jurisdiction=unit.jurisdiction_id, year=today.year, start__lte=today)
    )
    shown = [period for period in periods.order_by("end", "due") if period.pk in known or period.end < today]
    return [year_line(period, known.get(period.pk)) for period in shown]


def year_line(period: ReportingPeriod, report: ProgressReport | None) -> YearLine:
    if report is None or report.first_submitted_at is None:
        return YearLine(period, report, "未报" if report is None else "填写中", 0)
    sent = local_date(report.first_submitted_at)
    due = max(period.due, report.extended_until or period.due)
    said = f"{day(sent)}，{'按时' if sent <= due else '迟报'}"
    return YearLine(period, report, said, report.n_again)  # type: ignore[attr-defined]
