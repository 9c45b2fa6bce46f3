"""The peer: orders in one process, as FastAPI and SQLAlchemy are usually put together.

    MONOLITH_DATABASE_URL=… python -m uvicorn bench.peers.monolith:app

It stores the same order, lines and outbox row as ordering. It knows no login, no permissions, no
repeated commands and no access log, and nothing relays its outbox. What Rampen finds out by itself
(the unit, the orderer, the patient) its caller tells it.
"""

import os
from datetime import UTC, datetime
from uuid import UUID

from fastapi import FastAPI, HTTPException
from pydantic import BaseModel, Field
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session, joinedload, selectinload, undefer

from bench.peers.monolith_tables import Article, Line, Order, Outbox

app = FastAPI()
engine = create_engine(os.environ["MONOLITH_DATABASE_URL"], pool_size=16, max_overflow=0)


class LineIn(BaseModel):
    article_number: str = Field(pattern=r"^[A-Z0-9-]{3,20}$")
    quantity: int = Field(ge=1, le=1000)


class OrderIn(BaseModel):
    customer_number: str = Field(pattern=r"^[0-9]{4,10}$")
    unit: str
    orderer: str
    patient_id: UUID
    lines: list[LineIn] = Field(min_length=1, max_length=100)
    reference: str = Field(default="", max_length=40)


@app.get("/readyz")
def readyz() -> dict:
    with engine.connect():
        return {}


@app.post("/orders", status_code=201)
def place_order(body: OrderIn) -> dict:
    with Session(engine, expire_on_commit=False) as session:
        order = Order(
            **body.model_dump(exclude={"lines"}),
            recipient_kind="patient",
            state="placed",
            placed_at=datetime.now(UTC),
            lines=_lines(session, body.lines),
        )
        session.add(order)
        session.flush()
        session.add(Outbox(event_type="order.placed", data=_event(order), headers={}))
        session.commit()
        return _head(order)


@app.get("/orders/{order_id}")
def get_order(order_id: UUID) -> dict:
    with Session(engine) as session:
        lines = selectinload(Order.lines).joinedload(Line.article)
        loaded = (joinedload(Order.its_unit), joinedload(Order.patient), lines)
        order = session.get(Order, order_id, options=loaded)
        if order is None:
            raise HTTPException(404, "no such order")
        return _summary(order) | {
            "unit_name": order.its_unit.name,
            "recipient": {
                "kind": order.recipient_kind,
                "patient_id": order.patient_id,
                "patient_name": order.patient.name,
            },
            "reference": order.reference,
            "lines": [_line(line) | {"article_name": line.article.name} for line in order.lines],
        }


@app.get("/orders")
def list_orders(unit: str, limit: int = 20, page: int = 1) -> dict:
    newest = select(Order).where(Order.unit == unit).order_by(Order.number.desc())
    asked = newest.options(undefer(Order.line_count)).limit(limit + 1).offset(limit * (page - 1))
    with Session(engine) as session:
        orders = session.scalars(asked).all()
        items = [_summary(order) | {"lines": order.line_count} for order in orders[:limit]]
    return {"items": items, "more": len(orders) > limit}


def _lines(session: Session, asked: list[LineIn]) -> list[Line]:
    numbers = [line.article_number for line in asked]
    found = session.scalars(select(Article).where(Article.number.in_(numbers)))
    classes = {article.number: article.delivery_class for article in found}
    if not classes.keys() >= set(numbers):
        raise HTTPException(404, "no such article")
    return [
        Line(position=at, delivery_class=classes[line.article_number], **line.model_dump())
        for at, line in enumerate(asked, start=1)
    ]


def _event(order: Order) -> dict:
    lines = [{"article_number": it.article_number, "quantity": it.quantity} for it in order.lines]
    placed = {"order_id": str(order.id), "placed_at": order.placed_at.isoformat()}
    return placed | {
        "order_number": str(order.number),
        "customer_number": order.customer_number,
        "recipient_kind": order.recipient_kind,
        "lines": lines,
    }


def _line(line: Line) -> dict:
    names = ("article_number", "quantity", "delivery_class")
    return {name: getattr(line, name) for name in names}


def _head(order: Order) -> dict:
    named = {"order_id": order.id, "order_number": str(order.number)}
    return named | {"state": order.state, "placed_at": order.placed_at}


def _summary(order: Order) -> dict:
    names = ("customer_number", "recipient_kind", "orderer")
    return _head(order) | {name: getattr(order, name) for name in names}
