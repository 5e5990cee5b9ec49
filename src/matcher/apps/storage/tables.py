"""
The tables. Times are text, ISO 8601 in UTC; documents are JSON text, so that both databases keep them byte for byte.

Change them together with a new file in `migrations/versions`; a test holds the two equal.
"""

from sqlalchemy import Column, ForeignKey, Index, Integer, MetaData, String, Table, Text

metadata = MetaData()

briefs = Table(
    "briefs",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("owner", String(32), nullable=False),
    Column("name", String(200), nullable=False),
    Column("brief", Text, nullable=False),
    Column("created_at", String(27), nullable=False),
    Column("updated_at", String(27), nullable=False),
    Index("briefs_of_owner", "owner", "created_at"),
)

shortlists = Table(
    "shortlists",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("owner", String(32), nullable=False),
    Column("name", String(200), nullable=False),
    Column("note", Text, nullable=False),
    Column("brief", Text, nullable=False),
    Column("shortlist", Text, nullable=False),
    Column("share_token", String(64), unique=True),
    Column("created_at", String(27), nullable=False),
    Column("updated_at", String(27), nullable=False),
    Index("shortlists_of_owner", "owner", "created_at"),
)

decisions = Table(
    "decisions",
    metadata,
    Column("shortlist_id", String(32), ForeignKey("shortlists.id", ondelete="CASCADE"), primary_key=True),
    Column("creator_id", Text, primary_key=True),
    Column("state", String(16), nullable=False),
    Column("reason", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("updated_at", String(27), nullable=False),
)

keys = Table(
    "keys",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("digest", String(64), nullable=False, unique=True),
    Column("scopes", String(100), nullable=False),
    Column("requests_per_minute", Integer),
    Column("max_body_bytes", Integer),
    Column("created_at", String(27), nullable=False),
    Column("revoked_at", String(27)),
)

jobs = Table(
    "jobs",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("state", String(16), nullable=False),
    Column("asked", Text, nullable=False),
    Column("stage", String(64), nullable=False),
    Column("done", Integer, nullable=False),
    Column("total", Integer),
    Column("log", Text, nullable=False),
    Column("summary", Text),
    Column("snapshot_id", String(64)),
    Column("pid", Integer),
    Column("host", String(255), nullable=False),
    Column("running", Integer, unique=True),
    Column("created_at", String(27), nullable=False),
    Column("updated_at", String(27), nullable=False),
    Column("ended_at", String(27)),
    Index("jobs_by_time", "created_at"),
)
"""`running` is 1 while a job is, and null after: being unique, it lets one run at a time."""
