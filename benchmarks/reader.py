"""How long the reader takes and how that grows: an invented plan repeated, and hostile texts of the same size.

Prints a line for each text, then `RESULT growth=… seconds_20k=…`: how many times longer eight times the text takes,
and the processor seconds for 20 000 characters of plan.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from intake.reader import reading  # noqa: E402 (found only once the path is set)

SECTION = (
    "{part}、夯实第{number}类监管基础\n"
    "（一）管好源头。组织种植户建立用药记录，抽查覆盖率达到95%以上，6月底前完成建档。（区农业农村局牵头，区市场监管局、各镇配合）\n"
    "（二）管好食堂。学校食堂“互联网+明厨亮灶”覆盖率达到100%（幼儿园除外）。（区教育局、市场监管局按职责分工负责）"
    "对配送企业每季度检查不少于1次。（区市场监管局负责）\n"
    "（三）报送进展。各镇、各成员单位每季度末向区食安办报送工作情况。（各镇、区食安委各成员单位）\n"
)
NUMERALS = "一二三四五六七八九"
STEP = 20_000
FACTOR = 8


def plan(length: int) -> str:
    """An invented plan of at least `length` characters."""
    parts = ["青禾区2026年食品安全工作要点\n"]
    while sum(map(len, parts)) < length:
        number = len(parts)
        parts.append(SECTION.format(part=numeral(number), number=number))
    return "".join(parts)


def numeral(number: int) -> str:
    """A Chinese number up to 999, enough to number parts."""
    hundreds, tens, ones = number // 100 % 10, number // 10 % 10, number % 10
    words = f"{NUMERALS[hundreds - 1]}百" if hundreds else ""
    words += f"{NUMERALS[tens - 1] if tens > 1 or hundreds else ''}十" if tens else ("零" if hundreds and ones else "")
    return words + (NUMERALS[ones - 1] if ones else "")


HOSTILE: dict[str, Callable[[int], str]] = {
    "one line": lambda size: plan(size).replace("\n", ""),
    "opening brackets": lambda size: "（" * size,
    "nested brackets": lambda size: "（" * (size // 2) + "）" * (size // 2),
    "short nests": lambda size: ("（" * 250 + "区教育局" + "）" * 250) * (size // 504),
    "units without end": lambda size: "（" + "区教育局、" * (size // 5),
    "conjunctions": lambda size: "（" + "和" * size + "）",
    "labels": lambda size: "责任单位：" * (size // 5),
    "label lines": lambda size: "责任单位：区教育局\n" * (size // 10),
    "white space": lambda size: "一、" + " " * size + "。",
    "digits": lambda size: "1." * (size // 2),
    "numbers": lambda size: "（一）" * (size // 3),
    "verbs": lambda size: "（" + "按职责分工负责牵头配合" * (size // 11) + "）",
    "stops": lambda size: "。" * size,
    "no stops": lambda size: "各镇每季度向区食安办报送工作情况，" * (size // 17),
    "lines": lambda size: "强化源头治理\n" * (size // 7),
    "one letter": lambda size: "龘" * size,
    "dates": lambda size: "2026年1月1日" * (size // 9),
    "titles": lambda size: "关于印发" * (size // 4) + "工作要点",
}


def seconds(text: str) -> float:
    """Processor seconds of the best of three runs, so that a busy machine does not count."""
    best = float("inf")
    for _ in range(3):
        started = time.process_time()
        reading.read_text(text)
        best = min(best, time.process_time() - started)
    return best


def main() -> None:
    """Measure plans of 20 000 and 160 000 characters, then hostile texts."""
    small, large = seconds(plan(STEP)), seconds(plan(STEP * FACTOR))
    print(f"{'plan':<20} {small:8.3f} s {large:8.3f} s  ×{large / small:.1f}")
    for name, text in HOSTILE.items():
        first, second = seconds(text(STEP)), seconds(text(STEP * FACTOR))
        print(f"{name:<20} {first:8.3f} s {second:8.3f} s  ×{second / first:.1f}", flush=True)
    print(f"RESULT growth={large / small:.2f} seconds_20k={small:.3f}")


if __name__ == "__main__":
    main()
