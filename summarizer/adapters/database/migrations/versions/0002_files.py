"""What a source was attached to, and what was found of its file."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Sources that are there already were given by themselves, and nothing was found of their files."""
    op.execute("ALTER TABLE source ADD COLUMN parent text, ADD COLUMN findings jsonb NOT NULL DEFAULT '[]'")
    op.execute(
        "ALTER TABLE source ADD CONSTRAINT source_parent_exists FOREIGN KEY (workspace, parent) REFERENCES source"
    )
