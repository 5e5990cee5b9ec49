#!/usr/bin/env python3
"""
Learn the weights of the comment spam model and write src/matcher/signals/data/comment_spam.json.

    python scripts/train_comment_spam.py comment_spam_youtube_en.csv

The table has the columns `text`, `spam` (0 or 1) and `video`. L1 keeps few words, and a word has to appear under
several videos, or the model would learn what one of them is about. Needs scikit-learn (extra: train).
"""

import argparse
import csv
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from matcher.signals.comments.readings import FEATURES, read_comments

TARGET = Path(__file__).resolve().parents[1] / "src" / "matcher" / "signals" / "data" / "comment_spam.json"
STRENGTH = 0.2
"""Inverse strength of the L1 penalty; 0.1 to 0.5 differ by less than 0.01 in F1."""
MOST = 1.5
"""The most that a word weighs: it moves the odds 4.5-fold, so that "please" or "share" alone decide nothing."""
LEAST_VIDEOS = 3
"""A word is looked at that appears under so many videos."""


def learn(texts: Sequence[str], spam: NDArray[np.int64], videos: Sequence[str]) -> dict[str, Any]:
    """Weights of features and words from labelled comments under videos."""
    readings = read_comments(texts)
    scaler = StandardScaler().fit(readings.features)
    vocabulary = CountVectorizer(binary=True, token_pattern=r"[^ ]+", lowercase=False)
    words = vocabulary.fit_transform(readings.folded.texts())
    _, video = np.unique(videos, return_inverse=True)
    seen = sum((np.asarray(words[video == one].sum(axis=0)).ravel() > 0).astype(int) for one in np.unique(video))
    usual = seen >= LEAST_VIDEOS
    names = vocabulary.get_feature_names_out()[usual].tolist()
    parts = [csr_matrix(scaler.transform(readings.features)), words[:, usual]]
    model = LogisticRegression(C=STRENGTH, l1_ratio=1, solver="liblinear", max_iter=1000, random_state=7)
    model.fit(hstack(parts).tocsr(), spam)
    weights = model.coef_[0]
    raw = weights[: len(FEATURES)] / scaler.scale_
    learned = zip(names, weights[len(FEATURES) :].tolist(), strict=True)
    return {
        "spam_share": round(float(spam.mean()), 4),
        "intercept": round(float(model.intercept_[0] - raw @ scaler.mean_), 4),
        "features": dict(zip(FEATURES, np.round(raw, 4).tolist(), strict=True)),
        "words": {word: round(min(max(weight, -MOST), MOST), 3) for word, weight in learned if abs(weight) > 0.0005},
    }


def read(path: Path) -> tuple[list[str], NDArray[np.int64], list[dict[str, str]]]:
    """Texts, labels and whole rows of a labelled table."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [row["text"] for row in rows], np.array([int(row["spam"]) for row in rows]), rows


def main() -> None:
    """Learn from a whole table and write the weights."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("table", type=Path)
    texts, spam, rows = read(options.parse_args().table)
    source = "learned on 1,956 labelled comments in English (YouTube Spam Collection, Alberto, Lochter & Almeida 2015)"
    TARGET.write_text(
        json.dumps(
            {"source": source} | learn(texts, spam, [row["video"] for row in rows]), indent=2, ensure_ascii=False
        )
        + "\n"
    )
    print(f"{TARGET.name} written")


if __name__ == "__main__":
    main()
