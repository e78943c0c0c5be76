"""Two people at once, each in a process of their own: one wins, the other is told, nothing is lost."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.process.conftest import Process, Site

pytestmark = pytest.mark.process
MANY = 20


@pytest.fixture
def two(site: Site) -> tuple[Process, Process]:
    first, second = (site.start("-m", "tests.process.reviewer") for _ in range(2))
    return first, second


def made(process: Process, command: str) -> Any:
    return json.loads(process.ask(command))


def at_once(two: tuple[Process, Process], *commands: str) -> list[list[str]]:
    """Both commands together; the words of each answer but the first."""
    for process, command in zip(two, commands, strict=True):
        process.tell(command)
    return [process.hear().split()[1:] for process in two]


def state_of(process: Process) -> list[Any]:
    return list(json.loads(process.ask("state")).values())


def test_of_two_reviewers_of_an_entry_one_decides(two):
    world = made(two[0], f"make 1 {MANY} submitted")
    office, entries = world["office"], world["forms"][0]["entries"]
    seen = " ".join(f"{pk}.1" for pk in entries)
    accepted, returned = at_once(two, f"accept {office[0]} {seen}", f"return {office[1]} {seen}")
    assert sorted(map(int, accepted + returned)) == entries
    verbs = json.loads(two[0].ask("verbs"))
    assert verbs == {verb: n for verb, n in counted(accepted, returned).items() if n}
    statuses = [status for status, _ in state_of(two[0])[0]["entries"]]
    assert statuses.count("accepted") == len(accepted)
    assert statuses.count("returned") == len(returned)


def counted(accepted: list[str], returned: list[str]) -> dict[str, int]:
    return {"entry.accepted": len(accepted), "entry.returned": len(returned)}


def test_what_one_accepts_in_bulk_another_returns_one_by_one(two):
    world = made(two[0], f"make 1 {MANY} submitted")
    office, entries = world["office"], world["forms"][0]["entries"]
    seen = " ".join(f"{pk}.1" for pk in entries)
    accepted, returned = at_once(two, f"bulk {office[0]} {world['period']} {seen}", f"return {office[1]} {seen}")
    assert int(accepted[0]) + len(returned) == MANY
    statuses = [status for status, _ in state_of(two[0])[0]["entries"]]
    assert statuses.count("accepted") == int(accepted[0])


def test_a_form_sent_twice_is_sent_once(two):
    world = made(two[0], f"make {MANY} 2")
    by_unit = [(form["reporter"], form["report"]) for form in world["forms"]]
    for actor, report in by_unit:
        first, second = at_once(two, f"submit {actor} {report}.1", f"submit {actor} {report}.1")
        assert [*first, *second] == [str(report)]
    assert json.loads(two[0].ask("verbs")) == {"report.submitted": MANY}
    assert [form["versions"] for form in state_of(two[0])] == [2] * MANY


def test_a_signature_never_covers_what_was_typed_beside_it(two):
    world = made(two[0], f"make {MANY} 1 draft signer")
    signed = 0
    for form in world["forms"]:
        approver, reporter, report = form["approver"], form["reporter"], form["report"]
        sign, save = at_once(two, f"sign {approver} {report}.1", f"save {reporter} {form['entries'][0]}.1")
        assert save == [str(form["entries"][0])]
        signed += len(sign)
    forms = state_of(two[0])
    assert all(form["status"] == "draft" and form["entries"][0][1].startswith("本季度改写后") for form in forms)
    verbs = json.loads(two[0].ask("verbs"))
    assert verbs.get("report.signed", 0) == verbs.get("report.unsigned", 0) == signed


def test_a_form_that_gains_an_entry_is_sent_without_it_or_not_at_all(two):
    world = made(two[0], f"make {MANY} 1")
    for form in world["forms"]:
        _, sent = at_once(two, f"amend {form['report']}", f"submit {form['reporter']} {form['report']}.1")
        now = json.loads(two[0].ask("state"))[str(form["report"])]
        assert (now["status"], len(now["entries"])) == (("submitted", 1) if sent else ("draft", 2))
