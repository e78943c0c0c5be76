"""The demo: the invented 青禾区, its people, its 2026 plan imported as an office would import it, and its rounds."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from core import clock, outbox
from core.errors import Problem
from departments.models import (
    Department,
    DepartmentAlias,
    DepartmentGroup,
    Jurisdiction,
    Membership,
    Population,
    User,
)
from foodsafety.demo_plan import settle
from foodsafety.demo_rounds import load_rounds
from intake.actions.bind_names import Choice, Kind, bind_names
from intake.actions.confirm_import import confirm_import
from intake.actions.upload import upload_plan
from intake.forms import PlanFactsForm, plan_facts_initial
from intake.models import Import
from intake.queries import bindings_of
from tasks.actions.issue_plan import issue_plan
from tasks.models import Plan

FOLDER = Path(settings.BASE_DIR) / "fixtures" / "demo"
PASSWORD = "qinghe-2026"  # noqa: S105 (the demo's own, printed on its log-in page)
OFFICE_CLERK = "linxiao"
PLAN_IMPORTED = datetime(2026, 3, 24, 10, 20, tzinfo=ZoneInfo("Asia/Shanghai"))


class DemoRefused(Problem):
    """The database holds something else."""

    status = 409


@dataclass(frozen=True, slots=True)
class DemoLogIn:
    """One line of the list of log-ins."""

    username: str
    name: str
    title: str
    password: str = PASSWORD


def district() -> dict[str, Any]:
    """The district's data as shipped."""
    data: dict[str, Any] = json.loads((FOLDER / "district.json").read_text(encoding="utf-8"))
    return data


def demo_log_ins() -> list[DemoLogIn]:
    """Everybody of the demo, in the order of the file."""
    return [DemoLogIn(u["username"], u["name"], _title(u)) for u in district()["users"]]


def _title(person: dict[str, Any]) -> str:
    """区教体局局长: the units before what the person is there."""
    units = "、".join(m["department"] for m in person["memberships"] if "department" in m)
    return f"{units}{person['title']}"


def load_demo() -> Plan:
    """Write the district, its plan and its rounds; raises `DemoRefused` where the database is in use already."""
    if Jurisdiction.objects.exists():
        raise DemoRefused("数据库里已有行政区，不能再装入演示数据。要重来请用 reset_demo（会清空数据库）。")
    data = district()
    with transaction.atomic():
        place = _write_places(data)
        _write_departments(place, data)
        _write_people(data)
    with clock.pinned(PLAN_IMPORTED):
        plan = _import_plan(place)
    load_rounds(plan, User.objects.get(username=OFFICE_CLERK), FOLDER)
    return plan


def _write_places(data: dict[str, Any]) -> Jurisdiction:
    parent = Jurisdiction.objects.create(**data["parent"])
    place: Jurisdiction = Jurisdiction.objects.create(**data["jurisdiction"] | {"parent": parent})
    Population.objects.bulk_create(Population(jurisdiction=place, **row) for row in data["populations"])
    return place


def _write_departments(place: Jurisdiction, data: dict[str, Any]) -> None:
    for row in data["departments"]:
        department = Department.objects.create(
            jurisdiction=place, name=row["name"], short_name=row["short"], position=row["position"]
        )
        DepartmentAlias.objects.bulk_create(
            DepartmentAlias(jurisdiction=place, department=department, name=alias) for alias in row["aliases"]
        )
    for row in data["groups"]:
        group = DepartmentGroup.objects.create(jurisdiction=place, name=row["name"])
        group.members.set(place.departments.filter(name__in=row["members"]))


def _write_people(data: dict[str, Any]) -> None:
    password = make_password(PASSWORD)
    for row in data["users"]:
        admin = row.get("admin", False)
        user = User.objects.create(
            username=row["username"], name=row["name"], password=password, is_staff=admin, is_superuser=admin
        )
        for seat in row["memberships"]:
            Membership.objects.create(user=user, role=seat["role"], **_seat(seat, data))


def _seat(seat: dict[str, Any], data: dict[str, Any]) -> dict[str, Any]:
    if "jurisdiction" in seat:
        return {"jurisdiction": Jurisdiction.objects.get(code=seat["jurisdiction"])}
    return {
        "department": Department.objects.get(jurisdiction__code=data["jurisdiction"]["code"], name=seat["department"])
    }


def _import_plan(place: Jurisdiction) -> Plan:
    """As the clerk does it: upload, have it read, leave open what is open, confirm, issue."""
    clerk = User.objects.get(username=OFFICE_CLERK)
    file = FOLDER / "plan-2026.docx"
    import_, _ = upload_plan(place, actor=clerk, name="2026年青禾区食品安全工作要点.docx", data=file.read_bytes())
    outbox.drain()
    import_ = settle(Import.objects.get(pk=import_.pk), clerk, FOLDER)
    import_ = _leave_open(import_, clerk)
    form = PlanFactsForm(plan_facts_initial(import_.reading, import_.version))
    if not form.is_valid():
        raise DemoRefused(f"演示计划没有读全：{form.errors.as_text()}")
    plan = confirm_import(import_, actor=clerk, facts=form.facts(), version=import_.version)
    facts = form.facts()
    if facts.issued_on is None:
        raise DemoRefused("演示计划没有读出印发日期。")
    return issue_plan(plan, actor=clerk, document_number=facts.document_number, issued_on=facts.issued_on)


def _leave_open(import_: Import, clerk: User) -> Import:
    _, unbound = bindings_of(import_, import_.reading)
    if not unbound:
        return import_
    choices = {name.name: Choice(Kind.OPEN) for name in unbound}
    return bind_names(import_, actor=clerk, choices=choices, version=import_.version)
