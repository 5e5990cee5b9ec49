"""A name that leads nowhere is said quickly, with the way on; a model in the cache needs no network."""

import json
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from matcher.errors import EncoderNotFound
from matcher.retrieval.encoders import hub

from .test_prefixes import saved_model

SOURCE = str(Path(__file__).parents[3] / "src")
TEA, HALF = "0123abcd" * 5, "4567cdef" * 5
NOWHERE = "http://127.0.0.1:9"


class _NoSuchModel(BaseHTTPRequestHandler):
    """A Hub that has nothing."""

    def do_GET(self) -> None:
        self.send_response(404)
        self.send_header("X-Error-Code", "RepoNotFound")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def empty_hub() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), _NoSuchModel)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def silent_hub() -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """A cache of the Hub with a real model of our own in it, and a half of another."""
    root = tmp_path / "hub"
    snapshot = root / "models--acme--tea-encoder" / "snapshots" / TEA
    snapshot.parent.mkdir(parents=True)
    saved_model(snapshot)
    (snapshot.parents[1] / "refs").mkdir()
    (snapshot.parents[1] / "refs" / "main").write_text(TEA)
    half = root / "models--acme--half" / "snapshots" / HALF
    half.mkdir(parents=True)
    shutil.copyfile(snapshot / "modules.json", half / "modules.json")
    (half.parents[1] / "refs").mkdir()
    (half.parents[1] / "refs" / "main").write_text(HALF)
    return root


def load(name: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Load an encoder in a process of its own that must never wait: a retry would sleep first."""
    code = (
        "import sys, time\ntime.sleep = lambda seconds: sys.exit(f'waited {seconds} s')\n"
        "from matcher import load_encoder\nfrom matcher.errors import EncoderNotFound\n"
        f"try:\n    print(load_encoder({name!r}).encode(['tea']).tolist())\n"
        "except EncoderNotFound as error:\n    print(error); print('torch' in sys.modules); sys.exit(2)\n"
    )
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("HF_", "TRANSFORMERS_"))}
    environment = clean | {"PYTHONPATH": SOURCE, "PYTHONWARNINGS": "ignore"} | environment
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=300, env=environment)


@pytest.mark.parametrize(
    ("environment", "why"),
    [
        pytest.param({"HF_HUB_OFFLINE": "1"}, "HF_HUB_OFFLINE or TRANSFORMERS_OFFLINE is set", id="offline"),
        pytest.param({"HF_ENDPOINT": NOWHERE}, f"{NOWHERE} cannot be asked", id="no network"),
    ],
)
def test_a_wrong_name_fails_at_once(environment: dict[str, str], why: str, tmp_path: Path) -> None:
    told = load("nonsense", HF_HOME=str(tmp_path), **environment)
    assert told.returncode == 2
    assert "encoder 'nonsense'" in told.stdout and why in told.stdout and "`matcher encoders`" in told.stdout
    assert told.stdout.splitlines()[-1] == "False"  # PyTorch was not even imported
    assert told.stderr == ""  # no word of a retry: there were 80 seconds of them


def test_a_model_in_the_cache_needs_no_network(cache: Path) -> None:
    told = load("acme/tea-encoder", HF_HUB_CACHE=str(cache), HF_ENDPOINT=NOWHERE)
    assert told.returncode == 0, told.stdout + told.stderr
    assert json.loads(told.stdout)[0] == pytest.approx([0.6, 0.8])
    assert "Retrying" not in told.stderr


def test_half_a_model_says_that_the_rest_cannot_be_had(cache: Path) -> None:
    told = load("acme/half", HF_HUB_CACHE=str(cache), HF_ENDPOINT=NOWHERE)
    assert told.returncode == 2 and f"{NOWHERE} cannot be asked" in told.stdout
    assert "Retrying" not in told.stderr


@pytest.fixture
def online(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", False)
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path / "none"))
    return monkeypatch


def test_the_hub_has_no_such_model(online: pytest.MonkeyPatch, empty_hub: str) -> None:
    online.setattr("huggingface_hub.constants.ENDPOINT", empty_hub)
    online.setattr("huggingface_hub.hf_api.constants.ENDPOINT", empty_hub)
    with pytest.raises(EncoderNotFound, match=f"{empty_hub} has no such model"):
        hub.ask("acme/nothing")


def test_a_hub_that_does_not_answer_is_given_up(online: pytest.MonkeyPatch, silent_hub: str) -> None:
    online.setattr("huggingface_hub.constants.ENDPOINT", silent_hub)
    online.setattr(hub, "ASK_S", 0.2)
    began = time.perf_counter()
    with pytest.raises(EncoderNotFound, match="cannot be asked"):
        hub.ask("acme/nothing")
    assert time.perf_counter() - began < 60


def test_a_name_that_cannot_be_one(online: pytest.MonkeyPatch) -> None:
    with pytest.raises(EncoderNotFound, match="cannot be the name of a Hub model"):
        hub.ask("two words")


@pytest.mark.parametrize(
    ("name", "like"),
    [
        ("intfloat/multilingual-e5-smal", "intfloat/multilingual-e5-small"),
        ("Multilingual-E5-Small", "intfloat/multilingual-e5-small"),
        ("bgem3", "BAAI/bge-m3"),
        ("matcher-static", "matcher-static-v1"),
        ("tea-encodr", "acme/tea-encoder"),
    ],
)
def test_names_like_it(name: str, like: str, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(cache))
    assert f"Did you mean {like}" in str(hub.not_found(name, "why"))


def test_no_name_is_like_it(online: pytest.MonkeyPatch) -> None:
    assert "Did you mean" not in str(hub.not_found("zzz", "why"))


def test_what_the_cache_holds(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(cache))
    found = hub.cached_models()
    assert [model.name for model in found] == ["acme/half", "acme/tea-encoder"]
    assert found[1].bytes > 0 and found[1].dimensions is None
    (found[1].folder / "1_Pooling").mkdir()
    (found[1].folder / "1_Pooling" / "config.json").write_text('{"word_embedding_dimension": 384}')
    assert found[1].dimensions == 384
    located = hub.located("acme/tea-encoder")
    assert located == found[1].folder
    assert hub.located("acme/nothing") is None
