"""Whatever the text, targets are read without raising, their spans hold their quotes, white space changes nothing."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from intake.reader.model import Span
from intake.reader.targets import Context, find
from tests.test_reader_targets import facts, read

VOCABULARY = (
    "达到 率 合格 覆盖 抽检 、 和 ， 。 ； 100% 3 家 批次/千人 （ ） “ ” 全覆盖 实现 对 所有 的 分别 下降 至 一 十 每 "
    "企业 食堂 不低于 以上 以内 年 新建 检查"
)
WORDS = st.sampled_from([*VOCABULARY.split(), "\n"])


@given(st.lists(WORDS, max_size=60).map("".join) | st.text(max_size=120))
@settings(max_examples=300, deadline=None)
def test_whatever_the_text_spans_lie_in_it_and_hold_their_quotes(text: str) -> None:
    for found in find(text, [Context(1, 1, "强化检查", "", Span(0, len(text)))]):
        assert 0 <= found.span.start < found.span.end <= len(text)
        assert "".join(text[found.span.start : found.span.end].split()) == found.quote
        assert found.subject


@given(st.integers(-5, 40), st.integers(-5, 40), st.integers(0, 3))
def test_contexts_that_do_not_fit_the_text_never_raise(start: int, end: int, measure: int) -> None:
    text = "面馆检查覆盖率达到90%。"
    assert isinstance(find(text, [Context(1, measure, "面馆", "", Span(start, end))]), tuple)


SENTENCES = st.sampled_from(
    [
        "推进“阳光车间”建设，糕点企业覆盖率达到90%，合格率达到95%以上。",
        "新增步道18公里、绿地30公顷，培育三家以上放心作坊。",
        "州级、县级问题糕点核查率达到100%，处置率不低于95%。",
    ]
)


@given(SENTENCES, st.data())
def test_white_space_changes_nothing(sentence: str, data: st.DataObject) -> None:
    gaps = data.draw(
        st.lists(st.sampled_from(["", "", " ", "\n", "　"]), min_size=len(sentence), max_size=len(sentence))
    )
    spaced = "".join(gap + char for gap, char in zip(gaps, sentence, strict=True))
    assert facts(spaced) == facts(sentence)


def test_a_text_without_full_stops_is_read_in_bounded_steps() -> None:
    """A run-on text of 50 000 characters without a full stop is read whole."""
    text = "合格率、处置率达到100%，检查覆盖率" * 3_000
    assert len(read(text)) > 3_000
