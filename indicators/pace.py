"""Where a target ought to stand at a figure's date, where it is heading, and what a month must bring. Pure.

A figure is measured at its own date, not today. Time is counted in working days of the span from the year's beginning
to the day by which the target is to be reached.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from core.calendar import DayCount
from indicators.display import amount, day_text, percent
from indicators.formulas import (
    RISING,
    Comparator,
    Family,
    Path,
    counted_in,
    is_ratio,
    is_share,
    lacking,
    scale_of,
    target_of,
)
from indicators.models import Indicator
from indicators.totals import Total

DAY = timedelta(days=1)
WHOLE = Fraction(1)


@dataclass(frozen=True, slots=True)
class Span:
    """From the first day of the plan's year to `end`, by which the target is to be reached."""

    start: date
    end: date
    days: DayCount

    def gone(self, on: date, since: date | None = None) -> Fraction:
        """The share of the span's working days that is over on the date, 0 to 1; counted after `since` if given."""
        first = self.start - DAY if since is None else since
        whole = self.days.between(first, self.end)
        if on >= self.end or whole <= 0:
            return WHOLE
        return max(Fraction(self.days.between(first, on), whole), Fraction(0))


@dataclass(frozen=True, slots=True)
class First:
    """The year's first figure, from which a target is climbed where nobody has entered the baseline."""

    on: date
    value: Fraction


@dataclass(frozen=True, slots=True)
class Expected:
    """What the figure should come to by its date; `value` None where nothing can be expected yet. `basis` says in
    words how it was reckoned; `provisional` that the true starting point is unknown."""

    value: Fraction | None
    basis: str
    provisional: bool = False


def expected_at(indicator: Indicator, on: date, span: Span, first: First | None = None) -> Expected:
    """By family and path; see `docs/decisions.md` for what each rests on."""
    target, gone = target_of(indicator), span.gone(on)
    if indicator.comparator == Comparator.EQUAL and on < span.end:
        return Expected(None, f"要求正好等于目标，{day_text(span.end)}到期时判定")
    if on >= span.end:
        return Expected(target, f"{day_text(span.end)}到期，按目标判定")
    if indicator.family == Family.CUMULATE:
        basis = f"到{day_text(on)}工作日过了{percent(gone)}，按目标{amount(indicator, target)}折算"
        return Expected(target * gone, basis)
    if indicator.path == Path.HOLD:
        return Expected(target, "每次都要达到目标")
    return _climbed(indicator, on, span, first)


def climbs_from_first(indicator: Indicator) -> bool:
    """Whether the year's first figure is what the target is climbed from: nobody has entered the baseline."""
    climbs = indicator.family != Family.CUMULATE and indicator.path == Path.CLIMB
    return climbs and indicator.baseline is None


def _climbed(indicator: Indicator, on: date, span: Span, first: First | None) -> Expected:
    """On the straight line from the baseline, or from the year's first figure, to the target."""
    target, gone = target_of(indicator), span.gone(on)
    if indicator.baseline is not None:
        start = Fraction(indicator.baseline)
        words = f"从基数{amount(indicator, start)}到目标{amount(indicator, target)}，工作日过了{percent(gone)}"
        return Expected(start + (target - start) * gone, words)
    if first is None or first.on >= on:
        return Expected(None, "没有年初基数，这是今年第一次的数，还看不出进度", provisional=True)
    part = span.gone(on, since=first.on)
    words = f"没有年初基数，从{day_text(first.on)}的{amount(indicator, first.value)}起算，之后工作日过了{percent(part)}"
    return Expected(first.value + (target - first.value) * part, words, provisional=True)


def progress(indicator: Indicator, value: Fraction, expected: Fraction) -> Fraction:
    """The share of what was expected: 1 is as expected, less is behind. Where lower is better it is inverted, and of an
    exact number where it is exceeded."""
    if indicator.comparator in RISING or (indicator.comparator == Comparator.EQUAL and value <= expected):
        return value / expected if expected > 0 else WHOLE
    return expected / value if value > 0 else WHOLE


@dataclass(frozen=True, slots=True)
class Forecast:
    """`value` is what the straight line leads to on `on`; `basis` in words."""

    value: Fraction
    on: date
    basis: str


def forecast(
    indicator: Indicator, value: Fraction, on: date, span: Span, first: First | None = None
) -> Forecast | None:
    """To the end of the span. None for what is held each time, for an exact target, and before there is a line."""
    gone = span.gone(on)
    if on >= span.end or indicator.comparator == Comparator.EQUAL or not gone:
        return None
    if indicator.family == Family.CUMULATE:
        return Forecast(value / gone, span.end, f"前{percent(gone)}的工作日匀速推算")
    if indicator.path == Path.HOLD:
        return None
    if indicator.baseline is not None:
        start = Fraction(indicator.baseline)
        basis = f"从基数{amount(indicator, start)}起，按前{percent(gone)}的工作日匀速推算"
        return Forecast(_within(indicator, start + (value - start) / gone), span.end, basis)
    part = span.gone(on, since=first.on) if first and first.on < on else Fraction(0)
    if first is None or not part:
        return None
    basis = f"从{day_text(first.on)}的{amount(indicator, first.value)}起匀速推算"
    return Forecast(_within(indicator, first.value + (value - first.value) / part), span.end, basis)


def _within(indicator: Indicator, value: Fraction) -> Fraction:
    """Nothing falls below nought, and no share rises above all."""
    most = Fraction(scale_of(indicator)) if is_share(indicator) else value
    return max(min(value, most), Fraction(0))


@dataclass(frozen=True, slots=True)
class Need:
    """What is still to be done, in whole units of the numerator (`word`: 批次, 所): in all, and in each of the `months`
    left, of which there may be none."""

    lacking: int
    months: int
    word: str

    @property
    def monthly(self) -> int | None:
        return -(-self.lacking // self.months) if self.months else None


def need(indicator: Indicator, total: Total, end: date, today: date | None = None) -> Need | None:
    """How many more reach the target, with the denominator as it is, in the months that are left from today on (from
    the figure's date where no day is given). None for levels, for what is held each time,
    where lower is better, and where nothing is lacking."""
    climbs = indicator.family == Family.CUMULATE or indicator.path == Path.CLIMB
    if total.numerator is None or indicator.comparator not in RISING or not climbs:
        return None
    if total.denominator is None and is_ratio(indicator):
        return None
    bottom = WHOLE if total.denominator is None else Fraction(total.denominator)
    count = lacking(indicator, total.numerator, bottom)
    months = months_between(max(total.on, today or total.on), end)
    return Need(count, months, counted_in(indicator)) if count > 0 else None


def months_between(on: date, end: date) -> int:
    """Months left after the date, a begun one as a whole; 0 once `end` is reached."""
    if on >= end:
        return 0
    at_month_end = (on + DAY).month != on.month
    return max((end.year - on.year) * 12 + end.month - on.month + (not at_month_end), 1)
