"""pyHanko's coroutines, run from code that waits in green threads."""

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any, TypeVar

Result = TypeVar("Result")
#: asyncio has one running loop a thread, and all green threads are one to it. Nothing that runs
#: here waits for anybody, so to take turns costs nothing.
_turn = threading.Lock()


def run(coroutine: Coroutine[Any, Any, Result]) -> Result:
    """Run a coroutine that computes and asks nobody."""
    with _turn:
        return asyncio.run(coroutine)
