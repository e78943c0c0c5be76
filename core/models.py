"""Audit trail, outbox and work calendar."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class AuditEntry(models.Model):
    """One change, written in the transaction of the change and never altered.

    `verb` is dotted (plan.confirmed). `scope` is the jurisdiction's code, empty for the whole site.
    `before` and `after` hold the fields that changed.
    """

    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="操作人", null=True, on_delete=models.PROTECT, related_name="+"
    )
    verb = models.CharField("动作", max_length=60)
    object_type = models.CharField("对象类型", max_length=60)
    object_id = models.CharField("对象编号", max_length=40)
    object_label = models.CharField("对象", max_length=300)
    scope = models.CharField("行政区代码", max_length=20, blank=True)
    before = models.JSONField("变更前", default=dict)
    after = models.JSONField("变更后", default=dict)
    reason = models.TextField("理由", blank=True)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "操作记录"
        ordering = ("-at", "-pk")
        indexes = (
            models.Index(fields=("object_type", "object_id"), name="audit_by_object"),
            models.Index(fields=("scope", "-at"), name="audit_by_scope"),
        )

    def __str__(self) -> str:
        return f"{self.verb} {self.object_label}"


class Outbox(models.Model):
    """Work that is due: one row a topic and key, upserted with the change that asks for it.

    A worker claims it until `leased_until` and deletes it only if `version` has not moved since. `attempts` counts
    failures since it was last asked for. Moments are the machine's own, never the pinned date's.
    """

    topic = models.CharField("事项", max_length=60)
    key = models.CharField("对象", max_length=60)
    version = models.PositiveIntegerField("版本", default=1)
    due_at = models.DateTimeField("何时处理")
    leased_until = models.DateTimeField("处理中至", null=True)
    attempts = models.PositiveIntegerField("失败次数", default=0)
    last_error = models.TextField("最近一次错误", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "待办后台工作"
        constraints = (models.UniqueConstraint(fields=("topic", "key"), name="outbox_one_row_a_topic_and_key"),)
        # Each look for due work asks for the earliest.
        indexes = (models.Index(fields=("due_at",), name="outbox_by_due"),)

    def __str__(self) -> str:
        return f"{self.topic} {self.key}"


class WorkDay(models.Model):
    """What the State Council's calendar (or the office) says of a date; a date without a row follows its weekday."""

    class Kind(models.TextChoices):
        WORK = "work", "上班"
        REST = "rest", "放假"

    date = models.DateField("日期", unique=True)
    kind = models.CharField("安排", max_length=4, choices=Kind)
    note = models.CharField("说明", max_length=60, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "工作日历"
        ordering = ("date",)

    def __str__(self) -> str:
        return f"{self.date} {self.get_kind_display()}"
