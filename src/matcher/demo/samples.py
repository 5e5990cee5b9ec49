"""The sample briefs that ship with the demo world."""

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "briefs"


def briefs() -> list[dict[str, Any]]:
    """The four sample briefs in the contract's shape, by file name; parse one to match it."""
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.json"))]
