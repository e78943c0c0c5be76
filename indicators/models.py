"""Quantitative targets of measures, and who supplies each one's figure."""

from __future__ import annotations

from django.db import models

from departments.models import Department
from tasks.models import Measure


class Indicator(models.Model):
    """指标: `subject` reads alone; `value` is a decimal of at most 15 digits; `implied` means all (全覆盖).

    `family` says how the units' figures are summed, `path` how the target is neared within the year; the labels name
    the two figures of a ratio. `indicators.defaults.propose` gives the first values of all four.
    """

    class Comparator(models.TextChoices):
        AT_LEAST = ">=", "≥"
        MORE = ">", "＞"
        AT_MOST = "<=", "≤"
        LESS = "<", "＜"
        EQUAL = "=", "＝"

    class Kind(models.TextChoices):
        COVERAGE = "coverage", "覆盖率"
        PASS_RATE = "pass_rate", "合格率、达标率"
        COMPLETION = "completion", "完成率"
        SAMPLING = "sampling", "抽检量"
        COUNT = "count", "数量"
        SCORE = "score", "得分"
        OTHER = "other", "其他"

    class Family(models.TextChoices):
        CUMULATE = "cumulate", "逐期累计"
        FLOW_RATIO = "flow_ratio", "本年累计的比率"
        STOCK = "stock", "时点数"

    class Path(models.TextChoices):
        CLIMB = "climb", "逐步达到"
        HOLD = "hold", "每次都要达到"

    measure = models.ForeignKey(Measure, verbose_name="措施", on_delete=models.CASCADE, related_name="indicators")
    position = models.PositiveSmallIntegerField("次序")
    subject = models.TextField("指标名称")
    comparator = models.CharField("比较", max_length=2, choices=Comparator)
    value = models.DecimalField("目标值", max_digits=15, decimal_places=4)
    unit = models.TextField("计量单位")
    kind = models.CharField("类别", max_length=12, choices=Kind)
    family = models.CharField("汇总方式", max_length=10, choices=Family, default=Family.STOCK)
    path = models.CharField("达标方式", max_length=5, choices=Path, default=Path.CLIMB)
    numerator_label = models.TextField("分子", blank=True)
    denominator_label = models.TextField("分母", blank=True)
    implied = models.BooleanField("未写数字", default=False)
    quote = models.TextField("原文")
    span_start = models.PositiveIntegerField()
    span_end = models.PositiveIntegerField()

    class Meta:
        verbose_name = verbose_name_plural = "指标"
        ordering = ("measure", "position")
        constraints = (
            models.UniqueConstraint(fields=("measure", "position"), name="indicator_position_unique_in_measure"),
        )

    def __str__(self) -> str:
        return f"{self.subject}{self.get_comparator_display()}{self.value.normalize():f}{self.unit}"


class IndicatorReporter(models.Model):
    """The department that supplies an indicator's figure: lead or responsible by default."""

    indicator = models.ForeignKey(
        Indicator, verbose_name="指标", on_delete=models.CASCADE, related_name="reporters"
    )
    department = models.ForeignKey(
        Department, verbose_name="单位", on_delete=models.PROTECT, related_name="indicator_reports"
    )

    class Meta:
        verbose_name = verbose_name_plural = "指标填报单位"
        ordering = ("department__position",)
        constraints = (
            models.UniqueConstraint(fields=("indicator", "department"), name="indicator_reporter_once"),
        )

    def __str__(self) -> str:
        return f"{self.department} {self.indicator}"
