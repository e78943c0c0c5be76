"""One form a unit and period, its entries and figures."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from departments.models import Department
from indicators.models import Indicator, Reading
from reporting.models.periods import ReportingPeriod
from reporting.querysets import EntryQuerySet, ReportQuerySet
from tasks.models import Assignment


class ProgressReport(models.Model):
    """填报单: one department's form for one period. The first submission fixes whether it was on time.

    `version` counts changes of the form as a whole, so that a stale page is told. `minutes` are whole minutes between
    saves, without pauses; they are counted up to `timed_until`, a moment of the machine's own clock.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", "填写中"
        SIGNED = "signed", "已审签"
        SUBMITTED = "submitted", "待审"
        ACCEPTED = "accepted", "全部通过"

    period = models.ForeignKey(ReportingPeriod, verbose_name="报送期", on_delete=models.PROTECT, related_name="reports")
    department = models.ForeignKey(
        Department, verbose_name="单位", on_delete=models.PROTECT, related_name="progress_reports"
    )
    status = models.CharField("状态", max_length=10, choices=Status, default=Status.DRAFT)
    opened_at = models.DateTimeField("开始填写", null=True, blank=True)
    signature_asked_at = models.DateTimeField("送审签时间", null=True, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="审签人", null=True, on_delete=models.PROTECT, related_name="+"
    )
    signed_at = models.DateTimeField("审签时间", null=True, blank=True)
    first_submitted_at = models.DateTimeField("首次报送", null=True, blank=True)
    submitted_at = models.DateTimeField("报送时间", null=True, blank=True)
    on_behalf = models.BooleanField("食安办代填", default=False)
    extended_until = models.DateField("准予延期至", null=True, blank=True)
    minutes = models.PositiveIntegerField("填写用时（分钟）", default=0)
    timed_until = models.DateTimeField("计时到", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "填报单"
        ordering = ("department__position", "pk")
        constraints = (
            models.UniqueConstraint(fields=("period", "department"), name="report_once_a_unit_and_period"),
            models.CheckConstraint(
                condition=Q(status__in=("draft", "signed")) | Q(first_submitted_at__isnull=False),
                name="report_submitted_has_its_date",
            ),
        )

    def __str__(self) -> str:
        return f"{self.department}{self.period}"


class ProgressEntry(models.Model):
    """填报项: one assignment in one form.

    `state` is what the unit says of the measure. `status` is the entry's own way: open to the unit, submitted,
    accepted, or returned with a reason until `answer_due`. `version` counts the unit's saves.
    """

    class State(models.TextChoices):
        NOT_BEGUN = "not_begun", "未开始"
        UNDER_WAY = "under_way", "推进中"
        DONE = "done", "已完成"

    class Status(models.TextChoices):
        OPEN = "open", "未报"
        SUBMITTED = "submitted", "待审"
        ACCEPTED = "accepted", "通过"
        RETURNED = "returned", "退回"

    report = models.ForeignKey(ProgressReport, verbose_name="填报单", on_delete=models.CASCADE, related_name="entries")
    assignment = models.ForeignKey(
        Assignment, verbose_name="分工", on_delete=models.PROTECT, related_name="progress_entries"
    )
    state = models.CharField("状态", max_length=10, choices=State, blank=True)
    done_text = models.TextField("做了什么", blank=True)
    problems = models.TextField("还有什么问题", blank=True)
    next_steps = models.TextField("下一步", blank=True)
    same_as_last = models.BooleanField("与上期相同", default=False)
    told_lead = models.BooleanField("已报牵头单位", default=False)
    status = models.CharField("审核状态", max_length=10, choices=Status, default=Status.OPEN)
    reason = models.TextField("退回原因", blank=True)
    answer_due = models.DateField("补报期限", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="审核人", null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField("审核时间", null=True, blank=True)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="填写人", null=True, on_delete=models.PROTECT, related_name="+"
    )
    saved_at = models.DateTimeField("保存时间", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "填报项"
        ordering = ("assignment__measure__task__number", "assignment__measure__position", "pk")
        constraints = (
            models.UniqueConstraint(fields=("report", "assignment"), name="entry_once_in_report"),
            models.CheckConstraint(condition=~Q(status="returned") | ~Q(reason=""), name="entry_returned_has_reason"),
        )
        indexes = (models.Index(fields=("assignment", "status"), name="entry_by_assignment"),)

    def __str__(self) -> str:
        return f"{self.report} {self.assignment}"


class EntryVersion(models.Model):
    """An entry as it stood at one submission: its texts, state and figures, so that a reviewer sees what changed."""

    entry = models.ForeignKey(ProgressEntry, on_delete=models.CASCADE, related_name="versions")
    ordinal = models.PositiveSmallIntegerField("次序")
    content = models.JSONField("内容")
    submitted_at = models.DateTimeField("报送时间")
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "填报项版本"
        ordering = ("ordinal",)
        constraints = (models.UniqueConstraint(fields=("entry", "ordinal"), name="version_once_in_entry"),)

    def __str__(self) -> str:
        return f"{self.entry} 第{self.ordinal}次"


class ReportedFigure(models.Model):
    """The figure of one indicator in an entry, year to date at the period's end: a ratio, a value, or why there is
    none. All empty while nothing was entered. `reading` is made of it when the entry is accepted."""

    entry = models.ForeignKey(ProgressEntry, verbose_name="填报项", on_delete=models.CASCADE, related_name="figures")
    indicator = models.ForeignKey(Indicator, verbose_name="指标", on_delete=models.PROTECT, related_name="+")
    numerator = models.DecimalField("分子", max_digits=15, decimal_places=4, null=True, blank=True)
    denominator = models.DecimalField("分母", max_digits=15, decimal_places=4, null=True, blank=True)
    value = models.DecimalField("数值", max_digits=15, decimal_places=4, null=True, blank=True)
    absence = models.CharField("没有数据", max_length=14, choices=Reading.Absence, blank=True)
    explanation = models.TextField("说明", blank=True)
    reading = models.OneToOneField(
        Reading, verbose_name="指标数据", null=True, on_delete=models.PROTECT, related_name="reported"
    )

    class Meta:
        verbose_name = verbose_name_plural = "填报数据"
        ordering = ("indicator__position", "pk")
        constraints = (
            models.UniqueConstraint(fields=("entry", "indicator"), name="figure_once_in_entry"),
            models.CheckConstraint(
                condition=Q(value__isnull=True, absence="")
                | Q(numerator__isnull=True, denominator__isnull=True, absence="")
                | Q(numerator__isnull=True, denominator__isnull=True, value__isnull=True),
                name="figure_is_one_of_ratio_value_absence",
            ),
        )

    def __str__(self) -> str:
        return f"{self.entry} {self.indicator}"


class Extension(models.Model):
    """延期: asked by a unit for one form, granted or refused by the office."""

    class State(models.TextChoices):
        ASKED = "asked", "待答复"
        GRANTED = "granted", "已准予"
        REFUSED = "refused", "未准予"

    report = models.ForeignKey(ProgressReport, on_delete=models.CASCADE, related_name="extensions")
    until = models.DateField("延期至")
    reason = models.TextField("理由")
    state = models.CharField("状态", max_length=8, choices=State, default=State.ASKED)
    answer = models.TextField("答复", blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField("申请时间")

    class Meta:
        verbose_name = verbose_name_plural = "延期申请"
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(fields=("report",), condition=Q(state="asked"), name="extension_asked_once"),
        )

    def __str__(self) -> str:
        return f"{self.report} 延期至{self.until}"
