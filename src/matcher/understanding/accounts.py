"""Which accounts are not wanted: "no shops"."""

from __future__ import annotations

from matcher.understanding.exclusion import KINDS
from matcher.understanding.lexicon import LETTERS, pattern
from matcher.understanding.reading import Claim, Page, Read

PEOPLE = ("person", "group")
"""The kinds of accounts that are left where a text wants no shops and no brands."""
_BETWEEN = (
    r"(?:[\s-]|\b(?:a|an|any|from|with|be|online|or|of)\b|找|是|要|收|和|任何|phải|là|các|những|nhận|hợp tác với|tìm|"
    r"เป็น|รับ|พวก)*"
)
_OR = r"\s*(?:,|/|、|and|or|nor|和|或|及|與|跟|và|hoặc|hay|และ|หรือ)\s*(?:no\s+|any\s+)?"
_OURSELVES = (
    rf"(?<![{LETTERS}])(?<!who )(?<!that )(?:we|i|it|this|are|is|am|we're|it's|i'm)\s+|"
    r"(?:我們|我|這|chúng tôi|đây|เรา|นี่)\s*"
)
_HAVE = r"\b(?:have|has|having|there (?:are|is))\s+|(?:有|มี)\s*"
"""What has no shops is no shop, and no creator either: "towns that have no shops"."""
_IS_NOT = ("not", "isn't", "aren't", "不是", "không phải", "ไม่ใช่")


def read_kinds(page: Page) -> Read:
    """Kinds of accounts: people alone, where shops or brands are named as unwanted."""
    shop = pattern("shops")
    shops = rf"{shop}(?:{_OR}{shop})*"
    ahead = rf"(?P<cue>{pattern('shops_ahead')}){_BETWEEN}(?P<named>{shops})"
    for found in page.find(rf"(?:{ahead})|(?P<led>{shops})\s*{pattern('shops_behind')}"):
        if found["cue"] in _IS_NOT and page.ends_before(found.start(), _OURSELVES):
            continue  # "we are not a brand"
        if found["cue"] and page.ends_before(found.start(), _HAVE):
            continue
        start, end = found.span("named" if found["cue"] else "led")
        yield from (Claim(KINDS, kind, start, end, True, found.span()) for kind in PEOPLE)
