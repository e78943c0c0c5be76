"""What stands under a field: what was not understood, what the checks found, what is simply not filled yet. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from reporting.checks import Finding

# Nobody has done anything wrong yet who is still typing: these are told in grey until the form is about to go.
NOT_YET = ("state_missing", "text_missing", "figure_missing", "half_missing", "same_too_short", "why_missing")
ASKS_WHY = ("reason_missing", "falling")


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence with the class of its look: error, doubtful or ask."""

    css: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Said:
    """`wrong` marks the field itself; `asks_why` that an explanation mends it."""

    lines: tuple[Line, ...]
    asks_why: bool

    @property
    def wrong(self) -> bool:
        return any(line.css == "error" for line in self.lines)


def said_of(field: str, findings: Iterable[Finding], misread: Mapping[str, str], *, begun: bool) -> Said:
    """What was misread hides the findings on what is stored; an entry that is not `begun` is asked nothing yet."""
    if field in misread:
        return Said((Line("error", misread[field]),), asks_why=False)
    own = [f for f in findings if f.field == field and (begun or f.code not in NOT_YET)]
    return Said(tuple(line_of(finding) for finding in own), any(finding.code in ASKS_WHY for finding in own))


def line_of(finding: Finding) -> Line:
    if not finding.is_error:
        return Line("doubtful", f"请核对：{finding.sentence}")
    return Line("ask" if finding.code in NOT_YET else "error", finding.sentence)
