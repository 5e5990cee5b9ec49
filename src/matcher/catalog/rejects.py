"""`rejects.jsonl`: every row that could not be used, with table, file, line, field, value and reason."""

import os
from collections.abc import Iterable
from pathlib import Path

from matcher.catalog.ledger import Ledger


def write_rejects(path: Path, ledgers: Iterable[Ledger]) -> None:
    """Write the rejects of all tables, replacing the file in one step."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        with draft.open("wb") as stream:
            for ledger in ledgers:
                stream.writelines(ledger.lines())
        os.replace(draft, path)
    finally:
        draft.unlink(missing_ok=True)
