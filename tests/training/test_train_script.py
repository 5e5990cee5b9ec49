"""The script says how far it has come, and what is wrong, on stderr."""

import runpy
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

pytest.importorskip("torch")
pytest.importorskip("sentencepiece")
SCRIPT = Path(__file__).parents[2] / "scripts" / "train_encoder.py"


@pytest.fixture(scope="module")
def script() -> dict[str, Any]:
    return runpy.run_path(str(SCRIPT))


def test_a_step_is_said_when_it_begins_when_it_ends_and_now_and_then(
    script: dict[str, Any], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = iter([0.0, 1.0, 2.0, 12.0, 13.0, 14.0])
    monkeypatch.setattr("time.monotonic", lambda: next(clock))
    said = script["Lines"]()
    for done, loss in ((0, "9.1"), (50, "8.0"), (100, "7.5"), (150, "7.4"), (200, "7.3")):
        said(f"training, loss {loss}", done, 200)
    assert capsys.readouterr().err.splitlines() == [
        "      1 s  training, loss 9.1: 0 of 200",
        "     12 s  training, loss 7.5: 100 of 200",
        "     14 s  training, loss 7.3: 200 of 200",
    ]


def test_a_damaged_pairs_file_ends_in_one_line_that_names_it(script: dict[str, Any], tmp_path: Path) -> None:
    pairs = tmp_path / "pairs.jsonl.gz"
    pairs.write_bytes(b"no gzip")
    asked = ["--pairs", str(pairs), "--work", str(tmp_path / "w"), "--out", str(tmp_path / "o")]
    result = CliRunner().invoke(script["main"], asked)
    assert result.exit_code == 1
    assert result.output.splitlines()[-1].startswith(f"Error: {pairs} cannot be read near line 0: Not a gzipped file")
    assert not (tmp_path / "o").exists()
