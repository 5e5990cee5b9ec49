"""What lasts: one immutable folder per index, with its manifest, published and rolled back atomically."""

from matcher.snapshot.columns import NEVER, STATUSES, CreatorColumns, ForecastColumns, PostColumns, owners, spans
from matcher.snapshot.files import load_array, load_table, read_columns, read_json, save_array, write_json
from matcher.snapshot.manifest import Manifest
from matcher.snapshot.store import SnapshotStore

__all__ = [
    "NEVER",
    "STATUSES",
    "CreatorColumns",
    "ForecastColumns",
    "Manifest",
    "PostColumns",
    "SnapshotStore",
    "load_array",
    "load_table",
    "owners",
    "read_columns",
    "read_json",
    "save_array",
    "spans",
    "write_json",
]
