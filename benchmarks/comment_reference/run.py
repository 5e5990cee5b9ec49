#!/usr/bin/env python3
"""
Would the encoder tell whether a comment speaks of its post? Similarity with the own post beside that with others.

    python benchmarks/comment_reference/run.py [--out DIR]

Real comments of four words or more that say something, without those of the creators. A pair is a comment with its own
post, and with another one: 0.5 is chance. No model is made of it; docs/signals.md says why.
"""

import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from common import of_dicts, parser, real_data, report

from matcher.retrieval.encoders import load_encoder
from matcher.signals.comments.quality import judge
from matcher.signals.comments.spam import SPAM

DRAWN, JUDGED, SEED = 40_000, 6_000, 1
WORDS = ((4, 6), (7, 12), (13, 10_000))


def comments(folder: Path) -> tuple[pd.DataFrame, NDArray[np.bool_]]:
    """Comments with the text of their post and of another one by the same creator, where there is one; spam or not."""
    said = pd.read_parquet(folder / "comments.parquet", columns=["post_id", "text", "by_creator"])
    said = said[~said["by_creator"].fillna(False) & said["text"].notna()]
    posts = pd.read_parquet(folder / "posts.parquet", columns=["post_id", "creator_id", "text"]).dropna()
    said = said.sample(DRAWN, random_state=SEED).merge(posts, on="post_id", suffixes=("", "_post"))
    judged = judge(said["text"].tolist())
    telling = np.flatnonzero(~judged["empty"] & (said["text"].str.split().str.len() >= WORDS[0][0]))[:JUDGED]
    said = said.iloc[telling].reset_index(drop=True)
    others = posts[posts["creator_id"].isin(said["creator_id"]) & ~posts["post_id"].isin(said["post_id"])]
    said["text_other"] = said["creator_id"].map(others.groupby("creator_id")["text"].first())
    return said, judged["spam"][telling] >= SPAM


def nearer(own: NDArray[np.float32], other: NDArray[np.float32]) -> float:
    """Share of pairs in which the first is more similar, ties counted half."""
    return round(float(((own > other) + 0.5 * (own == other)).mean()), 3)


def main() -> None:
    """Measure and write the results."""
    options = parser(__doc__, Path(__file__).parent).parse_args()
    said, spam = comments(real_data() / "real-creators")
    encode = load_encoder().encode
    began = time.process_time()
    vectors = encode(said["text"].tolist())
    cpu_s = time.process_time() - began
    posts = encode(said["text_post"].tolist())
    own = (vectors * posts).sum(axis=1)
    other = (vectors * posts[np.random.default_rng(SEED).permutation(len(said))]).sum(axis=1)
    has = said["text_other"].notna().to_numpy()
    same = (vectors[has] * encode(said["text_other"][has].tolist())).sum(axis=1)
    words = said["text"].str.split().str.len().to_numpy()
    pairs: list[dict[str, Any]] = [
        {"pair": "another post of anybody", "comments": len(said), "nearer to the own post": nearer(own, other)},
        {"pair": "another post of the same creator", "comments": int(has.sum()),
         "nearer to the own post": nearer(own[has], same)},
    ]  # fmt: skip
    for low, high in WORDS:
        some = (words >= low) & (words <= high)
        name = f"another post of anybody, {low} words or more, {high} at most"
        share = nearer(own[some], other[some])
        pairs.append({"pair": name, "comments": int(some.sum()), "nearer to the own post": share})
    genuine, bad = own[~spam], own[spam]
    below = np.searchsorted(np.sort(bad), genuine, "left") + np.searchsorted(np.sort(bad), genuine, "right")
    figures = [
        {"figure": "AUC, genuine above spam", "value": round(float(below.mean() / 2 / len(bad)), 3)},
        {"figure": "correlation with log words", "value": round(float(np.corrcoef(own, np.log(words))[0, 1]), 3)},
        {"figure": "ms of CPU to embed a comment", "value": round(1000 * cpu_s / len(said), 3)},
    ]
    tables = [of_dicts("Pairs", pairs), of_dicts("Beside", figures)]
    report("Does a comment speak of its post?", options.out, {"pairs": pairs, "figures": figures}, tables)


if __name__ == "__main__":
    main()
