"""The monolith's mapped classes, over tables made by the same migration as ordering's."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import FetchedValue, ForeignKey, func, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, column_property, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Article(Base):
    __tablename__ = "articles"
    number: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    delivery_class: Mapped[str]


class Unit(Base):
    __tablename__ = "units"
    hsa_id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]


class Patient(Base):
    __tablename__ = "patients"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str]


class Line(Base):
    __tablename__ = "order_lines"
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    article_number: Mapped[str] = mapped_column(ForeignKey(Article.number))
    quantity: Mapped[int]
    delivery_class: Mapped[str]
    article: Mapped[Article] = relationship()


class Order(Base):
    __tablename__ = "orders"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    number: Mapped[int] = mapped_column(server_default=FetchedValue())
    customer_number: Mapped[str]
    unit: Mapped[str] = mapped_column(ForeignKey(Unit.hsa_id))
    recipient_kind: Mapped[str]
    patient_id: Mapped[UUID] = mapped_column(ForeignKey(Patient.id))
    reference: Mapped[str]
    state: Mapped[str]
    orderer: Mapped[str]
    placed_at: Mapped[datetime]
    lines: Mapped[list[Line]] = relationship(order_by=Line.position)
    its_unit: Mapped[Unit] = relationship()
    patient: Mapped[Patient] = relationship()
    line_count: Mapped[int] = column_property(
        select(func.count()).where(Line.order_id == id).scalar_subquery(), deferred=True
    )


class Outbox(Base):
    __tablename__ = "outbox"
    id: Mapped[int] = mapped_column(primary_key=True, server_default=FetchedValue())
    event_type: Mapped[str]
    data: Mapped[dict[str, Any]] = mapped_column(JSONB)
    headers: Mapped[dict[str, Any]] = mapped_column(JSONB)
