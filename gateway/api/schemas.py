"""What the gateway itself answers with."""

from marshmallow import fields

from contracts.base import Reply


class FieldError(Reply):
    """One thing that is wrong in a request."""

    pointer = fields.String(metadata={"description": "JSON-pekare till fältet i kroppen"})
    parameter = fields.String(metadata={"description": "parametern i adressen"})
    detail = fields.String(required=True)


class Problem(Reply):
    """Why a request was refused, and what to do (RFC 9457)."""

    type = fields.String(
        required=True, metadata={"format": "uri-reference", "description": "förklaras på adressen"}
    )
    title = fields.String(required=True, metadata={"description": "vad som är fel"})
    detail = fields.String(required=True, metadata={"description": "vad du ska göra"})
    status = fields.Integer(required=True)
    instance = fields.String(required=True, metadata={"format": "uri-reference"})
    code = fields.String(required=True, metadata={"description": "ändrar aldrig betydelse"})
    rule = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "regelverkets kod för regeln bakom"},
    )
    request_id = fields.String(
        required=True, metadata={"description": "ärende-id, att ange vid felanmälan"}
    )
    params = fields.Dict(
        metadata={
            "description": "det som texterna nämner, för program; spärren listar i `missing` varje "
            "kompetens som saknas med de utbildningar som ger den"
        }
    )
    errors = fields.List(fields.Nested(FieldError))


class ProblemText(Reply):
    """What is wrong, and what to do."""

    title = fields.String(required=True)
    detail = fields.String(required=True)


class Me(Reply):
    """Who is logged in, and in which commission (Swedish: medarbetaruppdrag)."""

    hsa_id = fields.String(required=True)
    name = fields.String(required=True, metadata={"description": "tomt för ett system"})
    role = fields.String(required=True)
    unit = fields.String(required=True, metadata={"description": "enhetens HSA-id"})
    unit_name = fields.String(required=True)
    principal = fields.String(required=True, metadata={"description": "huvudmannens HSA-id"})


class Hours(Reply):
    """From when to when, in Swedish local time."""

    opens = fields.Time(required=True, format="%H:%M", metadata={"format": "time-hh-mm"})
    closes = fields.Time(required=True, format="%H:%M", metadata={"format": "time-hh-mm"})


class CustomerService(Reply):
    """Customer service (Swedish: Kundtjänst): telephone and hours on working days.

    Source: A-7
    """

    telephone = fields.String(required=True)
    hours = fields.List(fields.Nested(Hours), required=True)
    is_open = fields.Boolean(required=True)
    opens_at = fields.AwareDateTime(required=True, metadata={"description": "nu, när det är öppet"})


class ApiInfo(Reply):
    """The API itself, as the national REST API profile asks (VER.06)."""

    api_name = fields.String(required=True)
    api_version = fields.String(required=True)
    api_released = fields.Date(required=True)
    api_documentation = fields.String(required=True, metadata={"format": "uri"})
    api_status = fields.String(required=True)
