"""The plan as issued: source document, parts, tasks, measures, assignments, reporting rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from departments.models import Department, DepartmentGroup, Jurisdiction
from tasks.querysets import AssignmentQuerySet, MeasureQuerySet, PlanQuerySet

SPAN_HELP = "原文中的起止位置"


class SourceDocument(models.Model):
    """A document as uploaded, with the joined text that all spans refer to (empty until it has been read)."""

    jurisdiction = models.ForeignKey(
        Jurisdiction, verbose_name="行政区", on_delete=models.PROTECT, related_name="source_documents"
    )
    sha256 = models.CharField("SHA-256", max_length=64)
    name = models.CharField("文件名", max_length=200)
    file = models.FileField("文件", upload_to="sources/%Y/")
    text = models.TextField("正文", blank=True)
    uploaded_at = models.DateTimeField("上传时间")

    class Meta:
        verbose_name = verbose_name_plural = "来源文件"
        ordering = ("-uploaded_at", "-pk")
        constraints = (models.UniqueConstraint(fields=("jurisdiction", "sha256"), name="source_once_in_jurisdiction"),)

    def __str__(self) -> str:
        return self.name


class Plan(models.Model):
    """工作要点 or 重点工作安排 of a year. Its title is unique among the current plans of jurisdiction and year.

    A consultation text that its issued text has replaced keeps its stage and points to the plan that replaced it.
    """

    class Kind(models.TextChoices):
        KEY_POINTS = "key_points", "工作要点"
        ARRANGEMENTS = "arrangements", "重点工作安排"

    class Stage(models.TextChoices):
        DRAFT = "draft", "草稿"
        CONSULTATION = "consultation", "征求意见稿"
        ISSUED = "issued", "已印发"
        CLOSED = "closed", "已办结"

    jurisdiction = models.ForeignKey(
        Jurisdiction, verbose_name="行政区", on_delete=models.PROTECT, related_name="plans"
    )
    year = models.PositiveSmallIntegerField("年度")
    kind = models.CharField("类别", max_length=12, choices=Kind)
    stage = models.CharField("阶段", max_length=12, choices=Stage, default=Stage.DRAFT)
    title = models.CharField("标题", max_length=200)
    issuer = models.CharField("印发机关", max_length=100, blank=True)
    document_number = models.CharField("文号", max_length=60, blank=True)
    issued_on = models.DateField("印发日期", null=True, blank=True)
    source = models.ForeignKey(
        SourceDocument, verbose_name="来源文件", null=True, on_delete=models.PROTECT, related_name="plans"
    )
    superseded_at = models.DateTimeField("被替换时间", null=True, blank=True)
    superseded_by = models.ForeignKey(
        "self", verbose_name="替换它的计划", null=True, blank=True, on_delete=models.PROTECT, related_name="superseded"
    )

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "工作计划"
        ordering = ("-year", "-pk")
        constraints = (
            # A replaced text may bear the title of the one that replaced it.
            models.UniqueConstraint(
                fields=("jurisdiction", "year", "title"),
                name="plan_title_unique_in_year",
                condition=Q(superseded_at__isnull=True),
            ),
            models.CheckConstraint(
                condition=Q(superseded_at__isnull=True) | Q(stage__in=("draft", "consultation")),
                name="plan_superseded_was_never_issued",
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=("issued", "closed")) | (~Q(document_number="") & Q(issued_on__isnull=False)),
                name="plan_issued_has_number_and_date",
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def is_issued(self) -> bool:
        """In force or closed. A draft may know its number and date already."""
        return self.stage in (self.Stage.ISSUED, self.Stage.CLOSED)

    if TYPE_CHECKING:

        def get_absolute_url(self) -> str:
            """The plan's ledger: an upper package's page, given by `ABSOLUTE_URL_OVERRIDES`."""


class Section(models.Model):
    """部分; `number` counts from 1, `label` is the number as written (一、)."""

    plan = models.ForeignKey(Plan, verbose_name="计划", on_delete=models.CASCADE, related_name="sections")
    number = models.PositiveSmallIntegerField("序号")
    label = models.TextField("编号原文", blank=True)
    title = models.TextField("标题")
    span_start = models.PositiveIntegerField(help_text=SPAN_HELP)
    span_end = models.PositiveIntegerField(help_text=SPAN_HELP)

    class Meta:
        verbose_name = verbose_name_plural = "部分"
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=("plan", "number"), name="section_number_unique_in_plan"),)

    def __str__(self) -> str:
        return f"{self.label}{self.title}"


class Task(models.Model):
    """任务; `number` is unique in the plan, `label` as written (（一）)."""

    plan = models.ForeignKey(Plan, verbose_name="计划", on_delete=models.CASCADE, related_name="tasks")
    section = models.ForeignKey(Section, verbose_name="部分", null=True, on_delete=models.CASCADE, related_name="tasks")
    number = models.PositiveSmallIntegerField("序号")
    label = models.TextField("编号原文", blank=True)
    title = models.TextField("标题")
    span_start = models.PositiveIntegerField(help_text=SPAN_HELP)
    span_end = models.PositiveIntegerField(help_text=SPAN_HELP)

    class Meta:
        verbose_name = verbose_name_plural = "任务"
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=("plan", "number"), name="task_number_unique_in_plan"),)

    def __str__(self) -> str:
        return f"{self.label}{self.title}"


class Measure(models.Model):
    """措施: what is to be done, cut at its responsibility bracket. Shown as task.position (4.2)."""

    task = models.ForeignKey(Task, verbose_name="任务", on_delete=models.CASCADE, related_name="measures")
    position = models.PositiveSmallIntegerField("序号")
    text = models.TextField("内容")
    span_start = models.PositiveIntegerField(help_text=SPAN_HELP)
    span_end = models.PositiveIntegerField(help_text=SPAN_HELP)
    due_on = models.DateField("期限", null=True, blank=True)
    due_text = models.TextField("期限原文", blank=True)

    objects = MeasureQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "措施"
        ordering = ("task__number", "position")
        constraints = (models.UniqueConstraint(fields=("task", "position"), name="measure_position_unique_in_task"),)

    def __str__(self) -> str:
        return f"{self.number} {self.text[:30]}"

    if TYPE_CHECKING:

        def get_absolute_url(self) -> str:
            """The measure's page, given by `ABSOLUTE_URL_OVERRIDES`."""

    @property
    def number(self) -> str:
        """Task and position, 4.2."""
        return f"{self.task.number}.{self.position}"


class Assignment(models.Model):
    """分工: one department's part in a measure, or a name left open (相关部门), which owes nothing.

    `via_group` is the group that brought the department in; `surface` is what the document writes. An assignment
    made by an amendment has the date since which it holds; without it holds since the plan was issued.
    """

    class Role(models.TextChoices):
        LEAD = "lead", "牵头"
        RESPONSIBLE = "responsible", "负责"
        SHARED = "shared", "分工"
        SUPPORT = "support", "配合"

    measure = models.ForeignKey(Measure, verbose_name="措施", on_delete=models.CASCADE, related_name="assignments")
    department = models.ForeignKey(
        Department, verbose_name="单位", null=True, on_delete=models.PROTECT, related_name="assignments"
    )
    role = models.CharField("角色", max_length=12, choices=Role)
    via_group = models.ForeignKey(
        DepartmentGroup, verbose_name="经由集合单位", null=True, on_delete=models.PROTECT, related_name="+"
    )
    position = models.PositiveSmallIntegerField("次序")
    surface = models.TextField("原文写法")
    span_start = models.PositiveIntegerField(help_text=SPAN_HELP)
    span_end = models.PositiveIntegerField(help_text=SPAN_HELP)
    started_on = models.DateField("起始日期", null=True, blank=True)
    ended_on = models.DateField("终止日期", null=True, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "分工"
        ordering = ("position", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("measure", "department"),
                name="assignment_active_once",
                condition=Q(ended_on__isnull=True, department__isnull=False),
            ),
        )
        indexes = (models.Index(fields=("department", "measure"), name="assignment_by_department"),)

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.department or self.surface}"


class ReportingRule(models.Model):
    """报送要求 that the plan states: to the office, or the office's own duty upward. `due` is MM-DD or empty."""

    class Frequency(models.TextChoices):
        ANNUAL = "annual", "每年"
        HALF_YEARLY = "half_yearly", "每半年"
        QUARTERLY = "quarterly", "每季度"
        MONTHLY = "monthly", "每月"
        ONCE = "once", "一次"

    class Direction(models.TextChoices):
        TO_OFFICE = "to_office", "报食安办"
        UPWARD = "upward", "向上报告"

    plan = models.ForeignKey(Plan, verbose_name="计划", on_delete=models.CASCADE, related_name="reporting_rules")
    task = models.ForeignKey(Task, verbose_name="任务", null=True, on_delete=models.CASCADE, related_name="+")
    frequency = models.CharField("频次", max_length=12, choices=Frequency)
    due = models.CharField("时间", max_length=5, blank=True)
    direction = models.CharField("方向", max_length=10, choices=Direction)
    owers = models.TextField("报送单位", blank=True)
    recipients = models.TextField("接收单位", blank=True)
    quote = models.TextField("原文")
    span_start = models.PositiveIntegerField(help_text=SPAN_HELP)
    span_end = models.PositiveIntegerField(help_text=SPAN_HELP)

    class Meta:
        verbose_name = verbose_name_plural = "报送要求"
        ordering = ("span_start", "pk")

    def __str__(self) -> str:
        return f"{self.get_frequency_display()} {self.due} {self.get_direction_display()}"


class Amendment(models.Model):
    """更正: one change to a plan in force, never altered. `before` and `after` map labels to words, the same labels.

    `subject_type` and `subject_id` name the row that was changed; `measure` is empty where units were merged or
    renamed. `decided_on` is the date of the decision, `at` the moment it was recorded.
    """

    class Kind(models.TextChoices):
        UNITS = "units", "调整分工"
        TARGET = "target", "更正指标"
        WORDING = "wording", "更正措施"
        MERGER = "merger", "单位合并"
        RENAMING = "renaming", "单位更名"

    plan = models.ForeignKey(Plan, verbose_name="计划", on_delete=models.PROTECT, related_name="amendments")
    kind = models.CharField("类别", max_length=10, choices=Kind)
    measure = models.ForeignKey(
        Measure, verbose_name="措施", null=True, on_delete=models.PROTECT, related_name="amendments"
    )
    subject_type = models.CharField("对象类型", max_length=60)
    subject_id = models.PositiveBigIntegerField("对象编号")
    subject_label = models.CharField("对象", max_length=300)
    before = models.JSONField("更正前")
    after = models.JSONField("更正后")
    reason = models.TextField("理由")
    decided_on = models.DateField("决定日期")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="操作人", on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField("记录时间")

    class Meta:
        verbose_name = verbose_name_plural = "更正"
        ordering = ("-at", "-pk")
        constraints = (models.CheckConstraint(condition=~Q(reason=""), name="amendment_has_reason"),)
        indexes = (models.Index(fields=("plan", "-at"), name="amendment_by_plan"),)  # the plan's history page

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.subject_label}"
