#!/usr/bin/env python3
"""
Set the weights of authenticity: the `model` in src/matcher/signals/data/authenticity.json.

    python scripts/train_authenticity.py FOLDER      creators, posts and comments in Parquet, as in docs/input-tables.md

Attacks and innocent events are simulated on one half of the creators, who are taken to be honest; the other half is
for benchmarks/authenticity. The same tables give the same weights.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np

from matcher.training.authenticity.base import Base, read_base
from matcher.training.authenticity.scenarios import ATTACKS, HAPPENS, INNOCENT, evidence_of
from matcher.training.authenticity.weights import PREVALENCE, fit, hidden

DATA = Path(__file__).resolve().parents[1] / "src" / "matcher" / "signals" / "data" / "authenticity.json"
SEED, EACH, USUAL = 11, 1000, 4000
"""Creators that each scenario happens to, and those to whom nothing happens."""


def cases(base: Base) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Parts, whether each case cheats, and how often such a case is met."""
    rng = np.random.default_rng(SEED)
    parts, cheats, weight = [], [], []
    for scenario in (*INNOCENT, *ATTACKS):
        size = USUAL if scenario.name == "nothing" else EACH
        rows = np.sort(rng.permutation(len(base))[:size])
        found = evidence_of(rng, base, scenario, rows)
        if scenario.cheats:
            share = PREVALENCE / len(ATTACKS)
        else:
            share = (1 - PREVALENCE) * HAPPENS[scenario.name]
        for known in (found, hidden(rng, found)):
            parts.append(known)
            cheats.append(np.full(len(known), scenario.cheats))
            weight.append(np.full(len(known), share / len(known) / 2))
        print(f"{scenario.name} {scenario.dose:g}: {len(rows)}", file=sys.stderr)
    return np.concatenate(parts), np.concatenate(cheats), np.concatenate(weight)


def main() -> None:
    """Simulate, fit, write."""
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    data = json.loads(DATA.read_text(encoding="utf-8"))
    source = (
        "scripts/train_authenticity.py on simulated attacks, prior set by hand (docs/authenticity.md), as of 2026-11; "
        "unanswered, and what a jump says alone, set by hand"
    )
    data["model"] = fit(*cases(read_base(Path(sys.argv[1]), 0)), source)
    DATA.write_text(json.dumps(data, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
