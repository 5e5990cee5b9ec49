"""docs/service.md says what the service does: its curl examples run, its tables are complete."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from fastapi.testclient import TestClient
from tests.apps.service.running import running

from matcher.apps import settings
from matcher.apps.service.dictionaries import NAMES
from matcher.apps.service.problems import FAMILY
from matcher.demo import World

PAGE = (Path(__file__).parents[3] / "docs" / "service.md").read_text(encoding="utf-8")
BASE = "http://127.0.0.1:8321"


@pytest.mark.skipif(not shutil.which("curl"), reason="needs curl")
def test_the_page_can_be_pasted_into_a_shell(indexes: Path, world: World, tmp_path: Path) -> None:
    start, *snippets = re.findall(r"^```sh\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    assert "matcher demo" in start and "matcher serve &" in start and len(snippets) > 12
    assert {words for words in re.findall(r"\bmatcher \w+(?: \w+)?", "".join(snippets))} == {
        "matcher keys make", "matcher keys list", "matcher keys revoke"}  # fmt: skip
    folder = shutil.copytree(indexes, tmp_path / "indexes")
    tables = {name.upper(): world.table(name) for name in ("creators", "posts")}
    (tmp_path / ".curlrc").write_text("fail-with-body\n")  # an answer of 4xx or 5xx ends the shell
    with running(tmp_path / "log", INDEXES=folder, **tables) as service:
        service.until_ready()
        script = "set -euxo pipefail\n" + "".join(snippets).replace(BASE, service.url)
        environ = os.environ | {"MATCHER_INDEXES": str(folder), "CURL_HOME": str(tmp_path), "HOME": str(tmp_path)}
        environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{environ['PATH']}"
        done = subprocess.run(["bash", "-c", script], env=environ, cwd=tmp_path, capture_output=True, timeout=600)
    assert done.returncode == 0, done.stderr.decode()[-3000:] + done.stdout.decode()[-500:]
    assert openpyxl.load_workbook(tmp_path / "shortlist.xlsx").sheetnames == ["Shortlist", "Brief"]


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
