"""What a figure comes to, in words, against its target."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from indicators.models import Indicator
from reporting.entries.content import FigureContent
from reporting.entries.formulas import formula_text, result_of


def indicator(**fields: Any) -> Indicator:
    """A coverage of 100 %, counted in 所."""
    facts = {
        "pk": 7, "subject": "学校食堂明厨亮灶覆盖率", "comparator": ">=", "value": Decimal(100), "unit": "%",
        "numerator_label": "已建成学校食堂（所）", "denominator_label": "学校食堂总数（所）",
        "family": Indicator.Family.STOCK, "path": Indicator.Path.CLIMB,
    }  # fmt: skip
    return Indicator(**facts | fields)


def ratio(top: str, bottom: str) -> FigureContent:
    return FigureContent(7, numerator=Decimal(top), denominator=Decimal(bottom))


def test_a_share_says_what_is_missing() -> None:
    result = result_of(indicator(), ratio("120", "130"))
    assert result
    assert (result.text, result.remark, result.met) == ("92.3%", "还差10所，未达标", False)


def test_a_share_that_is_reached() -> None:
    result = result_of(indicator(), ratio("130", "130"))
    assert result
    assert (result.text, result.remark) == ("100%", "已达标")


def test_rounding_does_not_hide_a_miss() -> None:
    result = result_of(indicator(), ratio("99990", "100000"))
    assert result
    assert result.text == "99.99%"


def test_what_is_held_names_its_target() -> None:
    held = indicator(value=Decimal(98), path=Indicator.Path.HOLD)
    result = result_of(held, ratio("970", "1000"))
    assert result
    assert result.remark == "目标≥98%，未达标"


def test_batches_per_thousand_residents() -> None:
    sampled = indicator(unit="批次/千人", value=Decimal("3.2"), numerator_label="抽检批次")
    result = result_of(sampled, ratio("1500", "486"))
    assert result
    assert (result.text, result.remark) == ("3.09批次/千人", "还差56批次，未达标")


def test_lower_is_better() -> None:
    result = result_of(indicator(comparator="<=", value=Decimal(2)), ratio("1", "100"))
    assert result
    assert result.met


@pytest.mark.parametrize("figure", [ratio("0", "0"), FigureContent(7), FigureContent(7, absence="no_data")])
def test_nothing_to_compute(figure: FigureContent) -> None:
    assert result_of(indicator(), figure) is None


def test_the_formula_reads_as_it_is_computed() -> None:
    assert formula_text(indicator(), ratio("112", "130")) == "112 ÷ 130 ＝ 86.2%"
