"""What the text has spoken of so far, so that a bare rate finds its subject."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from intake.reader.targets.subjects import (
    attribute_of,
    carried,
    entity_of,
    guided,
    is_bare,
    lacks_object,
    lead_length,
    names_entity,
    object_of,
    stem_of,
)
from intake.reader.targets.words import CLOSERS

_QUOTED: Final = re.compile(r"[“\"《].{1,20}[”\"》]")
_LONGEST_OBJECT: Final = 24
_SHORTEST_ALONE: Final = 6


@dataclass(slots=True)
class Thread:
    """The clauses of the running sentence and the subjects last given a target.

    `title` is the task's heading; `before` the last sentence's clauses; `deed` the verb of the last count.
    """

    title: str
    clauses: list[str] = field(default_factory=list)
    before: list[str] = field(default_factory=list)
    subjects: list[str] = field(default_factory=list)
    deed: str = ""
    sentence: int = 0

    def enter(self, sentence: int) -> None:
        """Begin a clause of this sentence."""
        if sentence != self.sentence:
            self.before, self.clauses, self.subjects = self.clauses or self.before, [], []
            self.sentence, self.deed = sentence, ""

    def leave(self, clause: str) -> None:
        """A clause has been read."""
        self.clauses.append(clause)

    def resolve(self, subject: str) -> list[str]:
        """The subject as it reads alone; several where it speaks of all subjects before it."""
        if is_bare(subject):
            if self.subjects:
                return list(dict.fromkeys(carried(before, subject) for before in self.subjects))
            return [joined(self.topic(subject), subject)]
        if lacks_object(subject):
            return [entity_of(subject) + self.covering() + attribute_tail(subject)]
        return [self.guided_body(subject) + subject]

    def guided_body(self, subject: str) -> str:
        """Whom the sentence directs, where a short subject names nobody itself."""
        if names_entity(subject) or len(stem_of(subject)) > _SHORTEST_ALONE + 2:
            return ""
        return next(filter(None, map(guided, [*self.clauses, *self.before[:1]])), "")

    def topic(self, subject: str) -> str:
        """What the clauses before a bare rate are about: one that shares its words, else the sentence's first."""
        stem = stem_of(subject)
        near = [*reversed(self.clauses), *reversed(self.before)]
        shared = [object_of(clause) for clause in near if stem and stem in clause]
        opening = [guided(clause) or object_of(clause) for clause in [*self.clauses[:1], self.title, *self.before[:1]]]
        return next((topic for topic in [*shared, *opening] if 1 < len(topic) <= _LONGEST_OBJECT), "")

    def covering(self) -> str:
        """What covers an entity whose coverage is spoken of: the nearest work that the text names."""
        near = [*reversed(self.clauses), *reversed(self.before[-2:])]
        named = (_QUOTED.search(clause) for clause in near if clause.endswith(tuple(CLOSERS)))
        return next((found[0] for found in named if found), "")

    def tail(self) -> str:
        """The work and attribute of the last subject, for an entity that states neither: 参保覆盖率."""
        last = self.subjects[-1] if self.subjects else ""
        return last[len(entity_of(last)) :] if attribute_of(last) else ""

    def last_clause(self) -> str:
        """The nearest clause before this one, without its opening words."""
        last = next(reversed([*self.before, *self.clauses]), "")
        return last[lead_length(last, mild=True) :]


def attribute_tail(subject: str) -> str:
    """The part behind the entity: 覆盖率."""
    return subject[len(entity_of(subject)) :]


def joined(topic: str, subject: str) -> str:
    """A topic before a bare rate, the words that both have said once: “三小”登记备案, 登记备案率."""
    if topic.endswith(subject):
        return topic
    shared = next((size for size in range(min(len(topic), len(subject)), 1, -1) if topic.endswith(subject[:size])), 0)
    return topic + subject[shared:]
