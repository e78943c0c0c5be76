"""When two titles name one document: 征求意见稿 and the text as issued differ in a bracket only. Pure."""

from __future__ import annotations

import re
import unicodedata

# Brackets are plain after NFKC.
DRAFT_WORDS = re.compile(r"\((?:征求意见|送审|讨论|审议|修改|草案|初)[^()]{0,8}\)|(?:征求意见|送审|讨论|审议)稿$")
NOT_WORDS = re.compile(r"[\s《》〈〉“”\"'·]+")


def title_key(title: str) -> str:
    """The title without the words that mark a draft, without blanks, quotation marks and differences of width."""
    return DRAFT_WORDS.sub("", NOT_WORDS.sub("", unicodedata.normalize("NFKC", title)))
