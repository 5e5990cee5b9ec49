"""`matcher` as a person runs it: arguments in; exit code, stdout and stderr out."""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from matcher.apps.cli.main import main

COMMAND = [sys.executable, "-c", "from matcher.apps.cli import main; main()"]


@dataclass(frozen=True)
class Ran:
    """What came of a command."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def run(small_index: Any, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in this process, on the small index unless `indexes` says another."""

    def call(*arguments: Any, indexes: Path | None = small_index.indexes, stdin: str = "") -> Ran:
        import io

        from matcher.apps.cli import tables

        tables.console.cache_clear()
        where = ["--indexes", str(indexes)] if indexes else []
        monkeypatch.setattr(sys, "argv", ["matcher", *map(str, arguments), *where])
        monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        told = capsys.readouterr()
        return Ran(int(ended.value.code or 0), told.out, told.err)

    return call


@pytest.fixture
def run_process() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run a command in a process of its own."""

    def call(*arguments: Any, flags: tuple[str, ...] = (), **options: Any) -> subprocess.CompletedProcess[str]:
        source = str(Path(__file__).parents[3] / "src")
        environment = os.environ | {"PYTHONPATH": source, "HF_HUB_OFFLINE": "1", "COLUMNS": "100"}
        command = [COMMAND[0], *flags, *COMMAND[1:], *map(str, arguments)]
        return subprocess.run(command, capture_output=True, text=True, timeout=120, env=environment, **options)

    return call


@pytest.fixture
def brief_file(tmp_path: Path) -> Callable[..., Path]:
    """A brief as a file."""

    def write(name: str = "brief.json", text: str = "street food", **fields: Any) -> Path:
        import json

        path = tmp_path / name
        path.write_text(json.dumps({"text": text} | fields, ensure_ascii=False), "utf-8")
        return path

    return write
