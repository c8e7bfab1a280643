"""Sections of past SOWs by likeness, in Chroma: derived from the stored sections, so it can be built again."""

import hashlib
from collections import defaultdict
from collections.abc import Collection as Some
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar, cast
from urllib.parse import urlsplit

import numpy as np

from summarizer.adapters.encoder import Vectors
from summarizer.errors import ConfigurationError
from summarizer.records import SowSection
from summarizer.retrieval import PASSAGE
from summarizer.sows import pieces

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.models.Collection import Collection
    from chromadb.api.types import Where

T = TypeVar("T")

MOST_PIECES = 16
"""In which a section is compared; what stands behind them in a very long one is found by its words alone."""
COUNTED = 4
"""How many of the passages that a section is most like make its likeness."""
CANDIDATES = 100
"""Pieces that all passages together bring in, each an equal part of them."""
FEWEST = 10
"""Pieces that each of many passages brings in."""


@dataclass(frozen=True)
class Likeness:
    """How like a section is to what is looked for, and which stretch of it most of all."""

    sow: str
    cosine: float
    """At most 1: the mean over the few passages that it is most like."""
    start: int
    end: int


class Embedder(Protocol):
    """Texts to vectors of unit length, one row each."""

    @property
    def name(self) -> str:
        """Vectors of embedders with different names are not compared."""

    def embed(self, texts: Sequence[str]) -> Vectors: ...


class ChromaPrecedents:
    """The sections of past SOWs by likeness, piece by piece; one collection for each workspace and embedder.

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
            for batch in _batches(rows, client.get_max_batch_size() // MOST_PIECES):
                made = [piece for section in batch for piece in _pieces(section)]
                # A batch holds all pieces of its sections, so that none is kept in part when the process dies.
                collection.upsert(
                    ids=[piece.id for piece in made],
                    embeddings=self._embedder.embed([piece.words for piece in made]),
                    metadatas=[{"sow": piece.sow, "start": piece.start, "end": piece.end} for piece in made],
                )
                surplus = _names([section.id for section in batch]) - {piece.id for piece in made}
                collection.delete(ids=sorted(surplus))

    def drop(self, workspace: str, section_ids: Sequence[str]) -> None:
        """Forget these sections; unknown ids are no error."""
        ids = list(dict.fromkeys(section_ids))
        with self._client() as client:
            collection = self._collection(client, workspace)
            if collection is None:
                return
            for batch in _batches(ids, client.get_max_batch_size() // MOST_PIECES):
                collection.delete(ids=sorted(_names(batch)))

    def nearest(
        self, workspace: str, passages: Sequence[str], *, among: Some[str] | None = None, few: bool = False
    ) -> dict[str, Likeness]:
        """Sections that are like one of the passages, by their ids; of these SOWs only, `None` for all of them.

        `few` says that most SOWs are not among them. The score is the mean over the few passages that a section is most
        like: the best alone would favour greetings and other set phrases, all of them would drown a single topic.
        """
        with self._client() as client:
            collection = self._collection(client, workspace)
            if collection is None or not passages:
                return {}
            vectors = self._embedder.embed(passages)
            found = {} if among and few else _asked(collection, vectors, where=None)
            kept = {name: piece for name, piece in found.items() if among is None or piece.sow in among}
            if among and (few or 2 * len(kept) < len(found)):
                # A filter is slow in Chroma, so it is used where most of what is near may not be found.
                kept = _asked(collection, vectors, where=cast("Where", {"sow": {"$in": sorted(among)}}))
        return _by_section(kept, vectors)

    def count(self, workspace: str) -> int:
        """How many sections the index holds."""
        return len(self.ids(workspace))

    def ids(self, workspace: str) -> set[str]:
        """Of all sections that the index holds."""
        with self._client() as client:
            collection = self._collection(client, workspace)
            held = collection.get(include=[])["ids"] if collection is not None else []
        return {_section(piece) for piece in held}

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
        parts = f"{workspace}\n{self._embedder.name}\n{PASSAGE}"
        return "sow-" + hashlib.sha256(parts.encode()).hexdigest()[:16]

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


class _Piece(NamedTuple):
    """A stretch of a section, as it is embedded."""

    id: str
    sow: str
    start: int
    end: int
    words: str


def _pieces(section: SowSection) -> list[_Piece]:
    """The first bears the heading, which only the first section of several under one heading holds."""
    text = section.text
    heading = "" if section.heading in text else f"{section.heading}\n"
    return [
        _Piece(f"{section.id}#{number}", section.sow, start, end, ("" if number else heading) + text[start:end])
        for number, (start, end) in enumerate(pieces(text, 0, len(text), longest=PASSAGE)[:MOST_PIECES])
    ]


def _names(sections: Sequence[str]) -> set[str]:
    """Ids of all pieces that these sections can have."""
    return {f"{section}#{number}" for section in sections for number in range(MOST_PIECES)}


def _section(piece: str) -> str:
    return piece.rpartition("#")[0]


class _Near(NamedTuple):
    """A piece that was found."""

    sow: str
    start: int
    end: int
    vector: Sequence[float]


def _asked(collection: "Collection", vectors: Vectors, *, where: "Where | None") -> dict[str, _Near]:
    """The pieces that are nearest to one of the vectors, by their ids."""
    most = max(FEWEST, CANDIDATES // len(vectors))
    answer = collection.query(
        query_embeddings=vectors, n_results=most, where=where, include=["embeddings", "metadatas"]
    )
    rows = zip(
        chain.from_iterable(answer["ids"]),
        chain.from_iterable(answer["metadatas"] or []),
        chain.from_iterable(answer["embeddings"] or []),
        strict=True,
    )
    return {
        name: _Near(str(said["sow"]), cast("int", said["start"]), cast("int", said["end"]), vector)
        for name, said, vector in rows
    }


def _by_section(found: Mapping[str, _Near], asked: Vectors) -> dict[str, Likeness]:
    if not found:
        return {}
    near = list(found.values())
    alike = np.array([piece.vector for piece in near], dtype=np.float32) @ asked.T
    of_sections: defaultdict[str, list[int]] = defaultdict(list)
    for place, name in enumerate(found):
        of_sections[_section(name)].append(place)
    return {section: _likeness(near, alike, places) for section, places in of_sections.items()}


def _likeness(near: Sequence[_Near], alike: Vectors, places: Sequence[int]) -> Likeness:
    """Of a section with these pieces."""
    best = np.sort(alike[places].max(axis=0))[-COUNTED:]
    piece = near[places[int(alike[places].max(axis=1).argmax())]]
    return Likeness(piece.sow, min(1.0, float(best.mean())), piece.start, piece.end)


def _batches(rows: list[T], size: int) -> Iterator[list[T]]:
    return (rows[start : start + size] for start in range(0, len(rows), size))
