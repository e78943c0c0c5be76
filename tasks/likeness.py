"""Which texts of two lists mean the same thing, fast enough for thousands of each. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence

COMMON = 40  # a pair of characters that stands in more texts than this tells nothing
CANDIDATES = 8  # texts looked at closely for each text


def pairs_of(text: str) -> frozenset[str]:
    """The text's neighbouring characters, blanks left out."""
    dense = "".join(text.split())
    return frozenset(map("".join, zip(dense, dense[1:], strict=False))) or frozenset((dense,))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """From 0 to 1: twice the pairs shared, of all pairs."""
    return 2 * len(one & other) / (len(one) + len(other))


def match(
    old: Sequence[str],
    new: Sequence[str],
    *,
    least: float,
    bonus: Callable[[int, int], float] = lambda i, j: 0.0,
    near: Callable[[int], Iterable[int]] = lambda i: (),
) -> list[tuple[int, int]]:
    """Pairs of indices (old, new), each index once, the likest first taken; below `least` there is no pair.

    `bonus` is added to the likeness of a pair, for what speaks for it besides the text; equal texts come before all.
    `near` names few new texts that are looked at for an old one, however common their words are.
    """
    scored = _equal(old, new, bonus) + _alike(old, new, least, bonus, near)
    taken_old: set[int] = set()
    taken_new: set[int] = set()
    pairs = []
    for _, i, j in sorted(scored, key=lambda found: (-found[0], found[1], found[2])):
        if i not in taken_old and j not in taken_new:
            taken_old.add(i)
            taken_new.add(j)
            pairs.append((i, j))
    return pairs


Scored = list[tuple[float, int, int]]


def _equal(old: Sequence[str], new: Sequence[str], bonus: Callable[[int, int], float]) -> Scored:
    """Equal texts score from 2 up. Where one text stands many times, only like places are looked at."""
    where: dict[str, list[int]] = defaultdict(list)
    for j, text in enumerate(new):
        where[text].append(j)
    return [(2 + bonus(i, j), i, j) for i, text in enumerate(old) for j in _near(where.get(text, []), i)]


def _near(places: list[int], i: int) -> list[int]:
    return places if len(places) <= CANDIDATES else sorted(places, key=lambda j: abs(j - i))[:CANDIDATES]


def _alike(
    old: Sequence[str],
    new: Sequence[str],
    least: float,
    bonus: Callable[[int, int], float],
    near: Callable[[int], Iterable[int]],
) -> Scored:
    settled = set(old) & set(new)
    left_old = [(i, pairs_of(text)) for i, text in enumerate(old) if text not in settled]
    left_new = {j: pairs_of(text) for j, text in enumerate(new) if text not in settled}
    index = _index(left_new)
    scored: Scored = []
    for i, pairs in left_old:
        for j in {*_candidates(pairs, index), *(j for j in near(i) if j in left_new)}:
            like = likeness(pairs, left_new[j]) + bonus(i, j)
            if like >= least:
                scored.append((like, i, j))
    return scored


def _index(texts: dict[int, frozenset[str]]) -> dict[str, list[int]]:
    """The texts in which each telling pair of characters stands."""
    index: dict[str, list[int]] = defaultdict(list)
    for j, pairs in texts.items():
        for pair in pairs:
            index[pair].append(j)
    most = max(COMMON, len(texts) // 50)
    return {pair: found for pair, found in index.items() if len(found) <= most}


def _candidates(pairs: frozenset[str], index: dict[str, list[int]]) -> list[int]:
    shared = Counter(j for pair in pairs for j in index.get(pair, ()))
    return [j for j, _ in shared.most_common(CANDIDATES)]
