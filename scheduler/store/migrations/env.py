"""Runs the steps on the connection that the program gives, inside its transaction. Alembic loads this file itself."""

from alembic import context

from scheduler.store.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
