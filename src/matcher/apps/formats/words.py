"""How a creator, its figures and their standing are put in words, on a terminal and in Markdown."""

from __future__ import annotations

from matcher.records import Contribution, Entry
from matcher.records.explanation import SimilarCreator
from matcher.records.overlap import OverlapMember


def name_of(entry: Entry | SimilarCreator | OverlapMember) -> str:
    """How a creator is called in a list: name and handle, or the id."""
    handle = f"@{entry.handle}" if entry.handle else ""
    return " ".join(filter(None, [entry.display_name, handle])) or entry.creator_id


def platforms(entry: Entry) -> str:
    """The first platform, and how many there are beside it."""
    more = f" +{len(entry.platforms) - 1}" if len(entry.platforms) > 1 else ""
    return f"{entry.platforms[0]}{more}" if entry.platforms else "–"


def followers(entry: Entry) -> str:
    """Followers in short: 950, 12.3k, 1.2M; – where they are not known."""
    count = entry.followers
    if count is None:
        return "–"
    if count < 1_000:
        return str(count)
    return f"{count / 1e3:.1f}k" if count < 999_950 else f"{count / 1e6:.1f}M"


def standing(part: Contribution) -> str:
    """Where a value stands among like creators; nothing where it is not known, and was taken from them."""
    if part.status == "absent":
        return ""
    if part.status == "estimated":
        return f"estimated above {part.percentile:.0%} of like creators"
    if part.percentile >= 0.985:
        return f"top {max(1, round(100 * (1 - part.percentile)))}% of like creators"
    if part.percentile <= 0.015:
        return "among the lowest of like creators"
    return f"above {part.percentile:.0%} of like creators"


def shortened(text: str, most: int) -> str:
    """Text on one line, with … where more than `most` characters are cut off."""
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[: most - 1]}…"
