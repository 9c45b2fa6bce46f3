"""What every process counts; served at /metrics."""

from prometheus_client import Counter, Gauge, Histogram

rpc_seconds = Histogram("rpc_seconds", "How long a call took to carry out", ["method", "outcome"])
rpc_expired = Counter("rpc_expired", "Calls whose caller had given up before they ran", ["method"])
events = Counter(
    "events_handled",
    "Events by what became of them: done, repeated, retried, dead",
    ["handler", "outcome"],
)
published = Counter("outbox_published", "Events that the broker has confirmed", ["service"])
outbox_age = Gauge("outbox_age_seconds", "Age of the oldest event not yet published", ["service"])
mails = Counter("mails", "Mails by what became of them: sent, failed", ["service", "outcome"])
mail_age = Gauge("mail_age_seconds", "Age of the oldest mail not yet sent", ["service"])
http_seconds = Histogram(
    "http_seconds", "How long a request took to answer", ["method", "route", "status"]
)
