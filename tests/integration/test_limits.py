"""Many at once, and slow ones: the service goes on answering, on a port of its own."""

import socket
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace

import httpx
import pytest
import uvicorn

from api.app import create_app
from api.wiring import REQUESTS_AT_ONCE, Services
from summarizer.adapters.bell import Bell
from summarizer.adapters.database.connection import engine, transaction
from summarizer.adapters.postgres import Cluster
from summarizer.errors import DatabaseUnavailable
from tests.integration.conftest import THREAD, Client
from tests.integration.processes import eventually

AT_ONCE_S = 10
"""Well under the 30 s that a request would wait for a connection in vain."""


@contextmanager
def listening(services: Services) -> Iterator[int]:
    """The service behind a real HTTP server in a thread; gives its port."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(
            uvicorn.Config(create_app(services), log_config=None, access_log=False, timeout_graceful_shutdown=1)
        )
        running = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        running.start()
        try:
            eventually(lambda: server.started, seconds=10)
            yield listener.getsockname()[1]
        finally:
            server.should_exit = True
            running.join(20)


@pytest.fixture
def port(client: Client, cluster: Cluster) -> Iterator[int]:
    with listening(replace(client.services, bell=Bell(cluster.app_url))) as opened:
        yield opened


def health(port: int) -> int:
    return httpx.get(f"http://127.0.0.1:{port}/v1/health", timeout=AT_ONCE_S).status_code


def unanswered(port: int, request: str) -> socket.socket:
    """A client that has sent this much and then does nothing more."""
    connection = socket.create_connection(("127.0.0.1", port), timeout=AT_ONCE_S)
    connection.sendall(request.replace("\n", "\r\n").encode())
    return connection


@pytest.mark.parametrize("path", ["/v1/people", "/v1/sows/search?q=dashboards"])
def test_requests_at_once_are_all_answered(port: int, path: str) -> None:
    with ExitStack() as open_connections:
        asked = [open_connections.enter_context(unanswered(port, f"GET {path} HTTP/1.1\n")) for _ in range(100)]
        for connection in asked:
            connection.sendall(b"Host: localhost\r\n\r\n")
        statuses = Counter(connection.recv(12) for connection in asked)
    assert statuses == {b"HTTP/1.1 200": 100}


@pytest.mark.parametrize(
    ("path", "kind"), [("/v1/deals", "application/json"), ("/v1/sows", "multipart/form-data; boundary=x")]
)
def test_stalled_uploads_do_not_stop_the_service(port: int, path: str, kind: str) -> None:
    head = f"POST {path} HTTP/1.1\nHost: localhost\nContent-Type: {kind}\nContent-Length: 1000\n\n-"
    with ExitStack() as stalled:
        for _ in range(REQUESTS_AT_ONCE + 2):
            stalled.enter_context(unanswered(port, head))
        assert health(port) == 200


def test_open_event_streams_do_not_stop_the_service(client: Client, port: int) -> None:
    deal = client.open_deal()
    client.paste(deal, THREAD)
    job = client.post(f"/v1/deals/{deal}/suggestions").json()
    with ExitStack() as streams:
        for _ in range(3 * REQUESTS_AT_ONCE):
            head = f"GET /v1/jobs/{job['id']}/events HTTP/1.1\nHost: localhost\n\n"
            stream = streams.enter_context(unanswered(port, head))
            assert stream.recv(12) == b"HTTP/1.1 200"
        assert health(port) == 200


def test_a_client_that_leaves_in_the_middle_of_its_body_is_no_error_of_the_server(
    port: int, caplog: pytest.LogCaptureFixture
) -> None:
    head = "POST /v1/deals HTTP/1.1\nHost: localhost\nContent-Type: application/json\nContent-Length: 1000\n\n{"
    unanswered(port, head).close()
    assert health(port) == 200
    assert [record.message for record in caplog.records if record.levelname == "ERROR"] == []


def test_a_pool_without_a_free_connection_says_that_the_database_is_unavailable(cluster: Cluster) -> None:
    pool = engine(cluster.app_url, pool_size=1, patience_s=0.1)
    with transaction(pool), pytest.raises(DatabaseUnavailable), transaction(pool):
        pass
    pool.dispose()
