"""Refusals of the round that carry more than their sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from core.errors import BadInput, WrongState

STALE_REPORT = "这份填报单刚被别人改过，您的页面已不是最新。请刷新后再操作，已保存的内容都在。"
STALE_ENTRY = "这一项刚被别人改过或审过，您的页面已不是最新。请刷新后再看，已作的决定没有改变。"


class EditedMeanwhile(WrongState):
    """Another person saved the same entry with a different text since this page was shown.

    `mine` and `theirs` map the fields that differ to what each of the two wrote; `by` is the other person's name.
    """

    def __init__(self, *, mine: Mapping[str, Any], theirs: Mapping[str, Any], by: str) -> None:
        super().__init__(f"{by or '另一位同事'}刚改过这一项，您的内容还没有保存。两份内容都在下面，请选定后再保存。")
        self.mine = dict(mine)
        self.theirs = dict(theirs)
        self.by = by


class ChecksFailed(BadInput):
    """The form has errors, or questions that nobody has confirmed; `findings` are all that was found."""

    def __init__(self, sentence: str, findings: Sequence[Any]) -> None:
        super().__init__(sentence)
        self.findings = tuple(findings)
