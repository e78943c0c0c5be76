"""Import of a plan: the uploaded document on its way to the ledger."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from intake.querysets import ImportQuerySet
from tasks.models import Plan, SourceDocument


class Import(models.Model):
    """One document on its way to the ledger.

    `reading` has the form of `intake.reader.as_json`, empty until read; the outbox's lease sees to it that a reading
    cut short is taken up again. `version` counts the changes, so that a stale tab is told. `problem` is the
    sentence shown where it failed. `open_names` are names that the clerk left open (相关部门).
    """

    class State(models.TextChoices):
        UPLOADED = "uploaded", "等待识读"
        READING = "reading", "正在识读"
        READ = "read", "待核对"
        FAILED = "failed", "识读失败"
        CONFIRMED = "confirmed", "已入库"
        ABANDONED = "abandoned", "已放弃"

    source = models.ForeignKey(
        SourceDocument, verbose_name="来源文件", on_delete=models.PROTECT, related_name="imports"
    )
    state = models.CharField("状态", max_length=10, choices=State, default=State.UPLOADED)
    reading = models.JSONField("识读结果", default=dict)
    open_names = models.JSONField("留作未明确的名称", default=list)
    problem = models.TextField("失败原因", blank=True)
    version = models.PositiveIntegerField(default=1)
    plan = models.OneToOneField(
        Plan, verbose_name="计划", null=True, on_delete=models.PROTECT, related_name="imported_from"
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="上传人", on_delete=models.PROTECT, related_name="+"
    )
    uploaded_at = models.DateTimeField("上传时间")

    objects = ImportQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "计划导入"
        ordering = ("-uploaded_at", "-pk")

    def __str__(self) -> str:
        return self.source.name
