"""What a plan says of itself: title, issuer, number, date, year, stage and kind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from intake.reader.joining import Joined, Paragraph
from intake.reader.model import PlanFacts
from intake.reader.numbering import chinese_number
from intake.reader.scans import with_digits
from intake.reader.units import squeezed

_KINDS: Final = (
    r"(?:要点|安排|计划|方案|分工|任务清单|任务分[解工]表|分[工解]表|任务书|清单|台账|一览表|汇总表|措施|"
    r"目标任务|任务|若干意见|实施意见)"
)
_STAGE: Final = r"(?:[（(\[【〔]?(?:公开)?征求意见稿[）)\]】〕]?|[（(]?(?:送审稿|讨论稿|草案|试行|审议稿)[）)]?)?"
_TITLE: Final = re.compile(rf"(?!关于|印发)(?P<title>[^。，；：、！？]{{4,60}}?{_KINDS}){_STAGE}")
_NO_TITLE_LINE: Final = re.compile(r"日$|号$|[：:]$|文件$|委员会$|办公室$|政府$")
_OPENING_TITLE: Final = re.compile(
    rf"(?P<title>[^。，；：《》]{{0,12}}20\d\d年?[^。，；：《》]{{2,40}}?(?:要点|(?:重点)?工作安排|工作计划|工作方案|实施方案|行动计划|行动方案)){_STAGE}"
)
_NOTICE: Final = re.compile(
    r"关于(?:印发|下发|公布|印送)[《〈]?(?P<title>[^。；《》〈〉]{4,80}?)[》〉]?(?:[（(][^（）()]{2,8}[）)])?的通知"
)
_QUOTED: Final = re.compile(rf"《(?:关于印发)?(?P<title>[^《》。]{{4,60}}?{_KINDS}){_STAGE}(?:的通知)?》")
_NUMBER: Final = re.compile(
    r"(?P<code>[\u4e00-\u9fff]{2,24})\s*[〔（(\[【﹝［]\s*20\d\d\s*[〕）)\]】﹞］]\s*第?\s*\d{1,4}\s*号"
)
_DAY: Final = (
    r"(?P<day>(?P<year>20\d\d|[二〇零○Ｏ一三四五六七八九]{4})\s*年\s*(?P<month>\d{1,2}|[一二三四五六七八九十]{1,2})\s*月"
    r"\s*(?P<dom>\d{1,2}|[一二三四五六七八九十]{1,3})\s*日)"
)
_DATE: Final = re.compile(rf"(?:^|(?<=[。；\s）)委会室厅局府组]))[（(]?{_DAY}(?!\s*[，,。前后以起至到—\-、开召])")
_BODY: Final = (
    r"(?:委员会办公室|委员会|办公[室厅]|人民政府|政府|[\u4e00-\u9fff]局|指挥部|领导小组|[安委]办|食安委|安委会)"
)
_SIGNED: Final = re.compile(
    rf"(?:^|(?<=要点)|(?<=安排)|[。；：:\n\s）])(?P<issuer>[\u4e00-\u9fff（）()]{{3,36}}{_BODY})\s*(?:\n\s*)?[（(]?{_DAY}"
)
_PROMULGED: Final = re.compile(rf"(?:^|号|文件|[\s\n])(?P<issuer>[\u4e00-\u9fff]{{3,36}}?{_BODY})\s*关于(?:印发|下发)")
_LETTERHEAD: Final = re.compile(rf"(?:^|\n)\s*(?P<issuer>[\u4e00-\u9fff]{{3,36}}?{_BODY})\s*文\s*件")
_SPLIT_DIGITS: Final = re.compile(r"(?<=\d)[ \t]+(?=\d)")  # 2 0日, as scans part them
_HEAD_SHARE: Final = 0.8  # of the text: a notice before a short plan may be the longer of the two
_YEAR: Final = re.compile(r"(20\d\d)|([二〇零○一三四五六七八九]{4})年")
_CHINESE_ZERO: Final = str.maketrans("○Ｏ零", "〇〇〇")


@dataclass(frozen=True, slots=True)
class Metadata:
    """The facts, and where the plan's own text begins: behind its title."""

    facts: PlanFacts
    body_start: int


def find(joined: Joined, head_end: int) -> Metadata:
    """Read the head (everything before the first heading) and the close of a plan."""
    raw_title = _title(joined, head_end)
    title = _clean_title(raw_title) if raw_title else None
    body_start = _body_start(joined, title)
    head = _digits_mended(joined.text[: max(head_end, body_start)])
    close = _digits_mended(joined.text[max(head_end, len(joined.text) - 600) :])
    issued_on = _issued_on(head, close)
    number = _document_number(head)
    facts = PlanFacts(
        title=title,
        issuer=_issuer(head, close),
        document_number=number,
        issued_on=issued_on,
        year=_year(title, number, issued_on),
        stage="consultation" if "征求意见稿" in squeezed(head) else "issued",
        kind="key_points" if title and "要点" in title else "arrangements",
    )
    return Metadata(facts, body_start)


def _digits_mended(text: str) -> str:
    return with_digits(_SPLIT_DIGITS.sub("", text))


def _title(joined: Joined, head_end: int) -> str | None:
    lines = list(_title_lines(joined, head_end))
    compact = squeezed(joined.text[:head_end])
    notice = _NOTICE.search(compact)
    if lines:
        return max(lines, key=lambda line: (_YEAR.search(line) is not None, "工作" in line))
    for match in (notice, _OPENING_TITLE.match(compact), _QUOTED.search(compact), _OPENING_TITLE.search(compact)):
        if match:
            return match["title"]
    return None


def _title_lines(joined: Joined, head_end: int) -> Iterator[str]:
    """Lines of the head, or up to three short ones together, that read as a plan's title.

    Longer ones are tried only where no shorter one names a year.
    """
    head = [paragraph for paragraph in joined.paragraphs if paragraph.span.start <= head_end]
    for size in (1, 2, 3):
        titles = [
            match["title"]
            for position in range(len(head))
            if (match := _TITLE.fullmatch(_together(joined.text, head[position : position + size])))
        ]
        yield from titles
        if any(_YEAR.search(title) for title in titles):
            return


def _together(text: str, paragraphs: Sequence[Paragraph]) -> str:
    """Lines as one; several only where all are as short as the lines of a title."""
    parts = [squeezed(text[paragraph.span.start : paragraph.span.end]) for paragraph in paragraphs]
    return (
        "".join(parts)
        if len(parts) == 1 or all(len(part) <= 30 and not _NO_TITLE_LINE.search(part) for part in parts)
        else ""
    )


def _clean_title(title: str) -> str:
    return (
        re.sub(r"^[#《〈附件\d：:]*(?=20\d\d|[\u4e00-\u9fff])|[》〉]$", "", title) if title[0] in "#《〈附" else title
    )


def _body_start(joined: Joined, title: str | None) -> int:
    """The end of the last line that is the title, in all but the text's last part; 0 where there is none."""
    best = 0
    if title:
        alone = re.compile(re.escape(title) + _STAGE)
        for paragraph in joined.paragraphs:
            line = squeezed(joined.text[paragraph.span.start : paragraph.span.end]) if _brief(paragraph) else ""
            if paragraph.span.start <= len(joined.text) * _HEAD_SHARE and alone.fullmatch(line):
                best = paragraph.span.end
    return best


def _brief(paragraph: Paragraph) -> bool:
    return paragraph.span.end - paragraph.span.start <= 120


def _document_number(head: str) -> str | None:
    for match in _NUMBER.finditer(head):
        before = head[: match.start()].rstrip()
        if not before or before[-1] not in "（(《》，":
            code = match["code"]
            code = re.split(r"文件|编号|文号|号|通知", code)[-1]
            return squeezed(code + match.group()[len(match["code"]) :]) if len(code) > 1 else squeezed(match.group())
    return None


def _issuer(head: str, close: str) -> str | None:
    """The signature beside the date, who 关于印发 names, or the letterhead."""
    for pattern, text in ((_SIGNED, head), (_SIGNED, close), (_PROMULGED, head), (_LETTERHEAD, head)):
        matches = list(pattern.finditer(text))
        if matches:
            return squeezed(matches[-1]["issuer"])
    return None


def _issued_on(head: str, close: str) -> date | None:
    for text in (head, close):
        for match in _DATE.finditer(text):
            if found := _day(match):
                return found
    return None


def _day(match: re.Match[str]) -> date | None:
    try:
        return date(_number(match["year"]), _number(match["month"]), _number(match["dom"]))
    except ValueError:
        return None


def _number(written: str) -> int:
    return int(written) if written.isdecimal() else chinese_number(written.translate(_CHINESE_ZERO))


def _year(title: str | None, number: str | None, issued_on: date | None) -> int | None:
    for source in (title, number):
        if source and (match := _YEAR.search(source)):
            return _number(match[1] or match[2])
    return issued_on.year if issued_on else None
