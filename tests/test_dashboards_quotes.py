"""The sentence behind a fact: cutting and marking the source."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dashboards.quotes import AROUND, Excerpt, bracket_around, excerpt, excerpts, unit_marks
from tasks.marked_text import Mark

TEXT = "一、总则\n（一）开展检查，覆盖率达到100%。（区教体局牵头，区市场监管局配合）加强宣传。\n责任单位：区宣传部\n"
SENTENCE = "开展检查，覆盖率达到100%。"


def spot(words: str) -> tuple[int, int]:
    return TEXT.index(words), TEXT.index(words) + len(words)


def pieces(found: Excerpt) -> list[tuple[str, tuple[str, ...]]]:
    """Each segment's text with its kinds."""
    return [(segment.text, segment.kinds) for line in found for segment in line.segments]


def test_the_whole_line_is_shown_with_the_sentence_in_it() -> None:
    assert pieces(excerpt(TEXT, *spot(SENTENCE))) == [
        ("（一）", ()),
        (SENTENCE, ("here",)),
        ("（区教体局牵头，区市场监管局配合）加强宣传。", ()),
    ]


def test_a_target_inside_the_sentence_is_marked() -> None:
    found = excerpt(TEXT, *spot(SENTENCE), [Mark(*spot("覆盖率达到100%"), "target")])
    assert ("覆盖率达到100%", ("here", "target")) in pieces(found)


def test_the_names_widen_to_their_bracket() -> None:
    mark = bracket_around(TEXT, spot("区教体局")[0], spot("区市场监管局")[1])
    assert TEXT[mark.start : mark.end] == "（区教体局牵头，区市场监管局配合）"


def test_names_without_a_bracket_stand_for_themselves() -> None:
    mark = bracket_around(TEXT, *spot("区宣传部"))
    assert TEXT[mark.start : mark.end] == "区宣传部"


def test_names_of_one_bracket_are_one_mark() -> None:
    assert len(unit_marks(TEXT, [spot("区市场监管局"), spot("区教体局")])) == 1


def test_names_in_two_sentences_are_two_marks() -> None:
    assert len(unit_marks(TEXT, [spot("区教体局"), spot("区宣传部")])) == 2


def test_names_beyond_the_text_are_no_marks() -> None:
    assert unit_marks("短文", [(50, 54)]) == []


def test_a_label_line_below_gets_an_excerpt_of_its_own() -> None:
    found = excerpts(TEXT, *spot("加强宣传。"), unit_marks(TEXT, [spot("区宣传部")]))
    assert "".join(text for text, _ in pieces(found[1])) == "责任单位：区宣传部"


def test_a_long_line_is_cut_with_dots() -> None:
    found = excerpt("前" * 2000 + "这一句。" + "后" * 2000, 2000, 2004)
    assert pieces(found) == [("……" + "前" * AROUND, ()), ("这一句。", ("here",)), ("后" * AROUND + "……", ())]


def test_rare_characters_and_emoji_do_not_shift_the_sentence() -> None:
    assert ("这一句。", ("here",)) in pieces(excerpt("龘🍚前文。这一句。", 5, 9))


def test_a_span_outside_the_text_shows_nothing() -> None:
    assert excerpt("短文", 50, 60) == ()


def test_no_text_shows_nothing() -> None:
    assert excerpts("", 3, 9, []) == []


PLACE = st.integers(0, 70)


@given(st.text("甲。（）", max_size=60), PLACE, PLACE, PLACE, PLACE)
def test_the_segments_of_the_sentence_are_the_sentence(text: str, a: int, b: int, c: int, d: int) -> None:
    start, end = sorted((a, b))
    found = excerpt(text, start, end, [Mark(min(c, d), max(c, d), "unit")])
    assert "".join(words for words, kinds in pieces(found) if "here" in kinds) == text[start:end]
