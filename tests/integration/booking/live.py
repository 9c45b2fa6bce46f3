"""Booking as its callers see it: its process over the broker, the local scheduler behind it."""

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pika

from chassis import topology
from chassis.amqp import parameters
from chassis.context import Context
from chassis.rpc_client import RpcClient
from contracts.actor import Actor
from contracts.ordering import ConsultationRequestedV1
from services.booking.scheduler import ZoeziScheduler
from tests.fault_proxy import FaultProxy
from tests.fixtures.processes import Process, wait_until
from tests.integration.booking.database import BookingDatabase
from tests.integration.booking.scheduler.data import BORAS, WHEELCHAIR
from tests.integration.booking.scheduler.process import KEY
from tests.unit.booking.world import PRESCRIBER

DAY = datetime(2037, 5, 18, tzinfo=UTC).date()
SERVE = ("-c", "from chassis.cli import main; main()", "serve", "booking")


@dataclass
class Live:
    """
    Args:
        proxy: what the service takes for the scheduler; it can lose answers.
        scheduler: the way past it.
    """

    database: BookingDatabase
    amqp_uri: str
    proxy: FaultProxy
    scheduler: ZoeziScheduler
    rpc: RpcClient
    make: Callable[..., Process]

    def start(self, **environment: str) -> Process:
        process = self.make(
            *SERVE,
            AMQP_URI=self.amqp_uri,
            BOOKING_DATABASE_URL=self.database.engine.url.set(
                drivername="postgresql"
            ).render_as_string(hide_password=False),
            ZOEZI_URL=self.proxy.url,
            ZOEZI_KEY=KEY,
            RECONCILIATION_HOUR="",
            PYTHONPATH=os.getcwd(),
            **environment,
        )
        process.start()
        return process

    def call(self, method: str, actor: Actor = PRESCRIBER, timeout: float = 10, **message: Any):
        return self.rpc.call("booking", method, message, Context(actor), timeout)

    def command(self, method: str, actor: Actor = PRESCRIBER, **message: Any):
        return self.call(method, actor, **({"command_id": str(uuid4())} | message))

    def register(self, **changed: Any) -> str:
        """Tell what ordering tells; return the activity's id once booking knows it."""
        event = {
            "activity_id": str(uuid4()),
            "work_order_number": "1042001",
            "customer_number": "4711",
            "unit": PRESCRIBER.unit,
            "principal": PRESCRIBER.principal,
            "prescriber": PRESCRIBER.hsa_id,
            "registered_at": datetime.now(UTC).isoformat(),
        } | changed
        self.tell(ConsultationRequestedV1.event_type, event, str(uuid4()))
        wait_until(lambda: self.known(event["activity_id"]), "booking knows the activity")
        return event["activity_id"]

    def tell(self, event_type: str, event: dict[str, Any], message_id: str) -> None:
        properties = pika.BasicProperties(
            message_id=message_id,
            content_type="application/json",
            headers=Context(PRESCRIBER).told(),
        )
        exchange = topology.events_exchange("ordering").name
        with pika.BlockingConnection(parameters(self.amqp_uri)) as connection:
            channel = connection.channel()
            channel.confirm_delivery()
            body = json.dumps(event).encode()
            channel.basic_publish(exchange, event_type, body, properties, mandatory=True)

    def known(self, activity_id: str) -> int:
        query = "SELECT count(*) FROM activities WHERE id = :id"
        return self.database.value(query, id=activity_id)

    def free_times(self) -> list[dict[str, Any]]:
        found = self.call(
            "list_free_times",
            place_id=BORAS,
            service_product_id=WHEELCHAIR,
            first_day=DAY.isoformat(),
            last_day=(DAY + timedelta(days=4)).isoformat(),
        )
        return found["items"]

    def hold(self, activity_id: str, start: str, actor: Actor = PRESCRIBER, **changed: Any):
        return self.command(
            "hold_time",
            actor,
            **{
                "activity_id": activity_id,
                "place_id": BORAS,
                "service_product_id": WHEELCHAIR,
                "start": start,
            }
            | changed,
        )

    def book(self, hold_id: str, **changed: Any):
        return self.command("book_time", **(self.form(hold_id) | changed))

    def form(self, hold_id: str) -> dict[str, str]:
        return {
            "hold_id": hold_id,
            "work_order_number": "1042001",
            "telephone": "070-174 06 05",
            "command_id": str(uuid4()),
        }

    def activity(self, activity_id: str):
        return self.call("get_activity", activity_id=activity_id)

    def scheduled(self) -> list[str]:
        """The activities that the scheduler has booked."""
        return [one.activity_id for one in self.scheduler.booked(DAY, DAY + timedelta(days=4))]

    def told(self) -> list[str]:
        rows = self.database.rows("SELECT event_type FROM outbox ORDER BY id")
        return [row.event_type.split(".")[2] for row in rows]

    def mailed(self) -> list[str]:
        rows = self.database.rows("SELECT subject FROM mails ORDER BY created_at")
        return [row.subject.split(":")[0] for row in rows]
