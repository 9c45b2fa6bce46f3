"""Names of exchanges and queues. Their properties are broker policies, in definitions.json.

<service>.events    topic exchange; routing key = event type
evt-<service>-<handler>          one quorum queue a handler
dead.evt-<service>-<handler>     what that handler could not handle
retry.1 … retry.5                fanout exchange and queue for each delay; a message waits there
                                 and goes back to the queue that its routing key names
unrouted                         events that no queue was bound for
rpc-<service>                    commands and queries (nameko's own name)
sessions.ended                   stream of the sessions that people have logged out of
"""

from kombu import Exchange, Queue

RPC_EXCHANGE = "nameko-rpc"
DEAD = "dead."
UNROUTED = "unrouted"
ENDED_SESSIONS = "sessions.ended"
#: How often a failed event is tried again, each after the delay that the policy of its queue sets.
RETRIES = 5
#: How often a message may come back unhandled before it counts as failed: its process died each
#: time or, as happens to innocent ones, the connection was lost on which it waited.
DELIVERIES = 10

_QUORUM = {"x-queue-type": "quorum"}


def events_exchange(service: str) -> Exchange:
    return Exchange(f"{service}.events", type="topic", durable=True)


def event_queue(service: str, handler: str, event_type: str) -> Queue:
    """The queue in which the events for one handler wait."""
    source = event_type.split(".")[0]
    name = f"evt-{service}-{handler}"
    return _quorum(name, events_exchange(source), routing_key=event_type)


def dead_letter_queue(queue: str) -> Queue:
    return _quorum(DEAD + queue)


def retry_queue(attempt: int) -> Queue:
    """Where a message waits before it is tried again after its failed `attempt` (from 1)."""
    name = f"retry.{attempt}"
    return _quorum(name, Exchange(name, type="fanout", durable=True))


def shared_queues() -> list[Queue]:
    """The queues that belong to no handler."""
    unrouted = _quorum(UNROUTED, Exchange(UNROUTED, type="fanout", durable=True))
    return [unrouted, *(retry_queue(attempt) for attempt in range(1, RETRIES + 1))]


def _quorum(name: str, exchange: Exchange | None = None, **options: object) -> Queue:
    return Queue(name, exchange, durable=True, queue_arguments=_QUORUM, **options)
