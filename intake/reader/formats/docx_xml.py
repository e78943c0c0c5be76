"""The names of WordprocessingML and the few questions that its elements are asked."""

from __future__ import annotations

from collections.abc import Iterator

from intake.reader.formats.package import Element

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_OFF = ("0", "false", "off")


def w(name: str) -> str:
    """The qualified tag or attribute `w:name`."""
    return WORD + name


def child(element: Element | None, *path: str) -> Element | None:
    """The element at the end of a path of `w:` children, or None."""
    for name in path:
        if element is None:
            return None
        element = element.find(w(name))
    return element


def value(element: Element | None, *path: str, name: str = "val") -> str | None:
    """The `w:val` (or another attribute) of the element at the end of a path, or None."""
    found = child(element, *path)
    return None if found is None else found.get(w(name))


def number(element: Element | None, *path: str, name: str = "val") -> int | None:
    """The same as a whole number, or None where it is missing or none."""
    text = value(element, *path, name=name) or ""
    return int(text) if text.lstrip("+-").isdecimal() and len(text) < 10 else None  # noqa: PLR2004


def is_on(element: Element | None, *path: str) -> bool | None:
    """A switch such as `w:vanish`: on unless it says off; None where it is not stated."""
    found = child(element, *path)
    return None if found is None else found.get(w("val")) not in _OFF


def alternative(element: Element) -> Element | None:
    """What an `mc:AlternateContent` offers, read once: its first choice, else the fallback."""
    choice = element.find(f"{COMPATIBILITY}Choice")
    return element.find(f"{COMPATIBILITY}Fallback") if choice is None else choice


def children(element: Element) -> Iterator[Element]:
    """Child elements with alternatives resolved; comments and processing instructions are left out."""
    for item in element:
        if not isinstance(item.tag, str):
            continue
        if item.tag == f"{COMPATIBILITY}AlternateContent":
            chosen = alternative(item)
            yield from () if chosen is None else children(chosen)
        else:
            yield item
