"""Files of an entry: judged by content, named safely, handed out as attachments to who may see the entry."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.http import content_disposition_header

from core.models import AuditEntry
from reporting.evidence.duplicates import same_file_elsewhere
from reporting.evidence.names import clean_name
from reporting.evidence.sniffing import NARRATIVE_KINDS, Refused, kind_of
from reporting.models import Evidence, Narrative, ProgressEntry
from tests.factories import DepartmentFactory, leader, office_user, reporter
from tests.reporting_factories import EntryFactory, EvidenceFactory

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 20 + b"IHDR"


def office_file(*names: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in ("[Content_Types].xml", *names):
            archive.writestr(name, "<x/>")
    return packed.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (PDF, "pdf"),
        (b"\xef\xbb\xbf" + PDF, "pdf"),
        (PNG, "png"),
        (b"\xff\xd8\xff\xe0" + b"x" * 20, "jpg"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "webp"),
        (b"\x00\x00\x00\x18ftypheic" + b"x" * 8, "heic"),
        (office_file("word/document.xml"), "docx"),
        (office_file("xl/workbook.xml"), "xlsx"),
    ],
)
def test_a_file_is_what_it_holds(data: bytes, kind: str) -> None:
    assert kind_of(data) == kind


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "空的"),
        (b"\x00" * 100, "空的"),
        (b"MZ\x90\x00 program", "不能接收这种文件"),
        (b"<html><script>alert(1)</script>", "不能接收这种文件"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "不能接收这种文件"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old word", "另存为"),
        (office_file("word/document.xml", "word/vbaProject.bin"), "带有宏"),
        (office_file("ppt/presentation.xml"), "不能接收这种文件"),
        (b"PK\x03\x04 torn", "已损坏"),
    ],
)
def test_other_files_are_refused_in_words(data: bytes, told: str) -> None:
    with pytest.raises(Refused, match=told):
        kind_of(data)


def test_a_picture_is_no_narrative() -> None:
    with pytest.raises(Refused, match="文字报告"):
        kind_of(PNG, NARRATIVE_KINDS)


@pytest.mark.parametrize(
    ("name", "kind", "clean"),
    [
        ("清单（120所）.pdf", "pdf", "清单（120所）.pdf"),
        ("../../etc/passwd", "pdf", "passwd.pdf"),
        ("C:\\fakepath\\表.XLSX", "xlsx", "表.XLSX"),
        ("验收单.exe", "pdf", "验收单.exe.pdf"),
        ("照片.JPEG", "jpg", "照片.JPEG"),
        ("a\r\nSet-Cookie: x.pdf", "pdf", "aSet-Cookie_ x.pdf"),
        ("gpj.\u202efdp.exe", "png", "gpj.fdp.exe.png"),
        (".pdf", "pdf", "pdf.pdf"),
        ("", "png", "未命名.png"),
        ("龘😀.png", "png", "龘😀.png"),
    ],
)
def test_names_are_made_safe(name: str, kind: str, clean: str) -> None:
    assert clean_name(name, kind) == clean


def test_a_long_name_keeps_its_ending() -> None:
    name = clean_name("长" * 500 + ".pdf", "pdf")
    assert len(name) == 200
    assert name.endswith("长.pdf")


@pytest.fixture(autouse=True)
def on_13_october(settings, tmp_path):
    settings.CLOCK_DATE = date(2026, 10, 13)
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def entry(db) -> ProgressEntry:
    return EntryFactory.create()


@pytest.fixture
def person(entry):
    return reporter(entry.report.department)


def upload(client, user, entry, *files: tuple[str, bytes], script: bool = False):
    client.force_login(user)
    sent = [SimpleUploadedFile(name, data) for name, data in files]
    headers = {"HX-Request": "true"} if script else {}
    return client.post(
        reverse("reporting:add_evidence", args=[entry.report_id, entry.pk]), {"file": sent}, headers=headers
    )


def fetch(client, user, evidence: Evidence):
    client.force_login(user)
    return client.get(reverse("reporting:evidence", args=[evidence.pk]))


def test_files_are_added_and_listed(client, person, entry):
    answer = upload(client, person, entry, ("验收单.pdf", PDF), ("照片.png", PNG), script=True).content.decode()
    assert "验收单.pdf" in answer
    assert {e.name for e in entry.evidence.all()} == {"验收单.pdf", "照片.png"}
    assert AuditEntry.objects.filter(verb="evidence.added").count() == 2


def test_one_refused_file_does_not_hinder_the_others(client, person, entry):
    answer = upload(client, person, entry, ("病毒.exe", b"MZ\x90\x00"), ("照片.png", PNG), script=True).content.decode()
    assert "“病毒.exe”：不能接收这种文件" in answer
    assert entry.evidence.get().name == "照片.png"


def test_too_large_a_file_is_told_its_size(client, person, entry, settings):
    settings.UPLOAD_LIMIT = 1024**2
    answer = upload(client, person, entry, ("大.pdf", PDF + b"x" * 1_600_000), script=True).content.decode()
    assert "“大.pdf”有1.5MB，超过1MB的上限" in answer


def test_the_same_file_twice_is_told(client, person, entry):
    upload(client, person, entry, ("甲.pdf", PDF))
    answer = upload(client, person, entry, ("乙.pdf", PDF), script=True).content.decode()
    assert "已经传过了（甲.pdf）" in answer


def test_the_stored_name_is_not_the_senders(client, person, entry):
    upload(client, person, entry, ("../../验收单.pdf", PDF))
    kept = entry.evidence.get()
    assert kept.file.name == f"evidence/2026/{kept.file.name.split('/')[2]}/{kept.sha256[:16]}.pdf"


def test_a_file_is_handed_out_as_an_attachment_only(client, person, entry):
    upload(client, person, entry, ("验收单.pdf", PDF))
    answer = fetch(client, person, entry.evidence.get())
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"] == content_disposition_header(as_attachment=True, filename="验收单.pdf")
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_files_of_a_draft_do_not_leave_the_unit(client, person, entry):
    upload(client, person, entry, ("验收单.pdf", PDF))
    place = entry.report.period.jurisdiction
    for user in (office_user(place), leader(place), reporter(DepartmentFactory.create(jurisdiction=place))):
        assert fetch(client, user, entry.evidence.get()).status_code == 404


def test_the_office_fetches_what_was_submitted(client, person, entry):
    upload(client, person, entry, ("验收单.pdf", PDF))
    ProgressEntry.objects.filter(pk=entry.pk).update(status="submitted")
    assert fetch(client, office_user(entry.report.period.jurisdiction), entry.evidence.get()).status_code == 200


def test_nobody_adds_to_anothers_entry(client, entry):
    other = EntryFactory.create()
    assert upload(client, reporter(other.report.department), entry, ("验收单.pdf", PDF)).status_code == 404


def test_taking_away_hides_the_file_and_keeps_it(client, person, entry):
    upload(client, person, entry, ("验收单.pdf", PDF))
    kept = entry.evidence.get()
    client.force_login(person)
    client.post(reverse("reporting:remove_evidence", args=[kept.pk]))
    kept.refresh_from_db()
    assert kept.removed_at is not None
    assert kept.file.storage.exists(kept.file.name)


def test_nobody_takes_away_anothers_file(client, entry):
    evidence = EvidenceFactory.create(entry=entry)
    client.force_login(reporter(DepartmentFactory.create()))
    assert client.post(reverse("reporting:remove_evidence", args=[evidence.pk])).status_code == 404


def test_a_submitted_entry_keeps_its_files(client, person, entry):
    evidence = EvidenceFactory.create(entry=entry)
    ProgressEntry.objects.filter(pk=entry.pk).update(status="submitted")
    client.force_login(person)
    client.post(reverse("reporting:remove_evidence", args=[evidence.pk]))
    evidence.refresh_from_db()
    assert evidence.removed_at is None


def test_the_same_file_elsewhere_is_found(entry):
    mine = EvidenceFactory.create(entry=entry, sha256="a" * 64)
    period = entry.report.period
    place = {"report__period": period, "report__department__jurisdiction": period.jurisdiction}
    other = EvidenceFactory.create(entry=EntryFactory.create(status="submitted", **place), sha256="a" * 64)
    EvidenceFactory.create(entry=EntryFactory.create(status="open", **place), sha256="a" * 64)
    EvidenceFactory.create(entry=EntryFactory.create(status="submitted"), sha256="a" * 64)
    assert list(same_file_elsewhere(mine)) == [other]


def attach(client, user, report, name: str, data: bytes):
    client.force_login(user)
    file = SimpleUploadedFile(name, data)
    return client.post(reverse("reporting:add_narrative", args=[report.pk]), {"file": file}, follow=True)


def test_a_narrative_is_attached_and_fetched(client, person, entry):
    attach(client, person, entry.report, "三季度小结.docx", office_file("word/document.xml"))
    kept = Narrative.objects.get()
    answer = client.get(reverse("reporting:narrative", args=[kept.pk]))
    assert answer["Content-Disposition"].startswith("attachment")


def test_a_picture_as_narrative_is_refused(client, person, entry):
    answer = attach(client, person, entry.report, "小结.png", PNG).content.decode()
    assert "文字报告可以是Word" in answer
    assert not Narrative.objects.exists()


def test_a_narrative_of_a_draft_does_not_leave_the_unit(client, person, entry):
    attach(client, person, entry.report, "三季度小结.pdf", PDF)
    client.force_login(office_user(entry.report.period.jurisdiction))
    assert client.get(reverse("reporting:narrative", args=[Narrative.objects.get().pk])).status_code == 403


def test_a_narrative_added_after_the_submission_waits_for_the_next_one(client, person, entry):
    attach(client, person, entry.report, "三季度小结.pdf", PDF)
    sent = {"first_submitted_at": "2026-10-09T02:00Z", "submitted_at": "2026-10-09T02:00Z"}
    type(entry.report).objects.filter(pk=entry.report_id).update(**sent)
    client.force_login(office_user(entry.report.period.jurisdiction))
    assert client.get(reverse("reporting:narrative", args=[Narrative.objects.get().pk])).status_code == 404
    assert "三季度小结" not in client.get(reverse("reporting:form", args=[entry.report_id])).content.decode()
