"""Captions and hashtags: phrases drawn for each post and joined in one go."""

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from matcher.demo.arrays import Flags, Ints
from matcher.demo.cast import BRAND, SHOP, Cast
from matcher.demo.feed import LABEL_ONLY, ORGANIC, WORDS_ONLY, Feed
from matcher.demo.lexicon import NOTHING, Lexicon
from matcher.demo.setting import INSTAGRAM, THREADS, TOPICS, YOUTUBE

_NAMES = list(TOPICS)
_OUTDOORS = ("street_food", "coffee", "hiking", "travel", "photography", "running", "motoring", "vegan", "baking")
PLACE_CHANCE = np.array([0.45 if name in _OUTDOORS else 0.12 for name in _NAMES])
# by platform: instagram, tiktok, youtube, threads
LENGTH = np.array([1.0, 0.65, 0.45, 1.1])
"""How readily a caption takes another sentence."""
TAGGING = np.array([1.0, 0.95, 0.6, 0.3])
NO_TEXT, ONLY_EMOJI, ONLY_TAGS = 0.004, 0.014, 0.026
"""Edges of the shares of odd captions: none at all, emoji only, hashtags only."""
Slots = list[Ints]


def _maybe(rng: np.random.Generator, chance: float | Any, positions: Ints) -> Ints:
    return np.where(rng.random(len(positions)) < chance, positions, NOTHING)


def _sentences(rng: np.random.Generator, lexicon: Lexicon, cast: Cast, feed: Feed) -> Slots:
    language, second, long = feed.language, feed.second_language, LENGTH[feed.platform]
    market, sells = cast.market[feed.creator], np.isin(cast.kind[feed.creator], (SHOP, BRAND))
    opener = _maybe(rng, 0.42 * long, lexicon["openers"].pick(rng, second))
    has_words = feed.sponsorship >= WORDS_ONLY
    closer = np.where(sells, lexicon["shop_closers"].pick(rng, language), lexicon["closers"].pick(rng, language))
    sponsor = np.where(has_words, lexicon["disclosed"].pick(rng, language, feed.brand), NOTHING)
    labelled = _maybe(rng, 0.6, lexicon["labelled"].pick(rng, language, feed.brand))
    sponsor = np.where(feed.sponsorship == LABEL_ONLY, labelled, sponsor)
    named = np.where(feed.mentions_brand, lexicon["mentioned"].pick(rng, language, feed.brand), NOTHING)
    first, second_emoji = (lexicon["emoji"].pick(rng, feed.topic) for _ in range(2))
    return [
        np.where(feed.sponsorship == ORGANIC, opener, NOTHING),  # one opener says "not sponsored"
        lexicon["leads"].pick(rng, language, feed.niche),
        _maybe(rng, 0.85 * long, lexicon["facts"].pick(rng, language, feed.niche)),
        _maybe(rng, 0.55 * long, lexicon["opinions"].pick(rng, second)),
        _maybe(rng, PLACE_CHANCE[feed.topic], lexicon["places"].pick(rng, language, market)),
        named,
        _maybe(rng, 0.5 * long, closer),
        sponsor,
        _maybe(rng, 0.55, first),
        _maybe(rng, 0.25, np.where(second_emoji == first, NOTHING, second_emoji)),
    ]


def _tag_slots(rng: np.random.Generator, lexicon: Lexicon, cast: Cast, feed: Feed) -> Slots:
    language, often, market = feed.language, TAGGING[feed.platform], cast.market[feed.creator]
    return [
        _maybe(rng, 0.65 * often, lexicon["niche_tags"].pick(rng, language, feed.niche)),
        _maybe(rng, 0.80 * often, lexicon["topic_tags"].pick(rng, language, feed.topic)),
        _maybe(rng, 0.45 * often, lexicon["topic_tags"].pick(rng, feed.second_language, feed.topic)),
        _maybe(rng, 0.30 * often, lexicon["local_tags"].pick(rng, language, market, feed.topic)),
        _maybe(rng, 0.30 * often, lexicon["generic_tags"].pick(rng, language)),
    ]


def _without_repeats(slots: Slots, words: list[str]) -> Slots:
    """Empty a slot whose tag, letter for letter, stands in an earlier one."""
    first: dict[str, int] = {}
    one = np.array([first.setdefault(word, i) for i, word in enumerate(words)], dtype=np.int64)
    kept: Slots = []
    for slot in slots:
        same: Flags = np.zeros(len(slot), dtype=np.bool_)
        for earlier in kept:
            same |= one[slot] == one[earlier]
        kept.append(np.where(same, NOTHING, slot))
    return kept


def join(strings: Any, slots: Slots) -> Any:
    """One Arrow string per row: the phrases at the slots' positions, joined and trimmed."""
    pieces = [strings.take(pa.array(slot)) for slot in slots]
    return pc.utf8_trim_whitespace(pc.binary_join_element_wise(*pieces, ""))


def tag_lists(strings: Any, slots: Slots) -> Any:
    """An Arrow list of hashtags per row, without '#', empty slots left out."""
    table = np.stack(slots, axis=1)
    used = table != NOTHING
    offsets = np.concatenate([[0], np.cumsum(used.sum(axis=1))]).astype(np.int32)
    return pa.ListArray.from_arrays(pa.array(offsets), strings.take(pa.array(table[used])))


class Captions:
    """Writes the texts of one feed after another from the same phrase list."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.strings = pa.array(lexicon.strings, type=pa.string())
        self.tag_pieces = pa.array([f"#{word} " if word else "" for word in lexicon.strings], type=pa.string())

    def write(self, rng: np.random.Generator, cast: Cast, feed: Feed) -> tuple[Any, Any]:
        """(texts, hashtags) of a feed as Arrow arrays; a few texts are null, only emoji or only hashtags."""
        sentences = _sentences(rng, self.lexicon, cast, feed)
        tags = _without_repeats(_tag_slots(rng, self.lexicon, cast, feed), self.lexicon.strings)
        odd = np.where(feed.sponsorship == ORGANIC, rng.random(len(feed)), 1.0)
        sentences = [np.where(odd < ONLY_TAGS, NOTHING, slot) for slot in sentences]
        sentences[-1] = np.where(
            (odd >= NO_TEXT) & (odd < ONLY_EMOJI), self.lexicon["emoji"].pick(rng, feed.topic), sentences[-1]
        )
        tags = [np.where(odd < ONLY_EMOJI, NOTHING, slot) for slot in tags]
        spoken = pc.binary_join_element_wise(*(self.strings.take(pa.array(slot)) for slot in sentences), "")
        tagged = pc.binary_join_element_wise(*(self.tag_pieces.take(pa.array(slot)) for slot in tags), "")
        own_line = rng.random(len(feed)) < 0.3
        breaks = pa.array(["", "\n"]).take(pa.array(own_line.astype(np.int64)))
        texts = pc.utf8_trim_whitespace(pc.binary_join_element_wise(spoken, breaks, tagged, ""))
        texts = pc.replace_substring(texts, " \n", "\n")
        texts = pc.if_else(pc.equal(texts, ""), pa.scalar(None, pa.string()), texts)
        shown = np.isin(feed.platform, (INSTAGRAM, YOUTUBE, THREADS)) & (rng.random(len(feed)) < 0.8)
        listed = pc.if_else(pa.array(shown), tag_lists(self.strings, tags), None)
        return texts, listed
