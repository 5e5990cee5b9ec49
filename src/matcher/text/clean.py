"""
Cleaning: the same words always give the same text, whatever an app or an export did to them.

NFC, not NFKC: what is hashed and embedded should still look like what was published. Invisible characters go (bidi
overrides, zero-width spaces, controls), except joiners that carry meaning: inside an emoji, or between Arabic and
Indic letters. HTML entities are resolved, URLs dropped, white space folded to single spaces.
"""

import html
import re
import unicodedata
from collections.abc import Sequence

from matcher.text.characters import BLANK, FLAG, INVISIBLE, PICTOGRAPH, SKIN, URL

_JOINED = "\u0600-\u06ff\u0750-\u077f\u0900-\u0dff\u1780-\u17ff"
_DROP = re.compile(
    f"[{INVISIBLE}]+"
    f"|(?<![{PICTOGRAPH}{SKIN}{FLAG}\ufe0f{_JOINED}])[\u200c\u200d]"
    f"|[\u200c\u200d](?![{PICTOGRAPH}{_JOINED}])"
)
_SUSPECT = re.compile(f"[{INVISIBLE}\u200c\u200d]")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_URL = re.compile(URL, re.IGNORECASE)
_BLANK = re.compile(f"[{BLANK}]")


def clean(texts: Sequence[str | None]) -> list[str]:
    """Return the text that is hashed, tokenised and embedded, one per input; None gives "". Idempotent."""
    return ["" if text is None else clean_one(text) for text in texts]


def clean_one(text: str) -> str:
    """Clean one text; repeated only when resolving an entity uncovered something new."""
    while True:
        cleaned = _pass(text)
        if cleaned == text or "&" not in cleaned:
            return cleaned
        text = cleaned


def _pass(text: str) -> str:
    if "&" in text:
        text = _ENTITY.sub(lambda entity: html.unescape(entity.group()), text)
    if _SUSPECT.search(text):
        text = _DROP.sub("", text)
    if not text.isascii():
        text = _BLANK.sub(" ", unicodedata.normalize("NFC", text))
    if "://" in text or "ww." in text or "WW." in text:
        text = _URL.sub("", text)
    return " ".join(text.split())
