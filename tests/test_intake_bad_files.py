"""Whatever an office may upload by mistake: its own sentence, its own status, and nothing written."""

from __future__ import annotations

import shutil

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core import outbox
from departments.models import Jurisdiction
from intake.actions.upload import TooLarge
from intake.forms import UploadForm
from intake.models import Import
from intake.review import review_of
from tasks.models import Plan, SourceDocument
from tests.factories import JurisdictionFactory, office_user
from tests.reader_files import paragraph, word_file, zipped
from tests.table_files import compound, xlsx
from tests.test_reader_formats_refusals import PDF, small_pdf

pytestmark = pytest.mark.django_db
LOCKED_PDF = PDF.replace(
    b"/Size", f"/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<{'5a' * 32}>/U<{'a5' * 32}>>>/Size".encode()
)
MACROS = zipped({"word/document.xml": "<d/>", "word/vbaProject.bin": b"x"})
BOMB = zipped({"[Content_Types].xml": "<T/>", "word/document.xml": bytes(260 << 20)})
AT_ONCE = {
    "empty": (b"", "要点.docx", 400, "文件是空的"),
    "blank": (b"\r\n  ", "要点.txt", 400, "文件是空的"),
    "binary named .docx": (bytes(range(256)) * 20, "要点.docx", 415, "不是文字文件"),
    "cut short": (b"PK\x03\x04" + bytes(300), "要点.docx", 422, "已损坏"),
    "macros": (MACROS, "要点.docm", 415, "带宏的Word文件"),
    "locked office": (compound("EncryptedPackage", b"x"), "要点.docx", 422, "设了打开密码"),
    "locked pdf": (LOCKED_PDF, "要点.pdf", 422, "PDF设了打开密码"),
    "damaged pdf": (b"%PDF-1.7\nnothing", "要点.pdf", 422, "PDF已损坏"),
    "image": (b"\x89PNG\r\n\x1a\n" + bytes(90), "扫描件.png", 415, "这是一张图片"),
    "zip bomb": (BOMB, "要点.docx", 422, "解压后过大"),
    "table bomb": (zipped({"xl/workbook.xml": "<w/>", "xl/a.xml": bytes(110 << 20)}), "a.xlsx", 422, "解压后过大"),
    "archive": (zipped({"要点.docx": b"x"}), "要点.zip", 415, "压缩包"),
    "slides": (zipped({"ppt/presentation.xml": "<d/>"}), "要点.pptx", 415, "演示文稿"),
    "rich text": (b"{\\rtf1\\ansi }", "要点.rtf", 415, "RTF"),
    "ofd": (zipped({"OFD.xml": "<d/>"}), "要点.ofd", 415, "OFD"),
    "unknown encoding": (b"\x8d\xc6\xff\x80\xff" * 60, "要点.txt", 422, "编码"),
}  # fmt: skip
LATER = {
    "pdf of pictures": (small_pdf(""), "扫描.pdf", "请上传带文字层的PDF"),
    "entities": (
        zipped(
            {
                "word/document.xml": '<!DOCTYPE d [<!ENTITY a "食品">]><w:document xmlns:w="http://schemas.openxml'
                'formats.org/wordprocessingml/2006/main"><w:body><w:p/></w:body></w:document>'
            }
        ),
        "要点.docx",
        "不允许的外部定义",
    ),
    "word without text": (word_file(paragraph("")), "要点.docx", "没有读到文字"),
    "table without text": (xlsx({"台账": []}), "台账.xlsx", "没有内容"),
}


@pytest.fixture
def place() -> Jurisdiction:
    return JurisdictionFactory.create(name="青禾区")


@pytest.fixture
def clerk(client, place):
    client.force_login(office_user(place))
    return client


def send(client, place, data: bytes, name: str):
    file = SimpleUploadedFile(name, data)
    return client.post(reverse("intake:upload"), {"file": file, "jurisdiction": place.pk})


@pytest.mark.parametrize(("data", "name", "status", "said"), AT_ONCE.values(), ids=AT_ONCE)
def test_told_at_once_and_nothing_written(clerk, place, data, name, status, said):
    response = send(clerk, place, data, name)
    assert response.status_code == status
    assert said in response.content.decode()
    assert not Import.objects.exists()
    assert not SourceDocument.objects.exists()


@pytest.mark.parametrize(("data", "name", "said"), LATER.values(), ids=LATER)
def test_told_by_the_page_of_the_import(clerk, place, data, name, said):
    send(clerk, place, data, name)
    outbox.drain()
    import_ = Import.objects.get()
    assert import_.state == Import.State.FAILED
    assert import_.reading == {}
    assert said in clerk.get(reverse("intake:import", args=[import_.pk])).content.decode()


class Unread(SimpleUploadedFile):
    """A file that must not be taken into memory."""

    def read(self, *args: object) -> bytes:
        raise AssertionError("read")


def test_large_file_is_refused_from_its_size_alone(place):
    file = Unread("要点.docx", bytes(10))
    file.size = 25 * 1024**2
    form = UploadForm({"jurisdiction": place.pk}, {"file": file}, jurisdictions=Jurisdiction.objects.all())
    assert form.is_valid()
    with pytest.raises(TooLarge, match=r"文件有25\.0MB，超过20MB"):
        form.document()


def test_body_of_25_megabytes_is_answered_with_the_limit(clerk, place):
    response = send(clerk, place, bytes(25 * 1024**2), "要点.docx")
    assert response.status_code == 413
    assert "超过20MB的上限" in response.content.decode()
    assert not SourceDocument.objects.exists()


def test_pasted_text_beyond_the_servers_limit(clerk, place):
    response = clerk.post(reverse("intake:upload"), {"text": "食" * 2_000_000, "jurisdiction": place.pk})
    assert response.status_code == 413


@pytest.mark.skipif(shutil.which("soffice") is not None, reason="LibreOffice is installed")
def test_old_word_without_libreoffice_is_refused_at_once(clerk, place):
    response = send(clerk, place, compound("WordDocument", b"x"), "要点.doc")
    assert response.status_code == 415
    assert "另存为.docx" in response.content.decode()


def test_upload_page_without_libreoffice_asks_for_docx(clerk, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    body = clerk.get(reverse("intake:imports")).content.decode()
    assert "旧版Word（.doc、.wps）请先另存为.docx" in body
    assert ".doc,.wps" not in body


STORY = "去年夏天，我们去云泽县看湖。湖水很清，岸边长满了芦苇。\n船家说，早上的鱼最多。\n我们住了三天才回家。"


def test_text_that_is_no_plan_is_a_doubt_to_go_on_or_give_up(clerk, place):
    send(clerk, place, STORY.encode(), "游记.txt")
    outbox.drain()
    import_ = Import.objects.get()
    body = clerk.get(reverse("intake:import", args=[import_.pk])).content.decode()
    assert "这份文件不像工作要点" in body
    assert "仍然识读" in body
    assert 'form="give-up"' in body


def test_the_doubt_is_settled_by_reading_it_all_the_same(clerk, place):
    send(clerk, place, STORY.encode(), "游记.txt")
    outbox.drain()
    import_ = Import.objects.get()
    doubt = review_of(import_).doubts[0]
    assert "不像工作要点" in doubt.question
    clerk.post(reverse("intake:settle", args=[import_.pk]), {"doubt": doubt.id, "answer": 0, "seen": 0})
    assert next(d for d in review_of(import_).doubts if d.id == doubt.id).settled


def test_where_nothing_was_read_nothing_is_confirmed(clerk, place):
    send(clerk, place, "2026年青禾区食品安全工作要点".encode(), "要点.txt")
    outbox.drain()
    import_ = Import.objects.get()
    assert not review_of(import_).ready
    facts = {"title": "要点", "year": 2026, "kind": "key_points", "stage": "draft", "version": import_.version}
    assert clerk.post(reverse("intake:confirm", args=[import_.pk]), facts).status_code == 400
    assert not Plan.objects.exists()


MORE = (
    "（二）强化抽检。食品抽检量达到4批次/千人，公布结果，督促不合格食品的生产经营者查找原因并整改。（区市场监管局）\n"
)
PLAN = (
    "2026年青禾区食品安全工作要点\n一、守护校园\n（一）推进明厨亮灶\x00。覆盖率达到100%。（区教体局牵头）\n" + MORE * 9
)


@pytest.mark.parametrize("name", ["要点.txt", "要点.md", "要点.html"])
def test_stray_nul_characters_do_no_harm(clerk, place, name):
    text = (
        PLAN.replace("\x00", "\x01&#0;\ud800&#xD800;") if name.endswith("html") else PLAN.replace("\x00", "\x01\ud800")
    )
    tagged = "".join(f"<p>{line}</p>" for line in text.splitlines()) if name.endswith("html") else text
    send(clerk, place, tagged.encode("utf-8", "surrogatepass"), name)
    outbox.drain()
    import_ = Import.objects.get()
    assert import_.state == Import.State.READ, import_.problem
    assert not {c for c in import_.source.text if c < "\t" or "\ud800" <= c <= "\udfff"}


def test_utf_16_with_lone_surrogates_does_no_harm(clerk, place):
    send(
        clerk, place, b"\xff\xfe" + PLAN.replace("\x00", "\ud800\x00").encode("utf-16-le", "surrogatepass"), "要点.txt"
    )
    outbox.drain()
    import_ = Import.objects.get()
    assert import_.state == Import.State.READ
    assert "推进明厨亮灶" in import_.source.text


def test_pasted_nul_characters_do_no_harm(clerk, place):
    clerk.post(reverse("intake:upload"), {"text": PLAN, "jurisdiction": place.pk})
    outbox.drain()
    assert Import.objects.get().state == Import.State.READ


def test_known_file_leads_to_its_import_and_says_when(clerk, place):
    send(clerk, place, PLAN.replace("\x00", "").encode(), "要点.txt")
    clerk.get(reverse("intake:imports"))
    response = clerk.post(
        reverse("intake:upload"),
        {"file": SimpleUploadedFile("改名.txt", PLAN.replace("\x00", "").encode()), "jurisdiction": place.pk},
        follow=True,
    )
    assert "这份文件已于" in response.content.decode()
    assert "没有重复识读" in response.content.decode()


def test_known_file_that_was_confirmed_leads_to_its_ledger(clerk, place):
    send(clerk, place, PLAN.replace("\x00", "").encode(), "要点.txt")
    import_ = Import.objects.get()
    plan = Plan.objects.create(
        jurisdiction=place, source=import_.source, title="2026年要点", year=2026, kind="key_points", stage="draft"
    )
    Import.objects.update(plan=plan, state=Import.State.CONFIRMED)
    response = clerk.post(
        reverse("intake:upload"),
        {"file": SimpleUploadedFile("要点.txt", PLAN.replace("\x00", "").encode()), "jurisdiction": place.pk},
        follow=True,
    )
    assert f'已入库为《2026年要点》，<a href="{plan.get_absolute_url()}">查看台账</a>' in response.content.decode()
