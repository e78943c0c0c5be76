"""Old Word files (.doc, and .wps of the same make) into .docx by LibreOffice, where it is installed.

Each conversion has a folder and a profile of its own, so that several run beside one another, and is killed with all
its children when it takes too long. LibreOffice answers 0 even when it failed: what counts is the file it wrote.
"""

from __future__ import annotations

import logging
import os
import shutil
import signal
import subprocess
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from intake.reader.formats import Refusal
from intake.reader.model import Unreadable

TIME_LIMIT = 60  # seconds of one conversion
MOST_BYTES = 100 * 1024 * 1024  # of the .docx; what it holds is checked by its reader
PROGRAMS = ("soffice", "libreoffice")
# No macro runs and nothing is fetched that the document links to.
PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
</item></oor:items>
"""
log = logging.getLogger(__name__)


def program() -> str | None:
    """The path of LibreOffice, or None where it is not installed."""
    return next((path for name in PROGRAMS if (path := shutil.which(name))), None)


def to_docx(data: bytes, *, time_limit: float = TIME_LIMIT) -> bytes:
    """The same document as .docx. Raises `Unreadable` where LibreOffice is missing or cannot make one of it."""
    soffice = program()
    if soffice is None:
        raise Unreadable(Refusal.OLD_WORD)
    with TemporaryDirectory(prefix="foodsafety-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        (folder / "plan.doc").write_bytes(data)
        settings = folder / "profile" / "user" / "registrymodifications.xcu"
        settings.parent.mkdir(parents=True)
        settings.write_text(PROFILE, encoding="utf-8")
        _convert(soffice, folder, time_limit)
        return _result(folder / "out" / "plan.docx")


def _convert(soffice: str, folder: Path, time_limit: float) -> None:
    """Run to the end or the limit; whatever is left of the process group is killed."""
    command = [
        soffice, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore", "--nologo",
        "--nodefault", "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder / "out"),
        str(folder / "plan.doc"),
    ]  # fmt: skip
    process = subprocess.Popen(  # noqa: S603 (no shell; the only name given is our own)
        command,
        cwd=folder,
        env=os.environ | {"HOME": str(folder)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(time_limit)
    except subprocess.TimeoutExpired:
        log.warning("LibreOffice was stopped after %s s", time_limit)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _result(path: Path) -> bytes:
    if not path.is_file() or not 0 < path.stat().st_size <= MOST_BYTES:
        raise Unreadable(Refusal.UNREADABLE_OLD_WORD)
    return path.read_bytes()
