#!/usr/bin/env python3
"""
How well are comments judged? Spam against labelled comments, and what the judgement makes of the real ones.

    python benchmarks/comments/run.py [--indexes DIR]

(a) English comments under five videos: trained on four of them, tested on the fifth, F1; with all parts, without the
learned words, without the word list of promotion. (b) Language transfer: trained on English alone, tested on Vietnamese
reviews of four kinds (another genre too); beside it what the same features reach when trained on such reviews. (c) The
real comments: shares of each judgement, by script, and the cost.
Needs scikit-learn (extra: train).
"""

import csv
import gzip
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score, precision_score, recall_score, roc_auc_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from common import Table, parser, real_data, real_indexes, report
from train_comment_spam import learn, read

from matcher.signals.comments import spam
from matcher.signals.comments.characters import Characters, Kind
from matcher.signals.comments.copies import copied
from matcher.signals.comments.quality import JUDGED, judge
from matcher.signals.comments.readings import read_comments
from matcher.signals.trade import trade_data
from matcher.snapshot import SnapshotStore

BATCH = 65_536
KINDS = {"1": "fake", "2": "about the shop only", "3": "not a review"}


def probabilities(weights: dict[str, Any], texts: list[str]) -> NDArray[np.float64]:
    """P(spam) by other weights than those shipped, by the code that the engine runs."""
    data = trade_data("comment_spam")
    shipped = dict(data)
    try:
        data.update(weights)
        spam._words.cache_clear()
        return spam.spam_probability(read_comments(texts), 0.5)
    finally:
        data.update(shipped)
        spam._words.cache_clear()


def without_list(weights: dict[str, Any]) -> dict[str, Any]:
    """The weights with the list of promotion switched off."""
    return weights | {"features": weights["features"] | {"promotion": 0.0}}


def leave_one_video_out(folder: Path) -> list[list[Any]]:
    """F1 of each video with a model that has not seen it; the last row has all together."""
    texts, label, rows = read(folder / "comment_spam_youtube_en.csv")
    video = np.array([row["video"] for row in rows])
    variants: dict[str, Any] = {
        "as shipped": lambda w: w,
        "without learned words": lambda w: w | {"words": dict.fromkeys(w["words"], 0.0)},
        "without the list of promotion": without_list,
    }
    found: dict[str, NDArray[np.float64]] = {name: np.zeros(len(label)) for name in variants}
    for one in np.unique(video):
        seen = video != one
        weights = learn([t for t, s in zip(texts, seen, strict=True) if s], label[seen], video[seen].tolist())
        left_out = [t for t, s in zip(texts, seen, strict=True) if not s]
        for name, change in variants.items():
            found[name][~seen] = probabilities(change(weights), left_out)
    out = []
    for name, probability in found.items():
        for one in [*np.unique(video), "all"]:
            here = np.ones(len(video), bool) if one == "all" else video == one
            said = probability[here] >= spam.SPAM
            scores = (f1_score, precision_score, recall_score)
            row = [name, str(one), int(here.sum()), *(float(score(label[here], said)) for score in scores)]
            out.append([*row, float(roc_auc_score(label[here], probability[here]))])
    return out


def transfer(folder: Path) -> list[list[Any]]:
    """The shipped weights, learned on English alone, on Vietnamese reviews; each kind against honest reviews."""
    with gzip.open(folder / "review_spam_vi.csv.gz", "rt", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    texts = [row["text"] or "" for row in rows]
    readings = read_comments(texts)
    probability = spam.spam_probability(readings, 0.5)
    kind, trained = np.array([row["kind"] for row in rows]), np.array([row["split"] == "train" for row in rows])
    honest = kind == "0"
    out = []
    for code, name in KINDS.items():
        chosen = honest | (kind == code)
        label, said = kind[chosen] == code, probability[chosen] >= spam.SPAM
        theirs = make_pipeline(StandardScaler(), LogisticRegression(max_iter=1000))
        theirs.fit(readings.features[chosen & trained], kind[chosen & trained] == code)
        held_out = chosen & ~trained
        ceiling = theirs.predict_proba(readings.features[held_out])[:, 1]
        out.append([name, int((kind == code).sum()), float(roc_auc_score(label, probability[chosen])),
                    float(roc_auc_score(kind[held_out] == code, ceiling)),
                    float(f1_score(label, said)), float((probability[kind == code] >= spam.SPAM).mean()),
                    float(readings.empty[kind == code].mean())])  # fmt: skip
    said = float((probability[honest] >= spam.SPAM).mean())
    return [*out, ["honest", int(honest.sum()), np.nan, np.nan, np.nan, said, float(readings.empty[honest].mean())]]


def script_of(texts: list[str]) -> NDArray[np.int64]:
    """0 Latin and the like, 1 Chinese and Japanese, 2 Thai and the like, 3 no letters."""
    characters = Characters.of(texts)
    han, thai = characters.count(Kind.IDEOGRAPH), characters.count(Kind.SYLLABIC)
    letters = characters.count(Kind.LETTER, Kind.UPPER)
    return np.select([(letters + han + thai) == 0, (han >= letters) & (han > 0), thai >= np.maximum(letters, 1)],
                     [3, 1, 2], 0).astype(np.int64)  # fmt: skip


def real_comments(folder: Path) -> tuple[list[list[Any]], dict[str, float]]:
    """Shares of each judgement in the real comments of others, and what judging costs."""
    table = pq.read_table(folder / "comments.parquet", columns=["post_id", "text", "by_creator"])
    texts = table.column("text").to_pylist()
    began = time.process_time()
    judged = np.concatenate([judge(texts[i : i + BATCH]) for i in range(0, len(texts), BATCH)])
    took = time.process_time() - began
    others = ~table.column("by_creator").to_numpy()
    post = np.asarray(table.column("post_id").combine_chunks().dictionary_encode().indices, dtype=np.int64)
    copies = np.zeros(len(texts), bool)
    copies[others] = copied(judged["bands"][others], post[others])
    script = np.concatenate([script_of(texts[i : i + BATCH]) for i in range(0, len(texts), BATCH)])
    rows = []
    for name, chosen in [("all", others)] + [
        (name, others & (script == code)) for code, name in enumerate(("Latin and others", "Han, kana", "Thai", "none"))
    ]:
        said = judged["spam"] >= spam.SPAM
        shares = (judged["empty"], said, copies, said & copies)
        means = [float(share[chosen].mean()) for share in shares]
        rows.append([name, int(chosen.sum()), *means, float(judged["depth"][chosen].mean())])
    return rows, {"comments": len(texts), "cpu_s": round(took, 2), "us_a_comment": round(took / len(texts) * 1e6, 1),
                  "bytes_a_text": JUDGED.itemsize + 8}  # fmt: skip


def main() -> None:
    """Run all three and write the results."""
    options = parser(__doc__, Path(__file__).parent).parse_args()
    data = real_data()
    english, vietnamese = leave_one_video_out(data / "labels"), transfer(data / "labels")
    shares, cost = real_comments(data / "real-creators")
    with real_indexes(options.indexes) as indexes:
        manifest = SnapshotStore(indexes).manifest()
    tables = [
        Table("(a) English, one video left out", ("model", "video", "n", "f1", "precision", "recall", "auc"), english),
        Table("(b) Vietnamese reviews, trained on English comments",
              ("kind", "n", "auc", "auc_trained_on_them", "f1", "called_spam", "says_nothing"), vietnamese),
        Table("(c) Real comments of others", ("script", "n", "says_nothing", "spam", "copied", "both", "depth"),
              shares),
        Table("(c) Cost", tuple(cost), [[*cost.values()]]),
    ]  # fmt: skip
    results = {
        table.title: [dict(zip(table.head, [None if v != v else v for v in row], strict=True)) for row in table.rows]
        for table in tables
    }
    report("How well are comments judged?", options.out, results, tables, manifest)


if __name__ == "__main__":
    main()
