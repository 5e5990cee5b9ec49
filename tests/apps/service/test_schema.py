"""Requests made up from the OpenAPI document: never a 5xx, never a status or a type that is not documented."""

import sys
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, status_code_conformance
from tests.apps.service.test_openapi import OPERATIONS

from matcher.apps.service.app import create_app
from matcher.apps.settings import Settings
from matcher.matching import Matcher

EXAMPLES = 8
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance]


@pytest.fixture(scope="module")
def operations(matcher: Matcher) -> dict[tuple[str, str], Any]:
    app = create_app(lambda: matcher, settings=Settings(hosts=("testserver",)))  # the name that schemathesis uses
    app.state.reindexer.tables = {"creators": Path("x"), "posts": Path("x")}
    app.state.reindexer.command = (sys.executable, "-c", "")
    results: Any = schemathesis.openapi.from_asgi("/openapi.json", app).get_all_operations()
    return {(one.method, one.path): one for one in (result.ok() for result in results)}


@pytest.mark.parametrize("place", OPERATIONS, ids=lambda place: OPERATIONS[place])
def test_no_request_breaks_it_and_every_answer_is_documented(
    operations: dict[tuple[str, str], Any], place: tuple[str, str]
) -> None:
    @settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck), database=None)
    @given(case=operations[place].as_strategy())
    def ask(case: Any) -> None:
        case.validate_response(case.call(), checks=CHECKS)

    ask()
