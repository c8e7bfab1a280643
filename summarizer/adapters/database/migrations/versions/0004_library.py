"""What people say of a past SOW, who may read it, its versions, and what each of its sections settles."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """SOWs that are there already are first versions, which the whole workspace reads."""
    op.execute("ALTER TABLE person ADD COLUMN groups text[] NOT NULL DEFAULT '{}'")
    op.execute(
        """
        ALTER TABLE sow
            ADD COLUMN year integer,
            ADD COLUMN outcome text,
            ADD COLUMN readers text[] NOT NULL DEFAULT '{}',
            ADD COLUMN series text,
            ADD COLUMN version integer NOT NULL DEFAULT 1,
            ADD COLUMN size integer
        """
    )
    # The owner of a table whose row-level security is forced sees no rows either.
    op.execute("ALTER TABLE sow NO FORCE ROW LEVEL SECURITY")
    op.execute("UPDATE sow SET series = id, size = octet_length(original)")
    op.execute("ALTER TABLE sow FORCE ROW LEVEL SECURITY")
    op.execute(
        """
        ALTER TABLE sow
            ALTER COLUMN series SET NOT NULL,
            ALTER COLUMN version DROP DEFAULT,
            ALTER COLUMN size SET NOT NULL,
            ADD CONSTRAINT sow_series_exists FOREIGN KEY (workspace, series) REFERENCES sow,
            ADD CONSTRAINT sow_version UNIQUE (workspace, series, version),
            DROP CONSTRAINT sow_once
        """
    )
    op.execute("CREATE INDEX sow_content ON sow (workspace, sha256)")
    op.execute("CREATE INDEX sow_name ON sow (workspace, name)")
    op.execute("ALTER TABLE sow_section ADD COLUMN kind text")
