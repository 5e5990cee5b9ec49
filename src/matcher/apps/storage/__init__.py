"""What the service keeps: saved briefs, shortlists with decisions, keys and jobs, in SQLite or PostgreSQL."""

from matcher.apps.storage.database import Database

__all__ = ["Database"]
