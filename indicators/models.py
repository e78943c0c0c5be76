"""Quantitative targets of measures, and who supplies each one's figure."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from departments.models import Department, Population
from tasks.models import Measure, Plan


class Indicator(models.Model):
    """指标: `subject` reads alone; `value` is a decimal of at most 15 digits; `implied` means all (全覆盖).

    `family` says how the units' figures are summed, `path` how the target is neared within the year; the labels name
    the two figures of a ratio. `indicators.defaults.propose` gives the first values of all four. `baseline` is where a
    target that is climbed stood at the year's beginning, in the indicator's unit; no document states it, the office
    enters it with its source.
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
    baseline = models.DecimalField("年初基数", max_digits=15, decimal_places=4, null=True, blank=True)
    baseline_source = models.CharField("基数来源", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "指标"
        ordering = ("measure", "position")
        constraints = (
            models.UniqueConstraint(fields=("measure", "position"), name="indicator_position_unique_in_measure"),
            models.CheckConstraint(
                condition=Q(baseline__isnull=True) | ~Q(baseline_source=""), name="indicator_baseline_has_source"
            ),
        )

    def __str__(self) -> str:
        return f"{self.subject}{self.get_comparator_display()}{self.value.normalize():f}{self.unit}"


class IndicatorReporter(models.Model):
    """The department that supplies an indicator's figure: lead or responsible by default."""

    indicator = models.ForeignKey(Indicator, verbose_name="指标", on_delete=models.CASCADE, related_name="reporters")
    department = models.ForeignKey(
        Department, verbose_name="单位", on_delete=models.PROTECT, related_name="indicator_reports"
    )

    class Meta:
        verbose_name = verbose_name_plural = "指标填报单位"
        ordering = ("department__position",)
        constraints = (models.UniqueConstraint(fields=("indicator", "department"), name="indicator_reporter_once"),)

    def __str__(self) -> str:
        return f"{self.department} {self.indicator}"


class Reading(models.Model):
    """指标数据: what one department reports of one indicator, year to date at `as_of` (a date, not a period).

    Exactly one of a ratio (numerator and denominator), a value, or an absence. An accepted reading is never altered:
    a correction is a new row with its reason that `supersedes` it, and then is the `current` one.
    """

    class Absence(models.TextChoices):
        NO_DATA = "no_data", "无数据"
        NOT_APPLICABLE = "not_applicable", "不适用"
        NO_OBJECT = "no_object", "无对象"

    indicator = models.ForeignKey(Indicator, verbose_name="指标", on_delete=models.PROTECT, related_name="readings")
    department = models.ForeignKey(Department, verbose_name="单位", on_delete=models.PROTECT, related_name="readings")
    as_of = models.DateField("截至")
    numerator = models.DecimalField("分子", max_digits=15, decimal_places=4, null=True, blank=True)
    denominator = models.DecimalField("分母", max_digits=15, decimal_places=4, null=True, blank=True)
    value = models.DecimalField("数值", max_digits=15, decimal_places=4, null=True, blank=True)
    absence = models.CharField("没有数据", max_length=14, choices=Absence, blank=True)
    reason = models.TextField("说明", blank=True)
    supersedes = models.OneToOneField(
        "self", verbose_name="更正", null=True, blank=True, on_delete=models.PROTECT, related_name="superseded_by"
    )
    current = models.BooleanField("现行", default=True)
    recorded_at = models.DateTimeField("记录时间")

    class Meta:
        verbose_name = verbose_name_plural = "指标数据"
        ordering = ("as_of", "department__position", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("indicator", "department", "as_of"), condition=Q(current=True), name="reading_current_once"
            ),
            models.CheckConstraint(
                condition=Q(numerator__isnull=False, denominator__isnull=False, value__isnull=True, absence="")
                | Q(numerator__isnull=True, denominator__isnull=True, value__isnull=False, absence="")
                | (Q(numerator__isnull=True, denominator__isnull=True, value__isnull=True) & ~Q(absence="")),
                name="reading_is_one_of_ratio_value_absence",
            ),
            models.CheckConstraint(
                condition=~Q(absence="not_applicable") | ~Q(reason=""), name="reading_not_applicable_has_reason"
            ),
        )

    def __str__(self) -> str:
        return f"{self.indicator} {self.department} 截至{self.as_of}"


class PopulationBase(models.Model):
    """换基数: from `since` on the plan's figures per thousand residents are divided by another population.

    Without a row a plan keeps the population that was in force at its year's beginning.
    """

    plan = models.ForeignKey(Plan, verbose_name="计划", on_delete=models.CASCADE, related_name="population_bases")
    population = models.ForeignKey(Population, verbose_name="常住人口", on_delete=models.PROTECT, related_name="+")
    since = models.DateField("起用日期")
    reason = models.TextField("理由")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("记录时间")

    class Meta:
        verbose_name = verbose_name_plural = "人口基数"
        ordering = ("since",)
        constraints = (
            models.UniqueConstraint(fields=("plan", "since"), name="population_base_once_a_day"),
            models.CheckConstraint(condition=~Q(reason=""), name="population_base_has_reason"),
        )

    def __str__(self) -> str:
        return f"{self.plan}自{self.since}起{self.population}"
