"""Judging and storing a handed-in file."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile

from core.errors import BadInput
from reporting.evidence.names import clean_name
from reporting.evidence.sniffing import Refused, kind_of


class TooLarge(BadInput):
    """A file over the limit."""

    status = 413
    heading = "文件过大"


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A file that was judged: `name` as it is shown, `kind` by its content, `sha256` of its bytes."""

    name: str
    kind: str
    sha256: str
    data: bytes

    def as_file(self) -> ContentFile[bytes]:
        """To be stored under a name of ours, never the sender's."""
        return ContentFile(self.data, name=f"{self.sha256[:16]}.{self.kind}")


def take_in(file: UploadedFile[Any], kinds: Collection[str]) -> HandedIn:
    """Raises `TooLarge` before reading, `BadInput` for a kind that is not taken."""
    name = file.name or ""
    if (file.size or 0) > settings.UPLOAD_LIMIT:
        raise TooLarge(
            f"“{shown(name)}”有{(file.size or 0) / 1024**2:.1f}MB，超过{settings.UPLOAD_LIMIT // 1024**2}MB的上限。"
            "请压缩图片，或分成几个文件。",
            field="file",
        )
    data = file.read()
    try:
        kind = kind_of(data, kinds)
    except Refused as refusal:
        raise BadInput(f"“{shown(name)}”：{refusal}", field="file") from refusal
    return HandedIn(clean_name(name, kind), kind, hashlib.sha256(data).hexdigest(), data)


def shown(name: str) -> str:
    """A name as a sentence may hold it."""
    return "".join(c for c in name if c.isprintable())[:60]
