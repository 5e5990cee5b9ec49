"""
Bad days, for real: `kill -9` at thirty random moments of a reindex, a disk that is full, a creator with 50,000 posts.

    python benchmarks/bad_days/run.py [--kills 30] [--out benchmarks/bad_days/results.md]

Each reindex is a process of its own. After every kill the index is opened and asked the same brief, and one more
reindex has to leave nothing behind. The full disk is a small tmpfs, which takes root.
"""

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from matcher import Matcher
from matcher.demo import write_world
from matcher.errors import SnapshotError
from matcher.indexing import reindex
from matcher.snapshot import SnapshotStore

AS_OF = datetime(2026, 11, 22, tzinfo=UTC)
BRIEF = {"text": "Cold-brew coffee for campers in Taiwan: honest reviews, calm videos", "k": 10}
CHILD = """
import dataclasses, json, sys
from datetime import UTC, datetime
from matcher.indexing import reindex
print("go", flush=True)
creators, posts, indexes, full = sys.argv[1:]
summary = reindex(creators=creators, posts=posts, indexes=indexes, full=bool(int(full)), progress=False,
                  as_of=datetime(2026, 11, 22, tzinfo=UTC))
print(json.dumps(dataclasses.asdict(summary)))
"""


def start(creators: Path, posts: Path, indexes: Path, full: bool = True) -> "subprocess.Popen[str]":
    """A reindex in a process of its own; returns once its imports are done."""
    command = [sys.executable, "-c", CHILD, str(creators), str(posts), str(indexes), str(int(full))]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "go\n", process.stderr
    return process


def answer(indexes: Path) -> dict[str, Any]:
    """The shortlist for the brief, without what changes from one moment or snapshot to the next."""
    found = Matcher.open(indexes).match(BRIEF).to_dict()
    return {name: value for name, value in found.items() if name not in ("created_at", "snapshot_id")}


def left_over(indexes: Path) -> list[str]:
    """Folders that a dead run left behind."""
    return [path.name for path in indexes.iterdir() if path.name.startswith((".building-", ".trash-"))]


def killed(folder: Path, kills: int) -> list[str]:
    """`kill -9` at random moments."""
    world = write_world(folder / "world", creators=400, posts_per_creator=15)
    creators, posts, indexes = world.table("creators"), world.table("posts"), folder / "indexes"
    reindex(creators=creators, posts=posts, indexes=indexes, as_of=AS_OF, progress=False)
    expected = answer(indexes)
    began = time.perf_counter()
    start(creators, posts, indexes).communicate()
    whole = time.perf_counter() - began
    moments, found, lines = random.Random(7), Counter[str](), []
    for number in range(1, kills + 1):
        store = SnapshotStore(indexes)
        before = store.current()
        process = start(creators, posts, indexes)
        began = time.perf_counter()
        if number % 2:
            time.sleep(moments.uniform(0, whole))
        else:  # every second one at the end, where the steps are short: writing, probing, publishing
            while not (list(indexes.glob(".building-*/creators.arrow")) or process.poll() is not None):
                time.sleep(0.002)
            time.sleep(moments.uniform(0, 0.12 * whole))
        after_s = time.perf_counter() - began
        process.send_signal(signal.SIGKILL)
        process.communicate()
        if process.returncode == 0:
            state = "had ended"
        elif store.current() != before:
            state = "killed after publishing"
        elif left_over(indexes):
            step = sorted(p.name for p in (indexes / left_over(indexes)[0]).iterdir())
            state = f"killed while building ({len(step)} parts there)"
        else:
            state = "killed before building"
        same_current = store.current() == before or state in ("had ended", "killed after publishing")
        same_answer = answer(indexes) == expected
        reindex(creators=creators, posts=posts, indexes=indexes, as_of=AS_OF, progress=False)
        clean = not left_over(indexes)
        for name, good in (("current", same_current), ("answer", same_answer), ("clean", clean)):
            found[name] += good
        lines.append(
            f"| {number} | {after_s:.2f} | {state} | {yes(same_current)} | {yes(same_answer)} | {yes(clean)} |"
        )
    return [
        f"## `kill -9` at {kills} random moments",
        "",
        f"6,000 posts of 400 creators; a whole reindex takes {whole:.1f} s in its own process after its imports. "
        f"`current` opened and was as before (or the new one, when the kill came after publishing): "
        f"**{found['current']} of {kills}**; the same answer as before: **{found['answer']} of {kills}**; nothing "
        f"left behind after the next run: **{found['clean']} of {kills}**.",
        "",
        "| # | after s | state | `current` | same answer | clean after the next run |",
        "|---|---|---|---|---|---|",
        *lines,
    ]


def yes(good: bool) -> str:
    """A cell."""
    return "yes" if good else "**NO**"


def one_creator(folder: Path, posts: int = 50_000) -> list[str]:
    """A creator with very many posts, beside a few ordinary ones."""
    folder.mkdir()
    creator = {"platform": "tiktok", "handle": "x", "followers": 10_000, "country": "TW"}
    with (folder / "creators.jsonl").open("w") as file:
        for number in range(20):
            file.write(json.dumps(creator | {"creator_id": f"c{number}"}) + "\n")
    words = "coffee tea camping tent stove trail 咖啡 露營 帳篷 山 ชา กาแฟ cà phê trà".split()
    draw = random.Random(1)
    with (folder / "posts.jsonl").open("w") as file:
        for number in range(posts + 190):
            owner = 0 if number < posts else 1 + number % 19
            post = {"post_id": str(number), "creator_id": f"c{owner}", "platform": "tiktok", "likes": number % 97,
                    "views": 5_000, "published_at": f"2026-{1 + number % 10:02}-{1 + number % 28:02}T00:00:00Z",
                    "text": " ".join(draw.choices(words, k=12)) + f" {number}"}  # fmt: skip
            file.write(json.dumps(post, ensure_ascii=False) + "\n")
    rows = []
    for full in (True, False):
        process = start(folder / "creators.jsonl", folder / "posts.jsonl", folder / "indexes", full)
        out, said = process.communicate()
        if process.returncode:
            raise SystemExit(said)
        summary = json.loads(out)
        seconds = sum(summary["seconds"].values())
        rows.append(f"| reindex, {'everything new' if full else 'nothing changed'} | {seconds:.1f} s | "
                    f"{summary['peak_memory_mb']:,.0f} MB |")  # fmt: skip
    matcher = Matcher.open(folder / "indexes")
    times = []
    for _ in range(30):
        began = time.perf_counter()
        found = matcher.match(BRIEF)
        times.append(1000 * (time.perf_counter() - began))
    assert len(found.entries) == 10
    rows.append(f"| match, all 20 creators scored, p50 of 30 | {sorted(times)[15]:.0f} ms | |")
    return [f"## A creator with {posts:,} posts", "", "| step | time | peak memory |", "|---|---|---|", *rows]


def full_disk(folder: Path) -> list[str]:
    """The disk gets full at different steps: small file systems, and one that snapshots fill up."""
    folder.mkdir()
    world = write_world(folder / "world", creators=80, posts_per_creator=6)
    creators, posts = world.table("creators"), world.table("posts")
    lines = []
    for size in (100, 200, 400, 600, 800, 1000, 1200, 1400, 1600, 2000, 4000):
        disk = folder / f"disk{size}"
        disk.mkdir()
        mount = ["mount", "-t", "tmpfs", "-o", f"size={size}k", "tmpfs", str(disk)]
        if os.geteuid() or subprocess.run(mount, capture_output=True).returncode:
            return ["## A full disk", "", "Not tried: a small file system cannot be mounted here."]
        try:
            published, message, expected = 0, "", None
            try:
                for _ in range(60):
                    reindex(creators=creators, posts=posts, indexes=disk / "i", full=True, keep=99, progress=False)
                    published += 1
                    expected = expected or answer(disk / "i")
            except SnapshotError as error:
                message = str(error).split(";")[0].replace(str(folder), "…")
            store = SnapshotStore(disk / "i")
            whole = len(store.ids()) == published and not left_over(disk / "i")
            for snapshot_id in store.ids():
                store.manifest(snapshot_id).verify(store.folder(snapshot_id))
            same = expected is None or answer(disk / "i") == expected
            lines.append(f"| {size} KB | {published} | {message} | {yes(whole)} | {yes(same)} |")
        finally:
            subprocess.run(["umount", "--lazy", str(disk)], check=True)
    head = "| disk | published before it was full | error | only whole snapshots there | same answer |"
    return ["## A full disk", "", head, "|---|---|---|---|---|", *lines]


def main() -> None:
    """Run all and write the results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "results.md")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp())
    try:
        parts = [
            [
                "# Bad days",
                "",
                "Written by `benchmarks/bad_days/run.py`, 2 cores shared with other work, the embedded encoder.",
            ],
            killed(folder / "killed", options.kills),
            full_disk(folder / "full"),
            one_creator(folder / "one"),
        ]
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    text = "\n\n".join("\n".join(part) for part in parts) + "\n"
    options.out.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
