"""What a check found: an error that bars the submission, or a question that the unit answers by confirming it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    ERROR = "error"
    QUESTION = "question"


@dataclass(frozen=True, slots=True)
class Finding:
    """`entry` is the entry's pk, `field` its field (done_text, figure-12), `code` the rule, `sentence` what to tell."""

    level: Level
    entry: int
    field: str
    code: str
    sentence: str

    @property
    def key(self) -> str:
        """By which a question is confirmed."""
        return f"{self.entry}:{self.field}:{self.code}"

    @property
    def is_error(self) -> bool:
        return self.level is Level.ERROR
