"""The parts and tasks of a text: where each begins, what its title is and which text is its own."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from intake.reader import levels
from intake.reader.joining import Joined, Paragraph
from intake.reader.levels import Heading, Levels
from intake.reader.model import Section, Span
from intake.reader.responsibility import Stretch
from intake.reader.units import squeezed

_STOP: Final = re.compile(r"[。！？]")
TITLE_END: Final = "。：:；;，,、．."
_ENCLOSURES: Final = re.compile(r"附\s*[件表录][\s\d一二三四：:（(、.]|附\s*[件表录]$")
_CLOSING: Final = re.compile(
    r"抄\s*[送报]|主\s*送|解读单位|主题词|信息公开|公开(?:方式|属性)|联\s*系\s*[人电]|（?此件|[（(]联系|来源[：:]|责任编辑|审核[：:]|扫一扫|打印|分享|[-—\s]*END[-—\s]*$|.{0,16}(?:点赞|在看|长按|阅读原文|关注我们)|"
    r"[^。；，：]{0,40}20\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日(?:\s*印发)?[）)]?$|[^。；，：]{0,40}[二〇零一三四五六七八九]{4}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日$"
)
_SIGNATURE: Final = re.compile(r"[^。；，：！？\d]{3,36}(?:委员会|办公室|政府|局|委|办|指挥部|领导小组)")


@dataclass(frozen=True, slots=True)
class TaskText:
    """A task before its measures are cut: `title` and `body` are stretches of the text, `number` is final."""

    section: int | None
    number: int
    label: str
    span: Span
    title: Span
    body: Span


@dataclass(frozen=True, slots=True)
class Outline:
    """Parts and tasks in order; `closing` is where what follows the last task begins."""

    sections: tuple[Section, ...]
    tasks: tuple[TaskText, ...]
    closing: int


@dataclass(frozen=True, slots=True)
class _Draft:
    """A task whose number is not yet decided; `own` is the number that the plan gives it."""

    section: int | None
    own: int | None
    label: str
    span: Span
    title: Span
    body: Span


class Outliner:
    """Reads one joined text from `body_start` on, its headings and responsibility stretches known."""

    def __init__(
        self, joined: Joined, headings: Sequence[Heading], stretches: Sequence[Stretch], body_start: int
    ) -> None:
        self.text = joined.text
        self.stretches = stretches
        self.stretch_starts = [stretch.start for stretch in stretches]
        self.paragraphs = [paragraph for paragraph in joined.paragraphs if paragraph.span.start >= body_start]
        self.paragraph_starts = [paragraph.span.start for paragraph in self.paragraphs]
        self.body_start = body_start
        self.closing = self._closing(joined, headings)
        self.headings = [heading for heading in headings if body_start <= heading.start < self.closing]
        self.heading_starts = [heading.start for heading in self.headings]

    def outline(self) -> Outline:
        """The plan's outline."""
        chosen = levels.choose(self.headings, self._paragraph_count)
        drafts: list[_Draft] = []
        sections: list[Section] = []
        if chosen == Levels(None, None):
            drafts = list(self._paragraph_tasks(None, Span(self._first_body(), self.closing)))
        else:
            self._walk(chosen, sections, drafts)
        return Outline(tuple(sections), tuple(_numbered(drafts)), self.closing)

    def _walk(self, chosen: Levels, sections: list[Section], drafts: list[_Draft]) -> None:
        """Parts and tasks in order; a part without task headings makes a task of each paragraph."""
        kept = [heading for heading in self.headings if heading.rank in (chosen.part, chosen.task)]
        for position, heading in enumerate(kept):
            following = kept[position + 1] if position + 1 < len(kept) else None
            end = following.start if following else self.closing
            if heading.rank == chosen.task:
                drafts.append(self._task(heading, self._before_next(heading, end), len(sections) or None))
                continue
            title = self._title(heading, end)
            sections.append(
                Section(len(sections) + 1, self._label(heading), self._clean(title), Span(heading.start, title.end))
            )
            if following is None or following.rank != chosen.task:
                drafts.extend(self._other_tasks(len(sections), Span(title.end, end), chosen))

    def _before_next(self, heading: Heading, end: int) -> int:
        """`end`, or where a heading between parts and tasks begins."""
        after = bisect_left(self.heading_starts, heading.start + 1)
        if after < len(self.headings) and self.headings[after].rank < heading.rank:
            return min(end, self.headings[after].start)
        return end

    def _other_tasks(self, section: int, region: Span, chosen: Levels) -> Iterator[_Draft]:
        """The tasks of a part without the plan's task headings: those of a level between, else its paragraphs."""
        first, last = (bisect_left(self.heading_starts, position) for position in (region.start, region.end))
        between = [heading for heading in self.headings[first:last] if heading.rank < (chosen.task or 0)]
        if not between:
            yield from self._paragraph_tasks(section, region)
        for heading, following in zip(between, [*between[1:], None], strict=False):
            task = self._task(heading, following.start if following else region.end, section)
            yield replace(task, own=None)

    def _task(self, heading: Heading, end: int, section: int | None) -> _Draft:
        title = self._title(heading, end)
        return _Draft(
            section, heading.number, self._label(heading), Span(heading.start, end), title, Span(title.end, end)
        )

    def _label(self, heading: Heading) -> str:
        return squeezed(self.text[heading.start : heading.title_start])

    def _clean(self, title: Span) -> str:
        return squeezed(self.text[title.start : title.end]).rstrip(TITLE_END)

    def _title(self, heading: Heading, end: int) -> Span:
        """A heading's title: up to its first stop, its own bracket or its line's end."""
        return self._sentence(heading.title_start, min(end, heading.end))

    def _sentence(self, start: int, end: int) -> Span:
        """The first sentence of a stretch with its stop, ended early by a bracket that names units."""
        while start < end and self.text[start].isspace():
            start += 1
        position = bisect_left(self.stretch_starts, start)
        if position < len(self.stretches):
            end = max(start, min(end, self.stretches[position].start))
        stop = _STOP.search(self.text, start, end)
        return Span(start, stop.end() if stop else end)

    def _paragraph_tasks(self, section: int | None, region: Span) -> Iterator[_Draft]:
        """A task for each paragraph, or for each short line that heads the paragraphs below it."""
        within = [paragraph for paragraph in self._paragraphs_in(region) if not self._continues(paragraph, region)]
        headed = self._heads(within)
        openings = [paragraph for paragraph in within if not headed or paragraph in headed] or within
        for position, paragraph in enumerate(openings):
            start = max(paragraph.span.start, region.start)
            end = openings[position + 1].span.start if position + 1 < len(openings) else region.end
            title = self._sentence(start, min(end, paragraph.span.end))
            yield _Draft(section, None, "", Span(start, end), title, Span(title.end, end))

    def _paragraphs_in(self, region: Span) -> list[Paragraph]:
        first = max(0, bisect_left(self.paragraph_starts, region.start + 1) - 1)
        last = bisect_left(self.paragraph_starts, region.end)
        return [
            paragraph
            for paragraph in self.paragraphs[first:last]
            if self.text[max(region.start, paragraph.span.start) : paragraph.span.end].strip(TITLE_END + " \n\t")
        ]

    def _continues(self, paragraph: Paragraph, region: Span) -> bool:
        """Whether a paragraph begins with the units of the one before it."""
        start = max(paragraph.span.start, region.start)
        position = bisect_left(self.stretch_starts, start)
        return position < len(self.stretches) and not self.text[start : self.stretches[position].start].strip(
            TITLE_END + " "
        )

    def _heads(self, paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
        """Lines without numbers that head the paragraph below, where the text has several such."""
        texts = [self.text[paragraph.span.start : paragraph.span.end].strip() for paragraph in paragraphs]
        heads = [
            paragraph
            for position, paragraph in enumerate(paragraphs[:-1])
            if levels.looks_like_heading(texts[position]) and not levels.looks_like_heading(texts[position + 1])
        ]
        return heads if heads and heads[0] is paragraphs[0] else []

    def _paragraph_count(self, heading: Heading) -> int:
        position = bisect_left(self.heading_starts, heading.start + 1)
        end = self.headings[position].start if position < len(self.headings) else self.closing
        region = Span(heading.end, end)
        return sum(
            paragraph.span.start >= region.start and not self._continues(paragraph, region)
            for paragraph in self._paragraphs_in(region)
        )

    def _first_body(self) -> int:
        """Where a plan without headings begins: the first paragraph that names units, else the first sentence."""
        floor = self.body_start
        if self.stretches:
            before = bisect_left(self.paragraph_starts, self.stretch_starts[0] + 1) - 1
            while before > 0 and self._continues(self.paragraphs[before], self.paragraphs[before].span):
                before -= 1
            floor = self.paragraph_starts[max(0, before)] if self.paragraphs else floor
        for paragraph in self.paragraphs[bisect_left(self.paragraph_starts, floor) :]:
            line = self.text[paragraph.span.start : paragraph.span.end].rstrip()
            if "。" in line or levels.looks_like_heading(line) or self.stretches:
                return paragraph.span.start
        return floor

    def _closing(self, joined: Joined, headings: Sequence[Heading]) -> int:
        """Where enclosures, the signature or the distribution list begin behind the last task."""
        first = next((heading.start for heading in headings if heading.start >= self.body_start), self.body_start)
        end = len(self.text)
        for paragraph in self.paragraphs:
            line = self.text[paragraph.span.start : paragraph.span.end]
            if paragraph.span.start > first and len(line) <= 60 and _ENCLOSURES.match(line) and "。" not in line:
                end = paragraph.span.start
                break
        if joined.grids and joined.grids[0].span.start > first:
            end = min(end, joined.grids[0].span.start)
        return self._before_signature(first, end)

    def _before_signature(self, first: int, end: int) -> int:
        """`end`, or where the closing lines before it begin; the same within a last line that lost its breaks."""
        for paragraph in reversed(self.paragraphs):
            if not first < paragraph.span.start < end:
                continue
            line = self.text[paragraph.span.start : paragraph.span.end].strip()
            if not (_CLOSING.match(line) or (_SIGNATURE.fullmatch(line) and end < len(self.text))):
                break
            end = paragraph.span.start
        floor = max(first, end - 400)
        tail = (
            max(
                self.text.rfind(sign, floor, max(floor, len(self.text[:end].rstrip("。 \n"))))
                for sign in "。）)〕]】\n"
            )
            + 1
        )
        rest = self.text[tail:end]
        return tail if tail > floor and _CLOSING.match(rest.strip()) else end


def _numbered(drafts: Sequence[_Draft]) -> Iterator[TaskText]:
    """Numbers as the plan gives them where they run through it (unnumbered tasks behind them), else counted from 1."""
    known = [draft.own for draft in drafts if draft.own is not None]
    through = bool(known) and all(a < b for a, b in zip(known, known[1:], strict=False))
    spare = max(known, default=0)
    for position, draft in enumerate(drafts):
        number = draft.own if draft.own is not None else spare + 1
        spare = max(spare, number)
        yield TaskText(
            draft.section, number if through else position + 1, draft.label, draft.span, draft.title, draft.body
        )
