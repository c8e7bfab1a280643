"""What Alembic runs: the migrations on the connection that `summarizer.adapters.database.migrate` hands over."""

from alembic import context

from summarizer.adapters.database.migrate import is_ours
from summarizer.adapters.database.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    include_object=is_ours,
    compare_server_default=True,
)
with context.begin_transaction():
    context.run_migrations()
