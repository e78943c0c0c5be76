"""Makes small plans with true spans, and corrects them, for the tests of corrections."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from intake.corrections.draft import Correction, Draft, apply
from intake.corrections.operations import Operation
from intake.reader.units import squeezed

NUMERALS = "一二三四五六七八九十"


@dataclass
class PlanMaker:
    """Writes a plan's text and its reading side by side; task numbers run through the plan."""

    text: str = ""
    reading: dict[str, Any] = field(
        default_factory=lambda: {
            "plan": {
                "title": "2026年临川湖市食品安全工作要点",
                "issuer": None,
                "document_number": None,
                "issued_on": None,
                "year": 2026,
                "stage": "issued",
                "kind": "key_points",
            },
            "pieces": [],
            "sections": [],
            "tasks": [],
            "indicators": [],
            "reporting": [],
            "warnings": [],
        }
    )

    def write(self, words: str, kind: str) -> list[int]:
        """Append a piece; its span."""
        span = [len(self.text), len(self.text) + len(words)]
        self.text += words
        self.reading["pieces"].append({"kind": kind, "span": span})
        return span

    def section(self, title: str) -> None:
        number = len(self.reading["sections"]) + 1
        label = f"{NUMERALS[number - 1]}、"
        span = self.write(f"{label}{title}", "heading")
        self.write("\n", "body")
        self.reading["sections"].append({"number": number, "label": label, "title": title, "span": span})

    def task(self, title: str, label: str | None = None) -> None:
        number = len(self.reading["tasks"]) + 1
        label = f"（{number}）" if label is None else label
        start, end = self.write(f"{label}{title}。", "heading")
        section = len(self.reading["sections"]) or None
        self.reading["tasks"].append(
            {
                "section": section,
                "number": number,
                "label": label,
                "title": title,
                "span": [start, end],
                "measures": [],
            }
        )

    def measure(self, words: str, *units: tuple[str, str], targets: tuple[str, ...] = (), due_text: str = "") -> None:
        """Text with its bracket; `targets` are quotes of it."""
        task = self.reading["tasks"][-1]
        span = self.write(words, "body")
        task["measures"].append(
            {
                "text": squeezed(words),
                "span": span,
                "due_on": None,
                "due_text": due_text,
                "assignments": self._units(units),
            }
        )
        task["span"] = [task["span"][0], len(self.text)]
        for quote in targets:
            start = span[0] + words.index(quote)
            self.reading["indicators"].append(
                {
                    "task": task["number"],
                    "measure": len(task["measures"]),
                    "subject": quote,
                    "comparator": ">=",
                    "value": "100",
                    "unit": "%",
                    "kind": "coverage",
                    "implied": "全覆盖" in quote,
                    "quote": quote,
                    "span": [start, start + len(quote)],
                }
            )

    def _units(self, units: tuple[tuple[str, str], ...]) -> list[dict[str, Any]]:
        if not units:
            return []
        start, _ = self.write(f"（{'、'.join(name for name, _ in units)}）", "bracket")
        facts, at = [], start + 1
        for name, role in units:
            facts.append(
                {
                    "surface": name,
                    "department": name,
                    "role": role,
                    "group": False,
                    "open": name.startswith("相关"),
                    "span": [at, at + len(name)],
                }
            )
            at += len(name) + 1
        return facts

    def duty(self, words: str) -> None:
        """A sentence of the last task that asks for a report."""
        task = self.reading["tasks"][-1]
        span = self.write(words, "body")
        task["span"] = [task["span"][0], len(self.text)]
        self.reading["reporting"].append(
            {
                "task": task["number"],
                "frequency": "quarterly",
                "due": None,
                "direction": "to_office",
                "owers": "各单位",
                "recipients": "",
                "quote": squeezed(words),
                "span": span,
            }
        )

    def warn(self, code: str, words: str, message: str = "请核对。") -> None:
        """A warning at the first place of the words."""
        start = self.text.index(words)
        self.reading["warnings"].append({"code": code, "message": message, "span": [start, start + len(words)]})

    def at(self, words: str) -> int:
        """Where the words begin."""
        return self.text.index(words)

    def span(self, words: str) -> tuple[int, int]:
        """Where the words stand."""
        return self.at(words), self.at(words) + len(words)


def sample() -> PlanMaker:
    """Two parts, three tasks, five measures."""
    plan = PlanMaker()
    plan.write("2026年临川湖市食品安全工作要点\n", "head")
    plan.section("守护校园")
    plan.task("推进明厨亮灶")
    plan.measure(
        "秋季开学前学校食堂（含托育机构）全部联网，\n覆盖率达到100%。加强巡查。",
        ("市教体局", "lead"),
        ("市市场监管局", "support"),
        targets=("覆盖率达到100%",),
        due_text="秋季开学前",
    )
    plan.measure("周边商户检查全覆盖。", ("市市场监管局", "lead"), ("市城管局", "shared"), targets=("检查全覆盖",))
    plan.task("规范陪餐")
    plan.measure("落实负责人陪餐制度。", ("市教体局", "responsible"))
    plan.write("\n", "body")
    plan.section("严把源头")
    plan.task("治理农残")
    plan.measure("开展豇豆专项治理。", ("市农业农村局", "responsible"))
    plan.measure("合格率达到98%。", ("相关部门", "shared"), targets=("合格率达到98%",))
    plan.duty("各单位每季度报送进展。")
    plan.write("\n临川湖市食安办\n", "closing")
    return plan


def corrected(plan: PlanMaker, *operations: Operation) -> Draft:
    """The draft after these operations, ordinals from 1."""
    return apply(plan.reading, plan.text, [Correction(n, operation) for n, operation in enumerate(operations, start=1)])


def task_of(draft: Draft, number: int) -> dict[str, Any]:
    """The task of this number."""
    return next(task for task in draft.reading["tasks"] if task["number"] == number)


def measure_of(draft: Draft, number: int, position: int) -> dict[str, Any]:
    """A measure by its number, 1.2."""
    found: dict[str, Any] = task_of(draft, number)["measures"][position - 1]
    return found


def refusal(draft: Draft) -> str:
    """The sentence of the draft's only orphan."""
    (orphan,) = draft.orphans
    return orphan.sentence
