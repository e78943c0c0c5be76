"""The full name that a clerk would enter for a unit as written: prefixes restored, doubled words mended."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from intake.reader import units

_PREFIX: Final = re.compile(
    r"(?:团(?=[省市县区州旗]委)|(?:[高经]?新|经开|高开|开发|示范|试验|保税|自贸|度假|管理)区|省|市(?!场|容(?!局)|政(?!府|协|法|务|数)|直)|县(?!域|直|区|级)|区(?!域|划|直|县|内|级)|州|旗|盟|镇(?!街|办|村(?!镇))|乡(?!村|镇|贤))(?=[\u4e00-\u9fff]{2})"
)
_LEAGUE: Final = "团"  # 团县委: a level's Youth League, whose prefix no other body bears
_PARTY: Final = re.compile(r"([省市县区州旗])委(?=.{2})(?!员)")
_PARTY_ORGAN: Final = re.compile(
    r"(?:组织|宣传|统战|社会工作)部|政法委|网信办|编办|(?:巡察|改革|外事|国安|军民融合|依法治.|台)办|党校|政研室|农办|机要局|老干部局"
)
_LOCAL: Final = re.compile(
    r"(?:局|委|办|办公室|委员会|部|法院|检察院|工会|妇联|科协|残联|工商联|供销社|联社|总社|中心|专班|支队|大队|指挥部|社|团委|院|处|队)$"
)
_BARE_OFFICE: Final = re.compile(r"办公室|委员会|指挥部|中心|专班|支队|大队")  # a body's own office, not a level's
_FOREIGN: Final = re.compile(
    r"分局|分公司|^(?:国家|中国|中央|省|中铁|国网|驻|海关)|(?:海关|公司|集团|银行|学校|学院|大学|医院|协会|学会|商会)$"
)
_ELSEWHERE: Final = re.compile(r"[\u4e00-\u9fff]{2,4}(?:省|市(?!场|容|政)|县|区(?!域|划))(?=[\u4e00-\u9fff]{2})")
_TOWNS: Final = "镇乡"
_PLACE_END: Final = re.compile(r"[县区市镇乡]$")
_GOVERNMENT: Final = re.compile(r"(?:人民政府|政府|管委会|办事处)$")
_COMMITTEE: Final = re.compile(r"(各.{1,8}?)(?:党委|党工委)")  # 各镇党委、政府
_BARE_GROUP: Final = re.compile(
    r"街道办事处|街道办|街道|乡镇|镇街|街镇|镇|乡|办事处|镇办|开发区|园区|功能区|管委会|成员单位"
)
_PLACE: Final = re.compile(
    r"([\u4e00-\u9fff]{2,6}?)(?:(?:[高经]?新|经开|高开|开发|示范|试验|度假)区|自治[州县]|[省市县区州旗镇乡])"
)
_DOUBLED_END: Final = re.compile(r"(局|委|办|厅|部|院|会|府|队|处)\1$")
_DOUBLED_START: Final = re.compile(r"^([省市县区州旗镇乡])\1(?!场|政|容)")


@dataclass(frozen=True, slots=True)
class Register:
    """What the whole plan says of its units' names: those written in full, its usual prefix, its places."""

    known: frozenset[str]
    prefix: str | None
    places: tuple[str, ...]


def register(surfaces: Iterable[str], title: str) -> Register:
    """Take stock of all names in the plan; the usual prefix is the one that most of its local bodies bear."""
    counts = Counter(surfaces)
    prefixes = Counter[str]()
    for name, times in counts.items():
        if (prefix := own_prefix(name)) and _lends(name):
            prefixes[prefix] += times
    most = prefixes.most_common(1)
    bare = sum(times for name, times in counts.items() if not own_prefix(name) and _is_local(name, ()))
    usual = most[0][0] if most and most[0][1] * 4 >= bare else None
    return Register(frozenset(counts), usual, tuple(_PLACE.findall(re.sub(r"\d+年?", "", title)))[:4])


def own_prefix(name: str) -> str | None:
    """The level that a name begins with (区 in 区教育局, 新区, 团 in 团县委), else None; 市场监管局 has none."""
    match = _PREFIX.match(name)
    return match.group() if match else None


def full_names(surfaces: Sequence[str], known: Register) -> list[str]:
    """The full names of one bracket's list, in order."""
    full: list[str] = []
    for position, surface in enumerate(surfaces):
        mended = _mended(units_folded(surface), known)
        if units.is_group(mended):
            full.append(_group_name(mended, full))
        elif _PLACE_END.search(mended):
            full.append(_with_government(mended, surfaces[position + 1 :]))
        else:
            full.append(_prefixed(mended, full, known))
    return full


def units_folded(surface: str) -> str:
    """Half-width brackets in a name widened: 区县(市)政府 → 区县（市）政府."""
    return surface.replace("(", "（").replace(")", "）")


def _mended(name: str, known: Register) -> str:
    """A doubled word taken out: 教育局局, 区区教育局, a name written twice, a level before another's full name."""
    name = _DOUBLED_START.sub(r"\1", _DOUBLED_END.sub(r"\1", name))
    half = len(name) // 2
    if len(name) > 5 and name[:half] == name[half:]:
        return name[:half]
    rest = name[1:]
    if name not in known.known or own_prefix(rest):
        return rest if rest in known.known and own_prefix(name) and own_prefix(rest) else name
    return name


def _group_name(name: str, before: Sequence[str]) -> str:
    """各 carried on: 各镇、办事处 → 各镇、各办事处."""
    if before and _GOVERNMENT.fullmatch(name) and (party := _COMMITTEE.fullmatch(before[-1])):
        return party[1] + name
    carried = any(other.startswith("各") for other in before) and _BARE_GROUP.fullmatch(name)
    return f"各{name}" if carried else name


def _with_government(name: str, after: Sequence[str]) -> str:
    """政府 carried back: 云泽县、青禾区政府 → 云泽县政府、青禾区政府."""
    for other in after:
        if (ending := _GOVERNMENT.search(other)) and not units.is_group(other):
            return name + ending.group()
        if not _PLACE_END.search(other):
            break
    return name


def _lends(name: str) -> bool:
    """Whether a name's prefix holds for the names behind it too."""
    return own_prefix(name) != _LEAGUE and not _FOREIGN.search(name)


def _is_local(name: str, places: Sequence[str]) -> bool:
    return bool(_LOCAL.search(units.without_nested(name))) and not (
        _FOREIGN.search(name)
        or _ELSEWHERE.match(name)
        or units.is_group(name)
        or _BARE_OFFICE.fullmatch(name)
        or name[:1].isascii()  # 12315指挥中心
        or any(name.startswith(place) for place in places)
    )


def _prefixed(name: str, before: Sequence[str], known: Register) -> str:
    """A local body's name with the prefix that its list, or else the plan, gives."""
    if own_prefix(name) or not (name == "公安分局" or _is_local(name, known.places)):
        return name
    near = next((prefix for other in reversed(before) if _lends(other) and (prefix := own_prefix(other))), None)
    prefix = near or known.prefix
    if prefix is None or (prefix in _TOWNS and name.startswith(prefix)):
        return name  # 镇村建办 bears its prefix; only 市 and 区 begin other words too (市市场监管局)
    party = f"{prefix}委{name}"
    plain = prefix + name
    if plain not in known.known and (
        party in known.known or (_PARTY_ORGAN.search(name) and _follows_party(before, prefix))
    ):
        return party
    return plain


def _follows_party(before: Sequence[str], prefix: str) -> bool:
    return bool(before) and before[-1].startswith(f"{prefix}委") and bool(_PARTY.match(before[-1]))
