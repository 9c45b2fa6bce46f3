"""Services in memory: what the gateway asks by RPC, held against the contracts and remembered."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import uuid4

from chassis.context import Context
from chassis.rpc_client import RemoteFailure
from contracts import (
    booking,
    booking_pilot,
    notices,
    operating,
    ordering,
    questions,
    signing,
    training,
)
from contracts.errors import ContractError, common
from contracts.errors import ordering as errors
from contracts.errors.booking_pilot import NOT_YOUR_VISIT

Json = dict[str, Any]
PLACED_AT = "2026-11-24T12:30:00+00:00"


class InMemoryServices:
    """Ordering and booking as far as the gateway's tests need them.

    `asked` holds every call, also of several in one message; `messages` what each message called;
    what is put into `failing` is raised by that method.
    """

    def __init__(self) -> None:
        self.orders: dict[str, Json] = {}
        self.activities: list[Json] = []
        self.notices: list[Json] = []
        self.names: dict[str, str] = {}
        self.asked: list[tuple[str, Json, Context]] = []
        self.messages: list[str] = []
        self.failing: dict[str, Exception] = {}
        self.answers: dict[str, Any] = {}  # to a method, whatever it is asked
        self._commands: dict[str, tuple[Json, Json]] = {}

    def call(
        self,
        service: str,
        method: str,
        message: Json,
        context: Context,
        timeout: float | None = None,
    ) -> Any:
        self.messages.append(f"{service}.{method}")
        if method == "answer_all":
            if f"{service}.answer_all" in self.failing:
                raise self.failing[f"{service}.answer_all"]
            asked = questions.AnswerAll.read(message)["questions"]
            answers = (partial(self._ask, service, **one, context=context) for one in asked)
            return {"items": [_reply(answer) for answer in answers]}
        return self._ask(service, method, message, context)

    def _ask(self, service: str, method: str, message: Json, context: Context) -> Any:
        name = f"{service}.{method}"
        self.asked.append((name, message, context))
        if name in self.failing:
            raise self.failing[name]
        if name in self.answers:
            return self.answers[name]
        return getattr(self, f"_{method}")(message)

    def _place_order(self, message: Json) -> Json:
        command = ordering.PlaceOrder.read(message)
        if command["customer_number"] == "9999":
            raise errors.CUSTOMER_UNKNOWN()
        if message.get("customer_number") == "8888":
            raise errors.UNIT_NOT_YOURS(customer_number="8888")
        return self._once(message, lambda: self._new_order(command))

    def _new_order(self, command: Json) -> Json:
        placed = {
            "order_id": str(uuid4()),
            "order_number": str(1000 + len(self.orders)),
            "state": "placed",
            "placed_at": PLACED_AT,
        }
        self.orders[placed["order_id"]] = placed | {"command": command}
        return placed

    def _once(self, message: Json, work: Callable[[], Json]) -> Json:
        if message["command_id"] not in self._commands:
            self._commands[message["command_id"]] = message, work()
        kept, answer = self._commands[message["command_id"]]
        if kept != message:
            raise common.KEY_REUSED()
        return answer

    def _cancel_order(self, message: Json) -> Json:
        ordering.CancelOrder.read(message)
        order = self._found(message["order_id"])
        order["state"] = "cancelled"
        return {key: value for key, value in order.items() if key != "command"}

    def _get_order(self, message: Json) -> Json:
        ordering.GetOrder.read(message)
        order = self._found(message["order_id"])
        return {**order, "command": None, "version": 1}

    def _list_orders(self, message: Json) -> Json:
        query = ordering.ListOrders.read(message)
        skipped = (query["page"] - 1) * query["limit"]
        rows = [
            {
                **{key: value for key, value in order.items() if key != "command"},
                "customer_number": order["command"]["customer_number"],
                "lines": len(order["command"]["lines"]),
            }
            for order in self.orders.values()
            if query.get("state") in (None, order["state"])
        ]
        shown = rows[skipped : skipped + query["limit"]]
        return {"items": shown, "more": len(rows) > skipped + query["limit"]}

    def _list_activities(self, message: Json) -> Json:
        booking.ListActivities.read(message)
        return {"items": self.activities, "more": False}

    def _list_signing_jobs(self, message: Json) -> Json:
        signing.ListSigningJobs.read(message)
        return {"items": [], "more": False}

    def _find_names(self, message: Json) -> Json:
        wanted = ordering.FindNames.read(message)["hsa_ids"]
        return {"names": {one: self.names[one] for one in wanted if one in self.names}}

    def _list_gates(self, message: Json) -> Json:
        ordering.ListGates.read(message)
        return {"as_of": None, "items": []}

    def _list_enrolments(self, message: Json) -> Json:
        training.ListEnrolments.read(message)
        return {"items": [], "more": False}

    def _list_dead_letters(self, message: Json) -> Json:
        operating.ListDeadLetters.read(message)
        return {"items": [], "more": False, "waiting": 0}

    def _list_notices(self, message: Json) -> Json:
        notices.ListNotices.read(message)
        return {"items": self.notices, "more": False}

    def _list_articles(self, message: Json) -> Json:
        ordering.ListArticles.read(message)
        return {"items": [], "more": False}

    def _list_free_times(self, message: Json) -> Json:
        booking.ListFreeTimes.read(message)
        return {"items": [], "consultants": []}

    def _get_questionnaire(self, message: Json) -> Json:
        booking_pilot.GetQuestionnaire.read(message)
        raise NOT_YOUR_VISIT()

    def _release_hold(self, message: Json) -> Json:
        booking.ReleaseHold.read(message)
        return {}

    def _find_patient(self, message: Json) -> Json:
        ordering.FindPatient.read(message)
        raise errors.PATIENT_UNKNOWN()

    def _found(self, order_id: str) -> Json:
        if order_id not in self.orders:
            raise common.NOT_FOUND()
        return self.orders[order_id]


def _reply(ask: Callable[[], Any]) -> Json:
    """The answer to one of several questions, as a service gives it."""
    try:
        return {"result": ask(), "error": None}
    except ContractError as error:
        kind = type(error).__name__
        return {"result": None, "error": {"exc_type": kind, "exc_args": list(error.args)}}
    except RemoteFailure as error:
        return {"result": None, "error": {"exc_type": "RemoteError", "exc_args": list(error.args)}}
