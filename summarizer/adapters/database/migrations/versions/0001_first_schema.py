"""The first schema: all tables, row-level security on each of them, and Procrastinate's tables beside them."""

from alembic import op
from procrastinate.schema import SchemaManager

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

SCHEMA = """
CREATE TABLE workspace (
    workspace text CONSTRAINT workspace_key PRIMARY KEY,
    name text NOT NULL
);

CREATE TABLE person (
    workspace text NOT NULL DEFAULT {current},
    id text NOT NULL,
    name text NOT NULL,
    work text NOT NULL,
    email text,
    CONSTRAINT person_key PRIMARY KEY (workspace, id),
    CONSTRAINT person_workspace_exists FOREIGN KEY (workspace) REFERENCES workspace
);

CREATE TABLE deal (
    workspace text NOT NULL DEFAULT {current},
    id text NOT NULL,
    crm text NOT NULL,
    crm_deal_id text NOT NULL,
    name text NOT NULL,
    client text NOT NULL,
    vendor text NOT NULL,
    deal_type text NOT NULL,
    created_by text NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT deal_key PRIMARY KEY (workspace, id),
    CONSTRAINT deal_workspace_exists FOREIGN KEY (workspace) REFERENCES workspace,
    CONSTRAINT deal_in_the_crm UNIQUE (workspace, crm, crm_deal_id)
);
CREATE INDEX deal_newest ON deal (workspace, created_at, id);

CREATE TABLE source (
    workspace text NOT NULL DEFAULT {current},
    id text NOT NULL,
    deal text NOT NULL,
    name text NOT NULL,
    media_type text NOT NULL,
    original bytea NOT NULL,
    sha256 text NOT NULL,
    text text NOT NULL,
    created_by text NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT source_key PRIMARY KEY (workspace, id),
    CONSTRAINT source_deal_exists FOREIGN KEY (workspace, deal) REFERENCES deal,
    CONSTRAINT source_once_a_deal UNIQUE (workspace, deal, sha256)
);

CREATE TABLE handoff (
    workspace text NOT NULL DEFAULT {current},
    id text NOT NULL,
    deal text NOT NULL,
    CONSTRAINT handoff_key PRIMARY KEY (workspace, id),
    CONSTRAINT handoff_deal_exists FOREIGN KEY (workspace, deal) REFERENCES deal,
    CONSTRAINT handoff_once_a_deal UNIQUE (workspace, deal)
);

CREATE TABLE suggestion (
    workspace text NOT NULL DEFAULT {current},
    id text NOT NULL,
    handoff text NOT NULL,
    base_version integer NOT NULL,
    draft jsonb NOT NULL,
    sources text[] NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT suggestion_key PRIMARY KEY (workspace, id),
    CONSTRAINT suggestion_handoff_exists FOREIGN KEY (workspace, handoff) REFERENCES handoff
);
CREATE INDEX suggestion_of_handoff ON suggestion (workspace, handoff, created_at);

CREATE TABLE version (
    workspace text NOT NULL DEFAULT {current},
    handoff text NOT NULL,
    number integer NOT NULL,
    suggestion text NOT NULL,
    items jsonb NOT NULL,
    stakeholders jsonb NOT NULL,
    committed_by text NOT NULL,
    committed_at timestamptz NOT NULL,
    note text,
    CONSTRAINT version_key PRIMARY KEY (workspace, handoff, number),
    CONSTRAINT version_handoff_exists FOREIGN KEY (workspace, handoff) REFERENCES handoff,
    CONSTRAINT version_suggestion_exists FOREIGN KEY (workspace, suggestion) REFERENCES suggestion,
    CONSTRAINT version_once_a_suggestion UNIQUE (workspace, suggestion)
);

CREATE TABLE decision (
    workspace text NOT NULL DEFAULT {current},
    suggestion text NOT NULL,
    place integer NOT NULL,
    item text NOT NULL,
    verdict text NOT NULL,
    by text NOT NULL,
    at timestamptz NOT NULL,
    reason text,
    edited jsonb,
    assertion text,
    CONSTRAINT decision_key PRIMARY KEY (workspace, suggestion, place),
    CONSTRAINT decision_suggestion_exists FOREIGN KEY (workspace, suggestion) REFERENCES suggestion
);

CREATE TABLE job (
    workspace text NOT NULL DEFAULT {current},
    id text NOT NULL,
    deal text NOT NULL,
    sources text[] NOT NULL,
    base_version integer NOT NULL,
    status text NOT NULL,
    attempts integer NOT NULL,
    problem jsonb,
    suggestion text,
    run text,
    created_by text NOT NULL,
    created_at timestamptz NOT NULL,
    finished_at timestamptz,
    CONSTRAINT job_key PRIMARY KEY (workspace, id),
    CONSTRAINT job_deal_exists FOREIGN KEY (workspace, deal) REFERENCES deal,
    CONSTRAINT job_suggestion_exists FOREIGN KEY (workspace, suggestion) REFERENCES suggestion
        DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX job_of_deal ON job (workspace, deal, created_at);

CREATE TABLE event (
    workspace text NOT NULL DEFAULT {current},
    id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    topic text NOT NULL,
    kind text NOT NULL,
    body jsonb NOT NULL,
    at timestamptz NOT NULL,
    CONSTRAINT event_key PRIMARY KEY (workspace, topic, id)
);

CREATE TABLE idempotency_key (
    workspace text NOT NULL DEFAULT {current},
    scope text NOT NULL,
    key text NOT NULL,
    fingerprint text NOT NULL,
    status integer,
    headers jsonb,
    body bytea,
    claimed_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT idempotency_key_key PRIMARY KEY (workspace, scope, key)
);

CREATE TABLE sow (
    workspace text NOT NULL DEFAULT {current},
    id text NOT NULL,
    name text NOT NULL,
    client text,
    deal_type text,
    sha256 text NOT NULL,
    original bytea NOT NULL,
    media_type text NOT NULL,
    text text NOT NULL,
    created_by text NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT sow_key PRIMARY KEY (workspace, id),
    CONSTRAINT sow_workspace_exists FOREIGN KEY (workspace) REFERENCES workspace,
    CONSTRAINT sow_once UNIQUE (workspace, sha256)
);
CREATE INDEX sow_newest ON sow (workspace, created_at, id);

CREATE TABLE sow_section (
    workspace text NOT NULL DEFAULT {current},
    id text NOT NULL,
    sow text NOT NULL,
    position integer NOT NULL,
    heading text NOT NULL,
    start integer NOT NULL,
    "end" integer NOT NULL,
    text text NOT NULL,
    CONSTRAINT sow_section_key PRIMARY KEY (workspace, id),
    CONSTRAINT sow_section_sow_exists FOREIGN KEY (workspace, sow) REFERENCES sow,
    CONSTRAINT sow_section_place UNIQUE (workspace, sow, position)
);
"""

# After a transaction the setting is '' and not NULL; no workspace may ever match that.
CURRENT = "NULLIF(current_setting('app.workspace', true), '')"

TABLES = (
    "workspace person deal source handoff suggestion version decision job event idempotency_key sow sow_section".split()
)


def upgrade() -> None:
    """Make the tables, close each to other workspaces, and add the queue."""
    _run(SCHEMA.format(current=CURRENT))
    for table in TABLES:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(
            f"CREATE POLICY own_workspace ON {table} USING (workspace = {CURRENT}) WITH CHECK (workspace = {CURRENT})"
        )
    _run(SchemaManager.get_schema())


def _run(statements: str) -> None:
    """Many statements at once, which only the driver's own connection takes, and only without parameters."""
    driver = op.get_bind().connection.driver_connection
    assert driver is not None
    driver.execute(statements)
