"""What a government page states about its text beside it: title, document number and day of issue."""

from __future__ import annotations

import re
from dataclasses import dataclass

from intake.reader.formats.characters import clean, squeeze
from intake.reader.formats.package import Element

_TITLE_META = ("articletitle", "og:title")
_NO_TITLE = re.compile(r"^.{0,7}$|(?:政府|网|网站|门户|局|委员会|首页|正文)$")
_SITE = re.compile(r"\s*(?:[_|｜]|--+|\s[-–—]\s|-(?=[^-]*(?:政府|网|门户|局|委)[^-]*$)).*$")
_MARK = r"[\]】:：\s]*"
_NUMBER = re.compile(
    rf"(?:发文字号|发文文号|文号){_MARK}([\u4e00-\u9fff]{{2,14}}[〔\[（(【]20\d\d[〕\]）)】]第?\d{{1,4}}号)"
)
_DAY = re.compile(rf"(?:成文日期|印发日期|发文日期){_MARK}(20\d\d)[-/.年](\d{{1,2}})[-/.月](\d{{1,2}})")


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """Each as a document would write it (2025年3月21日); empty where the page does not say."""

    number: str
    day: str
    title: str


def page_metadata(root: Element) -> PageMetadata:
    """What the whole page says, its frame included."""
    text = squeeze(root.text_content())
    number, day = _NUMBER.search(text), _DAY.search(text)
    return PageMetadata(
        number=number[1] if number else "",
        day=f"{day[1]}年{int(day[2])}月{int(day[3])}日" if day else "",
        title=_title(root),
    )


def _title(root: Element) -> str:
    """The title in the page's data, its only <h1>, or its <title> without the site's name."""
    stated = {
        (meta.get("name") or meta.get("property") or "").lower(): meta.get("content") for meta in root.iter("meta")
    }
    for name in _TITLE_META:
        if title := clean(stated.get(name) or ""):
            return title
    headings = [clean(heading.text_content()) for heading in root.iter("h1")]
    if len(headings) == 1 and headings[0]:
        return headings[0]
    named = _SITE.sub("", clean(root.findtext(".//title") or ""))
    return "" if _NO_TITLE.search(named) else named
