"""Search in all that a person may see: plans, tasks, measures, units and the text of sources."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.urls import reverse

from dashboards.queries import MEASURE_NUMBER, visible_plans
from dashboards.source_text import FOLDED
from departments.models import Department, DepartmentAlias, Jurisdiction, User
from indicators.models import Indicator
from tasks.models import Measure, Plan, Task

CONTROL = re.compile(r"[\x00-\x1f\x7f\s]+")
LONGEST_QUERY, MOST_WORDS = 100, 6
LONGEST_TITLE = 60
AROUND = 40  # characters shown before and after the first hit in a long text
DOTS = "…"

Row = Any  # a Plan, Task, Measure or Department


@dataclass(frozen=True, slots=True)
class Asked:
    """What is searched for: `words` must all stand in a row. `cut` says that some of it was left out."""

    text: str
    words: tuple[str, ...]
    cut: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text; `hit` where it is one of the words."""

    text: str
    hit: bool


@dataclass(frozen=True, slots=True)
class Found:
    """One line of the result: where it leads, what it is, what stands there, and of which plan or place it is."""

    url: str
    title: tuple[Piece, ...]
    said: tuple[Piece, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing that can be found: its name in the address, its word, and how its rows are said."""

    name: str
    label: str
    measure_word: str
    rows: QuerySet[Row]
    say: Callable[[Row, Sequence[str]], Found]


def asked(text: str) -> Asked:
    """Control characters part words like blanks; too long a text is cut, too many words are left out."""
    clean = CONTROL.sub(" ", text).strip()
    words = clean[:LONGEST_QUERY].split()
    kept = tuple(dict.fromkeys(words))[:MOST_WORDS]
    return Asked(" ".join(kept), kept, len(clean) > LONGEST_QUERY or len(dict.fromkeys(words)) > MOST_WORDS)


def kinds(user: User, words: Sequence[str]) -> list[Kind]:
    """Each kind with the rows that hold all `words`, the newest plans first. One query; the rows are not asked yet."""
    plans = [plan.pk for plan in visible_plans(user).only("pk", "jurisdiction")]
    units = Department.objects.visible_to(user).active()
    return [
        Kind("measures", "措施", "项", measures_with(plans, words), say_measure),
        Kind("tasks", "任务", "项", tasks_with(plans, words), say_task),
        Kind("units", "单位", "家", units_with(units, words), say_unit),
        Kind("plans", "计划", "份", plans_with(plans, words), say_plan),
        Kind("texts", "原文", "份", texts_with(plans, words), say_text),
    ]


def every(words: Sequence[str], *fields: str) -> Q:
    """Each word stands in one of the fields."""
    conditions = Q()
    for word in words:
        anywhere = Q()
        for field in fields:
            anywhere |= Q(**{f"{field}__icontains": word})
        conditions &= anywhere
    return conditions


def measures_with(plans: Sequence[int], words: Sequence[str]) -> QuerySet[Measure]:
    """In their text or the name of an indicator; those numbered so (4.2) first."""
    conditions = Q()
    for word in words:
        targets = Indicator.objects.filter(measure=OuterRef("pk"), subject__icontains=word)
        conditions &= Q(text__icontains=word) | numbered(word) | Q(Exists(targets))
    first = When(numbered(words[0]), then=0) if len(words) == 1 else When(pk__in=(), then=0)
    rows: QuerySet[Measure] = Measure.objects.filter(conditions, task__plan__in=plans)
    rank = Case(first, default=Value(1), output_field=IntegerField())
    ordered = rows.alias(rank=rank).order_by("rank", "-task__plan__year", "-task__plan", "task__number", "position")
    return ordered.select_related("task__plan__jurisdiction")


def numbered(word: str) -> Q:
    number = MEASURE_NUMBER.fullmatch(word)
    return Q(task__number=number[1], position=number[2]) if number else Q(pk__in=())


def tasks_with(plans: Sequence[int], words: Sequence[str]) -> QuerySet[Task]:
    rows = Task.objects.filter(every(words, "title"), plan__in=plans).select_related("plan__jurisdiction")
    return rows.order_by("-plan__year", "-plan", "number")


def units_with(units: QuerySet[Department], words: Sequence[str]) -> QuerySet[Department]:
    """By name, short name or another name."""
    conditions = Q()
    for word in words:
        aliases = DepartmentAlias.objects.filter(department=OuterRef("pk"), name__icontains=word)
        conditions &= Q(name__icontains=word) | Q(short_name__icontains=word) | Q(Exists(aliases))
    rows: QuerySet[Department] = units.filter(conditions).select_related("jurisdiction")
    return rows.order_by("jurisdiction", "position", "pk")


def plans_with(plans: Sequence[int], words: Sequence[str]) -> QuerySet[Plan]:
    rows = Plan.objects.filter(every(words, "title", "document_number"), pk__in=plans)
    return rows.select_related("jurisdiction").order_by("-year", "-pk")


def texts_with(plans: Sequence[int], words: Sequence[str]) -> QuerySet[Plan]:
    rows = Plan.objects.filter(every(words, "source__text"), pk__in=plans)
    return rows.select_related("jurisdiction", "source").order_by("-year", "-pk")


def measure_meant(user: User, place: Jurisdiction | None, asked: Asked) -> Measure | None:
    """The measure of the current plan whose number is asked for, else the only one of any plan; at most two queries."""
    if len(asked.words) != 1 or not MEASURE_NUMBER.fullmatch(asked.words[0]):
        return None
    plans = visible_plans(user)
    current = plans.filter(jurisdiction=place).first() if place else None
    measures = Measure.objects.filter(numbered(asked.words[0]), task__plan__in=plans.order_by())
    found = list(measures.select_related("task"))
    here = [measure for measure in found if current and measure.task.plan_id == current.pk]
    return next(iter(here or (found if len(found) == 1 else ())), None)


def say_measure(measure: Measure, words: Sequence[str]) -> Found:
    url = reverse("dashboards:measure", args=[measure.pk])
    title = f"{measure.number} {measure.task.title}"[:LONGEST_TITLE]
    return Found(url, pieces(title, words), near(measure.text, words), of_plan(measure.task.plan))


def say_task(task: Task, words: Sequence[str]) -> Found:
    """A task has no page of its own: it leads to its heading in the source, or to the ledger of a plan without one."""
    ledger = reverse("dashboards:plan_ledger", args=[task.plan_id])
    source = f"{reverse('dashboards:source', args=[task.plan_id])}#t{task.pk}"
    return Found(source if task.plan.source_id else ledger, pieces(str(task), words), (), of_plan(task.plan))


def say_unit(unit: Department, words: Sequence[str]) -> Found:
    return Found(reverse("dashboards:department", args=[unit.pk]), pieces(unit.name, words), (), unit.jurisdiction.name)


def say_plan(plan: Plan, words: Sequence[str]) -> Found:
    said = pieces(plan.document_number or plan.get_stage_display(), words)
    return Found(reverse("dashboards:plan_ledger", args=[plan.pk]), pieces(plan.title, words), said, of_place(plan))


def say_text(plan: Plan, words: Sequence[str]) -> Found:
    url = f"{reverse('dashboards:source', args=[plan.pk])}?{urlencode({'q': words[0]})}"
    text = plan.source.text if plan.source else ""
    return Found(url, (Piece(plan.title, hit=False),), near(text, words), of_place(plan))


def of_plan(plan: Plan) -> str:
    return f"{plan.title}（{plan.get_stage_display()}）" if not plan.is_issued else plan.title


def of_place(plan: Plan) -> str:
    return f"{plan.jurisdiction.name}，{plan.get_stage_display()}"


def pieces(text: str, words: Sequence[str]) -> tuple[Piece, ...]:
    """The text cut at the words, however they are written."""
    return tuple(cut(text, words))


def cut(text: str, words: Sequence[str]) -> Iterator[Piece]:
    wanted = "|".join(re.escape(word.translate(FOLDED)) for word in sorted(words, key=len, reverse=True))
    done = 0
    for hit in re.finditer(wanted, text.translate(FOLDED)) if wanted else ():
        if hit.start() > done:
            yield Piece(text[done : hit.start()], hit=False)
        yield Piece(text[hit.start() : hit.end()], hit=True)
        done = hit.end()
    if done < len(text):
        yield Piece(text[done:], hit=False)


def near(text: str, words: Sequence[str]) -> tuple[Piece, ...]:
    """The text around its first hit, on the hit's own line."""
    folded = text.translate(FOLDED)
    at = min((p for p in (folded.find(word.translate(FOLDED)) for word in words) if p >= 0), default=0)
    line_start, line_end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
    start, end = max(line_start, at - AROUND), min(line_end if line_end >= 0 else len(text), at + 2 * AROUND)
    before = DOTS if start > line_start else ""
    after = DOTS if end < (line_end if line_end >= 0 else len(text)) else ""
    return pieces(f"{before}{text[start:end]}{after}", words)
