"""Where a text names who is responsible: brackets and label lines, told from brackets that only explain."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from intake.reader import brackets, roles, units
from intake.reader.joining import Joined

_LONGEST: Final = 600  # characters inside a bracket that names units
_SHORTEST: Final = 4  # with both brackets: no unit's name has fewer than two characters
_STOPS: Final = "。！？；;，,：:、!?"
_HALF_STOP: Final = "."  # of texts pasted without full-width signs
_PLACES: Final = "村镇乡县市区州旗道"
_AFTER: Final = _STOPS + brackets.OPENING + "\t"
_DEFAULT: Final = re.compile(
    r"(?:以[上下]|[上下][述列])[^。；\n]{0,30}(?:(?<![年月人日户])均|都|皆|全部)[^。；\n]{0,80}(?:负责|落实|参与|配合|承担)|不再(?:一一|单独|逐一|逐项|另行|重复)?列[出明示入]"
)
_ENOUGH: Final = 3
_SAID: Final = re.compile(r"(?<=[。；;])[^。；;\n：:（(]{3,140}?(?:牵头|负责|配合)(?:落实|实施)?(?=[。；;\n]|\Z)")
_ACTS: Final = re.compile("牵头|负责")
_EXHORTS: Final = re.compile("要|应|须|主动|密切|加强|做好|确保|与|向|把|对")  # 各镇要主动配合 is what they shall do
_VERB_END: Final = re.compile(r"负责(?:落实|实施)?|配合|牵头|落实|参与")
_OTHERS: Final = re.compile(r".{2,20}?等(?:相关|有关)*(?:部门|单位)(?=.)")
_UP_TO: Final = re.compile(r"[^。\n]{0,300}")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the text that names units; `inner` is where its content begins.

    `balanced` is False where a bracket of it is missing.
    """

    start: int
    end: int
    inner: int
    content: roles.Content
    balanced: bool = True


@dataclass(frozen=True, slots=True)
class _Candidate:
    stretch: Stretch
    certain: bool
    behind_stop: bool


def default_sentences(text: str) -> Iterator[re.Match[str]]:
    """Sentences that give default units for a whole part: 以下任务均需各镇落实，不再列出."""
    return _DEFAULT.finditer(text)


def find(joined: Joined, mark_starts: Sequence[int]) -> list[Stretch]:
    """All stretches in order, none within another. `mark_starts` are the sorted starts of possible headings."""
    found = brackets.find(joined.text)
    taken = list(_labelled(joined, mark_starts, _Inside(found.pairs)))
    taken = _with(taken, iter(_settled(list(_bracketed(joined.text, found.pairs)))))
    taken = _without_run_on(joined.text, taken)
    taken = _with(taken, _said(joined.text))
    taken = _with(taken, (_unclosed(joined.text, position) for position in found.unclosed))
    return _with(taken, (_unopened(joined.text, position) for position in found.unopened))


def _with(taken: list[Stretch], more: Iterator[Stretch | None]) -> list[Stretch]:
    """The stretches and those of `more` that lie outside all before them."""
    starts = [stretch.start for stretch in taken]
    added: list[Stretch] = []
    last = -1
    for stretch in more:
        if stretch is None or stretch.start < last:
            continue
        before = bisect_left(starts, stretch.start + 1) - 1
        free = before < 0 or taken[before].end <= stretch.start
        if free and (before + 1 == len(taken) or taken[before + 1].start >= stretch.end):
            added.append(stretch)
            last = stretch.end
    return sorted(taken + added, key=lambda stretch: stretch.start)


def _bracketed(text: str, pairs: Sequence[brackets.Pair]) -> Iterator[_Candidate]:
    skip_until = 0
    for pair in pairs:
        if pair.start < skip_until or not _SHORTEST <= pair.end - pair.start <= _LONGEST:
            continue
        candidate = _bracket(text, pair)
        if candidate is not None:
            skip_until = pair.end
            yield candidate


def _bracket(text: str, pair: brackets.Pair) -> _Candidate | None:
    inner = text[pair.start + 1 : pair.end - 1]
    if "。" in inner.rstrip(" 。\n") or inner[0] in brackets.OPENING or _DEFAULT.search(inner):
        return None
    content = roles.parse(inner)
    before, after = _neighbour(text, pair.start - 1, -1), _neighbour(text, pair.end, 1)
    placed = before in _AFTER + brackets.CLOSING or after in _AFTER or _at_line_edge(text, pair)
    if before in _PLACES and all(units.is_generic(named.item.text) for named in content.named):
        return None  # 各村（社区）、镇直单位: part of a name
    certain = _is_certain(content, placed=placed)
    if not certain and not (placed and _is_likely(content)):
        return None
    stretch = Stretch(pair.start, pair.end, pair.start + 1, content)
    return _Candidate(stretch, certain, before in _STOPS + _HALF_STOP)


def _said(text: str) -> Iterator[Stretch]:
    """Sentences behind another one that say nothing but who acts: 区教育局牵头，区市场监管局配合。"""
    last = -1
    for sentence in _SAID.finditer(text):
        goes_on = sentence.start() == last + 1  # …牵头；区民政局配合。
        if _EXHORTS.search(sentence.group()) or not (goes_on or _ACTS.search(sentence.group())):
            continue
        content = roles.parse(sentence.group())
        if content.named and content.spoken and content.sure == len(content.named) and not content.odd:
            last = sentence.end()
            yield Stretch(sentence.start(), sentence.end(), sentence.start(), content)


def _neighbour(text: str, position: int, step: int) -> str:
    """The nearest character that is no space, in either direction; a stop at the text's edge."""
    for _ in range(8):
        if not 0 <= position < len(text):
            return "。"
        if not text[position].isspace():
            return text[position]
        position += step
    return " "


def _at_line_edge(text: str, pair: brackets.Pair) -> bool:
    return text[max(0, pair.start - 1) : pair.start] == "\n" or text[pair.end : pair.end + 1] == "\n"


def _is_certain(content: roles.Content, *, placed: bool) -> bool:
    """A label, or units with a verb, or a list of what are surely units and not only places."""
    count = len(content.named)
    if content.labelled:
        return (count > 0 and content.odd * 2 <= count) or (not count and bool(content.deadline))
    if not count:
        return False
    if content.spoken:
        return content.odd * 2 <= count or (content.closed and placed)
    names = [named.item.text for named in content.named]
    sure = content.sure * 2 >= count and content.odd * 3 <= count and content.sure > content.odd
    return placed and sure and not all(units.is_place(name) and not units.is_group(name) for name in names)


def _is_likely(content: roles.Content) -> bool:
    """Places or parts of one body alone (白石镇; 食品生产股): units where they stand as the plan's others do."""
    names = [named.item.text for named in content.named]
    inner = sum(units.is_inner(name) and not units.is_surely_unit(name) for name in names)
    return bool(names) and not content.odd and content.sure + inner == len(names)


def _settled(candidates: list[_Candidate]) -> list[Stretch]:
    """The certain ones, and the likely ones that stand beside the full stop as the certain ones do.

    Where a plan has none that is certain, several likely ones behind full stops vouch for one another.
    """
    certain = [candidate for candidate in candidates if candidate.certain]
    if not certain:
        likely = [candidate for candidate in candidates if candidate.behind_stop]
        certain = likely if len(likely) >= _ENOUGH else []
    usual = sum(candidate.behind_stop for candidate in certain) * 2 >= len(certain)
    return [
        candidate.stretch
        for candidate in candidates
        if candidate.certain or (certain and candidate.behind_stop == usual)
    ]


class _Inside:
    """Tells whether a position lies within a bracket short enough to name units."""

    def __init__(self, pairs: Sequence[brackets.Pair]) -> None:
        self.outer: list[brackets.Pair] = []
        for pair in pairs:
            if pair.end - pair.start <= _LONGEST and (not self.outer or pair.start >= self.outer[-1].end):
                self.outer.append(pair)
        self.starts = [pair.start for pair in self.outer]

    def __contains__(self, position: int) -> bool:
        before = bisect_left(self.starts, position) - 1
        return before >= 0 and position < self.outer[before].end


def _labelled(joined: Joined, mark_starts: Sequence[int], inside: _Inside) -> Iterator[Stretch]:
    """Label lines (责任单位：A、B), on lines of their own or behind a sentence."""
    text = joined.text
    skip_until = 0
    for label in roles.labels(text):
        if label.start() < skip_until or not _opens_line(text, label.start()) or label.start() in inside:
            continue
        end = _line_end(text, label.start(), label.end(), mark_starts)
        content = roles.parse(text[label.start() : end])
        if content.named or content.deadline or label.lastgroup == "person":
            skip_until = end
            yield Stretch(label.start(), end, label.start(), content)


def _opens_line(text: str, start: int) -> bool:
    before = text[start - 1 : start]
    return not before or before.isspace() or before in "。；;！" + brackets.CLOSING


def _line_end(text: str, start: int, inner: int, mark_starts: Sequence[int]) -> int:
    ends = [position for sign in ("\n", "\t", "。") if (position := text.find(sign, inner, start + _LONGEST)) >= 0]
    following = bisect_left(mark_starts, inner)
    if following < len(mark_starts):
        ends.append(mark_starts[following])
    end = min([*ends, start + _LONGEST, len(text)])
    return start + len(text[start:end].rstrip())


def _without_run_on(text: str, stretches: list[Stretch]) -> list[Stretch]:
    """Label lines that lost their line end, cut behind the last unit that the plan names elsewhere too."""
    known = Counter(named.item.text for stretch in stretches for named in stretch.content.named)
    shortened = [_shortened(text, stretch, known) for stretch in stretches]
    return [stretch for stretch in shortened if _is_bracket(stretch) or _still_names(stretch.content)]


def _is_bracket(stretch: Stretch) -> bool:
    return stretch.inner != stretch.start


def _still_names(content: roles.Content) -> bool:
    return not content.named or _is_certain(content, placed=True)


def _shortened(text: str, stretch: Stretch, known: Counter[str]) -> Stretch:
    if _is_bracket(stretch):
        return stretch
    for item in (named.item for named in stretch.content.named if not units.is_body(named.item.text)):
        size = next((size for size in range(min(len(item.text) - 4, 30), 2, -1) if known[item.text[:size]]), 0)
        if others := _OTHERS.match(item.text):
            size = others.end()
        if size:
            end = _after(text, stretch.inner + item.start, size)
            return replace(stretch, end=end, content=roles.parse(text[stretch.inner : end]))
    return stretch


def _after(text: str, start: int, size: int) -> int:
    """Where `size` characters that are no white space end."""
    position = start
    while size and position < len(text):
        size -= not text[position].isspace()
        position += 1
    return position


def _unclosed(text: str, start: int) -> Stretch | None:
    """A bracket that is never closed ends with its last verb, or with the sentence."""
    if text[start + 1 : start + 2] in brackets.OPENING:
        return None
    matched = _UP_TO.match(text, start + 1)
    inner = matched.group() if matched else ""
    ends = [verb.end() for verb in _VERB_END.finditer(inner)]
    for end in [*reversed(ends[:4]), len(inner)]:
        content = roles.parse(inner[:end])
        if (
            content.named
            and not content.odd
            and (content.spoken or content.labelled or content.sure == len(content.named))
        ):
            return Stretch(start, start + 1 + end, start + 1, content, balanced=False)
    return None


def _unopened(text: str, end: int) -> Stretch | None:
    """A bracket that was never opened begins behind the sentence before it."""
    floor = max(0, end - 300)
    start = max((text.rfind(sign, floor, end) for sign in "。；;\n）)〕]】"), default=-1) + 1
    if start == 0 and floor:
        return None
    content = roles.parse(text[start:end])
    spoken = content.spoken or content.labelled
    if not content.named or content.odd or not (spoken or content.sure == len(content.named)):
        return None
    return Stretch(start, end + 1, start, content, balanced=False)
