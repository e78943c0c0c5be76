"""The source text in segments: nothing lost, marks where they lie."""

from hypothesis import given
from hypothesis import strategies as st

from tasks.marked_text import Mark, paragraphs

TEXT = "一、守护校园\n（一）食堂覆盖率达到100%。（区教体局牵头）\n\n结尾"


def test_marks_lie_where_they_are_given():
    start = TEXT.index("食堂")
    found = paragraphs(TEXT, [Mark(0, 6, "heading"), Mark(start, start + 11, "target", "i1")])
    assert [p.heading for p in found] == [True, False, False]
    assert [(s.text, s.css, s.of) for s in found[1].segments] == [
        ("（一）", "", ""),
        ("食堂覆盖率达到100%", "mark-target", "i1"),
        ("。（区教体局牵头）", "", ""),
    ]


def test_nested_marks_keep_both_kinds_and_a_number_stands_at_the_end():
    start = TEXT.index("（区教")
    marks = [Mark(start, start + 8, "unit"), Mark(start + 1, start + 5, "doubt", "a1", number=2)]
    segments = paragraphs(TEXT, marks)[1].segments
    assert [(s.text, s.kinds) for s in segments[1:]] == [
        ("（", ("unit",)),
        ("区教体局", ("unit", "doubt")),
        ("牵头）", ("unit",)),
    ]
    assert [m.number for m in segments[2].ending] == [2]


@given(
    st.text(alphabet="一二。（）\n 龘😀", max_size=80),
    st.lists(st.tuples(st.integers(-5, 90), st.integers(-5, 90)), max_size=12),
)
def test_no_text_is_lost(text, spans):
    marks = [Mark(a, b, "unit", f"a{a}") for a, b in spans]
    shown = "\n".join("".join(s.text for s in p.segments) for p in paragraphs(text, marks))
    assert shown == "\n".join(line for line in text.split("\n") if line.strip())
