"""A Word file's zip container, opened with limits: no bomb unpacks, no entity is declared, nothing is fetched."""

from __future__ import annotations

import io
import lzma
import posixpath
import zipfile
import zlib
from typing import Any, TypeAlias

from lxml import etree

from intake.reader.formats.refusals import Refusal
from intake.reader.model import Unreadable

Element: TypeAlias = Any  # lxml carries no types

MAX_UNPACKED = 200 * 1024 * 1024  # bytes of all members
MAX_PART = 48 * 1024 * 1024  # bytes of one XML part
MAX_MEMBERS = 10_000
MAX_RATIO = 200  # unpacked to packed, held against packages that unpack to more than a part may
_ZIP_FAULTS = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError, RuntimeError, OSError, ValueError,
    KeyError, IndexError, OverflowError,
)  # fmt: skip
_RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_MEMBER_REFUSALS = (
    ("word/vbaProject.bin", Refusal.MACRO_WORD),
    ("xl/workbook.xml", Refusal.EXCEL),
    ("xl/workbook.bin", Refusal.EXCEL),
    ("ppt/presentation.xml", Refusal.POWERPOINT),
    ("OFD.xml", Refusal.OFD),
)


class Package:
    """The parts of a .docx by name. Raises `Unreadable` when it is damaged, dangerous or no Word file at all."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _ZIP_FAULTS as fault:
            raise Unreadable(Refusal.DAMAGED_DOCX) from fault
        self._members = {member.filename.replace("\\", "/"): member for member in self._zip.infolist()}
        self._refuse_others()
        self._refuse_bombs(len(data))
        self.main = self._target("", "/officeDocument") or "word/document.xml"
        if self.main not in self._members:
            raise Unreadable(Refusal.DAMAGED_DOCX if "[Content_Types].xml" in self._members else Refusal.ARCHIVE)

    def document(self) -> Element:
        """The root of the main part."""
        root = self._part(self.main)
        if root is None:
            raise Unreadable(Refusal.DAMAGED_DOCX)
        return root

    def related(self, name: str) -> Element | None:
        """The root of the part that the main part relates to as `name` (styles, numbering), or None."""
        beside = posixpath.join(posixpath.dirname(self.main), f"{name}.xml")
        return self._part(self._target(self.main, f"/{name}") or beside)

    def _refuse_others(self) -> None:
        for member, refusal in _MEMBER_REFUSALS:
            if member in self._members:
                raise Unreadable(refusal)
        if b"opendocument" in self._bytes("mimetype"):
            raise Unreadable(Refusal.OPEN_DOCUMENT)
        if b"macroEnabled" in self._bytes("[Content_Types].xml"):
            raise Unreadable(Refusal.MACRO_WORD)

    def _refuse_bombs(self, packed: int) -> None:
        unpacked = sum(member.file_size for member in self._members.values())
        dense = unpacked > MAX_PART and unpacked > packed * MAX_RATIO
        if unpacked > MAX_UNPACKED or dense or len(self._members) > MAX_MEMBERS:
            raise Unreadable(Refusal.SWOLLEN)

    def _target(self, source: str, kind: str) -> str | None:
        """The part that `source` ("" for the package) relates to by a type that ends with `kind`."""
        folder, name = posixpath.split(source)
        relationships = self._part(posixpath.join(folder, "_rels", f"{name}.rels"))
        for relation in () if relationships is None else relationships.iter(f"{_RELATIONSHIPS}Relationship"):
            if relation.get("Type", "").endswith(kind):
                return posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/")
        return None

    def _part(self, name: str) -> Element | None:
        return parse_xml(self._bytes(name)) if name in self._members else None

    def _bytes(self, name: str) -> bytes:
        """A member unpacked, at most as long as it declares: a size that lies cannot swell; empty where missing."""
        member = self._members.get(name)
        if member is None:
            return b""
        if member.file_size > MAX_PART:
            raise Unreadable(Refusal.SWOLLEN)
        try:
            with self._zip.open(member) as stream:
                return stream.read(member.file_size)
        except _ZIP_FAULTS as fault:
            raise Unreadable(Refusal.DAMAGED_DOCX) from fault


def parse_xml(data: bytes) -> Element:
    """The root of an XML part. Raises `Unreadable` where it is malformed or declares a document type."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False
    )
    try:
        root = etree.fromstring(data.replace(_STRICT, _TRANSITIONAL), parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as fault:
        raise Unreadable(Refusal.DAMAGED_DOCX) from fault
    if root.getroottree().docinfo.internalDTD is not None:
        raise Unreadable(Refusal.UNSAFE_DOCX)
    return root
