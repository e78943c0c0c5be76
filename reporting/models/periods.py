"""Reporting periods of a year."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from departments.models import Jurisdiction
from reporting.querysets import PeriodQuerySet
from tasks.models import Plan, ReportingRule


class ReportingPeriod(models.Model):
    """报送期: what is reported for `start` to `end`, due on `due` (a working day; `stated_due` is the date as the rule
    states it), locked after `locks_on`. Duties that coincide are one period: `rules` are all that it answers.

    An UPWARD period is the office's own calendar duty: it has no forms.
    """

    class Kind(models.TextChoices):
        MONTH = "month", "月"
        QUARTER = "quarter", "季度"
        HALF = "half", "半年"
        YEAR = "year", "全年"
        ONCE = "once", "专项"

    jurisdiction = models.ForeignKey(
        Jurisdiction, verbose_name="行政区", on_delete=models.PROTECT, related_name="reporting_periods"
    )
    year = models.PositiveSmallIntegerField("年度")
    kind = models.CharField("类别", max_length=8, choices=Kind)
    ordinal = models.PositiveSmallIntegerField("序号")
    direction = models.CharField(
        "方向",
        max_length=10,
        choices=ReportingRule.Direction,
        default=ReportingRule.Direction.TO_OFFICE,
    )
    title = models.CharField("名称", max_length=100)
    start = models.DateField("开始")
    end = models.DateField("结束")
    stated_due = models.DateField("规定的截止日")
    due = models.DateField("截止日")
    locks_on = models.DateField("锁定日")
    cancelled = models.BooleanField("已取消", default=False)
    note = models.TextField("说明", blank=True)
    plans = models.ManyToManyField(Plan, verbose_name="计划", related_name="reporting_periods")
    rules = models.ManyToManyField(ReportingRule, verbose_name="报送要求", related_name="periods", blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "报送期"
        ordering = ("due", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("jurisdiction", "year", "kind", "ordinal", "direction"), name="period_once_in_year"
            ),
            models.CheckConstraint(condition=Q(start__lte=F("end")), name="period_starts_before_it_ends"),
            models.CheckConstraint(condition=Q(due__lte=F("locks_on")), name="period_locks_after_it_is_due"),
        )

    def __str__(self) -> str:
        return self.title
