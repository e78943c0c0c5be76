"""The job that reads an upload: once, whatever happens to the worker."""

import pytest

from core import outbox
from core.models import AuditEntry, Outbox
from intake.actions.abandon_import import abandon_import
from intake.actions.read_import import read_import_by_key
from intake.actions.upload import upload_plan
from intake.models import Import
from tests.factories import JurisdictionFactory, office_user
from tests.test_reader_formats_refusals import small_pdf

pytestmark = pytest.mark.django_db
TEXT = """2026年青禾区食品安全工作要点
一、守护校园
（一）推进明厨亮灶。学校食堂明厨亮灶覆盖率达到100%。（区教体局牵头，区市场监管局配合）
"""


@pytest.fixture
def clerk():
    return office_user(JurisdictionFactory.create(name="青禾区"))


def uploaded(clerk, data: bytes = TEXT.encode(), name: str = "要点.txt") -> Import:
    place = clerk.memberships.get().jurisdiction
    return upload_plan(place, actor=clerk, name=name, data=data)[0]


def test_job_reads_the_upload(clerk):
    import_ = uploaded(clerk)
    outbox.drain()
    import_.refresh_from_db()
    assert import_.state == Import.State.READ
    assert [t["title"] for t in import_.reading["tasks"]] == ["推进明厨亮灶"]
    assert "text" not in import_.reading
    assert import_.source.text.startswith("2026年青禾区")
    assert not Outbox.objects.exists()


def test_what_cannot_be_read_says_why(clerk):
    import_ = uploaded(clerk, data=small_pdf(""), name="要点.pdf")
    outbox.drain()
    import_.refresh_from_db()
    assert import_.state == Import.State.FAILED
    assert import_.problem.endswith("。")


def test_reading_twice_changes_nothing(clerk):
    import_ = uploaded(clerk)
    outbox.drain()
    read_import_by_key(str(import_.pk))
    import_.refresh_from_db()
    assert import_.version == 2
    assert AuditEntry.objects.filter(verb="import.read").count() == 1


def test_reading_cut_short_is_taken_up_again(clerk):
    import_ = uploaded(clerk)
    Import.objects.filter(pk=import_.pk).update(state=Import.State.READING)
    outbox.drain()
    import_.refresh_from_db()
    assert import_.state == Import.State.READ


def test_import_abandoned_meanwhile_stays_abandoned(clerk):
    import_ = uploaded(clerk)
    abandon_import(import_, actor=clerk, version=1)
    outbox.drain()
    import_.refresh_from_db()
    assert import_.state == Import.State.ABANDONED
    assert import_.reading == {}


def test_file_that_stops_its_worker_again_and_again_is_given_up(clerk):
    import_ = uploaded(clerk)
    Import.objects.filter(pk=import_.pk).update(state=Import.State.READING, starts=4)
    outbox.drain()
    import_.refresh_from_db()
    assert import_.state == Import.State.FAILED
    assert "几次" in import_.problem
    assert not Outbox.objects.exists()
