"""Files beside entries and forms."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from reporting.models.forms import ProgressEntry, ProgressReport


class Evidence(models.Model):
    """佐证材料 of an entry, judged by its content; `removed_at` hides it, the file stays for the trail."""

    entry = models.ForeignKey(ProgressEntry, verbose_name="填报项", on_delete=models.CASCADE, related_name="evidence")
    sha256 = models.CharField("SHA-256", max_length=64)
    name = models.CharField("文件名", max_length=200)
    kind = models.CharField("类型", max_length=10)
    size = models.PositiveIntegerField("大小（字节）")
    file = models.FileField("文件", upload_to="evidence/%Y/%m/")
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="上传人", on_delete=models.PROTECT, related_name="+"
    )
    uploaded_at = models.DateTimeField("上传时间")
    removed_at = models.DateTimeField("删除时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "佐证材料"
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("entry", "sha256"), condition=Q(removed_at__isnull=True), name="evidence_once_in_entry"
            ),
        )
        indexes = (models.Index(fields=("sha256",), name="evidence_by_content"),)

    def __str__(self) -> str:
        return self.name


class Narrative(models.Model):
    """The narrative report (.docx, .pdf) attached to a form as a whole; `removed_at` hides it, the file stays."""

    report = models.ForeignKey(ProgressReport, on_delete=models.CASCADE, related_name="narratives")
    sha256 = models.CharField("SHA-256", max_length=64)
    name = models.CharField("文件名", max_length=200)
    size = models.PositiveIntegerField("大小（字节）")
    file = models.FileField("文件", upload_to="narratives/%Y/%m/")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField("上传时间")
    removed_at = models.DateTimeField("删除时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "文字报告"
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.name
