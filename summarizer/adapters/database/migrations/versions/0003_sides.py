"""On which side somebody stands, where a person had to say so."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

CURRENT = "NULLIF(current_setting('app.workspace', true), '')"


def upgrade() -> None:
    """A log: the last word on somebody counts."""
    op.execute(
        f"""
        CREATE TABLE side_correction (
            workspace text NOT NULL DEFAULT {CURRENT},
            id bigint GENERATED ALWAYS AS IDENTITY,
            deal text NOT NULL,
            who text NOT NULL,
            side text,
            by text NOT NULL,
            at timestamptz NOT NULL,
            CONSTRAINT side_correction_key PRIMARY KEY (workspace, id),
            CONSTRAINT side_correction_deal_exists FOREIGN KEY (workspace, deal) REFERENCES deal
        )
        """
    )
    op.execute("CREATE INDEX side_corrections_of_a_deal ON side_correction (workspace, deal, id)")
    op.execute("ALTER TABLE side_correction ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE side_correction FORCE ROW LEVEL SECURITY")
    own = f"(workspace = {CURRENT})"
    op.execute(f"CREATE POLICY own_workspace ON side_correction USING {own} WITH CHECK {own}")
