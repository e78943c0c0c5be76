"""The whole text in pieces, one behind the other: nothing of it is lost, whatever was understood."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from intake.reader.model import Piece, PieceKind, Span
from intake.reader.outline import Outline
from intake.reader.responsibility import Stretch


def cut(text: str, outline: Outline, stretches: Sequence[Stretch]) -> tuple[Piece, ...]:
    """Head matter, headings, brackets, closing, and body between them."""
    first = min(
        [section.span.start for section in outline.sections] + [task.span.start for task in outline.tasks], default=0
    )
    closing = max(first, outline.closing)
    marked = [(section.span, PieceKind.HEADING) for section in outline.sections]
    marked += [
        (Span(task.span.start, max(task.span.start, task.title.end)), PieceKind.HEADING) for task in outline.tasks
    ]
    marked += [(Span(stretch.start, stretch.end), PieceKind.BRACKET) for stretch in stretches]
    inside = [(span, kind) for span, kind in marked if first <= span.start and span.end <= closing]
    head = [(Span(0, first), PieceKind.HEAD)]
    return tuple(_filled(sorted(head + inside, key=lambda entry: (entry[0].start, entry[0].end)), closing, len(text)))


def _filled(marked: Iterable[tuple[Span, PieceKind]], closing: int, length: int) -> Iterable[Piece]:
    """The marked spans with body between them and the closing behind; what overlaps an earlier one is cut short."""
    at = 0
    for span, kind in marked:
        if span.end <= at:
            continue
        if span.start > at:
            yield Piece(PieceKind.BODY, Span(at, span.start))
        yield Piece(kind, Span(max(at, span.start), span.end))
        at = span.end
    if closing > at:
        yield Piece(PieceKind.BODY, Span(at, closing))
        at = closing
    if length > at:
        yield Piece(PieceKind.CLOSING, Span(at, length))
