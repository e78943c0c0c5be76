"""Ruled tables of a PDF page: rules into a grid of cells, the glyphs within them into texts."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from intake.reader.formats.pdf_lines import RuledTable, lines
from intake.reader.formats.pdf_rows import Glyph, rows_of
from intake.reader.formats.pdf_rules import Rule, Rules

_TOLERANCE = 3.0  # points: the two edges of a thick rule are one
MAX_LINES = 400  # rules that a grid may have in one direction
_FEWEST_LINES = 3  # in each direction: two columns and two rows


@dataclass(frozen=True, slots=True)
class _Grid:
    """The places of the rules that cross one another: `columns` from the left, `heights` from the bottom."""

    columns: tuple[float, ...]
    heights: tuple[float, ...]

    def unit(self, glyph: Glyph) -> tuple[int, int] | None:
        """The column and row (from the bottom) in which a glyph stands, or None outside."""
        middle, height = (glyph.left + glyph.right) / 2, glyph.baseline + glyph.em * 0.3
        column, row = bisect_right(self.columns, middle) - 1, bisect_right(self.heights, height) - 1
        inside = 0 <= column < len(self.columns) - 1 and 0 <= row < len(self.heights) - 1
        return (column, row) if inside else None


def take_tables(glyphs: Sequence[Glyph], rules: Rules) -> tuple[list[RuledTable], list[Glyph]]:
    """The ruled tables of a page, and the glyphs that stand outside of them."""
    tables: list[RuledTable] = []
    rest = list(glyphs)
    for across, down in _crossing(rules):
        grid = _Grid(_places(rule.place for rule in down), _heights(across, down))
        if min(len(grid.columns), len(grid.heights)) < _FEWEST_LINES:
            continue
        inside = [glyph for glyph in rest if grid.unit(glyph) is not None]
        if inside:
            tables.append(RuledTable(grid.heights[-1], _texts(grid, across, down, inside)))
            rest = [glyph for glyph in rest if grid.unit(glyph) is None]
    return tables, rest


def _crossing(rules: Rules) -> list[tuple[list[Rule], list[Rule]]]:
    """The rules in groups that hang together by crossing."""
    groups: list[tuple[list[Rule], list[Rule]]] = []
    for rule in _longest(rules.down):
        met = [group for group in groups if any(_meet(other, rule) for other in group[0])]
        across = [other for other in _longest(rules.across) if _meet(other, rule)]
        if not across:
            continue
        groups = [group for group in groups if group not in met]
        merged = {other: None for group in met for other in group[0]} | dict.fromkeys(across)
        groups.append((list(merged), [rule, *(other for group in met for other in group[1])]))
    return groups


def _longest(rules: Iterable[Rule]) -> list[Rule]:
    """Rules that stand alike joined into one where they touch: a table's rule is often drawn cell by cell."""
    joined: list[Rule] = []
    for rule in sorted(rules, key=lambda rule: (round(rule.place / _TOLERANCE), rule.start)):
        last = joined[-1] if joined else None
        if last and abs(last.place - rule.place) <= _TOLERANCE and rule.start <= last.end + _TOLERANCE:
            joined[-1] = Rule(last.place, last.start, max(last.end, rule.end))
        else:
            joined.append(rule)
    return joined[:MAX_LINES]


def _meet(across: Rule, down: Rule) -> bool:
    return (
        across.start - _TOLERANCE <= down.place <= across.end + _TOLERANCE
        and down.start - _TOLERANCE <= across.place <= down.end + _TOLERANCE
    )


def _heights(across: Iterable[Rule], down: Sequence[Rule]) -> tuple[float, ...]:
    """The heights of the rules across, and the ends of those down: a page may cut a table with no rule there."""
    ends = min(rule.start for rule in down), max(rule.end for rule in down)
    return _places((*(rule.place for rule in across), *ends))


def _places(found: Iterable[float]) -> tuple[float, ...]:
    """The different places, those within the tolerance as one."""
    places: list[float] = []
    for place in sorted(found):
        if not places or place - places[-1] > _TOLERANCE:
            places.append(place)
    return tuple(places)


def _texts(
    grid: _Grid, across: Sequence[Rule], down: Sequence[Rule], glyphs: Sequence[Glyph]
) -> tuple[tuple[str, ...], ...]:
    """The rows from top to bottom; a merged cell's text in each place that it covers."""
    owner = _owners(grid, across, down)
    held: dict[tuple[int, int], list[Glyph]] = {}
    for glyph in glyphs:
        unit = grid.unit(glyph)
        if unit is not None:
            held.setdefault(owner(unit), []).append(glyph)
    texts = {unit: _cell_text(found) for unit, found in held.items()}
    columns, rows = range(len(grid.columns) - 1), range(len(grid.heights) - 1)
    return tuple(tuple(texts.get(owner((column, row)), "") for column in columns) for row in reversed(rows))


def _owners(grid: _Grid, across: Sequence[Rule], down: Sequence[Rule]) -> Callable[[tuple[int, int]], tuple[int, int]]:
    """For each unit of the grid the first unit of its cell: units with no rule between them are one cell."""
    parent: dict[tuple[int, int], tuple[int, int]] = {}

    def owner(unit: tuple[int, int]) -> tuple[int, int]:
        while unit in parent:
            unit = parent[unit]
        return unit

    def join(unit: tuple[int, int], other: tuple[int, int]) -> None:
        first, second = sorted((owner(unit), owner(other)))
        if first != second:
            parent[second] = first

    for row, (low, high) in enumerate(pairwise(grid.heights)):
        for column, (left, right) in enumerate(pairwise(grid.columns)):
            if column + 2 < len(grid.columns) and not _separates(down, right, (low + high) / 2):
                join((column, row), (column + 1, row))
            if row + 2 < len(grid.heights) and not _separates(across, high, (left + right) / 2):
                join((column, row), (column, row + 1))
    return owner


def _separates(rules: Iterable[Rule], place: float, middle: float) -> bool:
    return any(abs(rule.place - place) <= _TOLERANCE and rule.start <= middle <= rule.end for rule in rules)


def _cell_text(glyphs: Sequence[Glyph]) -> str:
    """The lines of a cell, joined where its edge broke them."""
    text = ""
    for line in lines(rows_of(glyphs)):
        text += line.text if line.wrapped else f"{line.text}\n"
    return text.rstrip("\n")
