"""docs/service.md says what the service does: its curl examples run, its tables are complete."""

import re
import shlex
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from matcher.apps import settings
from matcher.apps.service.dictionaries import NAMES
from matcher.apps.service.problems import FAMILY

PAGE = (Path(__file__).parents[3] / "docs" / "service.md").read_text(encoding="utf-8")
CURLS = re.findall(r"^curl (?:.*\\\n)*.*$", PAGE, re.MULTILINE)
BASE = "http://127.0.0.1:8321"


@pytest.mark.parametrize("command", [pytest.param(c, id=f"{i}") for i, c in enumerate(CURLS)])
def test_the_examples_run(client: TestClient, command: str) -> None:
    words = shlex.split(command.replace("\\\n", " "))
    path = next(word.removeprefix(BASE) for word in words if word.startswith(BASE))
    if "-d" not in words:
        assert client.get(path).status_code == 200
        return
    header = words[words.index("-H") + 1].split(": ")
    answer = client.post(path, content=words[words.index("-d") + 1].encode(), headers=dict([header]))
    assert answer.status_code == 200


def test_every_endpoint_has_an_example(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    assert all(f"{BASE}{path.split('{')[0]}" in PAGE for path in paths)


def test_settings_dictionaries_and_problems_are_all_listed() -> None:
    variables = {
        value for name, value in vars(settings).items() if str(value).startswith("MATCHER_") and name.isupper()
    }
    assert set(re.findall(r"^\| `(MATCHER_\w+)`", PAGE, re.MULTILINE)) == variables
    assert all(f"`{name}`" in PAGE for name in NAMES)
    assert {f"urn:matcher:problem:{name}" for _, name, _ in FAMILY.values()} <= set(
        re.findall(r"`(urn:[\w:-]+)`", PAGE)
    )
