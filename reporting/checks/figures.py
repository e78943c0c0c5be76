"""Rules on figures: there or explained, possible in themselves, believable after the last accepted ones."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from indicators.display import plain
from indicators.formulas import is_per_residents, is_ratio, is_share
from indicators.models import Indicator, Reading
from reporting.checks.facts import FigureFacts, Limits
from reporting.checks.finding import Finding, Level
from reporting.entries.content import figure_field

HUNDRED = Decimal(100)
YEAR_TO_DATE = (Indicator.Family.CUMULATE, Indicator.Family.FLOW_RATIO)
NOTHING = "请填{}；没有数的，选“无数据”“不适用”或“无对象”，不要填0。"
NOT_APPLICABLE = Reading.Absence.NOT_APPLICABLE


def check_figure(entry: int, figure: FigureFacts, limits: Limits) -> Iterator[Finding]:
    found = list(missing(figure)) or list(impossible(figure))
    if not found and not figure.content.absence:
        found = [*falling(figure), *jumping(figure, limits)]
    for level, code, sentence in found:
        yield Finding(level, entry, figure_field(figure.indicator.pk), code, sentence)


Told = tuple[Level, str, str]


def missing(figure: FigureFacts) -> Iterator[Told]:
    """Never a silent zero: a figure, or the word why there is none."""
    content, indicator = figure.content, figure.indicator
    if content.absence:
        if content.absence == NOT_APPLICABLE and not content.explanation.strip():
            yield Level.ERROR, "reason_missing", f"{indicator.subject}选了“不适用”，请在说明里写明原因。"
    elif is_ratio(indicator):
        yield from missing_of_ratio(figure)
    elif content.value is None:
        yield Level.ERROR, "figure_missing", NOTHING.format(indicator.subject)


def missing_of_ratio(figure: FigureFacts) -> Iterator[Told]:
    content, indicator = figure.content, figure.indicator
    if content.numerator is None and content.denominator is None:
        yield Level.ERROR, "figure_missing", NOTHING.format(indicator.subject)
    elif content.denominator is None and is_per_residents(indicator):
        yield Level.ERROR, "base_missing", "本行政区还没有常住人口，不能算出每千人批次。请联系食安办先填常住人口。"
    elif content.numerator is None or content.denominator is None:
        label = indicator.numerator_label if content.numerator is None else indicator.denominator_label
        yield Level.ERROR, "half_missing", f"还缺{label or '另一个数'}，两个数都填了才能算出{indicator.subject}。"


def impossible(figure: FigureFacts) -> Iterator[Told]:
    content, indicator = figure.content, figure.indicator
    numbers = [n for n in (content.numerator, content.denominator, content.value) if n is not None]
    if any(number < 0 for number in numbers):
        yield Level.ERROR, "negative", f"{indicator.subject}不能是负数，请核对。"
    elif content.denominator == 0 and content.numerator == 0:
        yield Level.ERROR, "nought", "两个数都是0，算不出比率。没有对象的，请选“无对象”。"
    elif content.denominator == 0:
        yield Level.ERROR, "nought", f"{indicator.denominator_label or '分母'}是0，算不出比率，请核对。"
    elif is_share(indicator) and content.numerator is not None and content.denominator is not None:
        if content.numerator > content.denominator:
            yield Level.ERROR, "over", over_sentence(figure)
    elif is_share(indicator) and content.value is not None and content.value > HUNDRED:
        yield Level.ERROR, "over", f"{indicator.subject}为{plain(content.value)}%，超过了100%，请核对。"


def over_sentence(figure: FigureFacts) -> str:
    content, indicator = figure.content, figure.indicator
    top, bottom = indicator.numerator_label or "分子", indicator.denominator_label or "分母"
    both = f"{top}{plain(content.numerator)}大于{bottom}{plain(content.denominator)}"
    return f"{both}，比率会超过100%。请核对两个数是否填反。"


def pairs(figure: FigureFacts) -> Iterator[tuple[str, Decimal, Decimal]]:
    """Each number's label, now and as last accepted; of a figure per residents the batches alone."""
    content, last, indicator = figure.content, figure.last, figure.indicator
    if last is None:
        return
    named = (
        (indicator.numerator_label or "分子", content.numerator, last.numerator),
        (indicator.denominator_label or "分母", content.denominator, last.denominator),
        (indicator.subject, content.value, last.value),
    )
    for label, now, before in named[:1] if is_per_residents(indicator) else named:
        if now is not None and before is not None:
            yield label, now, before


def falling(figure: FigureFacts) -> Iterator[Told]:
    """What adds up over the year cannot shrink, unless the unit explains that the earlier figure was wrong."""
    same_year = figure.last_on is not None and figure.last_on.year == figure.on.year
    if figure.indicator.family not in YEAR_TO_DATE or not same_year or figure.content.explanation.strip():
        return
    for label, now, before in pairs(figure):
        if now < before and not is_level(figure):
            yield (
                Level.ERROR, "falling",
                f"{label}是本年累计，{plain(now)}比上次审核通过的{plain(before)}少。请填累计数；上次报错的，请在说明里写明。",
            )  # fmt: skip


def is_level(figure: FigureFacts) -> bool:
    """A score or an average rises and falls; only its family would say otherwise."""
    return figure.indicator.kind == Indicator.Kind.SCORE


def jumping(figure: FigureFacts, limits: Limits) -> Iterator[Told]:
    """Far from what the last figure lets expect: of year-to-date figures in proportion to the months gone."""
    for label, now, before in pairs(figure):
        expected = before * months_gone(figure)
        if expected and abs(now - expected) > limits.jump * expected and now != before:
            change = f"{label}从{plain(before)}变为{plain(now)}，与预计的相差超过{plain(limits.jump * 100)}%"
            yield Level.QUESTION, "jump", f"{change}。请核对有没有多填或少填一位。"


def months_gone(figure: FigureFacts) -> Decimal:
    if figure.indicator.family not in YEAR_TO_DATE or figure.last_on is None or figure.last_on.year != figure.on.year:
        return Decimal(1)
    return Decimal(figure.on.month) / Decimal(figure.last_on.month)
