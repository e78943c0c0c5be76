"""A small reading in the form of `intake.reader.as_json`, for tests of what happens to it."""

from __future__ import annotations

import copy
from typing import Any


def assignment(name: str, role: str, *, group: bool = False, open_: bool = False) -> dict[str, Any]:
    """One unit of a bracket."""
    return {"surface": name, "department": name, "role": role, "group": group, "open": open_, "span": [30, 34]}


def measure(text: str, *units: dict[str, Any], due_on: str | None = None) -> dict[str, Any]:
    """One measure with its units."""
    return {"text": text, "span": [10, 30], "due_on": due_on, "due_text": "", "assignments": list(units)}


READING: dict[str, Any] = {
    "plan": {
        "title": "2026年青禾区食品安全工作要点",
        "issuer": "青禾区食品安全委员会",
        "document_number": "青食安委〔2026〕2号",
        "issued_on": "2026-03-20",
        "year": 2026,
        "stage": "issued",
        "kind": "key_points",
    },
    "pieces": [{"kind": "body", "span": [0, 40]}],
    "sections": [{"number": 1, "label": "一、", "title": "守护校园", "span": [0, 6]}],
    "tasks": [
        {
            "section": 1,
            "number": 1,
            "label": "（一）",
            "title": "推进明厨亮灶",
            "span": [6, 40],
            "measures": [
                measure(
                    "学校食堂覆盖率达到100%。",
                    assignment("区教体局", "lead"),
                    assignment("区市场监管局", "support"),
                    due_on="2026-08-31",
                ),
                measure(
                    "开展校园周边检查。",
                    assignment("区市场监管局", "shared"),
                    assignment("各镇", "shared", group=True),
                    assignment("相关部门", "support", open_=True),
                ),
            ],
        }
    ],
    "indicators": [
        {
            "task": 1,
            "measure": 1,
            "subject": "学校食堂明厨亮灶覆盖率",
            "comparator": ">=",
            "value": "100",
            "unit": "%",
            "kind": "coverage",
            "implied": False,
            "quote": "学校食堂覆盖率达到100%",
            "span": [10, 24],
        }
    ],
    "reporting": [
        {
            "task": 1,
            "frequency": "quarterly",
            "due": None,
            "direction": "to_office",
            "owers": "各单位",
            "recipients": "区食安办",
            "quote": "各单位每季度报送进展",
            "span": [24, 30],
        }
    ],
    "warnings": [{"code": "open-unit", "message": "“相关部门”没有指明单位。", "span": [30, 34]}],
}


def reading() -> dict[str, Any]:
    """A copy that a test may change."""
    return copy.deepcopy(READING)
