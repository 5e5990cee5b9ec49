"""Judged briefs: the dense arm alone, and fused with everything else in the engine."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "quality"))

from systems import Setting, encoder_alone

from matcher.matching import Matcher
from matcher.matching.evaluation import DEPTH, groups_of, measure, read_briefs, read_qrels

SHOWN = ("ndcg@10", "ndcg@10_judged", "judged@10")


def measure_judged(matcher: Matcher, data: Path) -> dict[str, dict[str, Any]]:
    """System → group of briefs (within a language, across) → measure."""
    qrels = read_qrels(data / "qrels.tsv")
    briefs = [brief for brief in read_briefs(data / "briefs.jsonl") if brief.brief_id in qrels]
    groups = {b.brief_id: groups_of(matcher, b.language or "?", qrels[b.brief_id])[1:2] for b in briefs}
    setting = Setting.of(matcher.index, matcher.encoder, briefs)
    answers = matcher.match_many(briefs, k=DEPTH)
    fused = {b.brief_id: [e.creator_id for e in found.entries] for b, found in zip(briefs, answers, strict=True)}
    alone = {f"dense alone: {name}": ranked for name, ranked in encoder_alone(setting.in_market()).items()}
    return {name: _means(measure(ranked, qrels, groups)) for name, ranked in (alone | {"fused: engine": fused}).items()}


def _means(found: Any) -> dict[str, Any]:
    return {
        group: {name: round(float(np.float64(measures[name].mean)), 4) for name in SHOWN}
        for group, measures in found.groups.items()
    }
