"""How many measures of a ledger stand how, by part: live for what a filter leaves, from the snapshot for a whole plan,
which may be too large to be counted for each page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Q, QuerySet

from dashboards.models import Snapshot
from reporting.models import Light
from tasks.models import Measure, Plan

REVIEWED = Q(standing__reviewed=True) | Q(standing__verified_on__isnull=False)
DONE = {
    "claimed": Q(standing__claimed=True) | REVIEWED,
    "reviewed": REVIEWED,
    "verified": Q(standing__verified_on__isnull=False),
}
DONE_LABELS = {"claimed": "自报完成", "reviewed": "审核通过", "verified": "核实销号"}


@dataclass(slots=True)
class Standings:
    """Numbers of measures in all, by light and by state of done; unjudged ones have no light."""

    measures: int = 0
    lights: dict[str, int] = field(default_factory=lambda: dict.fromkeys(Light.values, 0))
    done: dict[str, int] = field(default_factory=lambda: dict.fromkeys(DONE, 0))

    @property
    def words(self) -> str:
        """11项措施，滞后1、预警3、正常7; without lights where nothing is judged yet."""
        said = [f"{Light(light).label}{n}" for light, n in self.lights.items() if n]
        return f"{self.measures}项措施{'，' if said else ''}{'、'.join(said)}"


@dataclass(slots=True)
class LedgerCounts:
    """`whole`, and each part by its key (None: outside all parts)."""

    whole: Standings
    parts: dict[int | None, Standings]


def live_counts(measures: QuerySet[Measure]) -> LedgerCounts:
    """Of the filtered measures; one query."""
    by = {name: Count("pk", filter=condition) for name, condition in DONE.items()}
    rows = measures.order_by().values("task__section", "standing__light").annotate(n=Count("pk"), **by)
    parts: dict[int | None, Standings] = defaultdict(Standings)
    for section, light, number, *done in rows.values_list("task__section", "standing__light", "n", *DONE):
        part = parts[section]
        part.measures += number
        if light:
            part.lights[light] += number
        for name, several in zip(DONE, done, strict=True):
            part.done[name] += several
    return LedgerCounts(summed(parts.values()), parts)


def kept_counts(plan: Plan) -> LedgerCounts:
    """Of the whole plan, with the lights of its latest snapshot; two queries. `plan` comes from `queries.counted`."""
    by_part: dict[int | None, int] = plan.n_by_part  # type: ignore[attr-defined]
    rows = {row.section_id: standings_of(row) for row in latest_snapshots(plan)}
    whole = rows.pop(None, Standings())
    whole.measures = sum(by_part.values())
    parts = {part: rows.get(part, Standings()) for part in by_part}
    if None in by_part:
        parts[None] = rest(whole, rows.values())
    for part, number in by_part.items():
        parts[part].measures = number
    return LedgerCounts(whole, parts)


def latest_snapshots(plan: Plan) -> QuerySet[Snapshot]:
    """The plan's own and those of its parts, of its last day."""
    own = Snapshot.objects.filter(plan=plan, scope=Snapshot.Scope.PLAN).order_by("-date").values("date")[:1]
    return Snapshot.objects.filter(plan=plan, date=own).exclude(scope=Snapshot.Scope.DEPARTMENT)


def standings_of(row: Snapshot) -> Standings:
    lights = {light: getattr(row, light) for light in Light.values}
    return Standings(row.measures, lights, {name: getattr(row, name) for name in DONE})


def rest(whole: Standings, parts: Iterable[Standings]) -> Standings:
    """What lies outside all parts."""
    inside = summed(parts)
    lights = {light: n - inside.lights[light] for light, n in whole.lights.items()}
    return Standings(0, lights, {name: n - inside.done[name] for name, n in whole.done.items()})


def summed(parts: Iterable[Standings]) -> Standings:
    found = Standings()
    for part in parts:
        found.measures += part.measures
        for light, n in part.lights.items():
            found.lights[light] += n
        for name, n in part.done.items():
            found.done[name] += n
    return found
