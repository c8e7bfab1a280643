"""The tables, as the queries and the migration check see them.

Every table has a `workspace`, every key begins with it, and row-level security (in the first migration) lets a
transaction see one workspace only. So no query names it: PostgreSQL adds the condition, and the column fills itself.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    Dialect,
    ForeignKeyConstraint,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

metadata = MetaData()

CURRENT_WORKSPACE = text("NULLIF(current_setting('app.workspace'::text, true), ''::text)")


class Moment(TypeDecorator[datetime]):
    """A point in time, in UTC whatever the session's time zone is."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - as the base class has it
        """The value as it is read."""
        return value.astimezone(UTC) if value else None


def _table(name: str, *parts: Any) -> Table:
    workspace = Column("workspace", Text, nullable=False, server_default=CURRENT_WORKSPACE)
    return Table(name, metadata, workspace, *parts)


def _id() -> Column[str]:
    return Column("id", Text, nullable=False)


def _text(name: str, *, optional: bool = False) -> Column[str]:
    return Column(name, Text, nullable=optional)


def _at(name: str, *, optional: bool = False) -> Column[datetime]:
    return Column(name, Moment, nullable=optional)


def _key(table: str, *columns: str) -> PrimaryKeyConstraint:
    return PrimaryKeyConstraint("workspace", *columns, name=f"{table}_key")


def _unique(name: str, *columns: str) -> UniqueConstraint:
    return UniqueConstraint("workspace", *columns, name=name)


def _part_of(table: str, whole: str, *, initially: str | None = None) -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        ["workspace", whole],
        [f"{whole}.workspace", f"{whole}.id"],
        name=f"{table}_{whole}_exists",
        deferrable=True if initially else None,
        initially=initially,
    )


def _in_workspace(table: str) -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["workspace"], ["workspace.workspace"], name=f"{table}_workspace_exists")


workspace = Table(
    "workspace",
    metadata,
    Column("workspace", Text, nullable=False),
    _text("name"),
    PrimaryKeyConstraint("workspace", name="workspace_key"),
)

person = _table(
    "person",
    _id(),
    _text("name"),
    _text("work"),
    _text("email", optional=True),
    Column("groups", ARRAY(Text), nullable=False, server_default="{}"),
    _key("person", "id"),
    _in_workspace("person"),
)

deal = _table(
    "deal",
    _id(),
    _text("crm"),
    _text("crm_deal_id"),
    _text("name"),
    _text("client"),
    _text("vendor"),
    _text("deal_type"),
    _text("created_by"),
    _at("created_at"),
    _key("deal", "id"),
    _in_workspace("deal"),
    _unique("deal_in_the_crm", "crm", "crm_deal_id"),
    Index("deal_newest", "workspace", "created_at", "id"),
)

source = _table(
    "source",
    _id(),
    _text("deal"),
    _text("name"),
    _text("media_type"),
    Column("original", LargeBinary, nullable=False),
    _text("sha256"),
    _text("text"),
    _text("created_by"),
    _at("created_at"),
    _text("parent", optional=True),
    Column("findings", JSONB, nullable=False, server_default="[]"),
    _key("source", "id"),
    _part_of("source", "deal"),
    ForeignKeyConstraint(["workspace", "parent"], ["source.workspace", "source.id"], name="source_parent_exists"),
    _unique("source_once_a_deal", "deal", "sha256"),
)

handoff = _table(
    "handoff",
    _id(),
    _text("deal"),
    _key("handoff", "id"),
    _part_of("handoff", "deal"),
    _unique("handoff_once_a_deal", "deal"),
)

suggestion = _table(
    "suggestion",
    _id(),
    _text("handoff"),
    Column("base_version", Integer, nullable=False),
    Column("draft", JSONB, nullable=False),
    Column("sources", ARRAY(Text), nullable=False),
    _at("created_at"),
    _key("suggestion", "id"),
    _part_of("suggestion", "handoff"),
    Index("suggestion_of_handoff", "workspace", "handoff", "created_at"),
)

version = _table(
    "version",
    _text("handoff"),
    Column("number", Integer, nullable=False),
    _text("suggestion"),
    Column("items", JSONB, nullable=False),
    Column("stakeholders", JSONB, nullable=False),
    _text("committed_by"),
    _at("committed_at"),
    _text("note", optional=True),
    _key("version", "handoff", "number"),
    _part_of("version", "handoff"),
    _part_of("version", "suggestion"),
    _unique("version_once_a_suggestion", "suggestion"),
)

decision = _table(
    "decision",
    _text("suggestion"),
    Column("place", Integer, nullable=False),
    _text("item"),
    _text("verdict"),
    _text("by"),
    _at("at"),
    _text("reason", optional=True),
    Column("edited", JSONB(none_as_null=True), nullable=True),
    _text("assertion", optional=True),
    _key("decision", "suggestion", "place"),
    _part_of("decision", "suggestion"),
)

job = _table(
    "job",
    _id(),
    _text("deal"),
    Column("sources", ARRAY(Text), nullable=False),
    Column("base_version", Integer, nullable=False),
    _text("status"),
    Column("attempts", Integer, nullable=False),
    Column("problem", JSONB(none_as_null=True), nullable=True),
    _text("suggestion", optional=True),
    _text("run", optional=True),
    _text("created_by"),
    _at("created_at"),
    _at("finished_at", optional=True),
    _key("job", "id"),
    _part_of("job", "deal"),
    # Who moves a job to `done` files its suggestion after that, in the same transaction.
    _part_of("job", "suggestion", initially="DEFERRED"),
    Index("job_of_deal", "workspace", "deal", "created_at"),
)

shadow_draft = _table(
    "shadow_draft",
    _text("suggestion"),
    Column("draft", JSONB(none_as_null=True), nullable=True),
    Column("problem", JSONB(none_as_null=True), nullable=True),
    Column("tokens", BigInteger, nullable=False),
    _at("created_at"),
    _key("shadow_draft", "suggestion"),
    _part_of("shadow_draft", "suggestion"),
)

side_correction = _table(
    "side_correction",
    Column("id", BigInteger, Identity(always=True), nullable=False),
    _text("deal"),
    _text("who"),
    _text("side", optional=True),
    _text("by"),
    _at("at"),
    _key("side_correction", "id"),
    _part_of("side_correction", "deal"),
    Index("side_corrections_of_a_deal", "workspace", "deal", "id"),
)

event = _table(
    "event",
    Column("id", BigInteger, Identity(always=True), nullable=False),
    _text("topic"),
    _text("kind"),
    Column("body", JSONB, nullable=False),
    _at("at"),
    _key("event", "topic", "id"),
)

idempotency_key = _table(
    "idempotency_key",
    _text("scope"),
    _text("key"),
    _text("fingerprint"),
    Column("status", Integer, nullable=True),
    Column("headers", JSONB, nullable=True),
    Column("body", LargeBinary, nullable=True),
    Column("claimed_at", Moment, nullable=False, server_default=text("now()")),
    _key("idempotency_key", "scope", "key"),
)

answer = _table(
    "answer",
    _text("key"),
    _text("text"),
    _text("finish_reason", optional=True),
    Column("tokens_in", Integer, nullable=False),
    Column("tokens_out", Integer, nullable=False),
    _at("kept_until"),
    _key("answer", "key"),
    _in_workspace("answer"),
    Index("answer_by_its_end", "workspace", "kept_until"),
)

sow = _table(
    "sow",
    _id(),
    _text("name"),
    _text("client", optional=True),
    _text("deal_type", optional=True),
    _text("sha256"),
    Column("original", LargeBinary, nullable=False),
    _text("media_type"),
    _text("text"),
    _text("created_by"),
    _at("created_at"),
    Column("year", Integer, nullable=True),
    _text("outcome", optional=True),
    Column("readers", ARRAY(Text), nullable=False, server_default="{}"),
    _text("series"),
    Column("version", Integer, nullable=False),
    Column("size", Integer, nullable=False),
    _key("sow", "id"),
    _in_workspace("sow"),
    ForeignKeyConstraint(["workspace", "series"], ["sow.workspace", "sow.id"], name="sow_series_exists"),
    _unique("sow_version", "series", "version"),
    Index("sow_newest", "workspace", "created_at", "id"),
    Index("sow_content", "workspace", "sha256"),
    Index("sow_name", "workspace", "name"),
)

sow_section = _table(
    "sow_section",
    _id(),
    _text("sow"),
    Column("position", Integer, nullable=False),
    _text("heading"),
    _text("kind", optional=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    _text("text"),
    _key("sow_section", "id"),
    _part_of("sow_section", "sow"),
    _unique("sow_section_place", "sow", "position"),
)

signed_sow = _table(
    "signed_sow",
    _id(),
    _text("deal"),
    _text("name"),
    _text("media_type"),
    _text("sha256"),
    Column("size", Integer, nullable=False),
    Column("original", LargeBinary, nullable=False),
    _text("text"),
    _text("created_by"),
    _at("created_at"),
    _key("signed_sow", "id"),
    _part_of("signed_sow", "deal"),
    _unique("signed_sow_once_a_deal", "deal", "sha256"),
)

comparison = _table(
    "comparison",
    _id(),
    _text("deal"),
    _text("signed_sow"),
    _text("sha256"),
    Column("sources", ARRAY(Text), nullable=False),
    Column("rows", JSONB(none_as_null=True), nullable=True),
    _text("created_by"),
    _at("created_at"),
    _key("comparison", "id"),
    _part_of("comparison", "deal"),
    _part_of("comparison", "signed_sow"),
    Index("comparison_of_deal", "workspace", "deal", "created_at"),
)

row_note = _table(
    "row_note",
    Column("id", BigInteger, Identity(always=True), nullable=False),
    _text("comparison"),
    _text("row"),
    _text("became"),
    _text("text"),
    Column("evidence", JSONB, nullable=False),
    _text("suggestion", optional=True),
    _text("by"),
    _at("at"),
    _key("row_note", "id"),
    _part_of("row_note", "comparison"),
    _part_of("row_note", "suggestion"),
    Index("row_note_of_comparison", "workspace", "comparison", "id"),
)
