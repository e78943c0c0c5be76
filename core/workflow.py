"""Life cycles as tables: which verb leads from which states to which."""

from __future__ import annotations

from dataclasses import dataclass

from core.errors import WrongState


@dataclass(frozen=True, slots=True)
class Transition:
    """`verb` leads from any of `sources` to `target`; `label` is the verb in Chinese."""

    verb: str
    label: str
    sources: frozenset[str]
    target: str


@dataclass(frozen=True, slots=True)
class Workflow:
    """The life cycle of one kind of thing; `states` maps each state to its Chinese word."""

    subject: str
    states: dict[str, str]
    transitions: tuple[Transition, ...]

    def allows(self, verb: str, state: str) -> bool:
        return any(t.verb == verb and state in t.sources for t in self.transitions)

    def require(self, verb: str, state: str) -> str:
        """The state that `verb` leads to from `state`; raises `WrongState` where it leads nowhere."""
        for transition in self.transitions:
            if transition.verb == verb and state in transition.sources:
                return transition.target
        raise WrongState(
            f"{self.subject}现在是“{self.states.get(state, state)}”，不能{self.label(verb)}。请刷新页面后再看。"
        )

    def verbs(self, state: str) -> tuple[str, ...]:
        """The verbs that lead on from `state`, in the table's order."""
        return tuple(t.verb for t in self.transitions if state in t.sources)

    def label(self, verb: str) -> str:
        return next((t.label for t in self.transitions if t.verb == verb), verb)
