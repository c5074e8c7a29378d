"""Alembic environment: the store hands over its open connection."""

from alembic import context

from loaders.store_schema import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, transaction_per_migration=False)
context.run_migrations()
