"""A brief in a cold process: `matcher match` on the demo index, the first thing that a new user waits for."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from common import python_env, run_matcher

from matcher.demo.samples import FOLDER

RUNS = 7
HEAVY = ("torch", "transformers", "sentence_transformers", "pandas", "fastapi", "sklearn")
"""Packages that have no business on this path."""
_CALL = "from matcher.apps.cli import main; main()"


def cold(creators: int) -> dict[str, Any]:
    """Wall milliseconds of `matcher match` in new processes, and the modules that it imports."""
    with TemporaryDirectory(prefix="matcher-bench-") as scratch:
        run_matcher("demo", "--folder", scratch, "--creators", str(creators), "--details", "0")
        call = ["match", str(sorted(FOLDER.glob("*.json"))[0]), "--indexes", str(Path(scratch) / "indexes")]
        runs = [run_matcher(*call) for _ in range(RUNS)]
        modules = imported(call)
    top = sorted(modules.items(), key=lambda item: -item[1])[:10]
    return {
        "median_ms": round(median(run.wall_s for run in runs) * 1000, 1),
        "best_ms": round(min(run.wall_s for run in runs) * 1000, 1),
        "peak_rss_mb": max(run.peak_rss_mb for run in runs),
        "modules": len(modules),
        "heavy_modules": sorted({name.split(".")[0] for name in modules}.intersection(HEAVY)),
        "slowest_imports": [(name, round(micros / 1000, 1)) for name, micros in top],
    }


def imported(call: list[str]) -> dict[str, int]:
    """Module → microseconds of its own, as `python -X importtime` says."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", _CALL, *call],
        capture_output=True, text=True, check=True, env=os.environ | python_env(),
    )  # fmt: skip
    rows = (line.removeprefix("import time:").split("|") for line in done.stderr.splitlines() if "|" in line)
    return {name.strip(): int(own) for own, _, name in rows if own.strip().isdigit()}
