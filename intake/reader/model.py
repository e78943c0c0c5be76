"""The facts that the reader's stages hand to one another, all frozen.

Spans are half-open offsets in code points into `Reading.text`, the joined text of the document.
The pieces of a reading partition that text: what the reader did not understand is body, never lost.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Unreadable(Exception):  # noqa: N818 (a state of the input, told to the clerk as a sentence)
    """A file that cannot be read at all; `str()` is one Chinese sentence that says what and how to mend it."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of `Reading.text`: start ≤ end, end excluded."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph or physical line of a document, its automatic number resolved into the text.

    `heading` is the level that the format itself states (1 is the highest; Word style, `#`, `<h2>`), else None.
    `wrapped` says that the format broke the line at its right edge or page, so that it may go on in the next one.
    """

    text: str
    heading: int | None = None
    wrapped: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table in reading order; a merged cell's text stands in every row and column that it covers."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Document:
    """What a format reader returns. `format` is one of docx, pdf, html, md, txt."""

    blocks: tuple[Line | Table, ...]
    format: str


class PieceKind(StrEnum):
    HEAD = "head"  # title, number, preamble: everything before the first part
    HEADING = "heading"
    BODY = "body"
    BRACKET = "bracket"  # a bracket or label line that names units
    CLOSING = "closing"  # signature, date, distribution list after the last task


class Role(StrEnum):
    LEAD = "lead"
    SUPPORT = "support"
    SHARED = "shared"
    RESPONSIBLE = "responsible"


class Comparator(StrEnum):
    AT_LEAST = ">="
    MORE = ">"
    AT_MOST = "<="
    LESS = "<"
    EQUAL = "="


class IndicatorKind(StrEnum):
    COVERAGE = "coverage"
    PASS_RATE = "pass_rate"  # noqa: S105 (a kind, no password)
    COMPLETION = "completion"
    SAMPLING = "sampling"
    COUNT = "count"
    SCORE = "score"
    OTHER = "other"


class Frequency(StrEnum):
    ANNUAL = "annual"
    HALF_YEARLY = "half_yearly"
    QUARTERLY = "quarterly"
    MONTHLY = "monthly"
    ONCE = "once"


class Direction(StrEnum):
    TO_OFFICE = "to_office"
    UPWARD = "upward"


@dataclass(frozen=True, slots=True)
class Piece:
    kind: PieceKind
    span: Span


@dataclass(frozen=True, slots=True)
class Assignment:
    """One unit that a bracket names. `surface` as written, `department` as a clerk would enter it.

    `group`: the name stands for several units (各镇). `open`: nobody in particular (相关部门, 有关单位).
    """

    surface: str
    department: str
    role: Role
    group: bool
    open: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Measure:
    """A stretch of a task's text that ends with its units. `text` has no white space and no bracket.

    `due_on` is the deadline that the sentence states (its `due_text`), else None.
    """

    text: str
    span: Span
    assignments: tuple[Assignment, ...]
    due_on: date | None = None
    due_text: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A part (部分); `number` counts from 1, `label` is the number as written (一、)."""

    number: int
    label: str
    title: str
    span: Span


@dataclass(frozen=True, slots=True)
class Task:
    """A task; `number` is unique in the reading, `section` the number of its part or None, `label` as written."""

    section: int | None
    number: int
    label: str
    title: str
    span: Span
    measures: tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class Indicator:
    """A quantitative target. `task` is the task's number, `measure` counts from 1 within it."""

    task: int
    measure: int
    subject: str
    comparator: Comparator
    value: Decimal
    unit: str
    kind: IndicatorKind
    implied: bool
    quote: str
    span: Span


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty to report: `due` is MM-DD or None; `owers` and `recipients` as the sentence names them, or empty."""

    task: int | None
    frequency: Frequency
    due: str | None
    direction: Direction
    owers: str
    recipients: str
    quote: str
    span: Span


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """What the document says of itself; None or empty where it does not. `kind`: key_points or arrangements."""

    title: str | None
    issuer: str | None
    document_number: str | None
    issued_on: date | None
    year: int | None
    stage: str
    kind: str


@dataclass(frozen=True, slots=True)
class Warning:  # noqa: A001 (the reader's word for a doubt beside a fact)
    """A doubt for the clerk to settle. `code` is stable, `message` one Chinese sentence, `span` where it lies."""

    code: str
    message: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A whole plan as read. `pieces` partition `text`."""

    text: str
    plan: PlanFacts
    pieces: tuple[Piece, ...]
    sections: tuple[Section, ...]
    tasks: tuple[Task, ...]
    indicators: tuple[Indicator, ...]
    reporting: tuple[Duty, ...]
    warnings: tuple[Warning, ...]
