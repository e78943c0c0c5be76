"""What dashboards keep of each day."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from departments.models import Department
from reporting.models import Light
from tasks.models import Plan, Section


class Snapshot(models.Model):
    """A plan, one of its parts or one of its units in figures, as of the end of `date` or of the last change on it.

    Measures by light, by their states of done (each counts those before it: what is verified was claimed), and
    indicators by how they stand. Of a unit a measure counts as `AssignmentStanding.counted_light` says, and its
    indicators are those that it reports. Written by jobs; the days before stay as they were.
    """

    class Scope(models.TextChoices):
        PLAN = "plan", "计划"
        SECTION = "section", "部分"
        DEPARTMENT = "department", "单位"

    plan = models.ForeignKey(Plan, verbose_name="计划", on_delete=models.CASCADE, related_name="snapshots")
    date = models.DateField("日期")
    scope = models.CharField("范围", max_length=10, choices=Scope)
    section = models.ForeignKey(Section, verbose_name="部分", null=True, on_delete=models.CASCADE, related_name="+")
    department = models.ForeignKey(
        Department, verbose_name="单位", null=True, on_delete=models.CASCADE, related_name="snapshots"
    )
    light = models.CharField("状态", max_length=5, choices=Light)
    measures = models.PositiveIntegerField("措施")
    red = models.PositiveIntegerField("滞后")
    amber = models.PositiveIntegerField("预警")
    green = models.PositiveIntegerField("正常")
    grey = models.PositiveIntegerField("未到期")
    claimed = models.PositiveIntegerField("自报完成")
    reviewed = models.PositiveIntegerField("审核通过")
    verified = models.PositiveIntegerField("核实销号")
    indicators = models.PositiveIntegerField("指标")
    met = models.PositiveIntegerField("达标")
    on_pace = models.PositiveIntegerField("在进度")
    behind = models.PositiveIntegerField("落后")
    unknown = models.PositiveIntegerField("无数据")
    computed_at = models.DateTimeField("汇总时间")

    class Meta:
        verbose_name = verbose_name_plural = "每日汇总"
        ordering = ("-date", "pk")
        constraints = (
            models.UniqueConstraint(fields=("plan", "date"), condition=Q(scope="plan"), name="snapshot_one_of_a_plan"),
            models.UniqueConstraint(
                fields=("plan", "date", "section"), condition=Q(scope="section"), name="snapshot_one_of_a_section"
            ),
            models.UniqueConstraint(
                fields=("plan", "date", "department"),
                condition=Q(scope="department"),
                name="snapshot_one_of_a_department",
            ),
            models.CheckConstraint(
                condition=Q(scope="plan", section__isnull=True, department__isnull=True)
                | Q(scope="section", section__isnull=False, department__isnull=True)
                | Q(scope="department", section__isnull=True, department__isnull=False),
                name="snapshot_is_of_what_its_scope_says",
            ),
        )

    def __str__(self) -> str:
        return f"{self.plan_id} {self.date} {self.get_scope_display()}"
