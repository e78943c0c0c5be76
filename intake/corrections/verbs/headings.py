"""Where the heading of a task ends in the source."""

from __future__ import annotations

from intake.corrections import stretches
from intake.corrections.facts import Fact
from intake.corrections.sheet import Sheet


def heading_end(sheet: Sheet, task: Fact) -> int:
    """Behind the heading that the task begins with; its start where the source has none."""
    start, end = task["span"]
    for piece in stretches.touching(sheet.pieces, (start, min(start + 1, end))):
        if piece["kind"] == "heading":
            return int(min(piece["span"][1], end))
    return int(start)


def behind(text: str, start: int, words: str) -> int:
    """The place behind `words` where the text says them from `start` on, white space passed over; else `start`."""
    at = start
    for char in "".join(words.split()):
        while at < len(text) and text[at].isspace():
            at += 1
        if at >= len(text) or text[at] != char:
            return start
        at += 1
    return at
