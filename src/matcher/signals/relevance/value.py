"""
The value of relevance: a weighted sum of parts, drawn into [0, 1], and what lowers it.

The sum is in deviations above the background of the brief; the logistic function turns it into a value, 0.5 at
`middle_z`. Two factors may lower the value, and are said in the note: an account that is hardly a person's, and an
audience that is not where the brief wants to be heard.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from matcher.records.said import SENTENCES, Said, listed, say, say_n, terms
from matcher.signals.opinion import Opinion
from matcher.signals.relevance.pool import Parts
from matcher.signals.relevance.weights import PARTS, Blend, part_weights

Floats = NDArray[np.float64]
LOSS_WORTH_SAYING = 0.01
"""A market factor that takes off less than this is not mentioned."""
DOUBT_WORTH_SAYING = 0.05
"""The same for the account's kind: of most accounts it is only likely that a person stands behind them."""
HARDLY = 0.75
"""From this probability on that nobody stands behind an account it is said to be hardly a person's."""


@dataclass(frozen=True, slots=True)
class Lowered:
    """What lowers the values of n creators; 1 leaves a value as it is."""

    by_kind: Floats
    """float64 [n]: for accounts that are hardly a person's."""
    by_market: Floats
    """float64 [n]: for audiences outside the wanted countries."""

    @classmethod
    def none(cls, n: int) -> Lowered:
        """Nothing lowers."""
        return cls(np.ones(n), np.ones(n))


def best_by_chance(n: NDArray[np.int64], m: int) -> Floats:
    """What the best `m` of `n` posts on anything would stand at on average, in deviations: float64, 0 up to m posts."""
    counts, at = np.unique(n, return_inverse=True)
    return np.array([_best_of(int(count), m) for count in counts], dtype=np.float64)[at]


@lru_cache(4096)
def _best_of(n: int, m: int) -> float:
    """The mean of the `m` largest of `n` standard normal draws, on average (expected order statistics by Blom 1958)."""
    if n <= m:
        return 0.0
    return sum(_NORMAL.inv_cdf((n + 1 - place - 0.375) / (n + 0.25)) for place in range(1, m + 1)) / m


def kind_factor(people: NDArray[np.float32], blend: Blend) -> Floats:
    """Factors float64 [n] from the probability [n] that a person or a group stands behind an account, NaN = unknown."""
    return np.asarray(1.0 - blend.collector_lowers * (1.0 - np.nan_to_num(people, nan=1.0)), dtype=np.float64)


def market_factor(share: Floats, blend: Blend) -> Floats:
    """Factors float64 [n] from the share [n] of an audience that is in the wanted countries."""
    near = np.clip(share / blend.at_home_share, 0.0, 1.0)
    return np.asarray(blend.abroad_keeps + (1.0 - blend.abroad_keeps) * near, dtype=np.float64)


def part_values(parts: Parts, bio_z: NDArray[np.float32], has_bio: NDArray[np.bool_], blend: Blend) -> Floats:
    """
    Values float64 [n, PARTS] of the parts, in deviations above the background.

    The best posts and the mean count as far as there are posts to tell; a creator without a bio gets what its posts
    say in its place. The best of two hundred posts stand high by chance alone: of what chance would give so many, a
    share is taken off. `aspects` is how near the best posts come to each aspect of the brief, on average.
    """
    trust = parts.posts / (parts.posts + blend.doubt_posts)
    best = trust * (parts.best[:, 0] - blend.chance_taken * best_by_chance(parts.posts, blend.best_posts))
    mean = trust * parts.mean[:, 0]
    on_topic = parts.on_topic[:, 0]
    aspects = parts.best[:, 1:].mean(axis=1) if parts.best.shape[1] > 1 else parts.best[:, 0]
    columns = {
        "best": best,
        "mean": mean,
        "volume": blend.volume_z * on_topic / (on_topic + blend.volume_half),
        "bio": np.where(has_bio, bio_z[:, 0], 0.5 * (best + mean)),
        "aspects": trust * aspects,
        "words": blend.words_z * parts.words,
        "known": trust,
    }
    return np.stack([columns[part] for part in PARTS], axis=1).astype(np.float64)


def relevance_z(values: Floats, parts: Parts, has_bio: NDArray[np.bool_], blend: Blend) -> Floats:
    """
    Relevance of n creators in deviations above the background, float64 [n], from `part_values` [n, PARTS].

    A creator without posts is matched on its own words (name, bio, categories), which count for less than posts would.
    """
    only_bio = (parts.posts == 0) & has_bio
    bio = values[:, PARTS.index("bio")] * blend.bio_alone
    return np.asarray(np.where(only_bio, bio, values @ part_weights()), dtype=np.float64)


def relevance(
    parts: Parts,
    bio_z: NDArray[np.float32],
    has_bio: NDArray[np.bool_],
    spoken: Callable[[int], Sequence[str]],
    blend: Blend,
    lowered: Lowered | None = None,
) -> Opinion:
    """The relevance signal of n creators; `spoken(i)` are the languages of creator i's posts, for the note."""
    values = part_values(parts, bio_z, has_bio, blend)
    z = relevance_z(values, parts, has_bio, blend)
    by = lowered or Lowered.none(len(z))
    value = by.by_kind * by.by_market / (1.0 + np.exp(-(z - blend.middle_z) / blend.width_z))
    status = np.where(parts.posts > 0, 3, np.where(has_bio, 1, 0)).astype(np.int8)
    value = np.where(status > 0, value, 0.0)

    def note(i: int) -> Said:
        return listed((*_told(parts, has_bio, spoken, i), *_lowered(by, i, blend)), SENTENCES)

    factor = by.by_kind * by.by_market
    return Opinion("relevance", value, status, note, parts=values, factor=factor, most=factor)


def _told(parts: Parts, has_bio: NDArray[np.bool_], spoken: Callable[[int], Sequence[str]], i: int) -> tuple[Said, ...]:
    total, on_topic = int(parts.posts[i]), int(parts.on_topic[i, 0])
    if total == 0:
        return (
            say("No posts: matched on what the account says of itself alone (name, bio, categories).")
            if has_bio[i]
            else say("Neither posts nor a name, a bio or categories."),
        )
    on = _on_topic(on_topic, total, tuple(spoken(i)))
    words, mean = parts.words[i] > 0, float(parts.mean[i, 0])
    near = {"best": float(parts.best[i, 0]), "nearness": _nearness(float(parts.best[i, 0]))}
    if total == 1 and words:
        return on, say(
            "It is {nearness} to the brief than posts in general ({best:.1f}), and uses words of it.", **near
        )
    if total == 1:
        return on, say("It is {nearness} to the brief than posts in general ({best:.1f}).", **near)
    if words:
        return on, say(
            "The best are {nearness} to the brief than posts in general ({best:.1f}), and use words of it; "
            "all in all they are {together} ({mean:.1f}).",
            together=_nearness(mean),
            mean=mean,
            **near,
        )
    return on, say(
        "The best are {nearness} to the brief than posts in general ({best:.1f}); "
        "all in all they are {together} ({mean:.1f}).",
        together=_nearness(mean),
        mean=mean,
        **near,
    )


@lru_cache(4096)
def _on_topic(on_topic: int, total: int, languages: tuple[str, ...]) -> Said:
    if not languages:
        return say_n("{on_topic} of {n} post on topic.", "{on_topic} of {n} posts on topic.", total, on_topic=on_topic)
    return say_n(
        "{on_topic} of {n} post in {languages} on topic.",
        "{on_topic} of {n} posts in {languages} on topic.",
        total,
        on_topic=on_topic,
        languages=terms(languages, "language"),
    )


_NORMAL = NormalDist()
_FAR_NEARER = say("far nearer")
_STEPS = (
    (0.0, say("less near")),
    (1.0, say("hardly nearer")),
    (2.0, say("somewhat nearer")),
    (3.0, say("nearer")),
    (4.5, say("much nearer")),
)


def _nearness(deviations: float) -> Said:
    """How much nearer to the brief than posts in general, in words."""
    return next((word for most, word in _STEPS if deviations < most), _FAR_NEARER)


def _lowered(by: Lowered, i: int, blend: Blend) -> Iterator[Said]:
    if (share := 1 - by.by_kind[i]) >= DOUBT_WORTH_SAYING:
        yield (
            say("Lowered by {share:.0%}: hardly a person's account.", share=share)
            if share > HARDLY * blend.collector_lowers
            else say("Lowered by {share:.0%}: perhaps not a person's account.", share=share)
        )
    if by.by_market[i] < 1 - LOSS_WORTH_SAYING:
        off = 1 - by.by_market[i]
        yield say("Lowered by {share:.0%}: few of its audience are where the brief wants to be heard.", share=off)
