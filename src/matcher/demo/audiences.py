"""
Who follows each creator: audience records with age, gender, country, language and interest shares.

The real mix follows the creator's topic, market and language. What the table says is a sample of it: measured
records are close, estimated ones looser, and bought followers show as a foreign crowd of low credibility.
"""

from typing import Any

import numpy as np
import pyarrow as pa

from matcher.demo.arrays import Flags, Floats, Ints, draw
from matcher.demo.cast import BOUGHT_FOLLOWERS, DEAD_FOLLOWERS, Cast
from matcher.demo.columns import hide, listed, names, struct
from matcher.demo.setting import ENGLISH, LANGUAGES, MARKET_LANGUAGE, MARKETS, PLATFORMS, REFERENCE, TOPICS

AGES = ("13-17", "18-24", "25-34", "35-44", "45-54", "55-64", "65+")
_AGE_CENTRES = np.array([15.5, 21.5, 29.5, 39.5, 49.5, 59.5, 70.0])
GENDERS = ("female", "male", "other")
COUNTRIES = tuple(sorted({c for m in MARKETS.values() for c in m.audience} | {"IN", "BR", "ID"}))
_HOME = np.array([[m.audience.get(c, 0.0) for c in COUNTRIES] for m in MARKETS.values()])
_FARMED = np.array([{"IN": 0.4, "BR": 0.3, "ID": 0.3}.get(c, 0.0) for c in COUNTRIES])
_FEMALE = np.array([t.female for t in TOPICS.values()])
_AGE = np.array([t.median_age for t in TOPICS.values()])
STATUSES = ("measured", "estimated", "declared")
SOURCES = ("followers", "likers", "commenters", "viewers")
JOINT = tuple(f"{age}|{gender}" for age in AGES for gender in GENDERS)


def to_shares(weights: Floats, digits: int = 4) -> Floats:
    """Rows rounded to `digits` decimals that still sum to 1: the largest share takes the difference."""
    shares: Floats = np.round(weights / weights.sum(axis=1, keepdims=True), digits)
    rows = np.arange(len(shares))
    top = shares.argmax(axis=1)
    shares[rows, top] = np.round(shares[rows, top] + 1.0 - shares.sum(axis=1), digits)
    return shares


def _facet(segments: tuple[str, ...], shares: Floats, shown: Flags | None = None) -> Any:
    """A struct of shares; segments with nobody in them are null."""
    column = struct({s: pa.array(shares[:, i], mask=shares[:, i] <= 0) for i, s in enumerate(segments)})
    return column if shown is None else hide(column, ~shown)


def _age_gender(rng: np.random.Generator, topic: Ints, spread: Floats) -> Floats:
    """Joint cells (rows, ages, genders): women and men of one audience differ a little in age."""
    n = len(topic)
    centre = _AGE[topic] + rng.normal(0, 3, n)
    female = np.clip(_FEMALE[topic] + rng.normal(0, 0.08, n), 0.04, 0.96)
    gender = np.stack([female, 1 - female, np.full(n, 0.01)], axis=1)
    mean = centre[:, None] + np.array([-0.8, 0.8, -2.0])
    bell = np.exp(-0.5 * ((_AGE_CENTRES[None, :, None] - mean[:, None, :]) / 8.5) ** 2) + 0.004
    cells = bell / bell.sum(axis=1, keepdims=True) * gender[:, None, :]
    noisy: Floats = cells * np.exp(rng.normal(0, 1, cells.shape) * spread[:, None, None])
    return noisy


def _countries(rng: np.random.Generator, cast: Cast, who: Ints) -> Floats:
    home = _HOME[cast.market[who]]
    abroad = (cast.language[who] == ENGLISH) & (MARKET_LANGUAGE[cast.market[who]] != ENGLISH)
    us = np.array(COUNTRIES) == "US"
    mix = np.where(abroad[:, None], home * 0.6 + us * 0.4, home)
    fake = np.clip(1 - cast.real_followers[who] / np.maximum(cast.followers[who], 1), 0, 1)
    fake *= np.isin(cast.cheat[who], (BOUGHT_FOLLOWERS, DEAD_FOLLOWERS))
    mix = mix * (1 - fake[:, None]) + _FARMED * (fake * 0.8)[:, None] + home * (fake * 0.2)[:, None]
    noisy: Floats = mix * np.exp(rng.normal(0, 0.25, mix.shape))
    return noisy


def _languages(rng: np.random.Generator, cast: Cast, who: Ints) -> Floats:
    own = np.eye(len(LANGUAGES))[cast.language[who]]
    local = np.eye(len(LANGUAGES))[MARKET_LANGUAGE[cast.market[who]]]
    english = np.eye(len(LANGUAGES))[np.full(len(who), ENGLISH)]
    mix: Floats = (0.6 * own + 0.3 * local + 0.1 * english) * np.exp(rng.normal(0, 0.2, own.shape))
    return mix


def _interests(rng: np.random.Generator, cast: Cast, who: Ints) -> Floats:
    weights = np.zeros((len(who), len(TOPICS)))
    np.put_along_axis(weights, cast.topics[who], cast.shares[who] + 0.05, axis=1)
    return weights * np.exp(rng.normal(0, 0.4, weights.shape))


def _credibility(rng: np.random.Generator, cast: Cast, who: Ints) -> Floats:
    real = cast.real_followers[who] / np.maximum(cast.followers[who], 1)
    credible: Floats = np.clip(np.minimum(real, 1.0) * rng.beta(16, 3, len(who)) + 0.03, 0.05, 0.99)
    return np.round(credible, 3)


def audience_column(rng: np.random.Generator, cast: Cast, start: int, stop: int) -> Any:
    """A list of audience records per creator: none, one (followers) or two (commenters or viewers as well)."""
    known = ~cast.gaps["no_audience"][start:stop]
    per_row: Ints = known * (1 + (rng.random(stop - start) < 0.15).astype(np.int64))
    who = np.repeat(np.arange(start, stop, dtype=np.int64), per_row)
    further = np.diff(who, prepend=-1) == 0
    status = np.where(further, 1, draw(rng, np.array([0.5, 0.35, 0.15]), len(who)))
    sample = np.round(np.exp(rng.normal(np.array([7.6, 5.5, 4.5])[status], 0.8))).astype(np.int64)
    cells = _age_gender(rng, cast.topics[who, 0], np.array([0.08, 0.3, 0.2])[status])
    joint = (status == 0) & (rng.random(len(who)) < 0.5)
    interests = _interests(rng, cast, who)
    n = len(who)
    records = struct(
        {
            "platform": names(PLATFORMS, cast.platform[who]),
            "source": names(SOURCES, np.where(further, 2 + (rng.random(n) < 0.5), 0)),
            "status": names(STATUSES, status),
            "sample_size": pa.array(np.minimum(sample, cast.followers[who]), mask=status == 2),
            "as_of": pa.array([REFERENCE.date()], type=pa.date32()).take(pa.array(np.zeros(n, dtype=np.int64))),
            "age": _facet(AGES, to_shares(cells.sum(axis=2))),
            "gender": _facet(GENDERS, to_shares(cells.sum(axis=1))),
            "age_gender": _facet(JOINT, to_shares(cells.reshape(n, -1)), joint),
            "country": _facet(COUNTRIES, to_shares(_countries(rng, cast, who))),
            "language": _facet(LANGUAGES, to_shares(_languages(rng, cast, who)), rng.random(n) < 0.6),
            "interest": _facet(tuple(TOPICS), to_shares(interests), rng.random(n) < 0.5),
            "credibility": pa.array(_credibility(rng, cast, who), mask=status == 2),
        }
    )
    return listed(records, per_row)
