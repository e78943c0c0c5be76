"""Upload: what is taken in, what is refused, and that nothing is written then."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.models import AuditEntry, Outbox
from departments.models import Jurisdiction
from intake.actions.upload import TooLarge, upload_plan
from intake.models import Import
from tasks.models import SourceDocument
from tests.factories import DepartmentFactory, JurisdictionFactory, office_user, reporter

pytestmark = pytest.mark.django_db
TEXT = (
    "2026年青禾区食品安全工作要点\n一、守护校园\n（一）推进明厨亮灶。学校食堂覆盖率达到100%。（区教体局牵头）".encode()
)


@pytest.fixture
def place() -> Jurisdiction:
    return JurisdictionFactory.create(name="青禾区")


@pytest.fixture
def clerk(place):
    return office_user(place)


@pytest.fixture
def clerk_client(client, clerk):
    client.force_login(clerk)
    return client


def send(client, place, data=TEXT, name="要点.txt", **fields):
    file = SimpleUploadedFile(name, data) if data is not None else ""
    return client.post(reverse("intake:upload"), {"file": file, "jurisdiction": place.pk, **fields})


def test_upload_starts_one_import_and_asks_for_its_reading(clerk_client, place):
    response = send(clerk_client, place)
    import_ = Import.objects.get()
    assert response.url == reverse("intake:import", args=[import_.pk])
    assert Outbox.objects.get().key == str(import_.pk)
    assert AuditEntry.objects.get(verb="import.uploaded").scope == place.code


def test_pasted_text_is_taken_as_a_document(clerk_client, place):
    send(clerk_client, place, data=None, text=TEXT.decode())
    with SourceDocument.objects.get().file.open() as stored:
        assert stored.read() == TEXT


def test_same_file_again_leads_to_the_first_import(clerk_client, place):
    send(clerk_client, place)
    response = send(clerk_client, place, name="改了名.txt")
    assert Import.objects.count() == 1
    assert response.url == reverse("intake:import", args=[Import.objects.get().pk])


def test_same_file_is_new_in_another_jurisdiction(clerk, place):
    upload_plan(place, actor=clerk, name="a.txt", data=TEXT)
    other = JurisdictionFactory.create()
    _, new = upload_plan(other, actor=office_user(other), name="a.txt", data=TEXT)
    assert new


def test_abandoned_file_may_come_again(clerk, place):
    first, _ = upload_plan(place, actor=clerk, name="a.txt", data=TEXT)
    Import.objects.filter(pk=first.pk).update(state=Import.State.ABANDONED)
    second, new = upload_plan(place, actor=clerk, name="a.txt", data=TEXT)
    assert new
    assert second.source_id == first.source_id


@pytest.mark.parametrize("data", [b"", b"  \n \t"])
def test_empty_file_is_refused(clerk_client, place, data):
    response = send(clerk_client, place, data=data)
    assert response.status_code == 400
    assert "文件是空的" in response.content.decode()
    assert not SourceDocument.objects.exists()


def test_nothing_at_all_is_refused(clerk_client, place):
    response = send(clerk_client, place, data=None)
    assert response.status_code == 400
    assert "请选择一个文件" in response.content.decode()


def test_file_over_the_limit_is_refused(clerk_client, place, settings):
    settings.UPLOAD_LIMIT = 1024
    response = send(clerk_client, place, data=b"x" * 1025)
    assert response.status_code == 413
    assert "超过" in response.content.decode()
    assert not Import.objects.exists()


def test_limit_names_the_size(clerk, place, settings):
    settings.UPLOAD_LIMIT = 1024**2
    with pytest.raises(TooLarge, match=r"文件有2\.0MB，超过1MB"):
        upload_plan(place, actor=clerk, name="a.txt", data=b"x" * 2 * 1024**2)


def test_another_jurisdiction_is_no_choice(clerk_client, place):
    other = JurisdictionFactory.create()
    response = send(clerk_client, other)
    assert response.status_code == 400
    assert not Import.objects.exists()


def test_a_units_reporter_is_told_whose_work_it_is(client, place):
    client.force_login(reporter(DepartmentFactory.create(jurisdiction=place)))
    response = client.get(reverse("intake:imports"))
    assert response.status_code == 403
    assert "由食安办办理" in response.content.decode()


@pytest.mark.parametrize("name", ["../../etc/passwd", "龘😀.docx", "a" * 300 + ".txt", "无扩展名"])
def test_strange_file_names_are_stored_safely(clerk, place, name):
    import_, _ = upload_plan(place, actor=clerk, name=name, data=TEXT)
    assert ".." not in str(import_.source.file.name)
    assert len(import_.source.name) <= 200
