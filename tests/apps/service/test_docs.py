"""docs/service.md says what the service does: its curl examples run, its tables are complete."""

import re
import shlex
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from tests.apps.service.conftest import Saved

from matcher.apps import settings
from matcher.apps.service.dictionaries import NAMES
from matcher.apps.service.problems import FAMILY

PAGE = (Path(__file__).parents[3] / "docs" / "service.md").read_text(encoding="utf-8")
CURLS = re.findall(r"^curl (?:.*\\\n)*.*$", PAGE, re.MULTILINE)
VARIABLES = {
    "BRIEF": "brief_id",
    "SHORTLIST": "shortlist_id",
    "CREATOR": "creator_id",
    "TOKEN": "token",
    "JOB": "job_id",
}
BASE = "http://127.0.0.1:8321"


@pytest.mark.parametrize("command", [pytest.param(c, id=f"{i}") for i, c in enumerate(CURLS)])
def test_the_examples_run(client: TestClient, command: str, saved: Saved) -> None:
    kept = saved()
    for variable, name in VARIABLES.items():
        command = command.replace(f"${variable}", kept[name])
    words = shlex.split(command.replace("\\\n", " "))
    path = next(word.removeprefix(BASE) for word in words if word.startswith(BASE))
    content = words[words.index("-d") + 1].encode() if "-d" in words else None
    method = words[words.index("-X") + 1] if "-X" in words else "POST" if content else "GET"
    headers = dict([words[words.index("-H") + 1].split(": ")]) if "-H" in words else {}
    answer = client.request(method, path, content=content, headers=headers)
    assert answer.status_code < 300, answer.text


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
