"""How assignments, measures and indicators stand. Written by jobs alone (`reporting.standing`), never by hand.

All rows of a plan are judged together, on the day that the plan's snapshot names. What stands here could be computed
anew from entries, readings and closures at any time; `since` is the first day with the present light.
"""

from __future__ import annotations

from django.db import models

from departments.models import Department
from indicators.judging import LABELS, State
from indicators.models import Indicator
from reporting.models.periods import ReportingPeriod
from tasks.models import Assignment, Measure


class Light(models.TextChoices):
    """红黄绿灯. In the order from bad to good; GREY: nothing owed or nothing to judge yet."""

    RED = "red", "滞后"
    AMBER = "amber", "预警"
    GREEN = "green", "正常"
    GREY = "grey", "未到期"


class MeasureStanding(models.Model):
    """A measure's light with its reason, its three states of done, and its latest accepted progress.

    `claimed`: all units that answer say so; `reviewed`: the office accepted it; `verified_on`: closed after a check.
    `progress` is what the foremost unit wrote, as accepted for `progress_period`.
    """

    measure = models.OneToOneField(Measure, on_delete=models.CASCADE, primary_key=True, related_name="standing")
    light = models.CharField("状态", max_length=5, choices=Light)
    reason = models.TextField("原因")
    since = models.DateField("自")
    claimed = models.BooleanField("自报完成")
    reviewed = models.BooleanField("审核通过")
    verified_on = models.DateField("核实销号", null=True)
    progress = models.TextField("进展", blank=True)
    progress_unit = models.ForeignKey(Department, null=True, on_delete=models.PROTECT, related_name="+")
    progress_period = models.ForeignKey(ReportingPeriod, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "措施状态"
        # The ledger is filtered and sorted by light.
        indexes = (models.Index(fields=("light",), name="measure_standing_by_light"),)

    def __str__(self) -> str:
        return f"{self.measure_id} {self.get_light_display()} {self.reason}"


class AssignmentStanding(models.Model):
    """How one unit's part stands. `light` and `reason` say how it reports.

    `counted_light` is what the measure counts as in lists of this unit: a fault counts where it lies, for the unit
    whose report is late, that reports the indicator behind, or that answers for what is past its date.
    """

    assignment = models.OneToOneField(Assignment, on_delete=models.CASCADE, primary_key=True, related_name="standing")
    light = models.CharField("报送状态", max_length=5, choices=Light)
    reason = models.TextField("原因")
    counted_light = models.CharField("计在本单位的状态", max_length=5, choices=Light)
    counted_reason = models.TextField("计在本单位的原因")
    since = models.DateField("自")
    claimed = models.BooleanField("自报完成")
    reviewed = models.BooleanField("审核通过")

    class Meta:
        verbose_name = verbose_name_plural = "分工状态"

    def __str__(self) -> str:
        return f"{self.assignment_id} {self.get_light_display()} {self.reason}"


class IndicatorStanding(models.Model):
    """An indicator's figure as shown, with its date, its light and reason.

    Texts are exact as shown; the percentages only sort and draw: `progress` of what was expected, `of_target` and
    `due_of_target` the figure's and the expected one's share of the target. `answered` of `reporters` have given their
    figure for `as_of`, which is None while there is none.
    """

    indicator = models.OneToOneField(Indicator, on_delete=models.CASCADE, primary_key=True, related_name="standing")
    as_of = models.DateField("截至", null=True)
    state = models.CharField("状态", max_length=10, choices=[(state.value, LABELS[state]) for state in State])
    light = models.CharField("灯", max_length=5, choices=Light)
    reason = models.TextField("原因")
    value = models.TextField("当前值", blank=True)
    formula = models.TextField("算式", blank=True)
    expected = models.TextField("应达", blank=True)
    progress = models.DecimalField("为应达的百分比", max_digits=12, decimal_places=1, null=True)
    of_target = models.DecimalField("为目标的百分比", max_digits=12, decimal_places=1, null=True)
    due_of_target = models.DecimalField("应达为目标的百分比", max_digits=12, decimal_places=1, null=True)
    answered = models.PositiveIntegerField("已报单位")
    reporters = models.PositiveIntegerField("报数单位")

    class Meta:
        verbose_name = verbose_name_plural = "指标状态"

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.get_state_display()} {self.reason}"
