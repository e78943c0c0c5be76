"""Where doubts come from: `doubts_of` puts together the list of the review page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from intake.corrections import operations as ops
from intake.corrections.doubt_kinds import PLAN_FIELDS, DoubtKind, holders_of, kind_of
from intake.corrections.doubts import Answer, Binding, Bindings, Doubt, numbered, touched_fields
from intake.corrections.draft import Draft
from intake.corrections.facts import Fact, Kind, every
from intake.corrections.places import FactsByPlace, measures_of
from intake.corrections.seasons import suggested_day

SIGNS: Final = {">=": "≥", ">": "＞", "<=": "≤", "<": "＜", "=": "＝"}
_UNKNOWN: Final = Binding(bound=False)
_ENDLESS: Final = ("全年", "长期", "持续", "常年", "常态化", "每")
_DUE_FIELDS: Final = {"due_on", "due_text"}
_UNIT_CODES: Final = {"open_unit", "open-unit", "unit_form"}
_FORMS: Final = {
    DoubtKind.NUMBERING: Answer("修改编号", form="number"),
    DoubtKind.SCOPE: Answer("作为指标", form="indicator"),
    DoubtKind.UNIT_FORM: Answer("修改单位", form="unit"),
    DoubtKind.UNDATED: Answer("另定", form="due"),
    DoubtKind.IMPLIED: Answer("修改", form="edit"),
    DoubtKind.OTHER: Answer("修改", form="edit"),
}


def doubts_of(draft: Draft, bindings: Bindings) -> tuple[Doubt, ...]:
    """All doubts of a draft, numbered in the order of the text; `bindings` by the names of its units."""
    return numbered(_Sources(draft, bindings).all())


class _Sources:
    """Gathers the doubts of one draft."""

    def __init__(self, draft: Draft, bindings: Bindings) -> None:
        self.draft = draft
        self.bindings = bindings
        self.touched = touched_fields(draft)
        self.measures = measures_of(draft.reading)
        self.places = FactsByPlace(draft)
        self.names = {u["id"]: u["department"] for m in self.measures.values() for u in m["assignments"]}
        self.beside: set[tuple[DoubtKind, str | None]] = set()

    def all(self) -> Iterator[Doubt]:
        """Warnings first: what the reader itself says of a fact is not said again."""
        warned = [doubt for warning in self.draft.reading["warnings"] if (doubt := self.warning(warning))]
        self.beside = {(doubt.kind, doubt.fact_id) for doubt in warned}
        yield from warned
        yield from self.unbound()
        yield from self.implied()
        yield from self.undated()

    def warning(self, warning: Fact) -> Doubt | None:
        """The doubt that the reader raises; None where it is part of an unbound name's."""
        kind = kind_of(warning["code"])
        fact_id = self.fact_of(warning)
        name = self.names.get(fact_id or "")
        if warning["code"] in _UNIT_CODES and name and not self.binding(name).bound:
            return None
        bound = warning["code"] in _UNIT_CODES and bool(name)
        span = tuple(warning["span"]) if warning["span"] else None
        doubt = Doubt(warning["id"], kind, fact_id, span, warning["message"], *self.answers(kind, warning, fact_id))
        return self.settle(doubt, done=bound or self.answered(warning, fact_id))

    def unbound(self) -> Iterator[Doubt]:
        """One doubt a name at the first place where it stands."""
        first: dict[str, Fact] = {}
        times: dict[str, int] = {}
        for measure in self.measures.values():
            for unit in measure["assignments"]:
                first.setdefault(unit["department"], unit)
                times[unit["department"]] = times.get(unit["department"], 0) + 1
        for name, unit in first.items():
            binding = self.binding(name)
            if not binding.bound or binding.answered:
                yield _name_doubt(name, unit, binding, times[name])

    def implied(self) -> Iterator[Doubt]:
        """Targets that mean all and state no number."""
        for fact in self.facts(Kind.INDICATOR):
            if fact["implied"] and (DoubtKind.IMPLIED, fact["id"]) not in self.beside:
                id_ = f"f:{DoubtKind.IMPLIED}:{fact['id']}"
                amount = f"{SIGNS[fact['comparator']]}{fact['value']}{fact['unit']}"
                question = f"{fact['subject']}：“{fact['quote']}”没有数字，按{amount}读。"
                agree = Answer("同意", ops.SettleDoubt(id_, "同意"))
                none = Answer("不作指标", ops.RemoveIndicator(fact["id"]))
                edit = _FORMS[DoubtKind.IMPLIED]
                yield self.settle(
                    Doubt(id_, DoubtKind.IMPLIED, fact["id"], _span(fact), question, agree, (none, edit)),
                    done=bool(self.touched.get(fact["id"])),
                )

    def undated(self) -> Iterator[Doubt]:
        """Deadlines in words that state no day; 全年 and 每月 need none."""
        for fact in self.facts(Kind.MEASURE):
            words = fact["due_text"]
            read = {"due_on": fact["due_on"], "due_text": words} | fact.get("read", {})
            named = read["due_text"] and not any(word in read["due_text"] for word in _ENDLESS)
            if named and not read["due_on"] and (DoubtKind.UNDATED, fact["id"]) not in self.beside:
                yield self._undated(fact, read["due_text"])

    def _undated(self, fact: Fact, words: str) -> Doubt:
        id_ = f"f:{DoubtKind.UNDATED}:{fact['id']}"
        day = suggested_day(words, self.draft.reading["plan"]["year"])
        suggestion, others = _due_answers(id_, fact["id"], day)
        question = f"期限没有写明日期。原文写“{words}”。"
        doubt = Doubt(id_, DoubtKind.UNDATED, fact["id"], _span(fact), question, suggestion, others)
        return self.settle(doubt, done=bool(self.touched.get(fact["id"], set()) & _DUE_FIELDS))

    def facts(self, kind: Kind) -> Iterator[Fact]:
        """Facts of the draft and those that corrections took out of it."""
        yield from (fact for own, fact in every(self.draft.reading) if own is kind)
        yield from (dict(fact) for own, fact in self.draft.removed.values() if own is kind)

    def binding(self, name: str) -> Binding:
        """What is known of a name; a name that nobody looked up is unbound."""
        return self.bindings.get(name, _UNKNOWN)

    def fact_of(self, warning: Fact) -> str | None:
        """The fact that a warning lies on: `plan` for one about the document's own facts."""
        if warning["span"] is None:
            return Kind.PLAN.value if warning["code"] in PLAN_FIELDS else None
        wanted = holders_of(warning["code"])
        found = self.places.at(warning["span"], wanted)
        if found is None:
            return None
        kind, id_ = found
        return self.places.owner.get(id_, id_) if kind is Kind.ASSIGNMENT and wanted[0] is Kind.MEASURE else id_

    def answered(self, warning: Fact, fact_id: str | None) -> bool:
        """Whether a correction of its fact settles the warning."""
        code = warning["code"]
        touched = self.touched.get(fact_id or "", set())
        if code in PLAN_FIELDS:
            return PLAN_FIELDS[code] in touched
        if code == "no_tasks":
            return bool(self.draft.reading["tasks"])
        if code == "no_unit":
            return fact_id in self.draft.removed or bool(self.measures.get(fact_id or "", {}).get("assignments"))
        if kind_of(code) is DoubtKind.UNDATED:
            return bool(touched & _DUE_FIELDS) or fact_id in self.draft.removed
        return bool(touched)

    def answers(self, kind: DoubtKind, warning: Fact, fact_id: str | None) -> tuple[Answer, tuple[Answer, ...]]:
        """The suggested answer and the others, by kind."""
        id_ = warning["id"]
        if warning["code"] == "not_a_plan":
            return Answer("仍然识读", ops.SettleDoubt(id_, "仍然识读")), (Answer("放弃这次导入", form="abandon"),)
        if kind is DoubtKind.UNDATED and fact_id is not None:
            words = self.measures.get(fact_id, {}).get("due_text") or self.draft.text[slice(*warning["span"])]
            return _due_answers(id_, fact_id, suggested_day(words, self.draft.reading["plan"]["year"]))
        if warning["code"] in PLAN_FIELDS:
            return Answer("入库时填写", ops.SettleDoubt(id_, "入库时填写")), ()
        agree = Answer("同意", ops.SettleDoubt(id_, "同意"))
        if kind is DoubtKind.IMPLIED and fact_id is not None and fact_id.startswith((Kind.INDICATOR, "c")):
            return agree, (Answer("不作指标", ops.RemoveIndicator(fact_id)), _FORMS[kind])
        if kind is DoubtKind.NUMBERING:
            return Answer("原文如此", ops.SettleDoubt(id_, "原文如此")), (_FORMS[kind],)
        return agree, (_FORMS[kind],)

    def settle(self, doubt: Doubt, *, done: bool) -> Doubt:
        """The doubt with what the clerk answered."""
        answer = self.draft.answers.get(doubt.id, "")
        return _with_answer(doubt, answer, settled=done or bool(answer) or doubt.fact_id in self.draft.removed)


def _with_answer(doubt: Doubt, answer: str, *, settled: bool) -> Doubt:
    return Doubt(
        doubt.id,
        doubt.kind,
        doubt.fact_id,
        doubt.span,
        doubt.question,
        doubt.suggestion,
        doubt.others,
        settled,
        answer,
        doubt.times,
    )


def _name_doubt(name: str, unit: Mapping[str, Any], binding: Binding, times: int) -> Doubt:
    binds = tuple(Answer(f"绑定{known}并记为别名", unit=known) for known in binding.suggestions)
    leave, other = Answer("留作未明确", form="open"), Answer("另选", form="unit")
    new = Answer("新建集合单位", form="new_group") if unit["group"] else Answer("新建单位", form="new_unit")
    if unit["open"]:
        question, answers = f"“{name}”没有写明是哪些单位。", (leave, *binds, other)
    elif binds:
        question = f"“{name}”不在单位名录，最接近的是{binding.suggestions[0]}。"
        answers = (*binds, other, new)
    else:
        question, answers = f"“{name}”不在单位名录，也没有相近的名称。", (new, other)
    return Doubt(
        f"n:{name}",
        DoubtKind.UNBOUND,
        unit["id"],
        _span(unit),
        question,
        answers[0],
        answers[1:],
        settled=binding.bound,
        times=times,
    )


def _due_answers(id_: str, measure_id: str, day: date | None) -> tuple[Answer, tuple[Answer, ...]]:
    """A known season's day first; else without a deadline."""
    none = Answer("不设期限", ops.SettleDoubt(id_, "不设期限"))
    other = _FORMS[DoubtKind.UNDATED]
    if day is None:
        return none, (other,)
    take = ops.SetMeasure(measure_id, {"due_on": day.isoformat()})
    return Answer(f"采用{day.month}月{day.day}日", take), (none, other)


def _span(fact: Mapping[str, Any]) -> tuple[int, int]:
    return fact["span"][0], fact["span"][1]
