"""The load generator: clients that each send the next request when the last is answered.

    python -m bench.load < plan.json > outcome.json

A process of its own, on uvloop and a bare HTTP parser, so that it is never what is measured. Each
client has one connection, which stays open, and repeats its own list of requests; `$KEY` in a
request becomes a new key each time.
"""

import asyncio
import json
import resource
import sys
import time
from collections import Counter
from functools import partial
from itertools import cycle
from uuid import uuid4

import httptools
import uvloop

KEY = b"$KEY"


class Client(asyncio.Protocol):
    """One client.

    Args:
        requests: what it sends, over and over.
        interval: seconds from one request to the next, if it keeps a pace; 0: as soon as it can.
    """

    def __init__(self, requests: list[str], until: float, interval: float) -> None:
        self.ended = asyncio.get_running_loop().create_future()
        self.latencies: list[float] = []
        self.statuses: Counter[int] = Counter()
        self._requests = cycle([request.encode() for request in requests])
        self._until, self._interval = until, interval
        self._due = time.perf_counter()

    def connection_made(self, transport) -> None:
        self._transport = transport
        self._send()

    def data_received(self, data: bytes) -> None:
        self._parser.feed_data(data)

    def connection_lost(self, exc) -> None:
        if not self.ended.done():
            self.ended.set_exception(exc or ConnectionError("the server hung up"))

    def on_message_complete(self) -> None:
        now = time.perf_counter()
        self.latencies.append(now - self._sent)
        self.statuses[self._parser.get_status_code()] += 1
        if now >= self._until:
            self.ended.set_result(None)
            self._transport.close()
        elif self._interval:
            self._due = max(self._due + self._interval, now)
            asyncio.get_running_loop().call_later(self._due - now, self._send)
        else:
            self._send()

    def _send(self) -> None:
        self._parser = httptools.HttpResponseParser(self)
        request = next(self._requests).replace(KEY, uuid4().hex.encode())
        self._sent = time.perf_counter()
        self._transport.write(request)


async def run(plan: dict) -> dict:
    """Carry out a plan: `port`, `seconds`, `interval` and each client's requests."""
    loop = asyncio.get_running_loop()
    began = time.perf_counter()
    clients = [
        Client(requests, began + plan["seconds"], plan["interval"]) for requests in plan["clients"]
    ]
    for client in clients:
        await loop.create_connection(partial(_same, client), "127.0.0.1", plan["port"])
    await asyncio.gather(*(client.ended for client in clients))
    used = resource.getrusage(resource.RUSAGE_SELF)
    return {
        "seconds": time.perf_counter() - began,
        "latencies": [latency for client in clients for latency in client.latencies],
        "statuses": sum((client.statuses for client in clients), Counter()),
        "processor": used.ru_utime + used.ru_stime,
    }


def _same(client: Client) -> Client:
    return client


if __name__ == "__main__":
    json.dump(uvloop.run(run(json.load(sys.stdin))), sys.stdout)
