"""Problems that are told to a person as one Chinese sentence, each with its HTTP status."""

from __future__ import annotations


class Problem(Exception):
    """A refusal. `str()` is the sentence shown: what, where and how to mend it."""

    status = 400
    heading = "请求有误"


class BadInput(Problem):
    """Input that cannot be used; `field` names the form field it belongs to, or None for the whole form."""

    def __init__(self, sentence: str, *, field: str | None = None) -> None:
        super().__init__(sentence)
        self.field = field


class AccessDenied(Problem):
    """The person may see the thing but not do this with it."""

    status = 403
    heading = "没有权限"


class WrongState(Problem):
    """The thing's state has moved on, or somebody else was first."""

    status = 409
    heading = "状态已变化"
