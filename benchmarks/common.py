"""What all benchmarks share: the real data, commands in processes of their own, and how results are kept."""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

import matcher
from matcher.snapshot import Manifest, SnapshotStore

REPO = Path(__file__).resolve().parents[1]
AS_OF = "2026-11-01"
"""The day that ages are counted from, so that a run of next month measures the same."""
TABLES = ("creators", "posts", "post_metrics", "comments")
_LIBRARIES = ("numpy", "pyarrow", "faiss-cpu", "tantivy", "tokenizers")


def parser(description: str | None, folder: Path) -> argparse.ArgumentParser:
    """The options that every benchmark has."""
    options = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False
    )
    options.add_argument("--indexes", type=Path, help="keep the index here, and use it when it is there already")
    options.add_argument("--out", type=Path, default=folder, help="where results.json and results.md go")
    return options


def real_data() -> Path:
    """The folder of the real tables and judgements; without it there is nothing to measure, and that is said."""
    data = Path(os.environ.get("MATCHER_SHARED_DATA") or REPO.parent / "shared" / "data")
    if not (data / "real-creators" / "posts.parquet").is_file():
        print("Skipped: no real data, neither ../shared/data nor $MATCHER_SHARED_DATA holds real-creators/.")
        sys.exit(0)
    return data


@contextmanager
def scratch(given: Path | None) -> Iterator[Path]:
    """The folder that was given, else a temporary one."""
    if given is not None:
        given.mkdir(parents=True, exist_ok=True)
        yield given
        return
    with TemporaryDirectory(prefix="matcher-bench-") as folder:
        yield Path(folder)


@contextmanager
def real_indexes(given: Path | None) -> Iterator[Path]:
    """An indexes folder with the real input in it: the one given if it holds a snapshot, else made now."""
    with scratch(given) as indexes:
        if not SnapshotStore(indexes).ids():
            reindex({name: real_data() / "real-creators" / f"{name}.parquet" for name in TABLES}, indexes)
        yield indexes


@dataclass(frozen=True)
class Used:
    """What a process took."""

    wall_s: float
    cpu_s: float
    peak_rss_mb: float
    """Largest resident size, in MB (10⁶ bytes), file pages that were mapped in included."""
    stdout: str


def python_env() -> dict[str, str]:
    """The environment variable by which another process finds the package that is measured here."""
    paths = [str(Path(matcher.__file__).parents[1]), os.environ.get("PYTHONPATH", "")]
    return {"PYTHONPATH": os.pathsep.join(filter(None, paths))}


def run_python(*arguments: str | Path) -> Used:
    """Run this Python in a process of its own, with this package; raises SystemExit when it fails."""
    env = os.environ | python_env()
    began = time.perf_counter()
    process = subprocess.Popen([sys.executable, *map(str, arguments)], stdout=subprocess.PIPE, env=env)
    assert process.stdout is not None
    stdout = process.stdout.read().decode()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(map(str, arguments))} ended with exit code {process.returncode}")
    unit = 1 if sys.platform == "darwin" else 1024
    cpu = usage.ru_utime + usage.ru_stime
    return Used(round(wall, 3), round(cpu, 3), round(usage.ru_maxrss * unit / 1e6, 1), stdout)


def run_matcher(*arguments: str | Path) -> Used:
    """Run `matcher …` in a process of its own."""
    return run_python("-c", "from matcher.apps.cli import main; main()", *arguments)


def reindex(tables: Mapping[str, Path], indexes: Path, *more: str) -> tuple[Used, dict[str, Any]]:
    """Run `matcher reindex`; returns what it took and its summary."""
    sources = [part for name, path in tables.items() for part in (f"--{name.replace('_', '-')}", path)]
    used = run_matcher("reindex", *sources, "--indexes", indexes, "--as-of", AS_OF, "--json", *more)
    return used, json.loads(used.stdout)


def timed(action: Callable[[], Any]) -> tuple[float, float]:
    """Wall and CPU seconds of an action in this thread; on a busy machine the CPU time is the steadier one."""
    began, cpu = time.perf_counter(), time.thread_time()
    action()
    return time.perf_counter() - began, time.thread_time() - cpu


def quantiles(times: Sequence[tuple[float, float]]) -> dict[str, float]:
    """Milliseconds of repeated (wall, CPU) times: the middle, the slow ones, and the CPU time of the middle."""
    wall, cpu = zip(*times, strict=True)
    return {
        "n": len(wall),
        "p50": ms(wall, 0.5),
        "p99": ms(wall, 0.99),
        "cpu_p50": ms(cpu, 0.5),
        "cpu_p99": ms(cpu, 0.99),
    }


def ms(seconds: Sequence[float], quantile: float) -> float:
    """A quantile of times, in milliseconds."""
    return round(float(np.quantile(seconds, quantile)) * 1000, 2)


def folder_bytes(folder: Path) -> int:
    """Size of all files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


@dataclass(frozen=True)
class Table:
    """A table of results."""

    title: str
    head: tuple[str, ...]
    rows: Sequence[Sequence[Any]]

    def markdown(self) -> str:
        """As Markdown, which reads well in a terminal too."""
        cells = [self.head, *([_cell(value) for value in row] for row in self.rows)]
        widths = [max(3, *(len(row[i]) for row in cells)) for i in range(len(self.head))]
        lines = ["| " + " | ".join(text.ljust(w) for text, w in zip(row, widths, strict=True)) + " |" for row in cells]
        return "\n".join([f"## {self.title}\n", lines[0], f"|{'|'.join('-' * (w + 2) for w in widths)}|", *lines[1:]])


def of_dicts(title: str, rows: Sequence[Mapping[str, Any]]) -> Table:
    """A table of rows that have the same names."""
    return Table(title, tuple(rows[0]), [tuple(row.values()) for row in rows])


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "**no**"
    return f"{value:,}" if isinstance(value, int) else f"{value:,.4g}" if isinstance(value, float) else str(value)


def report(
    question: str, out: Path, results: Mapping[str, Any], tables: Sequence[Table], manifest: Manifest | None = None
) -> None:
    """Print the tables, and write `results.json` and `results.md` with the circumstances."""
    command = [str(Path(sys.argv[0]).resolve().relative_to(REPO)), *(_public(part) for part in sys.argv[1:])]
    facts = {
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
        "command": " ".join(["python", *command]),
        "machine": {"processor": _processor(), "cores": os.cpu_count(), "load_after": round(os.getloadavg()[0], 2)},
        "versions": {"python": platform.python_version()} | {name: version(name) for name in _LIBRARIES},
    }
    if manifest is not None:
        made_by = {"method": manifest.method_version, "encoder": manifest.encoder_fingerprint[:12]}
        facts["snapshot"] = made_by | manifest.counts
    stated = "\n".join(f"- {name}: {_flat(value)}" for name, value in facts.items())
    text = "\n\n".join([f"# {question}", stated, *(table.markdown() for table in tables)]) + "\n"
    out.mkdir(parents=True, exist_ok=True)
    (out / "results.json").write_text(json.dumps(facts | dict(results), indent=2) + "\n", encoding="utf-8")
    (out / "results.md").write_text(text, encoding="utf-8")
    print(text)


def _flat(value: Any) -> str:
    return (
        ", ".join(f"{name} {_cell(part)}" for name, part in value.items()) if isinstance(value, dict) else f"`{value}`"
    )


def _public(argument: str) -> str:
    """An argument without the folders of this machine."""
    return f"…/{Path(argument).name}" if Path(argument).is_absolute() else argument


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine())
