"""Waiting in small steps, so that whoever waits can be stopped."""

import random
import time
from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import TypeVar

from summarizer.adapters.llm.pump import PULSE_S
from summarizer.ports import Pulse

T = TypeVar("T")

_SOONEST_S = 0.01
_LATEST_S = 0.5
_SHARE = 0.02
"""Of the time that somebody has waited, how long the next look may be off; so it costs little, and delays little."""


@dataclass(frozen=True)
class Waiting:
    """How time passes; tests say so themselves."""

    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.random
    """A number from 0 to 1, another one each time."""

    def seconds(self, length: float) -> Generator[Pulse, None, None]:
        """Wait that long, with a pulse now and then."""
        while length > 0:
            self.sleep(min(length, PULSE_S))
            length -= PULSE_S
            yield Pulse()

    def until(self, found: Callable[[], T | None]) -> Generator[Pulse, None, T]:
        """Look again and again until there is something, less often with time, and not in step with others."""
        waited = last_pulse = 0.0
        while (value := found()) is None:
            length = min(max(_SHARE * waited, _SOONEST_S), _LATEST_S) * (0.5 + self.chance())
            self.sleep(length)
            waited += length
            if waited - last_pulse >= PULSE_S:
                last_pulse = waited
                yield Pulse()
        return value
