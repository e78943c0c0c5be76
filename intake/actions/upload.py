"""上传: take a document in and ask for it to be read."""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction

from core import audit, clock, outbox
from core.errors import BadInput
from departments.models import Jurisdiction, User
from intake.files import glance
from intake.life_cycle import UNFINISHED, State
from intake.models import Import
from intake.policies import may_upload
from intake.reader.formats import Refusal
from intake.reader.model import Unreadable
from tasks.models import SourceDocument

NAME_LENGTH = 200
PASTED_NAME = "粘贴的文字.txt"
EMPTY = {Refusal.EMPTY, Refusal.EMPTY_EXCEL, Refusal.NO_TEXT}
BROKEN = {  # a kind that is read, in a state that is not
    Refusal.ENCRYPTED_OFFICE, Refusal.ENCRYPTED_PDF, Refusal.DAMAGED_DOCX, Refusal.DAMAGED_PDF, Refusal.DAMAGED_EXCEL,
    Refusal.UNSAFE_DOCX, Refusal.UNSAFE_EXCEL, Refusal.SWOLLEN, Refusal.SWOLLEN_EXCEL, Refusal.FAR_EXCEL,
    Refusal.UNKNOWN_ENCODING, Refusal.TOO_LONG, Refusal.LONG_PDF,
}  # fmt: skip


class TooLarge(BadInput):
    """A file over the limit."""

    status = 413
    heading = "文件过大"


class Unusable(BadInput):
    """A file that a first look shows to be unreadable."""

    heading = "文件不能识读"

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.value, field="file")
        self.status = 400 if refusal in EMPTY else 422 if refusal in BROKEN else 415


def upload_plan(jurisdiction: Jurisdiction, *, actor: User, name: str, data: bytes) -> tuple[Import, bool]:
    """Store the document, start an import and have it read; returns the import and whether it is new.

    The same file once more leads to the import that is under way or confirmed already.
    Raises `BadInput` where the file is empty, `TooLarge` over `UPLOAD_LIMIT`, `Unusable` where a look at it shows
    that it cannot be read; nothing is written then.
    """
    check_size(len(data))
    check_content(data, name)
    with transaction.atomic():
        Jurisdiction.objects.select_for_update().get(pk=jurisdiction.pk)  # two uploads of one file: the second waits
        may_upload(actor, jurisdiction).or_raise()
        source = store(jurisdiction, name=name, data=data)
        known = source.imports.filter(state__in=UNFINISHED | {State.CONFIRMED}).first()
        if known:
            return known, False
        import_ = Import.objects.create(source=source, uploaded_by=actor, uploaded_at=clock.now())
        audit.record("import.uploaded", import_, actor=actor, scope=jurisdiction.code, after={"name": source.name})
        outbox.put("import.uploaded", import_.pk)
    return import_, True


def check_size(size: int) -> None:
    """Raise for a file over the limit; `size` in bytes."""
    if size > settings.UPLOAD_LIMIT:
        raise TooLarge(
            f"文件有{size / 1024**2:.1f}MB，超过{settings.UPLOAD_LIMIT // 1024**2}MB的上限。"
            "请删去其中的图片，或只上传正文。",
            field="file",
        )


def check_content(data: bytes, name: str) -> None:
    """Raise for an empty file and for one that a first look refuses."""
    if not data.strip():
        raise BadInput("文件是空的，没有可以识读的内容。请检查后重新选择文件，或直接粘贴正文。", field="file")
    try:
        glance(data, name)
    except Unreadable as refusal:
        raise Unusable(refusal.args[0]) from refusal


def store(jurisdiction: Jurisdiction, *, name: str, data: bytes) -> SourceDocument:
    """The jurisdiction's document with this content, stored once."""
    digest = hashlib.sha256(data).hexdigest()
    known = SourceDocument.objects.filter(jurisdiction=jurisdiction, sha256=digest).first()
    if known:
        return known
    return SourceDocument.objects.create(
        jurisdiction=jurisdiction,
        sha256=digest,
        name=name[-NAME_LENGTH:],
        file=ContentFile(data, name=f"{digest[:16]}{suffix(name)}"),
        uploaded_at=clock.now(),
    )


def suffix(name: str) -> str:
    """The ending of a file's name where it is a plain one, else none: the stored name is never the sender's."""
    ending = name.rpartition(".")[2].lower()
    return f".{ending}" if ending.isascii() and ending.isalnum() and len(ending) <= 5 and "." in name else ""
