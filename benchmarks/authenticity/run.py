"""
How often is authenticity right? Fake accounts, injected cheating, innocent events, calibration, the demo world.

    python benchmarks/authenticity/run.py

The weights were set on one half of the real creators; here the other half is used, with other seeds. Histories of
followers are simulated (there are no real ones with the truth beside them); comments and sizes are real.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from authenticity.measures import auc, diagram, ece, reliability
from common import AS_OF, Table, of_dicts, parser, real_data, reindex, report, scratch

from matcher.demo import write_world
from matcher.retrieval.index import Index
from matcher.signals.authenticity.evidence import PARTS
from matcher.signals.authenticity.probability import authenticity
from matcher.signals.authenticity.words import LOG_ODDS_OF_A_REASON
from matcher.signals.trade import trade_data
from matcher.snapshot import SnapshotStore
from matcher.training.authenticity.accounts import out_of_fold, read_labels
from matcher.training.authenticity.base import Base, read_base
from matcher.training.authenticity.scenarios import ATTACKS, HAPPENS, INNOCENT, Scenario, as_they_are, evidence_of
from matcher.training.authenticity.weights import PREVALENCE, hidden

Floats = NDArray[np.float64]
SEED, EACH, USUAL = 101, 1000, 4000
ACCOUNTS = [PARTS.index("fakes")]
FEATURES = {
    "all": (
        "followers",
        "following",
        "media_count",
        "bio_length",
        "has_picture",
        "has_url",
        "handle_digits",
        "age_years",
    ),
    "without the age": (
        "followers",
        "following",
        "media_count",
        "bio_length",
        "has_picture",
        "has_url",
        "handle_digits",
    ),
    "three counts": ("followers", "following", "media_count"),
}


def fake_accounts(labels: Path) -> list[dict[str, Any]]:
    """The same features only: those that the table of accounts may have."""
    profiles, fake = read_labels(labels)
    rows = []
    for name, used in FEATURES.items():
        p = out_of_fold({feature: profiles[feature] for feature in used}, fake)
        table = reliability(p, fake, np.ones(len(p)))
        called = p >= 0.5
        rows.append(
            {"features": name, "accounts": len(p), "AUC": auc(p, fake), "ECE": ece(table),
             "sensitivity": float(called[fake].mean()), "specificity": float((~called[~fake]).mean())}
        )  # fmt: skip
    return rows


def drawn(base: Base, seed: int) -> dict[Scenario, Floats]:
    """The parts of creators under every scenario."""
    found = {}
    for scenario in (*INNOCENT, *ATTACKS):
        rng = np.random.default_rng([seed, len(found)])
        rows = np.sort(rng.permutation(len(base))[: USUAL if scenario.name == "nothing" else EACH])
        found[scenario] = evidence_of(rng, base, scenario, rows)
    return found


def without(parts: Floats, columns: list[int]) -> Floats:
    """The parts with some of them not known."""
    out = parts.copy()
    out[:, columns] = np.nan
    return out


def caught(found: dict[Scenario, Floats], usual: Floats) -> list[dict[str, Any]]:
    """Per scenario how many creators fall below the value that 1 % of other honest creators fall below."""
    limit = trade_data("cautions")["authenticity_low"]
    views = {"all tables": [], "no accounts": ACCOUNTS}
    limits = {name: np.quantile(authenticity(without(usual, gone)).value, 0.01) for name, gone in views.items()}
    rows = []
    for scenario, parts in found.items():
        row: dict[str, Any] = {"scenario": scenario.name, "dose": scenario.dose or "", "creators": len(parts)}
        for name, gone in views.items():
            judged = authenticity(without(parts, gone))
            jumped = judged.weights[:, PARTS.index("jump")] >= LOG_ODDS_OF_A_REASON
            row |= {
                f"{name}: at 1 %": float((judged.value < limits[name]).mean()),
                f"{name}: cautioned": float((judged.value < limit).mean()),
                f"{name}: asked about a jump": float((jumped & (judged.value >= limit)).mean()),
            }
        row["median"] = float(np.median(authenticity(without(parts, ACCOUNTS)).value))
        rows.append(row)
    return rows


def real_creators(folder: Path) -> list[dict[str, Any]]:
    """Share of real creators that are cautioned about as they are, in an index of a half of them and of all."""
    limit = trade_data("cautions")["authenticity_low"]
    rows = []
    for name, half in (("the half of the weights", 0), ("the other half", 1), ("all", None)):
        value = authenticity(as_they_are(read_base(folder, half)).parts).value
        rows.append({"index": name, "creators": len(value), "cautioned": float((value < limit).mean())})
    return rows


def mixed(found: dict[Scenario, Floats]) -> tuple[Floats, NDArray[np.bool_], Floats]:
    """All cases with parts hidden at random, whether each cheats, and how often it is met."""
    rng = np.random.default_rng(SEED)
    parts, cheats, weight = [], [], []
    for scenario, cases in found.items():
        share = PREVALENCE / len(ATTACKS) if scenario.cheats else (1 - PREVALENCE) * HAPPENS[scenario.name]
        parts.append(hidden(rng, cases))
        cheats.append(np.full(len(cases), scenario.cheats))
        weight.append(np.full(len(cases), share / len(cases)))
    return np.concatenate(parts), np.concatenate(cheats), np.concatenate(weight)


def coverage(found: dict[Scenario, Floats]) -> dict[str, float]:
    """How often the value with everything known lies in the interval said with parts hidden, weighted as met."""
    rng, inside, total = np.random.default_rng(SEED), 0.0, 0.0
    for scenario, cases in found.items():
        share = PREVALENCE / len(ATTACKS) if scenario.cheats else (1 - PREVALENCE) * HAPPENS[scenario.name]
        whole, part = authenticity(cases).value, authenticity(hidden(rng, cases))
        inside += share * float(((part.low <= whole) & (whole <= part.high)).mean())
        total += share
    return {"coverage of 90 % intervals": inside / total}


def demo_world(folder: Path) -> tuple[list[dict[str, Any]], Index]:
    """The cheats of the demo world: how many are cautioned about, by what they did."""
    world = write_world(folder / "world", creators=3000)
    names = ("creators", "posts", "comments", "post_metrics", "follower_history")
    reindex({name: world.table(name) for name in names}, folder / "indexes")
    index = Index.open(SnapshotStore(folder / "indexes").folder())
    truth = {t["creator_id"]: t for t in map(json.loads, world.truth.read_text(encoding="utf-8").splitlines())}
    cheat = np.array([truth[i]["cheat"] for i in index.creator_table.column("creator_id").to_pylist()])
    value = np.asarray(index.creators.authenticity)
    history = ~np.isnan(index.creators.authenticity_weights[:, PARTS.index("jump")])
    limit = trade_data("cautions")["authenticity_low"]
    usual = np.quantile(value[cheat == "none"], 0.01)
    rows = []
    for name in np.unique(cheat).tolist():
        of = cheat == name
        rows.append(
            {"cheat": name, "creators": int(of.sum()), "with history": int((of & history).sum()),
             "cautioned": float((value[of] < limit).mean()), "at 1 % false alarms": float((value[of] < usual).mean()),
             "median": float(np.median(value[of]))}
        )  # fmt: skip
    return rows, index


def main() -> None:
    """Measure and report."""
    options = parser(__doc__, Path(__file__).parent).parse_args()
    data = real_data()
    accounts = fake_accounts(data / "labels" / "fake_followers.csv")
    usual = evidence_of(
        np.random.default_rng(SEED + 1),
        first := read_base(data / "real-creators", 0),
        INNOCENT[0],
        np.arange(len(first)),
    )
    found = drawn(read_base(data / "real-creators", 1), SEED)
    table = caught(found, usual)
    parts, cheats, weight = mixed(found)
    said = 1 - authenticity(parts).value
    bins = reliability(said, cheats, weight)
    summary = {"ECE": ece(bins), "AUC": auc(said, cheats), **coverage(found)}
    options.out.mkdir(parents=True, exist_ok=True)
    diagram(bins, "Authenticity: probability of cheating", options.out / "reliability.svg")
    real = real_creators(data / "real-creators")
    with scratch(options.indexes) as folder:
        demo, index = demo_world(folder)
        honest = [row for row in table if row["scenario"] in HAPPENS]
        attacks = [row for row in table if row["scenario"] not in HAPPENS]
        report(
            "How often is authenticity right?",
            options.out,
            {"fake_accounts": accounts, "attacks": attacks, "innocent": honest, "calibration": bins, "summary": summary,
             "real": real,
             "demo": demo, "as_of": AS_OF},
            [
                of_dicts("Fake accounts, five folds", accounts),
                of_dicts("Attacks: share found", attacks),
                of_dicts("Honest creators: share taken for cheats", honest),
                of_dicts("Reliability of the probability of cheating, parts hidden at random (reliability.svg)", bins),
                Table("In one number", ("measure", "value"), list(summary.items())),
                of_dicts("Real creators as they are, by posts and comments", real),
                of_dicts("The demo world", demo),
            ],
            index.manifest,
        )  # fmt: skip


if __name__ == "__main__":
    main()
