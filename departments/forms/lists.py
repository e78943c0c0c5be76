"""Uploading a list, and sending it again once it has been looked at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.core import signing

from departments.forms.checked import CheckedForm
from departments.lists.sheets import Table
from departments.models import Jurisdiction, User

LIMIT_WORDS = f"{settings.UPLOAD_LIMIT // 1024 // 1024}MB"
KEEP = 24 * 3600  # seconds for which a list shown can be confirmed
ALTERED = "名单已过期或在途中被改动，没有导入。请重新上传文件。"


class UploadForm(CheckedForm):
    """One Excel file."""

    file = forms.FileField(
        label="名单",
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        error_messages={"required": "还没有选文件。", "empty": "文件是空的（0字节），可能没有传完。请重新选择。"},
    )

    def clean_file(self) -> bytes:
        file = self.cleaned_data["file"]
        if file.size > settings.UPLOAD_LIMIT:
            size = file.size // 1024 // 1024 + 1
            raise forms.ValidationError(f"文件有{size}MB，最多{LIMIT_WORDS}。请删去图片和无关的表。")
        content: bytes = file.read()
        return content


def pack(payload: object, *, purpose: str, user: User, place: Jurisdiction) -> str:
    """Signed for one person, place and purpose, so that what comes back is what was shown."""
    return signing.dumps(payload, salt=_salt(purpose, user, place), compress=True)


def unpack(text: str, *, purpose: str, user: User, place: Jurisdiction) -> Any:
    """The payload, or None where it is not what this person was shown here today."""
    try:
        return signing.loads(text, salt=_salt(purpose, user, place), max_age=KEEP)
    except signing.BadSignature:
        return None


def pack_list(table: Table, key: str, *, purpose: str, user: User, place: Jurisdiction) -> str:
    return pack({"table": table.as_json(), "key": key}, purpose=purpose, user=user, place=place)


def unpack_list(given: Mapping[str, Any], *, purpose: str, user: User, place: Jurisdiction) -> tuple[Table, str] | None:
    """The table and the key that were shown, or None."""
    payload = unpack(str(given.get("list", "")), purpose=purpose, user=user, place=place)
    return (Table.from_json(payload["table"]), payload["key"]) if payload else None


def _salt(purpose: str, user: User, place: Jurisdiction) -> str:
    return f"departments.{purpose}:{user.pk}:{place.pk}"
