"""A worker process that holds a slot until it is killed."""

import time
from multiprocessing.connection import Connection
from typing import NoReturn

from summarizer.adapters.database.slots import SharedSlots


def hold(app_url: str, told: "Connection[str, None]") -> NoReturn:
    """Take the only slot, say so, and keep it."""
    slot = SharedSlots(app_url).take("model", most=1)
    told.send("held" if slot else "nothing")
    time.sleep(600)
    raise AssertionError(slot)
