"""What the store asks the queue to do."""

from procrastinate import SyncPsycopgConnector
from procrastinate.manager import JobManager
from procrastinate.tasks import configure_task
from sqlalchemy import Connection

DRAFT = "draft"
INDEX_SOW = "index_sow"
MEND_INDEX = "mend_index"
COMPARE = "compare"
SHADOW = "shadow"

WORK = "default"
"""The lane in which people wait for what is done."""
BACKGROUND = "background"
"""The lane for which nobody waits; it has workers of its own, so that it holds up none of the other."""


def defer(connection: Connection, task: str, *, workspace: str, id: str) -> None:
    """Queue a task in the connection's transaction; two tasks for the same thing never run at the same time."""
    configure_task(
        name=task,
        queue=BACKGROUND if task == SHADOW else WORK,
        job_manager=JobManager(SyncPsycopgConnector()),
        lock=f"{task}/{workspace}/{id}",
        connection=connection.connection.driver_connection,
    ).defer(workspace=workspace, id=id)
