"""How fresh a plan's lights and figures are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from core.models import Outbox
from dashboards.models import Snapshot
from indicators.display import day_text
from tasks.models import Plan
from tasks.standing import PLAN_TOPIC


@dataclass(frozen=True, slots=True)
class Freshness:
    """When the plan was judged last, None before the first time; `pending` that a change waits to be reckoned in.

    A plan that is not `issued` is not judged at all."""

    day: date | None
    at: datetime | None
    pending: bool
    issued: bool = True

    @property
    def words(self) -> str:
        """10月13日8:30汇总."""
        if not self.issued:
            return "尚未印发，印发以后才计算状态和进度"
        if self.day is None or self.at is None:
            return "正在汇总，几秒后刷新即可看到"
        said = f"{day_text(self.day)}{timezone.localtime(self.at):%-H:%M}汇总"
        return f"{said}，有新的变动正在计算" if self.pending else said


def freshness(plan: Plan) -> Freshness:
    """Two queries."""
    last = Snapshot.objects.filter(plan=plan, scope=Snapshot.Scope.PLAN).values_list("date", "computed_at").first()
    day, at = last or (None, None)
    return Freshness(day, at, Outbox.objects.filter(topic=PLAN_TOPIC, key=str(plan.pk)).exists(), plan.is_issued)
