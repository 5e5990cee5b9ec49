"""`matcher encoders`: the list, the check of named ones, and names that lead nowhere."""

import json
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from matcher.retrieval.encoders.known import KNOWN_MODELS

from .test_match import HEAVY


@pytest.fixture(autouse=True)
def no_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An empty cache of the Hub."""
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path / "hub"))
    return tmp_path / "hub"


def test_the_list_is_the_embedded_one_with_figures_and_what_could_be_had(run: Any) -> None:
    told = run("encoders", "--format", "json", indexes=None)
    first, *others = json.loads(told.out)
    assert (told.code, told.err) == (0, "")
    assert (first["name"], first["where"], first["dimensions"]) == ("matcher-static-v1", "embedded", 256)
    assert {"en", "zh-Hant", "vi", "th"} <= set(first["languages"]) and first["bytes"] > 20_000_000
    assert [figures["language"] for figures in first["check"]["figures"]] == ["en", "zh-Hant", "vi", "th"]
    assert first["check"]["texts_per_s"] > 1000
    assert [(rung["name"], rung["where"], rung["check"]) for rung in others] == [
        (model.name, "download", None) for model in KNOWN_MODELS
    ]
    e5 = next(rung for rung in others if rung["name"] == "intfloat/multilingual-e5-small")
    assert e5["prefixes"] == {"query": "query: ", "passage": "passage: "}
    assert (e5["dimensions"], e5["bytes"], e5["licence"]) == (384, 471_000_000, "MIT")


def test_the_table_has_a_line_for_each(run: Any) -> None:
    told = run("encoders", indexes=None)
    lines = told.out.splitlines()
    assert told.code == 0 and max(map(cell_len, lines)) <= 120
    assert lines[1].startswith("matcher-static-v1") and "embedded" in lines[1]
    assert sum("needs download" in line for line in lines[: len(KNOWN_MODELS) + 2]) == len(KNOWN_MODELS)
    (minilm,) = (line for line in lines if line.startswith("all-MiniLM-L6-v2"))
    assert minilm.split()[-4:] == ["·", "✗", "✗", "✗"]
    figures = [line.split() for line in lines[-4:]]
    assert [row[0] for row in figures] == ["en", "zh-Hant", "vi", "th"]
    assert figures[0][1] == "–" and all(0 <= float(cell) <= 1 for row in figures for cell in row[2:])


def test_a_model_in_the_cache_is_listed_and_no_longer_to_download(run: Any, no_cache: Path) -> None:
    snapshot = no_cache / "models--BAAI--bge-m3" / "snapshots" / ("ab" * 20)
    (snapshot / "1_Pooling").mkdir(parents=True)
    (snapshot / "modules.json").write_text("[]")
    (snapshot / "1_Pooling" / "config.json").write_text('{"word_embedding_dimension": 1024}')
    (no_cache / "models--BAAI--bge-m3" / "refs").mkdir()
    (no_cache / "models--BAAI--bge-m3" / "refs" / "main").write_text("ab" * 20)
    listed = json.loads(run("encoders", "--format", "json", indexes=None).out)
    (found,) = (rung for rung in listed if rung["name"] == "BAAI/bge-m3")
    assert (found["where"], found["dimensions"], found["licence"]) == ("cache", 1024, "MIT")
    assert "th" in found["languages"]


def test_a_folder_is_loaded_and_checked(run: Any, another_encoder: Path) -> None:
    told = run("encoders", another_encoder, "--format", "json", indexes=None)
    (found,) = json.loads(told.out)
    assert (told.code, found["name"], found["where"], found["dimensions"]) == (0, "other", "folder", 48)
    assert found["bytes"] == sum(file.stat().st_size for file in another_encoder.iterdir())
    assert found["check"]["figures"][3]["tags"] == 0  # it knows the word tea


def test_a_wrong_name_is_said_and_the_others_are_checked(run: Any, another_encoder: Path) -> None:
    told = run("encoders", "bge-m4", another_encoder, "--format", "json", indexes=None)
    assert told.code == 2 and [rung["name"] for rung in json.loads(told.out)] == ["other"]
    assert "encoder 'bge-m4'" in told.err and "Did you mean BAAI/bge-m3?" in told.err and "Traceback" not in told.err
    told = run("encoders", "bge-m4", indexes=None)
    assert (told.code, told.out) == (2, "")


def test_the_same_is_said_where_an_encoder_is_named(run: Any) -> None:
    told = run("match", "--text", "tea", "--encoder", "nonsense")
    assert (told.code, told.out) == (2, "")
    assert "encoder 'nonsense'" in told.err and "`matcher encoders` lists them" in told.err


def test_the_list_needs_nothing_heavy(run_process: Any) -> None:
    told = run_process("encoders", flags=("-X", "importtime"))
    assert told.returncode == 0
    names = {line.split("|")[-1].strip() for line in told.stderr.splitlines() if line.startswith("import time:")}
    assert "matcher.retrieval.encoders.ladder" in names
    assert sorted({name.split(".")[0] for name in names} & set(HEAVY)) == []
