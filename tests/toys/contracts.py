"""Contracts of the toys."""

from marshmallow import fields

from contracts.base import Command, Event, Query


class AddTally(Command):
    name = fields.String(required=True)
    nap = fields.Float(load_default=0.0)  # seconds that the transaction takes


class CountTallies(Query):
    name = fields.String(required=True)
    nap = fields.Float(load_default=0.0)


class TallyAddedV1(Event):
    event_type = "tally.tally.added.v1"

    name = fields.String(required=True)
