"""Every action that changes how a plan stands, ready to be done in a small world, and some that do not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from departments.actions.office_settings import Numbers as Thresholds
from departments.actions.office_settings import change_office_settings, numbers_of
from departments.actions.population import add_population, change_population, population_as_text
from departments.editions import edition
from departments.models import Population, User
from departments.queries import office_settings
from departments.standing import PLACE_TOPIC
from indicators.actions.correct_target import correct_target, target_edition, target_of
from indicators.actions.merge_units import merge_units
from indicators.actions.set_baselines import Baseline, baselines_edition, set_baselines
from indicators.actions.switch_base import switch_base
from indicators.models import Indicator
from reporting.actions.accept import accept_entry, accept_filtered
from reporting.actions.closure_decide import Check, approve_closure, refuse_closure, reopen_closure
from reporting.actions.closure_request import request_closure
from reporting.actions.correct_reading import Numbers, correct_reading
from reporting.actions.extend import ask_extension, extend, grant_extension, refuse_extension
from reporting.actions.file_on_behalf import file_on_behalf
from reporting.actions.period_change import add_period, cancel_period, dates_as_text, restore_period, shift_period
from reporting.actions.period_generate import generate_year
from reporting.actions.reopen import reopen_report
from reporting.actions.return_entry import return_entry
from reporting.actions.save_entry import save_entry
from reporting.actions.submit import submit
from reporting.models import Closure, Extension, ProgressEntry, ReportingPeriod
from tasks.actions.amending import Ground
from tasks.actions.correct_measure import Wording, correct_measure, wording_edition
from tasks.actions.issue_plan import issue_plan
from tasks.actions.reassign import ENDED, Added, Reassignment, reassign, units_edition
from tasks.actions.rename_unit import rename_unit, unit_edition
from tasks.models import Measure, Plan
from tasks.standing import PLAN_TOPIC
from tests.factories import (
    DepartmentFactory,
    PopulationFactory,
)
from tests.reporting_scene import Scene, rewritten

GROUND = Ground("区食安委会议纪要〔2026〕5号", date(2026, 8, 20))
ON_PAPERS = Check(verified_on=date(2026, 10, 12), on_papers=True)
NEW_CENSUS: dict[str, Any] = {"residents": 486_000, "source": "统计公报", "as_of": date(2025, 12, 31)}
Act = Callable[["World", User], object]


class World(Scene):
    """A form of two entries, with what the office changes around it."""

    @property
    def measure(self) -> Measure:
        measure: Measure = Measure.objects.select_related("task__plan").get(pk=self.entries[0].assignment.measure_id)
        return measure

    @property
    def indicator(self) -> Indicator:
        return Indicator.objects.select_related("measure__task__plan").get(measure=self.measure)

    @property
    def round(self) -> ReportingPeriod:
        period: ReportingPeriod = ReportingPeriod.objects.get(pk=self.period.pk)
        return period

    def another(self) -> Reassignment:
        """The unit gives its part of the measure to another."""
        heir = DepartmentFactory.create(jurisdiction=self.period.jurisdiction)
        return Reassignment({f"d{self.unit.pk}": ENDED}, [Added(heir, "lead")])

    def ask_closure(self) -> Closure:
        """Accepted as done, asked to be closed."""
        self.send()
        self.accept_all()
        ProgressEntry.objects.filter(report=self.report).update(state="done")
        return request_closure(self.entries[0], actor=self.reporter, statement="130所食堂全部建成并接入平台。")

    def ask_extension(self) -> Extension:
        return ask_extension(self.report, actor=self.reporter, until=date(2026, 10, 20), reason="正在核对数据")


@dataclass(frozen=True, slots=True)
class Case:
    """An action as some actor does it, and what must have happened before."""

    act: Act
    before: Callable[[World], object] = lambda world: None
    topic: str = PLAN_TOPIC
    reporter: bool = False

    def actor(self, world: World) -> User:
        return world.reporter if self.reporter else world.office

    def key(self, world: World) -> str:
        return str(world.plan.pk if self.topic == PLAN_TOPIC else world.period.jurisdiction_id)


def sent(world: World) -> object:
    return world.send()


def accepted(world: World) -> object:
    return world.send(), world.accept_all()


def back_to_draft(world: World) -> object:
    return Plan.objects.update(stage=Plan.Stage.DRAFT, document_number="", issued_on=None)


def stated(world: World) -> object:
    return PopulationFactory.create(jurisdiction=world.period.jurisdiction)


def stated_twice(world: World) -> object:
    return stated(world), PopulationFactory.create(
        jurisdiction=world.period.jurisdiction, year=2025, residents=512_000, as_of=date(2026, 6, 30)
    )


def accepted_at_once(world: World, actor: User) -> object:
    return accept_filtered(world.period, actor=actor, seen={entry.pk: entry.version for entry in world.entries})


def corrected_reading(world: World, actor: User) -> object:
    numbers = Numbers(numerator=Decimal(111), denominator=Decimal(130))
    return correct_reading(world.entries[0].figures.get(), actor=actor, numbers=numbers, reason="分子多计1所")


def corrected_target(world: World, actor: User) -> object:
    one = world.indicator
    target = replace(target_of(one), value=Decimal(90))
    return correct_target(one, actor=actor, target=target, seen=target_edition(one), ground=GROUND)


def corrected_measure(world: World, actor: User) -> object:
    wording = Wording(world.measure.text, date(2026, 11, 30))
    return correct_measure(
        world.measure, actor=actor, wording=wording, seen=wording_edition(world.measure), ground=GROUND
    )


def reassigned(world: World, actor: User) -> object:
    seen = units_edition(world.measure)
    return reassign(world.measure, actor=actor, wanted=world.another(), seen=seen, ground=GROUND)


def merged(world: World, actor: User) -> object:
    heir = DepartmentFactory.create(jurisdiction=world.period.jurisdiction)
    return merge_units(world.unit, into=heir, actor=actor, ground=GROUND)


def with_baselines(world: World, actor: User) -> object:
    baselines = {world.indicator.pk: Baseline(Decimal(61), "2025年底统计")}
    return set_baselines(world.plan, actor=actor, baselines=baselines, seen=baselines_edition(world.plan))


def switched_base(world: World, actor: User) -> object:
    population, since = Population.objects.get(year=2025), date(2026, 7, 1)
    return switch_base(world.plan, actor=actor, population=population, since=since, reason="普查公报发布")


def changed_population(world: World, actor: User) -> object:
    one = Population.objects.get()
    return change_population(one, actor=actor, seen=edition(population_as_text(one)), **NEW_CENSUS)


def issued(world: World, actor: User) -> object:
    return issue_plan(world.plan, actor=actor, document_number="青食安委〔2026〕9号", issued_on=date(2026, 3, 20))


def added_period(world: World, actor: User) -> object:
    dates = {"start": date(2026, 10, 1), "end": date(2026, 10, 31), "due": date(2026, 11, 6)}
    return add_period(world.period.jurisdiction, actor=actor, title="月饼专项", reason="市里部署", **dates)


def shifted_period(world: World, actor: User) -> object:
    seen = edition(dates_as_text(world.round))
    return shift_period(world.round, actor=actor, due=date(2026, 10, 21), reason="调休", seen=seen)


def cancelled_period(world: World, actor: User) -> object:
    return cancel_period(world.round, actor=actor, reason="并入专项检查")


def other_threshold(world: World, actor: User) -> object:
    now = numbers_of(office_settings(world.period.jurisdiction))
    numbers = Thresholds(**asdict(now) | {"late_working_days": 3})
    return change_office_settings(world.period.jurisdiction, actor=actor, numbers=numbers, seen=edition(now.as_text()))


CASES = {
    "submit": Case(lambda w, a: submit(w.report, actor=a, version=w.now.version), reporter=True),
    "accept_entry": Case(lambda w, a: accept_entry(w.entries[0], actor=a, version=1), sent),
    "accept_filtered": Case(accepted_at_once, sent),
    "return_entry": Case(lambda w, a: return_entry(w.entries[0], actor=a, reason="缺佐证材料", version=1), sent),
    "reopen_report": Case(
        lambda w, a: reopen_report(w.report, actor=a, reason="审计发现分母有误", version=w.now.version), accepted
    ),
    "correct_reading": Case(corrected_reading, accepted),
    "approve_closure": Case(
        lambda w, a: approve_closure(Closure.objects.get(), actor=a, check=ON_PAPERS), World.ask_closure
    ),
    "refuse_closure": Case(
        lambda w, a: refuse_closure(Closure.objects.get(), actor=a, reason="还差3所"), World.ask_closure
    ),
    "reopen_closure": Case(
        lambda w, a: reopen_closure(Closure.objects.get(), actor=a, reason="回头看发现停用"),
        lambda w: approve_closure(w.ask_closure(), actor=w.office, check=ON_PAPERS),
    ),
    "grant_extension": Case(
        lambda w, a: grant_extension(Extension.objects.get(), actor=a, until=date(2026, 10, 20)), World.ask_extension
    ),
    "extend": Case(lambda w, a: extend(w.report, actor=a, until=date(2026, 10, 20), reason="联络员更换")),
    "issue_plan": Case(issued, back_to_draft),
    "reassign": Case(reassigned),
    "correct_target": Case(corrected_target),
    "correct_measure": Case(corrected_measure),
    "merge_units": Case(merged),
    "rename_unit": Case(
        lambda w, a: rename_unit(w.unit, actor=a, name="区商务和投资局", seen=unit_edition(w.unit), ground=GROUND)
    ),
    "set_baselines": Case(with_baselines),
    "switch_base": Case(switched_base, stated_twice),
    "generate_year": Case(lambda w, a: generate_year(w.period.jurisdiction, actor=a, year=2026), topic=PLACE_TOPIC),
    "add_period": Case(added_period, topic=PLACE_TOPIC),
    "shift_period": Case(shifted_period, topic=PLACE_TOPIC),
    "cancel_period": Case(cancelled_period, topic=PLACE_TOPIC),
    "restore_period": Case(
        lambda w, a: restore_period(w.round, actor=a, reason="专项推迟"),
        lambda w: cancelled_period(w, w.office),
        topic=PLACE_TOPIC,
    ),
    "add_population": Case(
        lambda w, a: add_population(w.period.jurisdiction, actor=a, year=2025, **NEW_CENSUS), topic=PLACE_TOPIC
    ),
    "change_population": Case(changed_population, stated, topic=PLACE_TOPIC),
    "change_office_settings": Case(other_threshold, topic=PLACE_TOPIC),
}
# What leaves a plan as it stood: typing, asking, answering no.
QUIET = {
    "save_entry": Case(
        lambda w, a: save_entry(w.entries[0], actor=a, content=rewritten(w.entries[0]), seen=1), reporter=True
    ),
    "file_on_behalf": Case(lambda w, a: file_on_behalf(w.report, actor=a, reason="单位联络员空缺")),
    "ask_extension": Case(lambda w, a: w.ask_extension(), reporter=True),
    "refuse_extension": Case(
        lambda w, a: refuse_extension(Extension.objects.get(), actor=a, answer="请按期报送"), World.ask_extension
    ),
}
