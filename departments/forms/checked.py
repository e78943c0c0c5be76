"""A form that runs an action and shows its refusal beside the field that it belongs to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms

from core.errors import BadInput, WrongState
from departments.editions import Overtaken

T = TypeVar("T")
WRONG_EMAIL = "邮箱应为“chen@example.cn”这样的写法。"


class CheckedForm(forms.Form):
    """`status` is that of the answer: 200 while nothing is wrong, 400 for bad input, 409 for a conflict.

    Fields have no `max_length`: the actions say how long a text is and may be, the browser would cut it silently.
    """

    conflict = False

    def carry_out(self, action: Callable[[], T]) -> T | None:
        """The action's result if the form is valid and the action accepts it, else None with the errors in place."""
        if not self.is_valid():
            return None
        try:
            return action()
        except BadInput as refusal:
            self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal))
        except WrongState as refusal:
            self.conflict = True
            if isinstance(refusal, Overtaken):
                self._see(refusal.edition)
            self.add_error(None, str(refusal))
        return None

    @property
    def status(self) -> int:
        if self.conflict:
            return 409
        return 400 if self.is_bound and self.errors else 200

    def _see(self, edition: str) -> None:
        """The next press of the button knows what the person has now been told."""
        shown: Any = self.data
        data = shown.copy()
        data[self.add_prefix("seen")] = edition
        self.data = data


def required(what: str) -> dict[str, str]:
    """The sentence for an empty field."""
    return {"required": f"{what}没有填写。"}
