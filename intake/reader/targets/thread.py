"""What the text has spoken of so far, so that a bare rate finds its subject."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from intake.reader.targets.lists import carried
from intake.reader.targets.subjects import (
    after_body,
    attribute_of,
    entity_of,
    guided,
    is_bare,
    lacks_object,
    lead_length,
    names_body,
    object_of,
    stem_of,
    tail_of,
    without_number,
)
from intake.reader.targets.words import CLOSERS

_QUOTED: Final = re.compile(r"[“\"《].{1,20}[”\"》]")
_LONGEST_OBJECT: Final = 24
_MOST: Final = 12
_COVERAGE: Final = "覆盖率"
_SHORT: Final = 8
_RATE: Final = 3  # characters of a rate that is a noun of work whatever the word: 面访率
_SHORTEST: Final = 5
_LONGEST_MODIFIER: Final = 14
_NEAR: Final = 20
_COURSE: Final = re.compile("(?<=.{4})[从由]")


@dataclass(slots=True)
class Thread:
    """The clauses of the running sentence and the subjects last given a target.

    `title` is the task's heading; `before` the last sentence's clauses; `deed` the verb of the last count,
    `counted` what it counts; `inherited` the last subject of the measure before.
    """

    title: str
    clauses: list[str] = field(default_factory=list)
    before: list[str] = field(default_factory=list)
    subjects: list[str] = field(default_factory=list)
    deed: str = ""
    counted: str = ""
    inherited: str = ""
    sentence: int = 0

    def enter(self, sentence: int) -> None:
        """Begin a clause of this sentence."""
        if sentence != self.sentence:
            self.before, self.clauses, self.subjects = self.clauses or self.before, [], []
            self.sentence, self.deed, self.counted = sentence, "", ""

    def leave(self, clause: str) -> None:
        """A clause has been read."""
        if len(self.clauses) >= _MOST:
            del self.clauses[1]  # the first says what the sentence is about
        self.clauses.append(clause)

    def resolve(self, subject: str) -> list[str]:
        """The subject as it reads alone; several where it speaks of all subjects before it."""
        if is_bare(subject) or (self.subjects and len(subject) <= _RATE and subject.endswith("率")):
            if self.subjects:
                return list(dict.fromkeys(carried(before, subject) for before in self.subjects[:_MOST]))
            return [joined(self.topic(subject), subject)]
        if lacks_object(subject):
            return [entity_of(subject) + (self.covering() + _COVERAGE if self.covering() else self.covered())]
        return [joined(self.elided(subject), subject)]

    def elided(self, subject: str) -> str:
        """Whom the sentence directs, or the words that a noun had before, where a short subject names nobody itself."""
        if subject.startswith("“") and self.subjects and not names_body(subject):
            return self.subjects[-1][: after_body(self.subjects[-1])]
        if names_body(subject) or len(stem_of(subject)) > _SHORT:
            return ""
        directed = next(filter(None, map(guided, [*self.clauses, *self.before[:1]])), "")
        return directed or (self.modifier(subject) if len(stem_of(subject)) <= _SHORTEST else "")

    def modifier(self, subject: str) -> str:
        """What stood before the subject's first word when the sentence first spoke of it: 年度任务 of 清单公开率."""
        objects = map(object_of, reversed(self.clauses))
        places = ((topic, topic.find(subject[:2])) for topic in objects)
        return next((topic[:at] for topic, at in places if 1 < at <= _LONGEST_MODIFIER), "")

    def opening(self) -> str:
        """What the sentence's first clause is about, up to a course that it tells (从…)."""
        topics = (_COURSE.split(object_of(clause))[0] for clause in self.clauses[:1])
        topics = (entity_of(topic) if attribute_of(topic) else topic for topic in topics)
        return next((topic for topic in topics if 3 < len(topic) <= _LONGEST_OBJECT), "")

    def topic(self, subject: str) -> str:
        """What the clauses before a bare rate are about: one that shares its words, else the sentence's first."""
        words = words_of(subject)
        near = [*reversed(self.clauses), *reversed(self.before)]
        shared = [object_of(clause) for word in words for clause in near if word in clause]
        opening = [guided(clause) or object_of(clause) for clause in [*self.clauses[:1], self.title, *self.before[:1]]]
        topics = sorted([*shared, self.counted, *opening], key=lambda topic: "、" in topic)  # a list is the last resort
        return next(
            (topic for topic in topics if 1 < len(topic) <= _LONGEST_OBJECT and joined(topic, subject) != subject), ""
        )

    def covering(self) -> str:
        """What covers an entity whose coverage is spoken of: the nearest work that the text names."""
        near = [*reversed(self.clauses), *reversed(self.before[-2:])]
        named = (_QUOTED.search(clause) for clause in near if clause.endswith(tuple(CLOSERS)))
        return next((found[0] for found in named if found), "")

    def covered(self) -> str:
        """What the coverage before was of: “互联网+明厨亮灶”覆盖率."""
        tail = self.tail()
        return tail if tail.endswith(_COVERAGE) else _COVERAGE

    def tail(self) -> str:
        """The work and attribute of the last subject, for an entity that states neither: 参保覆盖率.

        A first sentence goes on with the measure before: 学校食堂覆盖率达到100%（…）托育机构食堂达到80%.
        """
        last = self.subjects[-1:] or ([self.inherited] if not self.sentence else [])
        return tail_of(last[0]) if last else ""

    def nearest(self) -> str:
        """What the clause before this one in the sentence is about."""
        topic = object_of(self.clauses[-1]) if self.clauses else ""
        topic = topic[: after_body(topic)] if attribute_of(topic) else topic
        return topic if 1 < len(topic) <= _NEAR and "、" not in topic else ""

    def last_clause(self) -> str:
        """The nearest clause before this one, without its opening words."""
        last = next(reversed([*self.before, *self.clauses]), "")
        return without_number(last[lead_length(last, mild=True) :])


def words_of(subject: str) -> list[str]:
    """The words of a bare rate by which its topic is known, the whole first: 考试 of 考试合格率."""
    stem = subject[:-1]
    plain = ("合格", "达标", "覆盖", "完成", "按时", "按期", "及时", "问题", "安全")
    return [
        word for word in [stem, *(stem[i : i + 2] for i in range(len(stem) - 1))] if len(word) > 1 and word not in plain
    ]


def joined(topic: str, subject: str) -> str:
    """A topic before a bare rate, the words that both have said once: “三小”登记备案, 登记备案率."""
    if topic.endswith(subject):
        return topic
    shared = next((size for size in range(min(len(topic), len(subject)), 1, -1) if topic.endswith(subject[:size])), 0)
    return topic + subject[shared:]
