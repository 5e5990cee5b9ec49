"""Posts without the hashtags that tell a subject, and grades of creators from how often they had set them."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import pyarrow as pa
from read import Topic

from matcher.matching.evaluation import GOOD
from matcher.text.characters import HASHTAG

LEAST_GOOD = 8
"""A subject with fewer good creators is not asked for."""
Grades = Mapping[str, int]
"""creator_id → grade; who is not listed never set the tag."""


@dataclass(frozen=True)
class Hidden:
    """The input as the engine gets it, and what was taken out of it."""

    posts: pa.Table
    grades: Mapping[str, Grades]
    """Topic name → grades, of the topics that are asked for."""


def grade(tagged: int, posts: int) -> int:
    """
    From how many of a creator's posts had a tag of the subject.

    3: three or more that are half of all, or two that are 65 %; 2: two or more that are a quarter; 1: any.
    """
    share = tagged / posts
    if (tagged >= 3 and share >= 0.5) or (tagged == 2 and share >= 0.65):
        return 3
    return 2 if tagged >= 2 and share >= 0.25 else 1


def hide(posts: pa.Table, topics: Sequence[Topic]) -> Hidden:
    """Take the hashtags of all topics out of all posts, captions and lists of tags alike."""
    tags = _Tags(topics)
    texts: list[str] = []
    lists: list[list[str]] = []
    tagged: dict[str, Counter[str]] = {topic.name: Counter() for topic in topics}
    columns = (posts.column(name).to_pylist() for name in ("creator_id", "platform", "text", "hashtags"))
    for creator, platform, text, listed in zip(*columns, strict=True):
        text, listed = text or "", listed or []
        own = [tag[1:] for tag in tags.written.findall(text)]
        for name in {name for tag in (*own, *listed) for name in tags.topics(tag, platform)}:
            tagged[name][creator] += 1
        texts.append(tags.written.sub(lambda tag: "" if tags.tells(tag[0][1:]) else tag[0], text))
        lists.append([tag for tag in listed if not tags.tells(tag)])
    counts = Counter(posts.column("creator_id").to_pylist())
    return Hidden(_with(posts, texts, lists), _asked(tagged, counts))


def _asked(tagged: Mapping[str, Counter[str]], posts: Counter[str]) -> dict[str, Grades]:
    grades = {name: {creator: grade(n, posts[creator]) for creator, n in of.items()} for name, of in tagged.items()}
    return {name: of for name, of in grades.items() if sum(each >= GOOD for each in of.values()) >= LEAST_GOOD}


def _with(posts: pa.Table, texts: list[str], lists: list[list[str]]) -> pa.Table:
    for name, values in (("text", texts), ("hashtags", lists)):
        at = posts.schema.get_field_index(name)
        posts = posts.set_column(at, name, pa.array(values, posts.schema.field(name).type))
    return posts


class _Tags:
    """Which topics a hashtag tells."""

    written = re.compile(HASHTAG)

    def __init__(self, topics: Iterable[Topic]) -> None:
        self._patterns = [(topic, re.compile(topic.hashtags)) for topic in topics]
        self._matching = lru_cache(maxsize=None)(self._find)

    def topics(self, tag: str, platform: str) -> list[str]:
        """Names of the topics of a platform that a tag tells."""
        return [topic.name for topic in self._matching(tag) if topic.platform == platform]

    def tells(self, tag: str) -> bool:
        """Whether it tells any topic of any platform."""
        return bool(self._matching(tag))

    def _find(self, tag: str) -> list[Topic]:
        bare = _bare(tag)
        return [topic for topic, pattern in self._patterns if pattern.fullmatch(bare)]


def _bare(tag: str) -> str:
    """Small letters and digits, without accents and signs; Thai with its own."""
    apart = unicodedata.normalize("NFKD", tag.casefold().replace("đ", "d"))
    return unicodedata.normalize("NFC", "".join(ch for ch in apart if ch.isalnum() or "\u0e00" <= ch <= "\u0e7f"))
