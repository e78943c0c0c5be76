"""The pages of import ask the same number of questions however long the plan is."""

import pytest
from django.urls import reverse

from core import outbox
from intake.actions.upload import upload_plan
from intake.models import Import
from tests.factories import DepartmentFactory, ImportFactory, JurisdictionFactory, office_user

pytestmark = pytest.mark.django_db
REVIEW, NAMES, LIST = 11, 12, 7


@pytest.fixture
def place():
    return JurisdictionFactory.create(name="青禾区")


@pytest.fixture
def clerk(client, place):
    clerk = office_user(place)
    client.force_login(clerk)
    return clerk


def plan_of(tasks: int) -> bytes:
    """A plan of so many tasks with two measures each."""
    lines = ["2026年青禾区食品安全工作要点", "一、各项工作"]
    lines += [
        f"{n}. 推进第{n}项治理。覆盖率达到{50 + n % 50}%。（区第{n % 30}局牵头，各镇配合）开展检查。（区第{n % 7}局）"
        for n in range(1, tasks + 1)
    ]
    return "\n".join(lines).encode()


def read(place, clerk, tasks: int) -> Import:
    import_, _ = upload_plan(place, actor=clerk, name="要点.txt", data=plan_of(tasks))
    outbox.drain()
    import_.refresh_from_db()
    assert len(import_.reading["tasks"]) == tasks
    return import_


@pytest.mark.parametrize("tasks", [5, 200])
def test_review_page(client, place, clerk, tasks, django_assert_max_num_queries):
    for n in range(4):
        DepartmentFactory.create(jurisdiction=place, name=f"区第{n}局")
    import_ = read(place, clerk, tasks)
    with django_assert_max_num_queries(REVIEW):
        assert client.get(reverse("intake:import", args=[import_.pk])).status_code == 200


@pytest.mark.parametrize("tasks", [5, 200])
def test_page_of_names(client, place, clerk, tasks, django_assert_max_num_queries):
    import_ = read(place, clerk, tasks)
    with django_assert_max_num_queries(NAMES):
        assert client.get(reverse("intake:names", args=[import_.pk])).status_code == 200


@pytest.mark.parametrize("rows", [1, 40])
def test_list_of_imports(client, place, clerk, rows, django_assert_max_num_queries):
    ImportFactory.create_batch(rows, source__jurisdiction=place)
    with django_assert_max_num_queries(LIST):
        assert client.get(reverse("intake:imports")).status_code == 200
