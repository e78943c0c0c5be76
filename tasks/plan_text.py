"""What a plan says, free of rows and of readings: the form in which two texts are compared. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class UnitText:
    """A unit, group or open name in a measure; `role` is one of `Assignment.Role`. A group counts as one."""

    name: str
    role: str


@dataclass(frozen=True, slots=True)
class TargetText:
    """`comparator` is one of >=, >, <=, <, =."""

    subject: str
    comparator: str
    value: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class MeasureText:
    """`number` as shown (4.2); `due_text` is the document's wording; `url` is empty for a text not in the ledger."""

    number: str
    text: str
    due_on: date | None = None
    due_text: str = ""
    units: tuple[UnitText, ...] = ()
    targets: tuple[TargetText, ...] = ()
    url: str = ""


@dataclass(frozen=True, slots=True)
class TaskText:
    """`label` as written (（一）); `part` is the title of the part, empty outside of all parts."""

    number: int
    label: str
    title: str
    part: str = ""
    measures: tuple[MeasureText, ...] = ()


@dataclass(frozen=True, slots=True)
class DutyText:
    """A duty to report. `frequency` and `direction` are those of `ReportingRule`, `due` is MM-DD or empty."""

    frequency: str
    due: str
    direction: str
    owers: str
    recipients: str
    quote: str


@dataclass(frozen=True, slots=True)
class PlanText:
    """A whole plan in the order of its document."""

    title: str
    tasks: tuple[TaskText, ...] = ()
    duties: tuple[DutyText, ...] = ()
