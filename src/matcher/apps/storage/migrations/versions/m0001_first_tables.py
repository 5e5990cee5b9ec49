"""Briefs, shortlists with decisions, keys, jobs."""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0001", None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "briefs",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("owner", sa.String(32), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("brief", sa.Text, nullable=False),
        sa.Column("created_at", sa.String(27), nullable=False),
        sa.Column("updated_at", sa.String(27), nullable=False),
    )
    op.create_index("briefs_of_owner", "briefs", ["owner", "created_at"])
    op.create_table(
        "shortlists",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("owner", sa.String(32), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("brief", sa.Text, nullable=False),
        sa.Column("shortlist", sa.Text, nullable=False),
        sa.Column("share_token", sa.String(64), unique=True),
        sa.Column("created_at", sa.String(27), nullable=False),
        sa.Column("updated_at", sa.String(27), nullable=False),
    )
    op.create_index("shortlists_of_owner", "shortlists", ["owner", "created_at"])
    op.create_table(
        "decisions",
        sa.Column("shortlist_id", sa.String(32), sa.ForeignKey("shortlists.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("creator_id", sa.Text, primary_key=True),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("updated_at", sa.String(27), nullable=False),
    )
    op.create_table(
        "keys",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False, unique=True),
        sa.Column("scopes", sa.String(100), nullable=False),
        sa.Column("requests_per_minute", sa.Integer),
        sa.Column("max_body_bytes", sa.Integer),
        sa.Column("created_at", sa.String(27), nullable=False),
        sa.Column("revoked_at", sa.String(27)),
    )
    op.create_table(
        "jobs",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("asked", sa.Text, nullable=False),
        sa.Column("stage", sa.String(64), nullable=False),
        sa.Column("done", sa.Integer, nullable=False),
        sa.Column("total", sa.Integer),
        sa.Column("log", sa.Text, nullable=False),
        sa.Column("summary", sa.Text),
        sa.Column("snapshot_id", sa.String(64)),
        sa.Column("pid", sa.Integer),
        sa.Column("host", sa.String(255), nullable=False),
        sa.Column("running", sa.Integer, unique=True),
        sa.Column("created_at", sa.String(27), nullable=False),
        sa.Column("updated_at", sa.String(27), nullable=False),
        sa.Column("ended_at", sa.String(27)),
    )
    op.create_index("jobs_by_time", "jobs", ["created_at"])
