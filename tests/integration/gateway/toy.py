"""A service that answers for ordering what it was asked: python -m tests.integration.gateway.toy

It is plain nameko: whatever speaks its RPC can stand behind the gateway.
"""

import os

os.environ.setdefault("EVENTLET_NO_GREENDNS", "yes")
import eventlet

eventlet.monkey_patch()

from nameko.rpc import rpc  # noqa: E402

from chassis import host  # noqa: E402


class ToyOrdering:
    name = "ordering"

    @rpc
    def list_articles(self, message):
        """One article named as what was searched; after `nap 3`, three seconds later."""
        search = message.get("search", "")
        if search.startswith("nap "):
            eventlet.sleep(float(search.removeprefix("nap ")))
        if search == "fail":
            raise ValueError("a text that must not show")
        return {"items": [{"name": search}], "more": False}

    @rpc
    def answer_all(self, message):
        """To each question the same: that there is nothing."""
        nothing = {"result": {"items": [], "more": False}, "error": None}
        return {"items": [nothing for _ in message["questions"]]}


if __name__ == "__main__":
    host.serve(ToyOrdering)
