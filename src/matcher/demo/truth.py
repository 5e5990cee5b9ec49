"""What is really so: each creator's topics, language, role and cheat, for tests and benchmarks to measure against."""

import json
from collections.abc import Iterator
from typing import Any

from matcher.demo.cast import CHEATS, KINDS, MIXES, PASSER_BY, ROLES, VIRAL, Cast
from matcher.demo.setting import LANGUAGES, MARKETS, NICHES

_MARKETS = tuple(MARKETS)


def _topic(cast: Cast, i: int, place: int) -> dict[str, Any]:
    topic, niche = NICHES[cast.niches[i, place]]
    return {"topic": topic, "niche": niche, "share": round(float(cast.shares[i, place]), 3)}


def truth_of(cast: Cast, i: int) -> dict[str, Any]:
    """The truth about one creator, as JSON."""
    shared = [place for place in range(cast.topics.shape[1]) if cast.shares[i, place] > 0]
    return {
        "creator_id": f"c{i:06d}",
        "market": _MARKETS[cast.market[i]],
        "language": LANGUAGES[cast.language[i]],
        "mixed_language": MIXES[cast.mix[i]],
        "role": ROLES[cast.role[i]],
        "account_kind": KINDS[cast.kind[i]],
        "topics": [_topic(cast, i, place) for place in shared],
        "viral_topic": NICHES[cast.niches[i, VIRAL]][0] if cast.role[i] == PASSER_BY else None,
        "followers": int(cast.followers[i]),
        "real_followers": int(cast.real_followers[i]),
        "cheat": CHEATS[cast.cheat[i]],
        "quality": round(float(cast.quality[i]), 3),
        "sponsored_share": round(float(cast.sponsored_share[i]), 3),
        "gaps": [name for name, flags in cast.gaps.items() if flags[i]],
    }


def truth_lines(cast: Cast) -> Iterator[str]:
    """One JSON line per creator."""
    return (json.dumps(truth_of(cast, i), ensure_ascii=False) + "\n" for i in range(len(cast)))
