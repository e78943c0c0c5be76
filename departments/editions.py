"""Two tabs, one thing: a form carries the edition it was drawn from, and a later one is told, not overwritten."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from core.errors import WrongState

Values = Mapping[str, str]  # label → value as shown


def edition(values: Values) -> str:
    """A short mark of what a thing's fields say."""
    return hashlib.sha256(json.dumps(dict(values), sort_keys=True).encode()).hexdigest()[:32]


class Overtaken(WrongState):
    """Somebody has saved the thing since the form was opened; the sentence names each difference."""

    def __init__(self, what: str, *, now: Values, mine: Values) -> None:
        differences = [
            f"{label}现在是“{now[label] or '空'}”，您填的是“{mine[label] or '空'}”"
            for label in now
            if now[label] != mine[label]
        ]
        told = "；".join(differences) if differences else "改动的内容与您填的相同"
        super().__init__(f"{what}在您打开本页后已被改过：{told}。您填的内容还在下面，再按一次保存就以您填的为准。")
        self.edition = edition(now)


def require_edition(seen: str, what: str, *, now: Values, mine: Values) -> None:
    """Raise `Overtaken` unless `seen` is the edition of `now`, or `mine` changes nothing any more."""
    if seen != edition(now) and dict(now) != dict(mine):
        raise Overtaken(what, now=now, mine=mine)
