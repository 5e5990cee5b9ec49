#!/usr/bin/env python3
"""
The nightly reindex: settings from the environment, one JSON line for monitoring, an exit code for cron.

    MATCHER_CREATORS, MATCHER_POSTS          required: a file or a folder
    MATCHER_POST_METRICS, MATCHER_COMMENTS, MATCHER_FOLLOWER_HISTORY, MATCHER_COLLABORATIONS, MATCHER_ACCOUNTS
    MATCHER_INDEXES          folder of the snapshots [indexes]
    MATCHER_ENCODER          model folder or Hub name [the embedded model]
    MATCHER_TOKEN_WEIGHTS    1: words that many posts say count less, learnt from the posts [0]
    MATCHER_MAX_REJECT_SHARE share of bad rows that stops a run [0.05]
    MATCHER_MAX_SHRINK       share of creators or posts that may go missing in one night [0.5]
    MATCHER_KEEP             snapshots that stay [3]
    MATCHER_WAIT             seconds to wait for another reindex [0]

Exit codes: 0 published or unchanged, 1 the run failed on the way, 2 wrong settings, input or state.
In every case the current snapshot answers as before until a new one is published whole.
"""

from __future__ import annotations

import dataclasses
import json
import os
import sys
import time
import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from matcher.errors import InputError, MatcherError


def settings_from(environ: Mapping[str, str]) -> dict[str, Any]:
    """The fields of ReindexSettings that the environment names; raises InputError for what cannot be used."""
    settings: dict[str, Any] = {"indexes": Path(environ.get("MATCHER_INDEXES", "indexes"))}
    for name in ("creators", "posts", "post_metrics", "comments", "follower_history", "collaborations", "accounts"):
        if value := environ.get(f"MATCHER_{name.upper()}"):
            settings[name] = Path(value)
    for name in ("creators", "posts"):
        if name not in settings:
            raise InputError(f"MATCHER_{name.upper()} is not set; name the file or folder of the {name} table")
    if encoder := environ.get("MATCHER_ENCODER"):
        settings["encoder"] = encoder
    for variable, name, kind in (
        ("MATCHER_MAX_REJECT_SHARE", "max_reject_share", float),
        ("MATCHER_MAX_SHRINK", "max_shrink", float),
        ("MATCHER_KEEP", "keep", int),
        ("MATCHER_WAIT", "wait_s", float),
        ("MATCHER_TOKEN_WEIGHTS", "token_weights", _flag),
    ):
        if value := environ.get(variable):
            try:
                settings[name] = kind(value)
            except ValueError:
                raise InputError(f"{variable} is {value!r}; it has to be a number") from None
    return settings


def _flag(value: str) -> bool:
    return bool(("0", "1").index(value))


def main() -> int:
    """Run once; returns the exit code."""
    started = time.time()
    try:
        from matcher.indexing import Progress, ReindexSettings, run

        summary = run(ReindexSettings(**settings_from(os.environ)), Progress())
        line, code = dataclasses.asdict(summary), 0
    except MatcherError as error:
        line, code = {"status": "refused", "error": type(error).__name__, "detail": str(error)}, 2
    except Exception as error:
        traceback.print_exc()
        line, code = {"status": "failed", "error": type(error).__name__, "detail": str(error)}, 1
    line["wall_seconds"] = round(time.time() - started, 1)
    print(json.dumps(line, ensure_ascii=False))
    return code


if __name__ == "__main__":
    sys.exit(main())
