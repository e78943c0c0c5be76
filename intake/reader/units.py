"""What a unit's name looks like, and how a list of them is cut: form and structure, no list of bodies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from intake.reader.brackets import CLOSING, OPENING, depth_steps

_OPEN_CLASS: Final = "".join(re.escape(char) for char in OPENING)
_CLOSE_CLASS: Final = "".join(re.escape(char) for char in CLOSING)
_NESTED: Final = re.compile(rf"[{_OPEN_CLASS}][^{_OPEN_CLASS}{_CLOSE_CLASS}]*[{_CLOSE_CLASS}]")

_BODY: Final = re.compile(  # endings that hardly anything but a public body has
    r"(?:局|委|办|厅|署|政府|委员会|办公室|[大支总中]队|海关|法院|检察院|指挥部|专班|工会|妇联|[团党县市省区工]委|科协|[残文侨工商社]联|社科联|工商联"
    r"|管委会|办事处|分局|公安|领导小组|工作组|[\u4e00-\u9fff]{3}(?:公司|集团|银行)|联席会议|联合会|供销社|供销合作总社|派出所|联社|总社|工作委员会|红十字会|银保监分局"
    r"|人大|政协|纪委监委|监委|(?:宣传|组织|统战|工作|社会工作|武装|人武|保障|管理)部)$"
)
_ORGANISATION: Final = re.compile(  # endings that bodies share with ordinary nouns
    r"(?:部|中心|集团|公司|银行|支行|分行|学校|学院|大学|医院|协会|学会|商会|基金会|街道|镇|乡|村|社区|县|区|市|州|旗|小组|科|股|室|所|站|院|社|馆|台|处"
    r"|队|场|厂|段|单位|部门|机构|企业|组织|园|会|军|警)$"
)
_NO_BODY: Final = re.compile(
    r"(?:结|格|布|时|全|大|残|破|定)局$|(?:举|督|查|严|开|兴|创|协|承|主|来|照|申|补|换|联|快|即)办$|(?:场|厕|住|处)所$|(?:内|外|全|干|局|底|顶)部$"
    r"|(?:平|后|前|柜|舞|灶)台$|(?:超|城|门|夜|早)市$|(?:好|坏|各|到|害|用)处$|(?:地|景|辖|片|库|校|厂|院|小|山|牧|灾|产|全)区$|(?:教|浴|考|温|卧|厨)室$"
    r"|的|(?<!自)由|第[一二三四五六七八九十\d]+[项条款]|开展|加强|做好|网站$|大会$|社会$|机会$|会会$|[和与及]$|(?:责任|负责|管理|监督)人?$"
)
_LEVEL: Final = re.compile(
    r"^(?:国家|中央|中共|省|自治区|市(?!场|容环|政园|政公|政设|政管)|县(?!域)|区(?!域|划)|州|盟|旗|镇|乡(?!村)|街道|团(?=市|区|县|省)"
    r"|各|相关|有关|其他|其它|所有|全体|属地|驻)"
)
_PLACE: Final = re.compile(
    r"^[\u4e00-\u9fff]{1,8}?(?:省|市|县|区|州|旗|盟|镇|乡|街道|新区|开发区)(?=[\u4e00-\u9fff（(]{2})"
)
_GENERIC_WORDS: Final = (
    r"县|市|区|乡|镇|街|街道|街道办|镇办|镇街办|办事处|开发区|园区|功能区|管委会|社区|村"
    r"|政府|人民政府|部门|单位|成员单位"
)
_INNER: Final = re.compile(
    r"(?!含|包括|不含|包含|如|即|指|见|详见|附|原)"
    r"[\u4e00-\u9fffA-Za-z0-9]{2,12}(?:股室?|科室?|处室?|室|所|站|[大中支]?队|中心|专班)$"
)
_GENERIC: Final = re.compile(rf"(?:{_GENERIC_WORDS}|[（()）、])+")
_OWN_GOVERNMENT: Final = re.compile(r"[省市县区州旗镇乡](?:人民)?政府|[省市县区]管委会|[县市区]")
_GROUP: Final = re.compile(
    r"各|(?:成员|相关|有关|责任)单位$|(?:相关|有关|责任|主管|监管|职能|行业|其他|其它)(?:职能|行业|监管|主管|责任)*(?:部门|单位|机构|企业|成员单位|科室|股室|镇街?|乡镇|街道)$"
    r"|^(?:其他|其它|所有|全体|有关|相关|属地).*(?:政府|部门|单位|[镇乡局办委会]|街道|企业|机构)$|^[省市县区]直(?:部门|单位)$"
)
_NOBODY: Final = re.compile(
    r"^(?:各|[省市县区]直?|本级|等|的|其他|其它|所有|级)*(?:相关|有关|责任|职能|行业|主管|监管)+(?:职能|行业|监管|主管|责任|相关|有关)*(?:部门|单位|机构|企业|科室|股室|方面)$"
)
_CLOSES_LIST: Final = re.compile(
    r"等(?:各?(?:相关|有关|职能|责任|成员|行业|主管|监管|其他)*(?:部门|单位|机构|成员单位|企业)?)?$"
)
_LEADING: Final = re.compile(r"^(?:并由|由|请|责成|会同|协同|以及|及|与|暨|另|均由|其中|和(?=[各市县区]))+")
_TRAILING: Final = re.compile(r"(?:分别|共同|同时|具体|积极|为主|牵头|会同|一起|双方|各自)+$")
_AND: Final = re.compile(r"以及|会同|[和及与暨]")
_HARD: Final = "、，,；;／/|。:："
_TOO_LONG: Final = 40


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a list of units: `text` without white space, `start`…`end` in the list that was cut.

    `closed` says that 等 or 等部门 stood behind it.
    """

    text: str
    start: int
    end: int
    closed: bool = False


def is_unit(name: str) -> bool:
    """Whether a name has the form of a unit, standing in a list that names units for other reasons."""
    bare = without_nested(name)
    return 1 < len(name) <= _TOO_LONG and bool(
        is_group(name) or ((_BODY.search(bare) or _ORGANISATION.search(bare)) and not _NO_BODY.search(bare))
    )


def is_body(name: str) -> bool:
    """Whether a name ends as hardly anything but a public body does (局, 委员会, 大队)."""
    return bool(_BODY.search(without_nested(name)))


def is_surely_unit(name: str) -> bool:
    """Whether the form alone says unit: a body's ending, or a weaker one behind a level, a place or 各."""
    bare = without_nested(name)
    if not is_unit(name):
        return False
    placed = _LEVEL.match(bare) or _PLACE.match(bare) or is_place(bare)
    return is_group(name) or bool(_BODY.search(bare) or (len(bare) > 2 and placed))


def is_place(name: str) -> bool:
    """A town, county or the like by itself: it can be a unit or only a place."""
    return bool(re.search(r"(?:镇|乡|街道|县|区|市|村|社区|州|旗)$", without_nested(name)))


def is_inner(name: str) -> bool:
    """A part of one body by its form (食品生产股), which ordinary nouns may share."""
    return is_unit(name) and bool(_INNER.fullmatch(name))


def is_generic(name: str) -> bool:
    """A kind of place or body without 各: 社区, 市、区."""
    return bool(_GENERIC.fullmatch(name))


def is_group(name: str) -> bool:
    """Whether a name stands for several units."""
    if _OWN_GOVERNMENT.fullmatch(name):
        return False
    return bool(_GROUP.search(name) or _GENERIC.fullmatch(name))


def is_nobody(name: str) -> bool:
    """Whether a name is nobody in particular: 相关部门, 各有关单位."""
    return bool(_NOBODY.match(name))


def without_nested(name: str) -> str:
    """区委宣传部（网信办） → 区委宣传部."""
    return _NESTED.sub("", name) or name


def cut(text: str) -> Iterator[Item]:
    """The entries of a list of units without white space: cut at commas and at 和 between units."""
    depths = depth_steps(text)
    start = 0
    for position, char in enumerate(text):
        if depths[position] == 0 and char in _HARD:
            yield from _entries(text, start, position)
            start = position + 1
    yield from _entries(text, start, len(text))


def _entries(text: str, start: int, end: int) -> Iterator[Item]:
    for first, last in _conjoined(text, start, end):
        item = _trimmed(text, first, last)
        if item.text or item.closed:
            yield item


def stands_apart(word: str) -> bool:
    """Whether a word between spaces is a whole unit, so that the spaces part a list; else they are a scan's."""
    name = _CLOSES_LIST.sub("", word)
    return is_surely_unit(name) and not _GENERIC.fullmatch(name)


def _conjoined(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut at 和, 及 and 与 where a whole unit stands before it, so that 文化和旅游局 stays one."""
    depths = depth_steps(text[start:end])
    left = start
    for match in _AND.finditer(text[start:end]):
        here = match.start() + start
        before, after = text[left:here], text[here + len(match.group()) : end]
        if depths[match.start()] == 0 and len(after) > 1 and is_unit(_LEADING.sub("", before)):
            yield left, here
            left = here + len(match.group())
    yield left, end


def _trimmed(text: str, start: int, end: int) -> Item:
    """The entry without the words around the name; its span keeps to the name."""
    raw = text[start:end].rstrip("。.")
    if (lead := _LEADING.match(raw)) and len(raw) > lead.end():
        start, raw = start + lead.end(), raw[lead.end() :]
    closing = _CLOSES_LIST.search(raw)
    raw = _TRAILING.sub("", raw[: closing.start()] if closing else raw)
    return Item(raw, start, start + len(raw), bool(closing))


def squeezed(text: str) -> str:
    """Text without any white space."""
    return "".join(text.split())
