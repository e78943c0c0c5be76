"""The closure of measures."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from departments.models import Department
from reporting.models.forms import ProgressEntry
from reporting.querysets import ClosureQuerySet
from tasks.models import Measure


class Closure(models.Model):
    """销号 of a measure: asked by a unit with its evidence, approved after a check (place, person, date) or on papers
    alone, or refused with a reason. `revisit_on` is the 回头看; reopening ends it with a reason."""

    class State(models.TextChoices):
        REQUESTED = "requested", "申请中"
        APPROVED = "approved", "已销号"
        REFUSED = "refused", "未准予"
        REOPENED = "reopened", "已恢复"

    measure = models.ForeignKey(Measure, verbose_name="措施", on_delete=models.PROTECT, related_name="closures")
    department = models.ForeignKey(Department, verbose_name="申请单位", on_delete=models.PROTECT, related_name="+")
    entry = models.ForeignKey(
        ProgressEntry, verbose_name="依据的填报项", null=True, on_delete=models.PROTECT, related_name="closures"
    )
    state = models.CharField("状态", max_length=10, choices=State, default=State.REQUESTED)
    statement = models.TextField("完成情况")
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField("申请时间")
    verified_on = models.DateField("核实日期", null=True, blank=True)
    place = models.CharField("核实地点", max_length=100, blank=True)
    verifier = models.CharField("核实人", max_length=60, blank=True)
    on_papers = models.BooleanField("凭材料", default=False)
    revisit_on = models.DateField("回头看日期", null=True, blank=True)
    reason = models.TextField("理由", blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField("决定时间", null=True, blank=True)

    objects = ClosureQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "销号"
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("measure",), condition=Q(state__in=("requested", "approved")), name="closure_one_standing"
            ),
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(verified_on__isnull=False), name="closure_approved_has_its_date"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("refused", "reopened")) | ~Q(reason=""), name="closure_undone_has_reason"
            ),
        )

    def __str__(self) -> str:
        return f"{self.measure} {self.get_state_display()}"
