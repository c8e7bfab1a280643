"""Waiting for a slow iterator without being held by it."""

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from queue import Empty, Full, Queue
from threading import Event, Thread
from typing import Generic, TypeVar

from summarizer.ports import Pulse

T = TypeVar("T")

PULSE_S = 0.25
"""How long a draft may be out of reach of the one who wants to stop it."""
_AHEAD = 64
"""Values that are fetched before they are asked for; more would be paid where the reader stops."""
_PARTING_S = 2.0


@dataclass(frozen=True)
class _Value(Generic[T]):
    value: T


@dataclass(frozen=True)
class _Over:
    error: BaseException | None = None


def pumped(open: Callable[[], Iterator[T]], hang_up: Callable[[], None]) -> Generator[T | Pulse, None, None]:
    """What the iterator gives, with a Pulse whenever it gives nothing for a while; a thread of its own runs it.

    Closing the generator before the end calls `hang_up`, which has to make the iterator raise or end, wherever it is.
    """
    pump = _Pump(open)
    thread = Thread(target=pump.run, name="model", daemon=True)
    thread.start()
    try:
        while True:
            match pump.next():
                case None:
                    yield Pulse()
                case _Value(value):
                    yield value
                case _Over(error):
                    if error is not None:
                        raise error
                    return
    finally:
        pump.stopped.set()
        if not pump.over:
            hang_up()
        thread.join(_PARTING_S)


class _Pump(Generic[T]):
    def __init__(self, open: Callable[[], Iterator[T]]) -> None:
        self._open = open
        self._given: Queue[_Value[T] | _Over] = Queue(_AHEAD)
        self.stopped = Event()
        self.over = False
        """Whether the iterator's end has been given out."""

    def next(self) -> _Value[T] | _Over | None:
        """What comes next; `None` when nothing came for a while."""
        try:
            given = self._given.get(timeout=PULSE_S)
        except Empty:
            return None
        self.over = isinstance(given, _Over)
        return given

    def run(self) -> None:
        """Run the iterator to its end, or until the reader has gone."""
        try:
            for value in self._open():
                if not self._put(_Value(value)):
                    return
        except BaseException as error:  # noqa: BLE001 - the reader raises it where it belongs
            self._put(_Over(error))
        else:
            self._put(_Over())

    def _put(self, given: _Value[T] | _Over) -> bool:
        """Hand it over as soon as there is room; whether anybody is there still."""
        while not self.stopped.is_set():
            try:
                self._given.put(given, timeout=PULSE_S)
            except Full:
                continue
            return True
        return False
