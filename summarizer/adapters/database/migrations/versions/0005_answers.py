"""What models answered, for a while, so that a draft that is tried again does not pay twice."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

CURRENT = "NULLIF(current_setting('app.workspace', true), '')"


def upgrade() -> None:
    """No record: a row may be deleted, and is when its time has come."""
    op.execute(
        f"""
        CREATE TABLE answer (
            workspace text NOT NULL DEFAULT {CURRENT},
            key text NOT NULL,
            text text NOT NULL,
            finish_reason text,
            tokens_in integer NOT NULL,
            tokens_out integer NOT NULL,
            kept_until timestamptz NOT NULL,
            CONSTRAINT answer_key PRIMARY KEY (workspace, key),
            CONSTRAINT answer_workspace_exists FOREIGN KEY (workspace) REFERENCES workspace
        )
        """
    )
    op.execute("CREATE INDEX answer_by_its_end ON answer (workspace, kept_until)")
    op.execute("ALTER TABLE answer ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE answer FORCE ROW LEVEL SECURITY")
    own = f"(workspace = {CURRENT})"
    op.execute(f"CREATE POLICY own_workspace ON answer USING {own} WITH CHECK {own}")
