"""What a second engine makes of the same sources, for comparison alone."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

CURRENT = "NULLIF(current_setting('app.workspace', true), '')"


def upgrade() -> None:
    """A table apart from the suggestions, so that nothing that shows drafts can find one."""
    op.execute(
        f"""
        CREATE TABLE shadow_draft (
            workspace text NOT NULL DEFAULT {CURRENT},
            suggestion text NOT NULL,
            draft jsonb,
            problem jsonb,
            tokens bigint NOT NULL,
            created_at timestamptz NOT NULL,
            CONSTRAINT shadow_draft_key PRIMARY KEY (workspace, suggestion),
            CONSTRAINT shadow_draft_suggestion_exists FOREIGN KEY (workspace, suggestion)
                REFERENCES suggestion (workspace, id)
        )
        """
    )
    op.execute("ALTER TABLE shadow_draft ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE shadow_draft FORCE ROW LEVEL SECURITY")
    own = f"(workspace = {CURRENT})"
    op.execute(f"CREATE POLICY own_workspace ON shadow_draft USING {own} WITH CHECK {own}")
