"""The round page whole: rows in groups, tabs, sums, and the side panel of the chosen unit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from core import clock
from departments.models import User
from reporting.entries.loading import entries_of
from reporting.entries.words import last_period
from reporting.models import Extension, ProgressEntry, ReportingPeriod
from reporting.policies import may_review_period, report_verbs
from reporting.round import words
from reporting.round.choice import Choice, Sort
from reporting.round.review import Review, review_of
from reporting.round.rows import Row, Turn, of_turn, round_rows

Status = ProgressEntry.Status
SEEN = (Status.SUBMITTED, Status.ACCEPTED, Status.RETURNED)


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under one head; without a head where they are not grouped."""

    head: str
    line: str
    rows: tuple[ShownRow, ...]


@dataclass(frozen=True, slots=True)
class ShownRow:
    row: Row
    state: str
    remarks: tuple[str, ...]
    query: str
    chosen: bool

    @property
    def bar(self) -> list[tuple[str, str, str]]:
        """Colour, x and width in percent of the four numbers."""
        total, x, found = self.row.total or 1, 0.0, []
        numbers = (self.row.accepted, self.row.waiting, self.row.returned, self.row.open)
        for colour, number in zip(("f-green", "f-action", "f-amber", "f-track"), numbers, strict=True):
            width = 100 * number / total
            if number:
                found.append((colour, f"{x:.2f}%", f"{width:.2f}%"))
            x += width
        return found


@dataclass(frozen=True, slots=True)
class Item:
    """An entry in the panel's list."""

    entry: ProgressEntry
    query: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class UnitPanel:
    """`place` of `waiting` counts the entry among those that wait; `previous`, `next` and `close` are queries."""

    row: Row
    items: tuple[Item, ...]
    review: Review | None
    place: int
    waiting: int
    previous: str
    next: str
    close: str
    extensions: tuple[Extension, ...]
    can: frozenset[str]


@dataclass(frozen=True, slots=True)
class RoundPage:
    period: ReportingPeriod
    choice: Choice
    head: str
    summary: str
    last: str
    all: str
    sums: words.Totals
    tabs: list[tuple[str, str, bool]]
    groups: tuple[Group, ...]
    panel: UnitPanel | None
    missing: str
    seen: str
    bulk: int
    bulk_question: str
    may_review: bool
    periods: list[ReportingPeriod]


def round_page(period: ReportingPeriod, user: User, choice: Choice) -> RoundPage:
    """The same queries for 5 units and for 60."""
    rows = round_rows(period)
    sums = words.totals(rows)
    shown = of_turn(rows, Turn(choice.state)) if choice.state else rows
    may_review = bool(may_review_period(user, period))
    waiting = waiting_of(period, shown) if may_review else []
    return RoundPage(
        period=period,
        choice=choice,
        head=f"{period.title}（{words.span(period)}）",
        summary=words.summary(period, sums),
        last=last_period(period.kind),
        all=choice.query(state="", unit=None, entry=None),
        sums=sums,
        tabs=tabs_of(rows, choice),
        groups=tuple(groups_of(shown, period, choice)),
        panel=panel_of(rows, user, choice),
        missing=words.missing_text(period, rows, clock.today()),
        seen=",".join(f"{pk}.{version}" for pk, version in waiting),
        bulk=len(waiting),
        bulk_question=bulk_question(period, shown, len(waiting)),
        may_review=may_review,
        periods=list(periods_beside(period)),
    )


def periods_beside(period: ReportingPeriod) -> QuerySet[ReportingPeriod]:
    """Those that the select offers, the latest first."""
    own = ReportingPeriod.objects.standing().with_forms().filter(jurisdiction=period.jurisdiction_id)
    beside: QuerySet[ReportingPeriod] = own.order_by("-end", "-due")[:24]
    return beside


def waiting_of(period: ReportingPeriod, rows: Iterable[Row]) -> list[tuple[int, int]]:
    """Key and version of the entries of these units that wait: what a bulk decision is taken on."""
    units = [row.department.pk for row in rows]
    entries = ProgressEntry.objects.waiting().filter(report__period=period, report__department__in=units)
    return list(entries.order_by("pk").values_list("pk", "version"))


def bulk_question(period: ReportingPeriod, rows: Sequence[Row], count: int) -> str:
    units = [row for row in rows if row.waiting]
    odd = [(sum(row.empty for row in units), "空白"), (sum(row.copied for row in units), "与上期相同")]
    said = "、".join(f"{word}{number}项" for number, word in odd if number)
    marked = f"这些单位的填报中有{said}。" if said else ""
    return (
        f"通过{period.title}{len(units)}家单位待审的{count}项？{marked}"
        "通过后数据计入指标，单位不能再改；要改须由食安办重新打开。"
    )


def tabs_of(rows: Sequence[Row], choice: Choice) -> list[tuple[str, str, bool]]:
    tabs = [(choice.query(state="", unit=None, entry=None), f"全部 {len(rows)}", not choice.state)]
    for turn, (head, _) in words.HEADS.items():
        query = choice.query(state=turn.value, unit=None, entry=None)
        tabs.append((query, f"{head} {len(of_turn(rows, turn))}", choice.state == turn))
    return tabs


def groups_of(rows: Sequence[Row], period: ReportingPeriod, choice: Choice) -> Iterable[Group]:
    if choice.sort == Sort.UNIT:
        yield Group("", "", tuple(shown_row(row, period, choice) for row in rows))
        return
    if choice.sort == Sort.DAYS:
        longest = sorted(rows, key=lambda row: (row.turn == Turn.ACCEPTED, -(row.days or 0)))
        yield Group("", "", tuple(shown_row(row, period, choice) for row in longest))
        return
    for turn, (head, line) in words.HEADS.items():
        if own := of_turn(rows, turn):
            line = line or (words.time_left(period) if turn == Turn.MISSING else "")
            yield Group(f"{head}{len(own)}家", line, tuple(shown_row(row, period, choice) for row in own))


def shown_row(row: Row, period: ReportingPeriod, choice: Choice) -> ShownRow:
    query = choice.query(unit=row.department.pk, entry=None)
    chosen = row.department.pk == choice.unit
    return ShownRow(row, words.state(row, period), tuple(words.remarks(row)), query, chosen)


def panel_of(rows: Sequence[Row], user: User, choice: Choice) -> UnitPanel | None:
    row = next((row for row in rows if row.department.pk == choice.unit), None)
    if row is None:
        return None
    entries = [e for e in entries_of(row.report) if e.status in SEEN] if row.report else []
    chosen = chosen_entry(entries, choice.entry)
    waiting = [entry for entry in entries if entry.status == Status.SUBMITTED]
    return UnitPanel(
        row=row,
        items=tuple(Item(e, choice.query(entry=e.pk), e == chosen) for e in entries),
        review=reviewed(chosen, row, user),
        place=waiting.index(chosen) + 1 if chosen in waiting else 0,
        waiting=len(waiting),
        previous=beside(entries, chosen, -1, choice),
        next=beside(entries, chosen, 1, choice),
        close=choice.query(unit=None, entry=None),
        extensions=tuple(row.report.extensions.select_related("asked_by")[:5]) if row.report else (),
        can=report_verbs(user, row.report) if row.report else frozenset(),
    )


def reviewed(entry: ProgressEntry | None, row: Row, user: User) -> Review | None:
    if entry is None or row.report is None:
        return None
    entry.report = row.report
    return review_of(entry, row.report, user)


def chosen_entry(entries: Sequence[ProgressEntry], wanted: int | None) -> ProgressEntry | None:
    """The one of the address, else the first that waits, else the first that was returned, else the first."""
    asked = [entry for entry in entries if entry.pk == wanted]
    waits = [entry for entry in entries if entry.status == Status.SUBMITTED]
    returned = [entry for entry in entries if entry.status == Status.RETURNED]
    return next(iter([*asked, *waits, *returned, *entries]), None)


def beside(entries: Sequence[ProgressEntry], entry: ProgressEntry | None, step: int, choice: Choice) -> str:
    """The query for the entry before or after; empty at either end. A reviewer with work left goes from one waiting
    entry to the next."""
    if entry is None:
        return ""
    walk = [e for e in entries if e.status == Status.SUBMITTED or e == entry]
    walk = walk if len(walk) > 1 else list(entries)
    place = walk.index(entry) + step
    return choice.query(entry=walk[place].pk) if 0 <= place < len(walk) else ""
