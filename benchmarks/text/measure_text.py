"""
How well and how fast the text room works on real posts: languages, hashtags, tokens, disclosure, seconds.

    python benchmarks/text/measure_text.py [--data ../shared/data] > benchmarks/text/results.md

The platforms' language labels name the language of the sound or of the channel, so agreement with them is a floor, not
an accuracy; the topic sentences are clean text and give the accuracy, whole and cut to a caption's length.
"""

import argparse
import csv
import gzip
import os
import random
import re
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

from matcher import text as room
from matcher.text.words import english_costs, split_run, vietnamese_costs

SAMPLE = 30_000


def main() -> None:
    """Print the results as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("MATCHER_SHARED_DATA", "../shared/data")))
    data: Path = parser.parse_args().data
    if not (data / "real-creators/posts.parquet").exists():
        sys.exit(f"no posts under {data}: name the data folder with --data or MATCHER_SHARED_DATA")
    columns = ["text", "language", "platform", "hashtags"]
    posts = pq.read_table(data / "real-creators/posts.parquet", columns=columns).to_pydict()
    texts = [text or "" for text in posts["text"]]
    print("# Text, measured\n\nMade by `benchmarks/text/measure_text.py`; one thread of a shared machine.\n")
    speed(texts, posts["hashtags"])
    sentences(data / "encoder/dev_topics_sib200.csv.gz")
    labels(texts, posts["language"], posts["platform"])
    tags(texts)
    disclosed(texts, posts["platform"])


def speed(texts: list[str], hashtags: list[list[str] | None]) -> None:
    """Posts per second of each batch function, on a sample of the real posts."""
    rows = random.Random(0).sample(range(len(texts)), SAMPLE)
    sample = [texts[row] for row in rows]
    beside = [hashtags[row] or [] for row in rows]
    code = "import numpy, time; t = time.process_time(); import matcher.text; print(time.process_time() - t)"
    imports = [
        float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout) for _ in range(5)
    ]
    english_costs()
    vietnamese_costs()
    room.detect_languages(["une phrase pour charger le modèle"])
    calls: dict[str, Callable[[], Sequence[object] | object]] = {
        "clean": lambda: room.clean(sample),
        "tokens, hashtags new": lambda: room.tokens(sample),
        "tokens, hashtags seen": lambda: room.tokens(sample),
        "embedding_texts with the tags beside": lambda: room.embedding_texts(sample, beside),
        "detect_languages": lambda: room.detect_languages(sample),
        "emoji_in": lambda: room.emoji_in(sample),
        "discloses": lambda: room.discloses(sample),
    }
    print(f"## Speed\n\nImport beyond NumPy: {min(imports) * 1000:.0f} ms. On {SAMPLE:,} posts drawn at random:\n")
    print("| function | posts per second of CPU |\n|---|---|")
    for name, call in calls.items():
        start = time.process_time()
        call()
        print(f"| `{name}` | {SAMPLE / (time.process_time() - start):,.0f} |")


def sentences(path: Path) -> None:
    """Accuracy on the topic sentences, whole and cut."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    names = sorted({row["lang"] for row in rows})
    print("\n## Language of clean sentences (SIB-200, 1,004 a language): accuracy, mean confidence\n")
    print("| cut to | " + " | ".join(names) + " |\n|---|" + "---|" * len(names))
    for cut in (None, 40, 20):
        found, sure = room.detect_languages([row["text"][:cut] for row in rows])
        cells = []
        for name in names:
            mine = np.array([row["lang"] == name for row in rows])
            right = np.mean([language == name for language, own in zip(found, mine, strict=True) if own])
            cells.append(f"{right:.3f} ({sure[mine].mean():.2f})")
        print(f"| {cut or 'whole'} | " + " | ".join(cells) + " |")


def labels(texts: list[str], codes: list[str | None], platforms: list[str]) -> None:
    """Agreement with the platform's own labels, and whether the confidence means something."""
    found, sure = room.detect_languages(texts)
    table: dict[str, Counter[str | None]] = defaultdict(Counter)
    agreed: list[tuple[float, bool]] = []
    for text, code, language, confidence in zip(texts, codes, found, sure.tolist(), strict=True):
        label = room.resolve_chinese(code, text)
        if label is None:
            continue
        table[label][language] += 1
        if language is not None:
            agreed.append((confidence, language == label))
    print("\n## Language of real posts, where the platform gave one (YouTube)\n")
    print("| label | posts | agreed | most found |\n|---|---|---|---|")
    for label, row in sorted(table.items(), key=lambda item: -item[1].total())[:16]:
        most = ", ".join(f"{language} {count}" for language, count in row.most_common(4))
        print(f"| {label} | {row.total():,} | {row[label] / row.total():.3f} | {most} |")
    values = np.array(agreed)
    print("\n| confidence | posts | agreed |\n|---|---|---|")
    for low in (0.0, 0.2, 0.4, 0.6, 0.8, 0.9):
        high = 0.9 if low == 0.8 else 1.01 if low == 0.9 else low + 0.2
        rows = (values[:, 0] >= low) & (values[:, 0] < high)
        print(f"| {low:.1f}–{min(high, 1.0):.1f} | {rows.sum():,} | {values[rows, 1].mean():.3f} |")
    print("\nPlatforms that label nothing: languages found.\n")
    for platform in ("tiktok", "threads", "instagram"):
        counts = Counter(language for language, own in zip(found, platforms, strict=True) if own == platform)
        print(f"- {platform}: " + ", ".join(f"{language} {count:,}" for language, count in counts.most_common(8)))


def tags(texts: list[str]) -> None:
    """Splitting judged by hashtags whose writer used capitals: #StreetFood in small letters must split there again."""
    gold = {
        tuple(part.lower() for part in re.findall("[A-Z][a-z]+", tag))
        for found in room.hashtags(texts)
        for tag in found
        if re.fullmatch(r"(?:[A-Z][a-z]+){2,5}", tag)
    }
    exact = right = cut = wanted = 0
    for words in gold:
        expected, got = _cuts(words), _cuts(split_run("".join(words)))
        exact += expected == got
        right += len(expected & got)
        cut += len(got)
        wanted += len(expected)
    print(f"\n## Hashtags taken apart ({len(gold):,} distinct, written with capitals, tried in small letters)\n")
    print(f"Exact {exact / len(gold):.3f}; of the cuts made {right / cut:.3f} are right,")
    print(f"of the cuts wanted {right / wanted:.3f} are made.")


def _cuts(words: Sequence[str]) -> set[int]:
    return set(np.cumsum([len(word) for word in words])[:-1].tolist())


def disclosed(texts: list[str], platforms: list[str]) -> None:
    """How many posts of each platform carry a disclosure."""
    found = room.discloses(texts)
    print("\n## Posts with a disclosure\n")
    for platform in sorted(set(platforms)):
        own = np.array([name == platform for name in platforms])
        print(f"- {platform}: {found[own].sum():,} of {own.sum():,} ({found[own].mean():.4f})")


if __name__ == "__main__":
    main()
