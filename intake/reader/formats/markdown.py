"""Markdown into lines: headings with their level, marks of emphasis and links dropped, pipe tables as tables."""

from __future__ import annotations

import re
from collections.abc import Iterator

from intake.reader.formats.characters import clean
from intake.reader.model import Document, Line, Table

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(?:[A-Za-z_][\w-]*:.*\n|[ \t]+.*\n|-.*\n)*---[ \t]*(?:\n|\Z)")
_COMMENT = re.compile(r"<!--[^<>]*-->")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_HEADING = re.compile(r"[ ]{0,3}(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$")
_RULE = re.compile(r"[ ]{0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$")
_UNDERLINE = re.compile(r"[ ]{0,3}(=+|-{3,})[ \t]*$")
_FENCE = re.compile(r"[ ]{0,3}(?:```|~~~)")
_LEAD = re.compile(r"[ \t]*(?:>[ \t]?)*(?:[-*+•][ \t]+(?:\[[ xX]\][ \t]+)?)?")
_DELIMITER_ROW = re.compile(r"[ \t]*\|?(?:[ \t]*:?-+:?[ \t]*\|)+(?:[ \t]*:?-+:?[ \t]*)?$")
_CELL_BORDER = re.compile(r"(?<!\\)\|")

_IMAGE = re.compile(r"!\[[^\]]*\]\([^()\s]*(?:[ \t]+\"[^\"]*\")?\)")
_LINK = re.compile(r"\[([^\[\]]*)\]\((?:[^()\s]|\([^()]*\))*(?:[ \t]+\"[^\"]*\")?\)")
_AUTOLINK = re.compile(r"<((?:https?|mailto):[^<>\s]*)>")
_STRONG = re.compile(r"(\*{1,3}|~~|`+)(?=\S)((?:(?!\1).)+?)(?<=\S)\1")
_UNDERSCORES = re.compile(r"(?<!\w)(_{1,3})(?=\S)((?:(?!_).)+?)(?<=\S)\1(?!\w)")
_TAG = re.compile(r"</?(?:b|i|u|em|strong|span|font|p|div|center|sub|sup|a)\b[^<>]*>", re.IGNORECASE)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


def looks_like_markdown(text: str) -> bool:
    """Whether a text without a telling name is Markdown: a `#` heading or the rule under a table's head."""
    return any(_HEADING.match(row) or (_DELIMITER_ROW.match(row) and "|" in row) for row in text.splitlines())


def parse(text: str) -> Document:
    """The lines and tables of a Markdown text. Numbers of ordered lists stay as they are written."""
    body = _COMMENT.sub("", _FRONT_MATTER.sub("", text.replace("\r\n", "\n")))
    return Document(tuple(_blocks(body.splitlines())), "md")


def _blocks(rows: list[str]) -> Iterator[Line | Table]:
    position = 0
    while position < len(rows):
        size = _table_size(rows, position)
        if size:
            yield _table(rows[position : position + size])
        else:
            size = 2 if _is_underlined(rows, position) else 1
            yield from _lines(rows[position], rows[position + 1] if size > 1 else "")
        position += size


def _lines(row: str, underline: str) -> Iterator[Line]:
    if _FENCE.match(row) or _RULE.match(row):
        return
    heading = _HEADING.match(row)
    level = len(heading[1]) if heading else None
    if underline:
        level = 1 if "=" in underline else 2
    for part in _BREAK.split(heading[2] if heading else _LEAD.sub("", row, count=1)):
        if text := _plain(part):
            yield Line(text, level)


def _is_underlined(rows: list[str], position: int) -> bool:
    if position + 1 >= len(rows) or not _UNDERLINE.match(rows[position + 1]):
        return False
    return bool(rows[position].strip()) and not _HEADING.match(rows[position]) and not _RULE.match(rows[position])


def _table_size(rows: list[str], position: int) -> int:
    """How many rows of a pipe table begin here: a head, the delimiter row and what follows with pipes; else 0."""
    if position + 1 >= len(rows) or "|" not in rows[position] or not _DELIMITER_ROW.match(rows[position + 1]):
        return 0
    size = 2
    while position + size < len(rows) and "|" in rows[position + size]:
        size += 1
    return size


def _table(rows: list[str]) -> Table:
    cells = [_cells(row) for number, row in enumerate(rows) if number != 1]
    width = max(len(row) for row in cells)
    return Table(tuple(row + ("",) * (width - len(row)) for row in cells))


def _cells(row: str) -> tuple[str, ...]:
    return tuple("\n".join(map(_plain, _BREAK.split(cell))) for cell in _CELL_BORDER.split(_without_frame(row)))


def _without_frame(row: str) -> str:
    bare = row.strip().removeprefix("|")
    return bare[:-1] if bare.endswith("|") and not bare.endswith("\\|") else bare


def _plain(text: str) -> str:
    """Text without the marks of Markdown."""
    text = _LINK.sub(r"\1", _IMAGE.sub("", text))
    text = _TAG.sub("", _AUTOLINK.sub(r"\1", text))
    text = _UNDERSCORES.sub(r"\2", _STRONG.sub(r"\2", _STRONG.sub(r"\2", text)))
    return clean(_ESCAPE.sub(r"\1", text))
