"""
The forecast of one count: quantiles 5, 50 and 95 % of the next post, linear in its design, calibrated by peers.

Learned from the corpus itself: each of the newest posts of a slot is an example, foretold from the posts before it. A
model is fitted per platform and format where there are enough examples, else for what like ones there are together.
The intervals are calibrated on posts of creators that the model at hand has not seen: creators are halved, and each
half is foretold by a model of the other (cross-conformal prediction, Vovk 2015); the model that is kept is of both.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.signals.distinct import distinct_rows
from matcher.signals.forecast.conformal import Offsets, calibrate
from matcher.signals.forecast.design import COLUMNS, design
from matcher.signals.forecast.history import History, before_next, before_posts
from matcher.signals.forecast.norms import Norms
from matcher.signals.forecast.quantiles import fit_quantile
from matcher.signals.forecast.series import Floats, Ints, Series, Slots
from matcher.signals.peers import MERGED, merge

TARGETS = ("views", "engagements")
LEVELS = (0.05, 0.5, 0.95)
"""The ends and the middle of a 90 % interval."""
PER_SLOT = 20
"""So many of the newest posts of a slot are examples: nobody with a thousand posts speaks for its peers."""
PER_MODEL = 20_000
"""So many examples are fitted at most, drawn at random; all of them calibrate."""
LEAST_EXAMPLES = 500
SEED = 7


@dataclass(frozen=True, slots=True)
class Model:
    """What foretells one count; coefficients are of the standardised design."""

    norms: Norms
    sizes: Norms
    """Of log10 followers."""
    coefficients: dict[tuple[int, ...], Floats]
    """(platform, format), MERGED where it is of several, → float64 [levels, columns]."""
    offsets: Offsets
    examples: int

    def quantiles(self, keys: Ints, history: History, followers: Floats) -> Floats:
        """Quantiles float64 [n, 3] of log(1 + count) before they are calibrated; NaN for an unknown platform."""
        level, spread, *_ = self.norms.of(keys)
        x = design(history, level, spread, self._size(keys, followers))
        out = np.full((len(keys), len(LEVELS)), np.nan)
        for kind, own in self._by_kind(keys):
            out[own] = x[own] @ kind.T
        return np.sort(out, axis=1)

    def foretell(self, keys: Ints, history: History, followers: Floats) -> Floats:
        """
        Low end, middle and high end of the 90 % interval, float64 [n, 3], of log(1 + count) of the next posts.

        `keys` are those of Slots [n, 5]. NaN where neither the creator nor anybody on its platform has a count.
        """
        found = self.quantiles(keys, history, followers)
        ends = self.offsets.of(keys)
        found[:, 0] = np.minimum(found[:, 0] - ends[:, 0], found[:, 1])
        found[:, 2] = np.maximum(found[:, 2] + ends[:, 1], found[:, 1])
        return np.maximum(found, 0.0)

    def _size(self, keys: Ints, followers: Floats) -> Floats:
        usual, *_ = self.sizes.of(keys)
        return np.nan_to_num(_log10(followers) - usual)

    def _by_kind(self, keys: Ints) -> list[tuple[Floats, NDArray[np.bool_]]]:
        """The coefficients of each kind of post, and which keys they are for."""
        distinct, back = distinct_rows(keys[:, :2])
        found = []
        for code, (platform, form) in enumerate(distinct.tolist()):
            ways = ((platform, form), (platform, MERGED), (MERGED, MERGED))
            kind = next((self.coefficients[way] for way in ways if way in self.coefficients), None)
            if kind is not None:
                found.append((kind, back == code))
        return found

    def to_dict(self) -> dict[str, Any]:
        """Plain values, for the snapshot: what was learned, and from how much."""
        return {
            "examples": self.examples,
            "levels": list(LEVELS),
            "columns": list(COLUMNS),
            "coefficients": [
                {"key": list(key), "values": values.round(6).tolist()} for key, values in self.coefficients.items()
            ],
            "offsets": self.offsets.to_rows(),
            "norms": self.norms.to_rows(),
        }


def fit_model(slots: Slots, series: Series, learn: NDArray[np.bool_] | None = None) -> Model:
    """
    A model from the posts of all slots, or of those that `learn` bool [posts] names; all are known as the past.

    The same posts give the same model, in whatever order the tables came.
    """
    rows = _examples(series, learn)
    history = before_posts(series, rows)
    owner = slots.creator[series.slot[rows]]
    slot = series.slot[rows]
    middle = _middles(series, len(slots), learn)
    low, high = np.full(len(rows), np.nan), np.full(len(rows), np.nan)
    for half in (0, 1):
        unseen = owner % 2 == half
        theirs = np.where(slots.creator % 2 == half, np.nan, middle)
        seen = _fitted(slots, slot[~unseen], history_of(history, ~unseen), series.log[rows[~unseen]], theirs)
        keys = slots.keys[slot[unseen]]
        found = seen.quantiles(keys, history_of(history, unseen), slots.followers[slot[unseen]])
        low[unseen], high[unseen] = found[:, 0], found[:, 2]
    known = ~np.isnan(low)
    offsets = calibrate(low[known], high[known], series.log[rows[known]], slots.keys[slot[known]])
    whole = _fitted(slots, slot, history, series.log[rows], middle)
    return Model(whole.norms, whole.sizes, whole.coefficients, offsets, len(rows))


def history_of(history: History, chosen: NDArray[Any]) -> History:
    """The histories of some of the rows."""
    return History(*(getattr(history, name)[chosen] for name in History.__slots__))


def _fitted(slots: Slots, slot: Ints, history: History, y: Floats, middle: Floats) -> Model:
    """A model that is not calibrated, from examples of slots [n] and the middles of all slots, NaN where unseen."""
    norms = Norms.learn(slots.keys, middle, slots.creator)
    sizes = Norms.learn(slots.keys, np.where(np.isnan(middle), np.nan, _log10(slots.followers)), slots.creator)
    bare = Model(norms, sizes, {}, Offsets({}, {}, (0.0, 0.0)), len(y))
    if not len(y):
        return bare
    keys = slots.keys[slot]
    level, spread, *_ = norms.of(keys)
    x = design(history, level, spread, bare._size(keys, slots.followers[slot]))
    rng = np.random.default_rng(SEED)
    kinds, distinct = merge(keys[:, :2], LEAST_EXAMPLES)
    for kind, key in enumerate(map(tuple, distinct.tolist())):
        bare.coefficients[key] = _coefficients(x, y, rng.permutation(np.flatnonzero(kinds == kind))[:PER_MODEL])
    widest = (MERGED, MERGED)
    if widest not in bare.coefficients:
        bare.coefficients[widest] = _coefficients(x, y, rng.permutation(len(y))[:PER_MODEL])
    return bare


def _coefficients(x: Floats, y: Floats, rows: Ints) -> Floats:
    """Coefficients [levels, columns] on the design as it is, fitted on a standardised one."""
    own = x[rows]
    centre, scale = own.mean(axis=0), own.std(axis=0)
    centre[0], scale[0] = 0.0, 1.0
    flat = scale < 1e-9
    standard = np.where(flat, 0.0, (own - centre) / np.where(flat, 1.0, scale))
    standard[:, 0] = 1.0
    fitted = np.array([fit_quantile(standard, y[rows], level) for level in LEVELS])
    plain = np.where(flat, 0.0, fitted / np.where(flat, 1.0, scale))
    plain[:, 0] = fitted[:, 0] - (plain[:, 1:] * centre[1:]).sum(axis=1)
    return np.asarray(plain, dtype=np.float64)


def _examples(series: Series, learn: NDArray[np.bool_] | None) -> Ints:
    """The newest PER_SLOT posts of each slot that may be learned from."""
    rows = np.arange(len(series.slot)) if learn is None else np.flatnonzero(learn)
    slot = series.slot[rows]
    to_end = np.searchsorted(slot, slot, side="right") - 1 - np.arange(len(rows))
    return rows[to_end < PER_SLOT]


def _middles(series: Series, n_slots: int, learn: NDArray[np.bool_] | None) -> Floats:
    """The median of the newest posts of each slot that may be learned from."""
    if learn is None:
        return before_next(series, n_slots).median
    return before_next(Series(series.slot[learn], series.log[learn], series.at[learn]), n_slots).median


def _log10(followers: Floats) -> Floats:
    return np.log10(np.where(followers > 0, followers, np.nan))
