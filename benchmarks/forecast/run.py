#!/usr/bin/env python3
"""
How good are the forecasts? Expected views and engagements of real posts, foretold before they are seen.

    python benchmarks/forecast/run.py [--indexes DIR]

Split by creator: five folds, each foretold by a model of the other four; a post is foretold from the earlier ones of
its creator. Split by time: the last fifth of each platform's posts, foretold by a model of the posts before. The newest
20 posts of a creator on a platform count, as they do in the fit; `all` counts every post. Errors are of log(1 + count):
0.5 is a factor of 1.65.

Small tables: creators of one platform drawn at random, a half of those whose half the widths were not learned from, and
their newest posts foretold; once with the shipped widths of the platform, once as if it were not listed.
"""

import sys
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from common import Table, of_dicts, parser, real_data, real_indexes, report
from corpus import Corpus, corpus
from small import small_tables
from trees import tree_middles

from matcher.retrieval.index import Index
from matcher.signals.forecast import TARGETS, Prior, fit_model
from matcher.signals.forecast.history import History, before_posts
from matcher.signals.forecast.model import PER_SLOT, history_of
from matcher.snapshot import SnapshotStore

FOLDS, SEED = 5, 7
LAST_SHARE = 0.2
LEAST_POSTS = 200
OVERALL, EACH = (0.88, 0.92), (0.85, 0.95)
Floats = NDArray[np.float64]


class Trial:
    """One target of the corpus, and what is foretold of its posts."""

    def __init__(self, real: Corpus, target: str) -> None:
        self.target, self.slots, self.series = target, real.slots, real.series[target]
        rows = np.arange(len(self.series.slot))
        self.creator = self.slots.creator[self.series.slot]
        self.group = real.peers[self.creator]
        self.platform = self.slots.keys[self.series.slot, 0]
        self.history: History = before_posts(self.series, rows)
        self.newest = np.searchsorted(self.series.slot, self.series.slot, side="right") - 1 - rows < PER_SLOT
        self.trees: dict[str, float] = {}
        self.prior = Prior.shipped(target, real.platforms)

    def by_creator(self) -> tuple[Floats, Floats]:
        """Forecasts [posts, 3] and the peers' medians [posts], over all folds."""
        fold = np.random.default_rng(SEED).integers(0, FOLDS, int(self.creator.max()) + 1)[self.creator]
        found, peers = np.full((len(fold), 3), np.nan), np.full(len(fold), np.nan)
        for number in range(FOLDS):
            self._foretell(fold != number, found, peers, with_trees=number == 0)
        return found, peers

    def by_time(self) -> tuple[Floats, Floats]:
        """Forecasts and peers' medians of the last posts of each platform, NaN for the others."""
        last = np.zeros(len(self.platform), dtype=np.bool_)
        for code in np.unique(self.platform):
            own = self.platform == code
            last |= own & (self.series.at > np.quantile(self.series.at[own], 1 - LAST_SHARE))
        found, peers = np.full((len(last), 3), np.nan), np.full(len(last), np.nan)
        self._foretell(~last, found, peers)
        return found, peers

    def _foretell(self, seen: NDArray[np.bool_], found: Floats, peers: Floats, with_trees: bool = False) -> None:
        model = fit_model(self.slots, self.series, self.prior, seen)
        slot = self.series.slot[~seen]
        keys = self.slots.keys[slot]
        found[~seen] = model.foretell(keys, history_of(self.history, ~seen), self.slots.followers[slot])
        peers[~seen] = model.norms.of(keys)[0]
        if with_trees:
            some = self.newest & seen
            trained = some | ~seen
            rows = np.flatnonzero(trained)
            middles = tree_middles(
                model, self.slots, self.series.slot[rows], history_of(self.history, rows), self.series.log[rows],
                some[rows],
            )  # fmt: skip
            scored = self.newest[~seen]
            self.trees = {
                "trees": _error(self.series.log[~seen][scored], middles[scored]),
                "linear": _error(self.series.log[~seen][scored], found[~seen][scored, 1]),
            }

    def measured(self, found: Floats, peers: Floats, chosen: NDArray[np.bool_]) -> dict[str, Any]:
        """Coverage, its range over the peer groups, and errors beside the two simple predictors."""
        rows = np.flatnonzero(chosen & ~np.isnan(found[:, 1]))
        y, low, middle, high = self.series.log[rows], *found[rows].T
        own = np.where(self.history.posts[rows] > 0, self.history.median[rows], peers[rows])
        inside = (y >= low) & (y <= high)
        groups = self.groups(rows, inside)
        return {
            "posts": len(rows),
            "coverage": round(float(inside.mean()), 4),
            "groups": len(groups),
            "groups_in_band": sum(EACH[0] <= share <= EACH[1] for _, share in groups.values()),
            "lowest": round(min((share for _, share in groups.values()), default=np.nan), 3),
            "highest": round(max((share for _, share in groups.values()), default=np.nan), 3),
            "error": _error(y, middle),
            "error_own_median": _error(y, own),
            "error_peers_median": _error(y, peers[rows]),
            "factor": round(float(np.exp(np.median((high - low) / 2))), 2),
        }

    def groups(self, rows: NDArray[np.int64], inside: NDArray[np.bool_]) -> dict[int, tuple[int, float]]:
        """Peer group → posts and coverage, for the groups with enough posts."""
        group = self.group[rows]
        sizes = np.bincount(group)
        shares = np.bincount(group, weights=inside) / np.maximum(sizes, 1)
        return {int(g): (int(sizes[g]), float(shares[g])) for g in np.flatnonzero(sizes >= LEAST_POSTS)}


def _error(y: Floats, guess: Floats) -> float:
    return round(float(np.median(np.abs(y - guess))), 4)


def judged(row: dict[str, Any]) -> dict[str, Any]:
    """A row with whether it reaches what it must."""
    covered = OVERALL[0] <= row["coverage"] <= OVERALL[1]
    better = row["error"] < min(row["error_own_median"], row["error_peers_median"])
    return row | {"covered": covered, "better": better, "every_group": row["groups_in_band"] == row["groups"]}


def outside(trial: Trial, split: str, found: Floats, chosen: NDArray[np.bool_], index: Index) -> list[dict[str, Any]]:
    """The peer groups whose coverage is out of the band."""
    rows = np.flatnonzero(chosen & ~np.isnan(found[:, 1]))
    y, (low, _, high) = trial.series.log[rows], found[rows].T
    misses = []
    for group, (posts, share) in trial.groups(rows, (y >= low) & (y <= high)).items():
        if not EACH[0] <= share <= EACH[1]:
            peers = index.peers[group]
            likeness = " · ".join(str(peers[name] or "any") for name in ("platform", "tier", "market", "language"))
            misses.append(
                {"target": trial.target, "split": split, "peers": likeness, "posts": posts, "coverage": round(share, 3)}
            )
    return misses


def main() -> None:
    """Foretell the real posts and write the results."""
    options = parser(__doc__, Path(__file__).parent).parse_args()
    data = real_data() / "real-creators"
    with real_indexes(options.indexes) as indexes:
        index = Index.open(SnapshotStore(indexes).folder())
        real = corpus(index, data)
        whole, platforms, misses, trees, small = [], [], [], [], []
        for target in TARGETS:
            trial = Trial(real, target)
            for split, (found, peers) in (("creator", trial.by_creator()), ("time", trial.by_time())):
                for counted, chosen in (("newest", trial.newest), ("all", np.ones_like(trial.newest))):
                    name = {"target": target, "split": split, "counted": counted}
                    whole.append(name | judged(trial.measured(found, peers, chosen)))
                    print(whole[-1], file=sys.stderr)
                misses += outside(trial, split, found, trial.newest, index)
                for code in np.unique(trial.platform).tolist():
                    for past, with_past in (("some", trial.history.posts > 0), ("none", trial.history.posts == 0)):
                        chosen = trial.newest & (trial.platform == code) & with_past
                        if (chosen & ~np.isnan(found[:, 1])).sum() >= LEAST_POSTS:
                            platform = index.vocabularies.name("platforms", code)
                            name = {"target": target, "split": split, "platform": platform, "earlier posts": past}
                            platforms.append(name | trial.measured(found, peers, chosen))
            trees.append({"target": target} | trial.trees)
            small += small_tables(real, target)
        tables = [
            of_dicts("Coverage of the 90 % intervals, and errors", whole),
            of_dicts("By platform, for posts of creators with some and with no earlier post", platforms),
            of_dicts("Peer groups of 200 posts or more that are out of 85–95 % (newest posts)", misses)
            if misses
            else Table("Peer groups of 200 posts or more that are out of 85–95 %", ("none",), []),
            of_dicts("Small tables: the newest post of each creator, by the posts before it", small),
            of_dicts("Error of the middle beside gradient-boosted trees (one fold of creators)", trees),
        ]
        results = {"whole": whole, "platforms": platforms, "outside": misses, "trees": trees, "small": small}
        report("How good are the forecasts?", options.out, results, tables, index.manifest)


if __name__ == "__main__":
    main()
