"""Old Word files by LibreOffice: each run for itself, stopped in time, never believed on its exit status."""

from __future__ import annotations

import shutil
import subprocess
import threading
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from core import outbox
from intake import legacy
from intake.actions.upload import upload_plan
from intake.models import Import
from intake.reader.formats import Refusal, read_document
from intake.reader.model import Unreadable
from tests.factories import JurisdictionFactory, office_user

needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed")
TEXT = ("2026年青禾区食品安全工作要点", "一、守护校园", "（一）推进明厨亮灶。学校食堂覆盖率达到100%。（区教体局牵头）")


@pytest.fixture(scope="module")
def old_word(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A .doc of Word 97, made by LibreOffice out of a .docx."""
    folder = tmp_path_factory.mktemp("old")
    document = Document()
    for line in TEXT:
        document.add_paragraph(line)
    packed = BytesIO()
    document.save(packed)
    (folder / "plan.docx").write_bytes(packed.getvalue())
    command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to"]
    subprocess.run([*command, "doc:MS Word 97", "--outdir", str(folder), str(folder / "plan.docx")], check=True)
    return (folder / "plan.doc").read_bytes()


def office(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Puts a program of this name and behaviour first in the path, as an installation that misbehaves."""
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder), prepend=":")


@needs_office
def test_old_word_becomes_a_docx_with_the_same_text(old_word: bytes) -> None:
    converted = read_document(legacy.to_docx(old_word), "plan.docx")
    assert tuple(block.text for block in converted.blocks if hasattr(block, "text")) == TEXT


@needs_office
def test_conversions_side_by_side_do_not_disturb_each_other(old_word: bytes) -> None:
    sizes: list[int] = []
    runs = [threading.Thread(target=lambda: sizes.append(len(legacy.to_docx(old_word)))) for _ in range(2)]
    for run in runs:
        run.start()
    for run in runs:
        run.join()
    assert len(sizes) == 2


@needs_office
def test_damaged_old_word_is_refused(old_word: bytes) -> None:
    with pytest.raises(Unreadable) as caught:
        legacy.to_docx(old_word[:1500])
    assert caught.value.args[0] is Refusal.UNREADABLE_OLD_WORD


@needs_office
@pytest.mark.django_db
def test_old_word_is_read_by_the_job(old_word: bytes) -> None:
    place = JurisdictionFactory.create(name="青禾区")
    import_, _ = upload_plan(place, actor=office_user(place), name="要点.wps", data=old_word)
    outbox.drain()
    import_ = Import.objects.get()
    assert import_.state == Import.State.READ
    assert import_.reading["tasks"][0]["title"] == "推进明厨亮灶"


def test_without_libreoffice_one_is_asked_for_docx(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Unreadable, match=r"另存为\.docx"):
        legacy.to_docx(b"x")


def test_success_without_a_file_is_no_success(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    office(tmp_path, monkeypatch, "exit 0")
    with pytest.raises(Unreadable) as caught:
        legacy.to_docx(b"x")
    assert caught.value.args[0] is Refusal.UNREADABLE_OLD_WORD


def test_file_counts_whatever_the_exit_status(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    office(tmp_path, monkeypatch, "mkdir out; printf word > out/plan.docx; exit 1")
    assert legacy.to_docx(b"x") == b"word"


def test_run_that_hangs_is_killed_with_its_children(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    child = tmp_path / "child"
    office(tmp_path, monkeypatch, f"sleep 600 & echo $! > {child}; wait")
    with pytest.raises(Unreadable):
        legacy.to_docx(b"x", time_limit=1)
    state = Path(f"/proc/{child.read_text().strip()}/stat")
    assert not state.exists() or state.read_text().split()[2] == "Z"


def test_each_run_has_a_profile_and_a_home_of_its_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    office(tmp_path, monkeypatch, 'mkdir out; echo "$1 $HOME $PWD" > out/plan.docx')
    first, second = (legacy.to_docx(b"x").decode().split() for _ in range(2))
    assert first[0] != second[0]
    assert first[0].endswith(f"{first[1]}/profile")
    assert first[1] == first[2]


def test_nothing_of_a_run_is_left(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    office(tmp_path, monkeypatch, "mkdir out; pwd > out/plan.docx")
    assert not Path(legacy.to_docx(b"x").decode().strip()).exists()
