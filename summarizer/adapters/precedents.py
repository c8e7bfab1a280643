"""The index of past SOWs in Chroma: derived from the stored sections, so it can be dropped and built again."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Protocol, TypeVar, cast
from urllib.parse import urlsplit

import numpy as np

from summarizer.adapters.encoder import Vectors
from summarizer.errors import ConfigurationError
from summarizer.records import SowSection
from summarizer.sows import pieces

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.models.Collection import Collection

T = TypeVar("T")

PASSAGE = 300
"""Characters of a deal's words that are searched at once."""
MOST_PASSAGES = 16
COUNTED = 4
"""How many of the passages that a section is most like make its score."""
CANDIDATES = 10
"""Sections that each passage brings in; docs/decisions/0003-encoder-and-index.md has the figures."""


class Embedder(Protocol):
    """Texts to vectors of unit length, one row each."""

    @property
    def name(self) -> str:
        """Vectors of embedders with different names are not compared."""

    def embed(self, texts: Sequence[str]) -> Vectors: ...


class ChromaPrecedents:
    """The sections of past SOWs by likeness; one collection for each workspace and embedder, so no query filters.

    Kept in a folder, in which only one process may write, or on a Chroma server, which any number may share. Chroma is
    imported and opened on first use. Threads may share an index. Raises ConfigurationError when Chroma cannot be
    reached or its folder not opened.
    """

    def __init__(self, embedder: Embedder, *, folder: Path | None = None, url: str | None = None) -> None:
        """`url` of a server, such as `http://127.0.0.1:8000`, goes before `folder`; one of them is needed."""
        if url is None and folder is None:
            raise ConfigurationError("The index of past SOWs needs a folder or the URL of a Chroma server")
        self._embedder = embedder
        self._folder = folder
        self._url = url
        self._opening = Lock()
        self._opened: Client | None = None

    def put(self, workspace: str, sections: Sequence[SowSection]) -> None:
        """Add or replace the sections, by their id."""
        rows = list({section.id: section for section in sections}.values())
        if not rows:
            return
        with self._client() as client:
            collection = client.get_or_create_collection(
                self._name(workspace), embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
            )
            for batch in _batches(rows, client.get_max_batch_size()):
                vectors = self._embedder.embed([_words(section) for section in batch])
                collection.upsert(ids=[section.id for section in batch], embeddings=vectors)

    def drop(self, workspace: str, section_ids: Sequence[str]) -> None:
        """Forget these sections; unknown ids are no error."""
        ids = list(dict.fromkeys(section_ids))
        with self._client() as client:
            collection = self._collection(client, workspace)
            if collection is None:
                return
            for batch in _batches(ids, client.get_max_batch_size()):
                collection.delete(ids=batch)

    def nearest(self, workspace: str, text: str, *, most: int) -> list[tuple[str, float]]:
        """Ids of the nearest sections with their cosine similarity, best first; empty without a library.

        A long text is searched passage by passage. A section's score is its mean likeness to the few passages that it
        is most like: one alone would favour greetings and other set phrases, all of them would drown a single topic.
        """
        passages = _passages(text)
        with self._client() as client:
            collection = self._collection(client, workspace)
            if collection is None or not passages or most < 1:
                return []
            asked = self._embedder.embed(passages)
            answer = collection.query(query_embeddings=asked, n_results=max(most, CANDIDATES), include=["embeddings"])
        rows = zip(chain.from_iterable(answer["ids"]), chain.from_iterable(answer["embeddings"] or []), strict=True)
        return _ranked(dict(rows), asked)[:most]

    def count(self, workspace: str) -> int:
        """How many sections the index holds."""
        with self._client() as client:
            collection = self._collection(client, workspace)
            return collection.count() if collection is not None else 0

    def reset(self, workspace: str) -> None:
        """Forget the workspace's sections, so that the index can be built again."""
        with self._client() as client:
            if self._collection(client, workspace) is not None:
                client.delete_collection(self._name(workspace))

    def close(self) -> None:
        """Let go of the folder or the server; the next use opens it again."""
        with self._opening:
            if self._opened is not None:
                self._opened.close()
            self._opened = None

    def _collection(self, client: "Client", workspace: str) -> "Collection | None":
        from chromadb.errors import NotFoundError  # noqa: PLC0415

        try:
            return client.get_collection(self._name(workspace), embedding_function=None)
        except NotFoundError:
            return None

    def _name(self, workspace: str) -> str:
        """Hashed, because Chroma takes few characters and a workspace or a model may be called anything."""
        return "sow-" + hashlib.sha256(f"{workspace}\n{self._embedder.name}".encode()).hexdigest()[:16]

    @contextmanager
    def _client(self) -> "Iterator[Client]":
        """The open client; what goes wrong while it is used is told in our words."""
        from chromadb.errors import ChromaError  # noqa: PLC0415
        from httpx import HTTPError  # noqa: PLC0415

        try:
            yield self._open()
        except (ChromaError, HTTPError) as broken:
            raise ConfigurationError(f"The index of past SOWs does not work: {broken}") from broken

    def _open(self) -> "Client":
        with self._opening:
            if self._opened is None:
                self._opened = _served(self._url) if self._url else _kept(self._folder)
            return self._opened


def _kept(folder: Path | None) -> "Client":
    from chromadb import PersistentClient  # noqa: PLC0415
    from chromadb.config import Settings  # noqa: PLC0415

    settings = Settings(anonymized_telemetry=False)
    return cast("Client", PersistentClient(path=str(folder), settings=settings))


def _served(url: str) -> "Client":
    from chromadb import HttpClient  # noqa: PLC0415
    from chromadb.config import Settings  # noqa: PLC0415

    parts = urlsplit(url)
    secure = parts.scheme == "https"
    try:
        client = HttpClient(
            host=parts.hostname or "",
            port=parts.port or (443 if secure else 8000),
            ssl=secure,
            settings=Settings(anonymized_telemetry=False),
        )
    except ValueError as broken:  # what Chroma raises when nobody answers
        raise ConfigurationError(f"The Chroma server at {parts.hostname}:{parts.port} cannot be reached") from broken
    return cast("Client", client)


def _words(section: SowSection) -> str:
    """What is embedded: the text under its heading, which only the first piece of a long section holds."""
    return section.text if section.heading in section.text else f"{section.heading}\n{section.text}"


def _passages(text: str) -> list[str]:
    """The text in passages; of too many, some spread evenly over it, so that its end counts too."""
    found = [text[start:end] for start, end in pieces(text, 0, len(text), longest=PASSAGE)]
    if len(found) <= MOST_PASSAGES:
        return found
    return [found[place * len(found) // MOST_PASSAGES] for place in range(MOST_PASSAGES)]


def _ranked(vectors: Mapping[str, Sequence[float]], asked: Vectors) -> list[tuple[str, float]]:
    if not vectors:
        return []
    likeness = np.array(list(vectors.values()), dtype=np.float32) @ asked.T
    scores = np.sort(likeness, axis=1)[:, -COUNTED:].mean(axis=1)
    rows = [(section, min(1.0, float(score))) for section, score in zip(vectors, scores, strict=True)]
    return sorted(rows, key=lambda row: (-row[1], row[0]))


def _batches(rows: list[T], size: int) -> Iterator[list[T]]:
    return (rows[start : start + size] for start in range(0, len(rows), size))
