"""The only place that chooses and opens adapters; everybody else is handed what they need."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import partial

from sqlalchemy import make_url

from api.documents import open_documents
from api.engines import adviser_of, encoder_of, engine_of, open_model, open_shadow
from api.settings import Settings
from summarizer.adapters.bell import Bell, topic_key
from summarizer.adapters.database.answers import StoredAnswers
from summarizer.adapters.database.migrate import migrate, pending
from summarizer.adapters.database.slots import SharedSlots
from summarizer.adapters.database.store import Database
from summarizer.adapters.encoder import Encoder
from summarizer.adapters.hybrid import HybridPrecedents
from summarizer.adapters.lexical import LexicalPrecedents
from summarizer.adapters.llm.fallback import remembering
from summarizer.adapters.postgres import Cluster, embedded, running
from summarizer.adapters.precedents import ChromaPrecedents
from summarizer.adapters.queue import Queue
from summarizer.adapters.support import EncoderCheck
from summarizer.advice import AdvisedCheck
from summarizer.comparing import Bench, make_comparison
from summarizer.draft_job import Workshop, run
from summarizer.indexing import index_sow, mend
from summarizer.ports import Documents, Engine, Meaning, PrecedentIndex
from summarizer.records import Person, Work
from summarizer.shadowing import shadow
from summarizer.support import SupportCheck

LOCAL_PEOPLE = (
    Person(id="rep", name="Robin (sales)", work=Work.REP),
    Person(id="reviewer", name="Sasha (review)", work=Work.REVIEWER),
    Person(id="delivery", name="Kim (delivery)", work=Work.DELIVERY),
)
"""Who works in a new workspace until sign-in is configured."""

REQUESTS_AT_ONCE = 8
"""Requests that hold a connection at the same time, one each; the others wait without one."""
BACKGROUND = 1
"""Drafts at once for which nobody waits."""
READS_AT_ONCE = 2
"""Libraries that are read at the same time, when they are first searched."""


@dataclass(frozen=True)
class Services:
    """The opened adapters of one process."""

    settings: Settings
    database: Database
    index: PrecedentIndex
    check: SupportCheck
    advised: SupportCheck | None
    """The same beside the model's opinion; `None` where no model is set."""
    engine: Engine
    bell: Bell
    queue: Queue
    documents: Documents
    alone: bool
    """Whether this process holds the data folder, so that no other works off its queue."""

    def workshop(self, workspace: str) -> Workshop:
        """What drafts of the workspace are made with."""
        return _workshop(self.database, self.engine, self.index, self.check, workspace)

    def watch(self, topic: str) -> AbstractContextManager[asyncio.Event]:
        """An event that is set whenever something may have happened on the topic; its reader clears it."""
        return self.bell.subscribe(topic_key(self.settings.workspace, topic))


def _workshop(
    database: Database, engine: Engine, index: PrecedentIndex, check: SupportCheck, workspace: str
) -> Workshop:
    begin = partial(database.begin, workspace)
    return Workshop(begin, remembering(engine, StoredAnswers(begin)), index, workspace, check)


@contextmanager
def open_services(
    settings: Settings, *, beside: bool = False, people: Sequence[Person] = LOCAL_PEOPLE
) -> Iterator[Services]:
    """Open everything and close it in reverse; the database is brought to this release's schema first.

    With `beside`, the server of a running process on the same data folder is used where there is one. A new workspace
    gets these `people`. Raises ConfigurationError and its children.
    """
    with ExitStack() as stack:
        cluster, alone = _cluster(settings, stack, beside=beside)
        migrate(cluster.owner_url, app_role=make_url(cluster.app_url).username or "")
        database = Database(cluster.app_url, pool_size=settings.workers + BACKGROUND + REQUESTS_AT_ONCE)
        stack.callback(database.dispose)
        _move_in(database, settings.workspace, people)
        slots = SharedSlots(cluster.app_url)
        stack.callback(slots.close)
        model = stack.enter_context(open_model(settings))
        engine = engine_of(model, settings, slots=slots)
        second = stack.enter_context(open_shadow(settings, slots=slots))
        encoder = encoder_of(settings.encoder_threads)
        index, check = _index_of(settings, stack, cluster, encoder), EncoderCheck(encoder)
        advised = AdvisedCheck(check, adviser_of(model, settings, slots=slots)) if model else None

        def workshop(workspace: str) -> Workshop:
            made = _workshop(database, engine, index, check, workspace)
            share = settings.shadow_share if second else 0.0
            return replace(made, shadow_share=share, shadow_tokens=settings.shadow_tokens_a_day)

        queue = Queue(
            cluster.app_url,
            run=partial(_draft, workshop),
            index=partial(_index, workshop),
            mend=lambda workspace: mend(workshop(workspace)),
            compare=partial(_compare, database, encoder.alike),
            shadow=partial(_shadow, workshop, second) if second else None,
        )
        bell, documents = Bell(cluster.app_url), open_documents(settings)
        yield Services(settings, database, index, check, advised, engine, bell, queue, documents, alone)


def _index_of(settings: Settings, stack: ExitStack, cluster: Cluster, encoder: Encoder) -> PrecedentIndex:
    """The index, with connections of its own: it reads for requests that hold one already."""
    library = Database(cluster.app_url, pool_size=READS_AT_ONCE)
    stack.callback(library.dispose)
    dense = ChromaPrecedents(encoder, folder=settings.data / "index", url=settings.chroma_url)
    return HybridPrecedents(dense, LexicalPrecedents(library.begin))


def _cluster(settings: Settings, stack: ExitStack, *, beside: bool) -> tuple[Cluster, bool]:
    if settings.database_url:
        owner = settings.owner_database_url or settings.database_url
        return Cluster(owner_url=_driver(owner), app_url=_driver(settings.database_url)), False
    found = running(settings.data) if beside else None
    if found:
        return found, False
    return stack.enter_context(embedded(settings.data)), True


def awaits_migration(settings: Settings) -> bool:
    """Whether a PostgreSQL of the user's lacks this release's schema; it stays as it is. Raises DatabaseUnavailable."""
    return settings.database_url is not None and pending(_driver(settings.database_url))


def _driver(url: str) -> str:
    """The URL for psycopg 3, whichever way it was written.

    >>> _driver("postgres://app@db.example/handoffs")
    'postgresql+psycopg://app@db.example/handoffs'
    """
    return (
        make_url(url.replace("postgres://", "postgresql://", 1))
        .set(drivername="postgresql+psycopg")
        .render_as_string(hide_password=False)
    )


Make = Callable[[str], Workshop]


def _draft(workshop: Make, workspace: str, job_id: str, interrupted: Callable[[], bool]) -> None:
    run(workshop(workspace), job_id, interrupted=interrupted)


def _shadow(
    workshop: Make, engine: Engine, workspace: str, suggestion_id: str, interrupted: Callable[[], bool]
) -> None:
    here = workshop(workspace)
    shadow(here, remembering(engine, StoredAnswers(here.begin)), suggestion_id, interrupted=interrupted)


def _index(workshop: Make, workspace: str, sow_id: str) -> None:
    index_sow(workshop(workspace), sow_id)


def _compare(database: Database, meaning: Meaning, workspace: str, comparison_id: str) -> None:
    make_comparison(Bench(partial(database.begin, workspace), meaning), comparison_id)


def _move_in(database: Database, workspace: str, people: Sequence[Person]) -> None:
    database.add_workspace(workspace, workspace)
    with database.begin(workspace) as store:
        if not store.people.all():
            for person in people:
                store.people.add(person)
