"""The write path: reindex, the only writer of snapshots."""
