"""Reasons as people type them."""

from __future__ import annotations

from core.errors import BadInput

REASON_LENGTH = 500


def checked_reason(text: str, what: str = "理由") -> str:
    """The reason without outer blanks; raises `BadInput` where it is empty or longer than 500 characters."""
    reason = text.strip()
    if not reason:
        raise BadInput(f"{what}没有填写。请写明依据，如会议、文件或来函。", field="reason")
    if len(reason) > REASON_LENGTH:
        raise BadInput(f"{what}有{len(reason)}个字，最多{REASON_LENGTH}个字，请缩短。", field="reason")
    return reason
