"""What kind of doubt each code of the reader's warnings is, and which fact it belongs to."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

from intake.corrections.facts import Kind


class DoubtKind(StrEnum):
    """The tabs of the review page, in their order."""

    UNBOUND = "unbound"
    UNDATED = "undated"
    SCOPE = "scope"
    IMPLIED = "implied"
    UNIT_FORM = "unit_form"
    NUMBERING = "numbering"
    OTHER = "other"


LABELS: Final = {
    DoubtKind.UNBOUND: "单位未绑定",
    DoubtKind.UNDATED: "期限没有日期",
    DoubtKind.SCOPE: "数字像是范围",
    DoubtKind.IMPLIED: "目标没有数字",
    DoubtKind.UNIT_FORM: "单位写法存疑",
    DoubtKind.NUMBERING: "编号",
    DoubtKind.OTHER: "其他",
}
_BY_WORD: Final = (  # the first of these words that a code begins with or holds behind a dash
    (DoubtKind.NUMBERING, "numbering"),
    (DoubtKind.UNDATED, "deadline|due|undated|no_date"),
    (DoubtKind.IMPLIED, "implied|no_number|all_meant"),
    (DoubtKind.SCOPE, "scope|range|bound|threshold"),
    (DoubtKind.UNIT_FORM, "unit|units|unbalanced|and_others|role|group"),
)
_HOLDERS: Final = {
    DoubtKind.NUMBERING: (Kind.TASK, Kind.SECTION),
    DoubtKind.UNDATED: (Kind.MEASURE,),
    DoubtKind.IMPLIED: (Kind.INDICATOR, Kind.MEASURE),
    DoubtKind.SCOPE: (Kind.MEASURE,),
    DoubtKind.UNIT_FORM: (Kind.ASSIGNMENT, Kind.MEASURE, Kind.TASK),
    DoubtKind.OTHER: (Kind.DUTY, Kind.MEASURE, Kind.TASK, Kind.SECTION),
}
_NO_SINGLE_UNIT: Final = {"no_unit", "and_others", "unit_twice", "unbalanced_bracket", "default_units"}
PLAN_FIELDS: Final = {
    "no_title": "title",
    "no_issuer": "issuer",
    "no_document_number": "document_number",
    "no_issued_on": "issued_on",
    "no_year": "year",
}


def kind_of(code: str) -> DoubtKind:
    """The kind by the words of a code; what the reader invents anew is 其他."""
    if code in PLAN_FIELDS:
        return DoubtKind.OTHER
    plain = code.replace("-", "_")
    found = (kind for kind, word in _BY_WORD if re.search(rf"(?:^|_)(?:{word})(?:_|$)", plain))
    return next(found, DoubtKind.OTHER)


def holders_of(code: str) -> tuple[Kind, ...]:
    """The kinds of fact that a doubt of this code may belong to, best first."""
    if code in _NO_SINGLE_UNIT:
        return (Kind.MEASURE, Kind.ASSIGNMENT, Kind.TASK)
    return _HOLDERS[kind_of(code)]
