"""
The forecast of one count: quantiles 5, 50 and 95 % of the next post, linear in its design, calibrated by peers.

Learned from the corpus itself: each of the newest posts of a slot is an example, foretold from the posts before it. A
model is fitted per platform and format where there are enough examples, else for the formats of a platform together;
of a platform with too few creators nothing is learned, and the prior speaks. The intervals are calibrated on posts of
creators that the model at hand has not seen: creators are halved, and each half is foretold by a model of the other
(cross-conformal prediction, Vovk 2015); the model that is kept is of both.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.signals.distinct import distinct_rows
from matcher.signals.forecast.conformal import Offsets, calibrate
from matcher.signals.forecast.design import COLUMNS, design, log_silence
from matcher.signals.forecast.history import History, before_next, before_posts
from matcher.signals.forecast.norms import Norms
from matcher.signals.forecast.prior import Prior
from matcher.signals.forecast.quantiles import fit_quantile
from matcher.signals.forecast.series import Floats, Ints, Series, Slots
from matcher.signals.peers import MERGED

TARGETS = ("views", "engagements")
LEVELS = (0.05, 0.5, 0.95)
"""The ends and the middle of a 90 % interval."""
PER_SLOT = 20
"""So many of the newest posts of a slot are examples: nobody with a thousand posts speaks for its peers."""
PER_MODEL = 20_000
"""So many examples are fitted at most, drawn at random; all of them calibrate."""
LEAST_EXAMPLES = 500
CREATORS_TO_LEARN_FROM = 60
"""A platform with fewer teaches nothing: its forecasts are those of the prior (benchmarks/forecast, small tables)."""
RECENT = 0.25
"""A post that so great a part of the examples of its platform is newer than counts half in the calibration."""
SEED = 7


@dataclass(frozen=True, slots=True)
class Model:
    """What foretells one count; coefficients are of the standardised design."""

    norms: Norms
    sizes: Norms
    """Of log10 followers."""
    coefficients: dict[tuple[int, ...], Floats]
    """(platform, format), the format MERGED where it is of several, → float64 [levels, columns]."""
    offsets: Offsets
    prior: Prior
    """For the platforms that have no coefficients."""
    silence: float
    """Usual `log_silence`."""
    examples: int

    def quantiles(self, keys: Ints, history: History, followers: Floats) -> Floats:
        """Quantiles float64 [n, 3] of log(1 + count) before they are calibrated; NaN where none were learned."""
        level, spread, *_ = self.norms.of(keys)
        x = design(history, level, spread, self._size(keys, followers), self.silence)
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
        unlearned = ~self.learned(keys)
        found[unlearned] = self._by_prior(keys[unlearned], history_of(history, unlearned))
        return np.maximum(found, 0.0)

    def learned(self, keys: Ints) -> NDArray[np.bool_]:
        """Whether the table itself told enough of the platform of each key, bool [n]."""
        return np.isin(keys[:, 0], sorted({platform for platform, _ in self.coefficients}))

    def _by_prior(self, keys: Ints, history: History) -> Floats:
        """The creators' own medians, without posts those of the peers, and the usual way around them."""
        level, _, peers, _ = self.norms.of(keys)
        middle = np.where(history.posts > 0, history.median, level)
        below, above = self.prior.of(keys[:, 0], history.posts, peers)
        return np.stack([middle - below, middle, middle + above], axis=1)

    def _size(self, keys: Ints, followers: Floats) -> Floats:
        usual, *_ = self.sizes.of(keys)
        return np.nan_to_num(_log10(followers) - usual)

    def _by_kind(self, keys: Ints) -> list[tuple[Floats, NDArray[np.bool_]]]:
        """The coefficients of each kind of post, and which keys they are for."""
        distinct, back = distinct_rows(keys[:, :2])
        found = []
        for code, (platform, form) in enumerate(distinct.tolist()):
            ways = ((platform, form), (platform, MERGED))
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
            "prior": self.prior.to_rows(),
            "norms": self.norms.to_rows(),
        }


def fit_model(slots: Slots, series: Series, prior: Prior, learn: NDArray[np.bool_] | None = None) -> Model:
    """
    A model from the posts of all slots, or of those that `learn` bool [posts] names; all are known as the past.

    `prior` speaks for the platforms of which too little is known to learn. The same posts give the same model, in
    whatever order the tables came.
    """
    rows = _examples(series, learn)
    history = before_posts(series, rows)
    slot, y = series.slot[rows], series.log[rows]
    keys, owner = slots.keys[slot], slots.creator[slot]
    told = _told(keys[:, 0], owner)
    side = _halves(slots.creator)
    middle = _middles(series, len(slots), learn)
    low, high = np.full(len(rows), np.nan), np.full(len(rows), np.nan)
    for half in (0, 1):
        unseen = side[slot] == half
        theirs = np.where(side == half, np.nan, middle)
        seen = _fitted(slots, slot[~unseen], history_of(history, ~unseen), y[~unseen], theirs, told[~unseen])
        found = seen.quantiles(keys[unseen], history_of(history, unseen), slots.followers[slot[unseen]])
        low[unseen], high[unseen] = found[:, 0], found[:, 2]
    known = ~np.isnan(low)
    recent = _recency(keys[:, 0], series.at[rows])
    offsets = calibrate(low[known], high[known], y[known], keys[known], recent[known])
    whole = _fitted(slots, slot, history, y, middle, told)
    spare = _one_each(keys[:, 0], owner, ~told & (history.posts > 0))
    own = prior.calibrated(keys[spare, 0], history.posts[spare], (y - history.median)[spare])
    return replace(whole, offsets=offsets, prior=own, examples=len(rows))


def history_of(history: History, chosen: NDArray[Any]) -> History:
    """The histories of some of the rows."""
    return History(*(getattr(history, name)[chosen] for name in History.__slots__))


def _halves(creator: Ints) -> Ints:
    """A half 0 or 1 for each slot [n], the same for all of a creator, at random: ids may take turns."""
    order = np.random.default_rng(SEED).permutation(int(creator.max(initial=-1)) + 1)
    return np.asarray(order[creator] % 2, dtype=np.int64)


def _told(platform: Ints, owner: Ints) -> NDArray[np.bool_]:
    """Which examples [n] are of a platform with enough of them, and of enough creators."""
    told = np.zeros(len(platform), dtype=np.bool_)
    for code in np.unique(platform):
        own = platform == code
        told |= own & (own.sum() >= LEAST_EXAMPLES) & (len(np.unique(owner[own])) >= CREATORS_TO_LEARN_FROM)
    return told


def _recency(platform: Ints, at: Floats) -> Floats:
    """What examples [n] count by their place in time among those of their platform: 1 for the newest."""
    weight = np.ones(len(at))
    for code in np.unique(platform):
        own = platform == code
        newer = own.sum() - np.searchsorted(np.sort(at[own]), at[own], side="right")
        weight[own] = 0.5 ** (newer / (RECENT * own.sum()))
    return weight


def _one_each(platform: Ints, owner: Ints, chosen: NDArray[np.bool_]) -> Ints:
    """Rows of the last chosen example of each creator on each platform."""
    rows = np.flatnonzero(chosen)[::-1]
    _, first = np.unique(np.stack([platform[rows], owner[rows]], axis=1), axis=0, return_index=True)
    return np.asarray(rows[np.sort(first)])


def _fitted(slots: Slots, slot: Ints, history: History, y: Floats, middle: Floats, told: NDArray[np.bool_]) -> Model:
    """A model that is not calibrated, from the examples [n] of slots that are told, and the middles of all slots."""
    norms = Norms.learn(slots.keys, middle, slots.creator)
    sizes = Norms.learn(slots.keys, np.where(np.isnan(middle), np.nan, _log10(slots.followers)), slots.creator)
    quiet = log_silence(history)[told]
    silence = float(quiet[~np.isnan(quiet)].mean()) if not np.isnan(quiet).all() else 0.0
    bare = Model(norms, sizes, {}, Offsets({}, {}, (0.0, 0.0)), Prior.nothing(), silence, len(y))
    keys = slots.keys[slot]
    level, spread, *_ = norms.of(keys)
    x = design(history, level, spread, bare._size(keys, slots.followers[slot]), silence)
    rng = np.random.default_rng(SEED)
    for platform in np.unique(keys[told, 0]).tolist():
        here = told & (keys[:, 0] == platform)
        forms, sizes_of = np.unique(keys[here, 1], return_counts=True)
        kinds = {(platform, MERGED): here}
        kinds |= {(platform, form): here & (keys[:, 1] == form) for form in forms[sizes_of >= LEAST_EXAMPLES].tolist()}
        for key, own in kinds.items():
            bare.coefficients[key] = _coefficients(x, y, rng.permutation(np.flatnonzero(own))[:PER_MODEL])
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
