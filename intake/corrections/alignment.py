"""Places of one text found again in another: the same document read anew, its lines joined or numbered otherwise."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final

_WIDTHS: Final = (24, 8)
_ALONE: Final = 12  # characters on one side alone that still tell a place
_SHORT: Final = 6  # a shorter quote without its surroundings must stand once in the text
_TRIES: Final = 500


class Alignment:
    """Maps offsets of `old` to offsets of `new`; white space does not count."""

    def __init__(self, old: str, new: str) -> None:
        self.same = old == new
        self._old_places = _places(old)
        self._new_places = _places(new)
        self._old = "".join(old[place] for place in self._old_places)
        self._new = "".join(new[place] for place in self._new_places)
        self._alike = self._old == self._new

    def moved(self, at: int) -> int | None:
        """Where the place before the next character is now; None where its surroundings are gone."""
        if self.same:
            return at
        place = bisect_left(self._old_places, at)
        found = place if self._alike else self._find_point(place)
        if found is None or not self._new_places:
            return None
        return self._new_places[found] if found < len(self._new_places) else self._new_places[-1] + 1

    def moved_span(self, span: Sequence[int]) -> tuple[int, int] | None:
        """Where the stretch is now, its words the same; None where they are gone or doubtful."""
        if self.same:
            return span[0], span[1]
        start, end = bisect_left(self._old_places, span[0]), bisect_left(self._old_places, span[1])
        if start == end:
            return None
        found = start if self._alike else self._find_words(start, end)
        if found is None:
            return None
        return self._new_places[found], self._new_places[found + end - start - 1] + 1

    def _find_point(self, place: int) -> int | None:
        for before, behind in (*((width, width) for width in _WIDTHS), (0, _ALONE), (_ALONE, 0)):
            first, last = max(0, place - before), min(len(self._old), place + behind)
            found = self._nearest(self._old[first:last], first) if last - first >= _SHORT else None
            if found is not None:
                return found + place - first
        return None

    def _find_words(self, start: int, end: int) -> int | None:
        for width in _WIDTHS:
            first = max(0, start - width)
            found = self._nearest(self._old[first : end + width], first)
            if found is not None:
                return found + start - first
        words = self._old[start:end]
        if end - start < _SHORT and self._new.count(words) != 1:
            return None
        return self._nearest(words, start)

    def _nearest(self, words: str, place: int) -> int | None:
        wanted = place * (len(self._new) + 1) // (len(self._old) + 1)
        return min(_occurrences(self._new, words), key=lambda found: abs(found - wanted), default=None)


def _places(text: str) -> list[int]:
    return [place for place, char in enumerate(text) if not char.isspace()]


def _occurrences(text: str, words: str) -> Iterator[int]:
    found = text.find(words) if words else -1
    for _ in range(_TRIES):
        if found < 0:
            return
        yield found
        found = text.find(words, found + 1)
