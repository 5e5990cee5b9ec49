"""
A brief as a part of a link: small enough for an address, so that reload, back, two tabs and sharing simply work.

JSON without what is at its default, deflated, in URL-safe base64.
"""

import base64
import binascii
import json
import zlib

from matcher.errors import BriefError
from matcher.records import Brief
from matcher.records.said import say

MAX_LINK = 12_000
"""Characters; servers and proxies cut addresses that are much longer."""
MAX_JSON_BYTES = 400_000
"""A link is not unpacked to more than this."""


def pack(brief: Brief) -> str:
    """The link of a brief; raises BriefError for one that is too long for an address."""
    said = brief.model_dump(mode="json", exclude_defaults=True)
    packed = zlib.compress(json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode(), 9)
    link = base64.urlsafe_b64encode(packed).rstrip(b"=").decode()
    if len(link) > MAX_LINK:
        length = len(brief.text)
        what = say("is too long for the page: {n:,} characters; shorten it, or send it to POST /v1/match", n=length)
        raise BriefError(say("the brief {what}", what=what), (("text", what),))
    return link


def unpack(link: str) -> Brief:
    """The brief of a link; raises BriefError for what is none."""
    try:
        packed = base64.b64decode(link + "=" * (-len(link) % 4), altchars=b"-_", validate=True)
        opener = zlib.decompressobj()
        text = opener.decompress(packed, MAX_JSON_BYTES)
        if not opener.eof:
            raise ValueError("too long, or cut off")
        data = json.loads(text)
    except (ValueError, binascii.Error, zlib.error, RecursionError):
        raise BriefError(
            say("the link does not hold a brief; it was cut off or changed. Write the brief again.")
        ) from None
    return Brief.parse(data)
