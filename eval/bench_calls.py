"""What it costs that all workers share one limit on calls. `python -m eval.bench_calls`

Two workers, processes as a user starts them, draft from a queue with a stand-in model that takes a fixed time. Overhead
is what the drafts took beyond the time that the model needs for them at the limit, counted from its first call to the
end of the last draft.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep

from rich.console import Console
from rich.table import Table
from sqlalchemy import make_url

from eval.stand_in import StandIn, stand_in
from summarizer.adapters.database.migrate import migrate
from summarizer.adapters.database.store import Database
from summarizer.adapters.postgres import Cluster, embedded
from summarizer.records import Deal, Person, StoredSource, Work
from summarizer.service import Desk, ask_for_draft, new_id, now
from summarizer.sources import sha256

WORKSPACE = "local"
WORKER = (sys.executable, "-c", "from api.cli import main; main()", "worker")
REP = Person(id="rep", name="Robin", work=Work.REP)


@dataclass(frozen=True)
class Load:
    """What is worked off, and by whom."""

    drafts: int = 200
    workers: int = 2
    drafts_at_once: int = 4
    """In one worker."""
    calls_at_once: int = 4
    """Over all workers."""
    delay_s: float = 2.0

    @property
    def ideal_s(self) -> float:
        """What the model alone needs."""
        return -(-self.drafts // self.calls_at_once) * self.delay_s


@dataclass(frozen=True)
class Outcome:
    """What came of it."""

    seconds: float
    most_in_flight: int
    calls: int
    drafted: Mapping[int, int]
    """Site to how many suggestions hold its item."""
    states: Mapping[str, int]

    def lost(self, load: Load) -> int:
        """Drafts that nobody made."""
        return load.drafts - len(self.drafted)

    @property
    def doubled(self) -> int:
        """Drafts that were made more than once."""
        return sum(count - 1 for count in self.drafted.values())


def measure(load: Load, *, patience_s: float = 600) -> Outcome:
    """Queue the drafts, start the workers, and wait until all is done. Raises TimeoutError."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        cluster = stack.enter_context(embedded(folder / "data"))
        migrate(cluster.owner_url, app_role=make_url(cluster.app_url).username or "")
        database = Database(cluster.app_url)
        stack.callback(database.dispose)
        model = stack.enter_context(stand_in(load.delay_s))
        deals = list(_queued(database, load.drafts))
        for number in range(load.workers):
            stack.enter_context(_worker(load, cluster, model, folder / str(number)))
        ended = _wait(database, deals, patience_s)
        states, drafted = _drafted(database, deals)
    return Outcome(ended - (model.began or ended), model.most_in_flight, model.asked.total(), drafted, states)


def _queued(database: Database, count: int) -> Iterator[str]:
    """The deals, each with a thread of its own and a draft in the queue."""
    database.add_workspace(WORKSPACE, WORKSPACE)
    with database.begin(WORKSPACE) as store:
        store.people.add(REP)
    for site in range(1, count + 1):
        with database.begin(WORKSPACE) as store:
            deal = f"site-{site}"
            names = {"name": f"Site {site}", "client": "Kestrel Freight", "vendor": "Harbor Works"}
            store.deals.add(Deal(id=deal, crm_deal_id=deal, created_by=REP.id, created_at=now(), **names))
            store.sources.add(_thread(deal, f"Hi Ana,\n\nWe build the dashboard for site {site} by 3 June.\n\nRobin\n"))
            ask_for_draft(Desk(store, REP), deal)
        yield deal


def _thread(deal: str, text: str) -> StoredSource:
    return StoredSource(
        id=new_id(),
        deal=deal,
        name="Mail",
        media_type="text/plain",
        original=text.encode(),
        sha256=sha256(text.encode()),
        text=text,
        created_by=REP.id,
        created_at=now(),
    )


@contextmanager
def _worker(load: Load, cluster: Cluster, model: StandIn, data: Path) -> Iterator[None]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SUMMARIZER_")}
    settings = {
        "DATA": str(data),
        "DATABASE_URL": cluster.app_url,
        "OWNER_DATABASE_URL": cluster.owner_url,
        "LLM_MODEL": "stand-in",
        "LLM_BASE_URL": model.url,
        "LLM_CALLS_AT_ONCE": str(load.calls_at_once),
        "WORKERS": str(load.drafts_at_once),
        "LOG_LEVEL": "warning",
    }
    environment |= {f"SUMMARIZER_{name}": value for name, value in settings.items()}
    process = subprocess.Popen(WORKER, env=environment)
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def _wait(database: Database, deals: list[str], patience_s: float) -> float:
    """When the last job was over, on the monotonic clock."""
    end = monotonic() + patience_s
    left = list(deals)
    while left:
        if monotonic() > end:
            raise TimeoutError(f"{len(left)} drafts were not done after {patience_s:.0f} s")
        sleep(0.05)
        with database.begin(WORKSPACE) as store:
            while left and store.jobs.of_deal(left[-1])[0].over:
                left.pop()
    return monotonic()


def _drafted(database: Database, deals: list[str]) -> tuple[Counter[str], Counter[int]]:
    """How many jobs ended in which state, and how many suggestions there are for each site."""
    states: Counter[str] = Counter()
    drafted: Counter[int] = Counter()
    with database.begin(WORKSPACE) as store:
        for site, deal in enumerate(deals, 1):
            states.update(job.status for job in store.jobs.of_deal(deal))
            for suggestion in store.suggestions.of_handoff(store.handoffs.of_deal(deal).id):
                drafted[site] += any(f"site {site} " in item.text for item in suggestion.draft.items)
    return states, drafted


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--drafts", type=int, default=Load.drafts)
    parser.add_argument("--delay", type=float, default=Load.delay_s, help="seconds that the model takes")
    given = parser.parse_args()
    load = Load(drafts=given.drafts, delay_s=given.delay)
    outcome = measure(load)
    table = Table("what", "figure")
    table.add_row(
        "drafts, workers, limit, delay", f"{load.drafts}, {load.workers}, {load.calls_at_once}, {load.delay_s} s"
    )
    table.add_row("most calls in flight", str(outcome.most_in_flight))
    table.add_row("calls", str(outcome.calls))
    table.add_row("states of jobs", ", ".join(f"{count} {state}" for state, count in outcome.states.items()))
    table.add_row("drafts lost, doubled", f"{outcome.lost(load)}, {outcome.doubled}")
    table.add_row("seconds, and what the model alone needs", f"{outcome.seconds:.1f}, {load.ideal_s:.1f}")
    table.add_row("overhead", f"{outcome.seconds / load.ideal_s - 1:.1%}")
    Console().print(table)


if __name__ == "__main__":
    main()
