"""Import of a plan: the uploaded document on its way to the ledger."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from intake.querysets import ImportQuerySet
from tasks.models import Plan, SourceDocument


class Import(models.Model):
    """One document on its way to the ledger.

    `reading` has the form of `intake.reader.as_json`, empty until read; the outbox's lease sees to it that a reading
    cut short is taken up again. `version` counts the changes, so that a stale tab is told. `starts` counts how often
    a worker began to read it. `layout` says where a ledger stands in a table file (form of
    `intake.reader.sheets.heads.Layout`, and `heads`), empty for other files; while the columns are to be mapped it is
    what is proposed. `open_names` are names that the clerk left open (相关部门), `settled_names` all that the clerk
    decided. `problem` says why it failed, or what a second reading could not keep.
    """

    class State(models.TextChoices):
        UPLOADED = "uploaded", "等待识读"
        READING = "reading", "正在识读"
        MAPPING = "mapping", "待对应列"
        READ = "read", "待核对"
        FAILED = "failed", "识读失败"
        CONFIRMED = "confirmed", "已入库"
        ABANDONED = "abandoned", "已放弃"

    source = models.ForeignKey(
        SourceDocument, verbose_name="来源文件", on_delete=models.PROTECT, related_name="imports"
    )
    state = models.CharField("状态", max_length=10, choices=State, default=State.UPLOADED)
    reading = models.JSONField("识读结果", default=dict)
    layout = models.JSONField("列的对应", default=dict)
    starts = models.PositiveSmallIntegerField("识读次数", default=0)
    open_names = models.JSONField("留作未明确的名称", default=list)
    settled_names = models.JSONField("已定的名称", default=list)
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


class Correction(models.Model):
    """One change that a clerk made to a reading, in the form of `intake.corrections.operations`.

    `ordinal` orders an import's corrections and is never given twice. Operations saved together share a `step`,
    which is undone and redone as one. `version` is the import's version that the step made.
    """

    class State(models.TextChoices):
        ACTIVE = "active", "有效"
        UNDONE = "undone", "已撤销"
        DROPPED = "dropped", "已作废"

    plan_import = models.ForeignKey(Import, verbose_name="导入", on_delete=models.CASCADE, related_name="corrections")
    ordinal = models.PositiveIntegerField("次序")
    step = models.PositiveIntegerField("步骤")
    operation = models.JSONField("改动")
    state = models.CharField("状态", max_length=8, choices=State, default=State.ACTIVE)
    version = models.PositiveIntegerField("版本")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="操作人", on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "识读更正"
        ordering = ("ordinal",)
        constraints = (
            models.UniqueConstraint(fields=("plan_import", "ordinal"), name="correction_ordinal_once_in_import"),
        )

    def __str__(self) -> str:
        return f"{self.plan_import} {self.ordinal}"
