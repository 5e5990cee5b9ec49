"""Platforms by their other names: "IG" and "Insta" are instagram. One that is not listed goes by its own name."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

_SAME = (
    ("instagram", "ig", "insta"),
    ("facebook", "fb", "臉書", "脸书"),
    ("youtube", "yt", "you tube"),
    ("tiktok", "tik tok", "tt"),
    ("twitter", "x", "推特"),
    ("xiaohongshu", "小紅書", "小红书", "xhs", "rednote"),
    ("douyin", "抖音"),
)
_NAMES = {name: names for names in _SAME for name in names}


def platform_names(written: str) -> tuple[str, ...]:
    """Every name of a platform, in lower case; the name itself where it has no other."""
    name = " ".join(written.casefold().split())
    return _NAMES.get(name, (name,))


def platform_like(written: str, known: Iterable[str]) -> str | None:
    """The one of these platforms whose name is nearest to a misspelt one, None where none is near."""
    near = difflib.get_close_matches(written.casefold(), list(known), n=1, cutoff=0.75)
    return near[0] if near else None
