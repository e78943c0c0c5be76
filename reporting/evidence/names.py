"""The name of a handed-in file: shown and given back, never used as a path. Pure."""

from __future__ import annotations

import re
import unicodedata

NAME_LENGTH = 200
NAMELESS = "未命名"
ENDINGS = {"jpg": ("jpg", "jpeg", "jfif"), "tif": ("tif", "tiff"), "heic": ("heic", "heif")}
PARTS = re.compile(r"[\\/]")
FORBIDDEN = re.compile(r'[<>:"|?*]')


def clean_name(name: str, kind: str) -> str:
    """Without folders, without characters that turn the reading direction or end a header, and with the ending that
    the content has: 清单.exe with a PDF's content becomes 清单.exe.pdf."""
    last = PARTS.split(name)[-1]
    visible = "".join(c for c in last if unicodedata.category(c)[0] != "C")
    bare = FORBIDDEN.sub("_", visible).strip(" .")
    stem, dot, ending = bare.rpartition(".")
    if not (dot and stem and ending.lower() in ENDINGS.get(kind, (kind,))):
        stem, ending = bare, kind
    return f"{(stem or NAMELESS)[: NAME_LENGTH - len(ending) - 1]}.{ending}"
