"""
Do other tokens rank better? BM25 over posts on the judged briefs, best three posts a creator, nDCG@10.

    python benchmarks/text/compare_tokens.py [--data ../shared/data]

Prints one row per variant: briefs matched within their language, and across; in brackets over judged creators only.
"""

import argparse
import csv
import json
import math
import os
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
from numpy.typing import NDArray
from scipy.sparse import csc_array, csr_array

from matcher.text import tokens
from matcher.text.words import without_diacritics

Tokens = list[str]
HOME = {"en": "en", "vn": "vi", "tw": "zh-Hant", "th": "th"}


def han_singles(found: Tokens) -> Tokens:
    """Single Han characters beside the pairs."""
    return [t for token in found for t in ([token, *token] if len(token) == 2 and token[0] >= "\u3400" else [token])]


def bare_vietnamese(found: Tokens) -> Tokens:
    """Each word with Latin marks a second time without them."""
    return [t for token in found for t in ([token] if token.isascii() else [token, without_diacritics(token)])]


def no_signs(found: Tokens) -> Tokens:
    """No whole hashtags and handles."""
    return [token for token in found if token[0] not in "#@"]


VARIANTS: dict[str, Callable[[Tokens], Tokens]] = {
    "shipped": list,
    "with single Han characters": han_singles,
    "with bare Vietnamese": bare_vietnamese,
    "without whole hashtags": no_signs,
}


def main() -> None:
    """Print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("MATCHER_SHARED_DATA", "../shared/data")))
    data: Path = parser.parse_args().data
    texts, owners, platforms = documents(data)
    lines = (data / "judged-briefs/briefs.jsonl").read_text("utf-8").splitlines()
    briefs = [json.loads(line) for line in lines]
    grades: dict[str, dict[str, int]] = defaultdict(dict)
    with (data / "judged-briefs/qrels.tsv").open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows, delimiter="\t"):
            grades[row["brief_id"]][row["creator_id"]] = int(row["grade"])
    posts, queries = tokens(texts), tokens([brief["text"] for brief in briefs])
    print("| tokens | en | th | vi | zh-Hant | within | across |\n|---|---|---|---|---|---|---|")
    for name, vary in VARIANTS.items():
        scores, vocabulary = weights([vary(post) for post in posts])
        found: dict[str, list[tuple[float, float]]] = defaultdict(list)
        for brief, query in zip(briefs, queries, strict=True):
            columns = sorted({vocabulary[token] for token in vary(query) if token in vocabulary})
            relevance = np.asarray(scores[:, columns].sum(axis=1)).ravel()
            relevance[~np.isin(platforms, brief["must"]["platforms"])] = 0.0
            ranking = creators(relevance, owners)
            judged = grades[brief["brief_id"]]
            pair = ndcg(ranking, judged), ndcg([c for c in ranking if c in judged], judged)
            home = HOME[brief["brief_id"][:2]]
            for key in [home, "within"] if brief["language"] == home else ["across"]:
                found[key].append(pair)
        cells = [np.mean(found[key], axis=0) for key in ("en", "th", "vi", "zh-Hant", "within", "across")]
        print(f"| {name} | " + " | ".join(f"{every:.3f} ({judged:.3f})" for every, judged in cells) + " |", flush=True)


def documents(data: Path) -> tuple[list[str], list[str], NDArray[np.str_]]:
    """Posts with their tags, and bios, with whose they are and on which platform."""
    columns = ["creator_id", "platform", "text", "hashtags"]
    posts = pq.read_table(data / "real-creators/posts.parquet", columns=columns).to_pydict()
    bios = pq.read_table(data / "real-creators/creators.parquet", columns=["creator_id", "platform", "bio"]).to_pydict()
    kept = [row for row, bio in enumerate(bios["bio"]) if bio]
    texts = [
        " ".join(
            [text or "", *(f"#{tag.replace(' ', '')} {tag}" for tag in (tags or [])[:20] if tag not in (text or ""))]
        )
        for text, tags in zip(posts["text"], posts["hashtags"], strict=True)
    ] + [bios["bio"][row] for row in kept]
    owners = posts["creator_id"] + [bios["creator_id"][row] for row in kept]
    return texts, owners, np.array(posts["platform"] + [bios["platform"][row] for row in kept])


def weights(posts: list[Tokens], k1: float = 1.2, b: float = 0.75) -> tuple[csc_array, dict[str, int]]:
    """BM25 weight of each token in each post (Robertson & Zaragoza, 2009), and the columns of the tokens."""
    vocabulary: dict[str, int] = {}
    columns = [vocabulary.setdefault(token, len(vocabulary)) for post in posts for token in post]
    lengths = np.array([len(post) for post in posts], dtype=np.float32)
    starts = np.concatenate(([0], np.cumsum(lengths, dtype=np.int64)))
    counts = csr_array((np.ones(len(columns), np.float32), columns, starts), shape=(len(posts), len(vocabulary)))
    counts.sum_duplicates()
    in_posts = np.bincount(counts.indices, minlength=len(vocabulary))
    idf = np.log(1 + (len(posts) - in_posts + 0.5) / (in_posts + 0.5))
    norm = np.repeat(k1 * (1 - b + b * lengths / lengths.mean()), np.diff(counts.indptr))
    counts.data = counts.data * (k1 + 1) / (counts.data + norm) * idf[counts.indices]
    return counts.tocsc(), vocabulary


def creators(relevance: NDArray[np.float64], owners: list[str]) -> list[str]:
    """Creators by the mean of their best three posts, missing ones counting as zero."""
    best: dict[str, list[float]] = defaultdict(list)
    for row in np.argsort(-relevance, kind="stable")[:3000].tolist():
        if relevance[row] > 0 and len(best[owners[row]]) < 3:
            best[owners[row]].append(float(relevance[row]))
    total = Counter({creator: sum(values) for creator, values in best.items()})
    return sorted(total, key=lambda creator: (-total[creator], creator))


def ndcg(ranking: list[str], grades: dict[str, int], k: int = 10) -> float:
    """NDCG@k with exponential gains (Burges et al., 2005)."""

    def dcg(values: list[int]) -> float:
        return sum((2**value - 1) / math.log2(place + 2) for place, value in enumerate(values[:k]))

    ideal = dcg(sorted(grades.values(), reverse=True))
    return dcg([grades.get(creator, 0) for creator in ranking]) / ideal if ideal else 0.0


if __name__ == "__main__":
    main()
