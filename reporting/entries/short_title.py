"""A measure's first words as its name in a list: 学校食堂“互联网+明厨亮灶”建设. Pure."""

from __future__ import annotations

import re

LONGEST = 18  # characters
CLAUSE_END = re.compile(r"[，。；：,;\n]")
BRACKETED = re.compile(r"（[^（）]*）|\([^()]*\)")
LEADING = re.compile(
    r"^(?:(?:进一步|全面|深入|持续|大力|积极|严格|认真|扎实|切实|着力|加快|稳步|统筹|推进|推动|推行|开展|加强|强化|健全|完善|落实"
    r"|压实|组织|实行|实施|建立|规范|引导|鼓励|聚焦|围绕|做好|抓好|提升|提高|优化|整合|修订|建设)(?!化|率))+"
)
LEAST = 4


def short_title(text: str) -> str:
    """At most `LONGEST` characters, the rest as …."""
    first = CLAUSE_END.split(BRACKETED.sub("", text.strip()), maxsplit=1)[0]
    bare = LEADING.sub("", first)
    name = bare if len(bare) >= LEAST else first
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"
