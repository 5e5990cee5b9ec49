"""Alembic's way in: the connection comes from `Database`, which runs the migrations."""

from alembic import context

from matcher.apps.storage.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
