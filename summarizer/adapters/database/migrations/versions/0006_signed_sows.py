"""The signed SOWs of deals, comparisons of them with what was said, and what reviewers made of their rows."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

CURRENT = "NULLIF(current_setting('app.workspace', true), '')"
TABLES = {
    "signed_sow": """
        id text NOT NULL,
        deal text NOT NULL,
        name text NOT NULL,
        media_type text NOT NULL,
        sha256 text NOT NULL,
        size integer NOT NULL,
        original bytea NOT NULL,
        text text NOT NULL,
        created_by text NOT NULL,
        created_at timestamptz NOT NULL,
        CONSTRAINT signed_sow_key PRIMARY KEY (workspace, id),
        CONSTRAINT signed_sow_deal_exists FOREIGN KEY (workspace, deal) REFERENCES deal,
        CONSTRAINT signed_sow_once_a_deal UNIQUE (workspace, deal, sha256)
    """,
    "comparison": """
        id text NOT NULL,
        deal text NOT NULL,
        signed_sow text NOT NULL,
        sha256 text NOT NULL,
        sources text[] NOT NULL,
        rows jsonb,
        created_by text NOT NULL,
        created_at timestamptz NOT NULL,
        CONSTRAINT comparison_key PRIMARY KEY (workspace, id),
        CONSTRAINT comparison_deal_exists FOREIGN KEY (workspace, deal) REFERENCES deal,
        CONSTRAINT comparison_signed_sow_exists FOREIGN KEY (workspace, signed_sow) REFERENCES signed_sow
    """,
    "row_note": """
        id bigint GENERATED ALWAYS AS IDENTITY,
        comparison text NOT NULL,
        row text NOT NULL,
        became text NOT NULL,
        text text NOT NULL,
        evidence jsonb NOT NULL,
        suggestion text,
        by text NOT NULL,
        at timestamptz NOT NULL,
        CONSTRAINT row_note_key PRIMARY KEY (workspace, id),
        CONSTRAINT row_note_comparison_exists FOREIGN KEY (workspace, comparison) REFERENCES comparison,
        CONSTRAINT row_note_suggestion_exists FOREIGN KEY (workspace, suggestion) REFERENCES suggestion
    """,
}


def upgrade() -> None:
    """Each table closed to other workspaces from the start."""
    own = f"(workspace = {CURRENT})"
    for table, columns in TABLES.items():
        op.execute(f"CREATE TABLE {table} (workspace text NOT NULL DEFAULT {CURRENT}, {columns})")
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY own_workspace ON {table} USING {own} WITH CHECK {own}")
    op.execute("CREATE INDEX comparison_of_deal ON comparison (workspace, deal, created_at)")
    op.execute("CREATE INDEX row_note_of_comparison ON row_note (workspace, comparison, id)")
