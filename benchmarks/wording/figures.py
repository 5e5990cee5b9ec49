"""Means and paired differences of what was asked, by use, language and platform."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "quality"))

from asking import FULL, Asked, Found
from common import Table
from read import LANGUAGES, USES
from topics import by_topic, difference

MEASURES = {"ndcg@10": "nDCG@10", "recall@50": "capped recall@50"}
Systems = Mapping[str, Mapping[str, Found]]
"""System → key of what was asked → how well it was answered."""


def figures(systems: Systems, asked: Sequence[Asked]) -> dict[str, Any]:
    """Per measure and system: mean per group of each use, and what the full system is ahead of it by."""
    groups = _groups(asked)
    full = systems[FULL]
    found: dict[str, Any] = {}
    for measure in MEASURES:
        found[measure] = {
            name: {
                group: {
                    "mean": round(float(by_topic(_column(each, keys, measure)).mean()), 4),
                    "gain": difference(_column(full, keys, measure), _column(each, keys, measure)),
                }
                for group, keys in groups.items()
            }
            for name, each in systems.items()
        }
    return {"asked": {group: len(keys) for group, keys in groups.items()}, **found}


def per_topic(each: Mapping[str, Found], asked: Sequence[Asked]) -> dict[str, dict[str, float]]:
    """Topic → use → mean nDCG@10."""
    values: dict[str, dict[str, list[float]]] = {}
    for one in asked:
        values.setdefault(one.topic.name, {}).setdefault(one.frame.use, []).append(each[one.key].ndcg)
    return {topic: {use: round(float(np.mean(of)), 4) for use, of in uses.items()} for topic, uses in values.items()}


def tables_of(results: Mapping[str, Any]) -> list[Table]:
    """What a reader should see, the most important first."""
    uses = [use for use in USES if use in results["asked"]]
    tables = []
    for measure, title in MEASURES.items():
        tables += [
            _means(f"{title}: nothing but the subject, and as people put it", results[measure], uses),
            _gains(f"{title}: as it is minus the other, paired by topic, 90 % interval", results[measure], uses),
        ]
    for use in uses:
        inside = [group for group in results["asked"] if group.startswith(f"{use}, ")]
        for measure, title in MEASURES.items():
            tables.append(_means(f"{title} by language and platform: {use}", results[measure], [use, *inside]))
        tables.append(_gains(f"nDCG@10 by language and platform, differences: {use}", results["ndcg@10"], inside))
    return tables


def _groups(asked: Sequence[Asked]) -> dict[str, list[str]]:
    """All of a use, then by language of the brief, then by platform of the subject."""
    groups: dict[str, list[str]] = {}
    for one in asked:
        for part in ("", f", {one.frame.language}", f", {one.topic.platform}"):
            groups.setdefault(one.frame.use + part, []).append(one.key)
    platforms = sorted({one.topic.platform for one in asked})
    order = [use + part for use in USES for part in ("", *(f", {name}" for name in (*LANGUAGES, *platforms)))]
    return {group: groups[group] for group in order if group in groups}


def _column(each: Mapping[str, Found], keys: Sequence[str], measure: str) -> dict[str, float]:
    return {key: each[key].ndcg if measure == "ndcg@10" else each[key].recall for key in keys}


def _means(title: str, found: Mapping[str, Any], groups: Sequence[str]) -> Table:
    rows = [(name, *(f"{of[group]['mean']:.3f}" for group in groups)) for name, of in found.items()]
    return Table(title, ("system", *groups), rows)


def _gains(title: str, found: Mapping[str, Any], groups: Sequence[str]) -> Table:
    rows = [(name, *(_gain(of[group]["gain"]) for group in groups)) for name, of in found.items() if name != FULL]
    return Table(title, ("system", *(f"{group}; topics better / worse" for group in groups)), rows)


def _gain(gain: Mapping[str, Any]) -> str:
    mean, low, high = (f"{gain[name]:+.3f}" for name in ("mean", "low", "high"))
    return f"{mean} [{low}, {high}] {gain['better']} / {gain['worse']}"
