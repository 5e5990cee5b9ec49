"""A client that is generated from the OpenAPI document works against the running service."""

import importlib
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import uvicorn

from matcher.apps.service.app import create_app
from matcher.matching import Matcher

NAME = "generated_matcher_client"


@pytest.fixture(scope="module")
def url(matcher: Matcher) -> Iterator[str]:
    server = uvicorn.Server(uvicorn.Config(create_app(lambda: matcher), port=0, log_level="error", lifespan="off"))
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="module")
def generated(matcher: Matcher, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("client")
    document, config = folder / "openapi.json", folder / "config.json"
    document.write_text(json.dumps(create_app(lambda: matcher).openapi()), encoding="utf-8")
    config.write_text(json.dumps({"post_hooks": [], "package_name_override": NAME}), encoding="utf-8")
    tool = str(Path(sys.executable).parent / "openapi-python-client")
    command = [
        tool,
        "generate",
        "--path",
        document,
        "--config",
        config,
        "--meta",
        "none",
        "--output-path",
        folder / NAME,
    ]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "WARNING" not in done.stdout.upper(), done.stdout
    sys.path.insert(0, str(folder))
    yield NAME
    sys.path.remove(str(folder))


def test_a_generated_client_answers_keeps_and_exports(generated: str, url: str) -> None:
    def part(name: str) -> Any:
        return importlib.import_module(f"{generated}.{name}")

    models = part("models")
    client = part("client").Client(base_url=url, httpx_args={"trust_env": False})
    with client:
        parsed = part("api.matching.parse_brief").sync(
            client=client, body=models.ParseRequest(text="creators in Taiwan, budget US$5k")
        )
        assert parsed.brief.must.countries == ["TW"]
        found = part("api.matching.match_brief").sync(client=client, body=models.Brief(text="sunscreen", k=3))
        assert [entry.rank for entry in found.entries] == [1, 2, 3]
        kept = part("api.shortlists.create_shortlist").sync(
            client=client, body=models.NewShortlist(brief=models.Brief(text="sunscreen", k=3), name="Spring")
        )
        assert [entry.creator_id for entry in kept.shortlist.entries] == [entry.creator_id for entry in found.entries]
        wrong = part("api.matching.match_brief").sync(client=client, body=models.Brief(text=""))
        assert (wrong.status, wrong.errors[0].loc) == (422, "text")
        assert part("api.index.get_index").sync(client=client).snapshot_id == found.snapshot_id
