"""Writes a sample for every event that has none: python -m tests.contract.new_samples

Look at what it has written, put true values in, and run it again: it then notes the sample in
SHA256SUMS, and from that on the sample stays as it is.
"""

import hashlib
import json
from typing import Any

from marshmallow import fields

from docs.tools.messages import SAMPLES, events
from tests.contract.shapes import nested

SUMS = SAMPLES / "SHA256SUMS"
VALUES: dict[type, Any] = {
    fields.UUID: "5a1d2f0c-3c77-4c5f-8a53-2f4a4f9f0e21",
    fields.AwareDateTime: "2026-11-24T12:30:00.250000+00:00",
    fields.Date: "2026-11-24",
    fields.Integer: 1,
    fields.Boolean: True,
    fields.Decimal: "1.00",
    fields.Float: 1.0,
    fields.String: "FILL ME IN",
}


def main() -> None:
    samples = {path.name: path.read_bytes() for path in SAMPLES.glob("*.json")}
    noted = {line.split()[1]: line for line in SUMS.read_text().splitlines()}
    for name in samples.keys() - noted.keys():
        noted[name] = f"{hashlib.sha256(samples[name]).hexdigest()}  {name}"
    SUMS.write_text("".join(f"{noted[name]}\n" for name in sorted(noted)))
    for event in events():
        path = SAMPLES / f"{event.event_type}.json"
        if path.name not in samples:
            path.write_text(json.dumps(_message(event()), indent=2) + "\n")
            print(f"{path}: put true values in, then run this again")


def _message(schema) -> dict[str, Any]:
    return {name: _value(field) for name, field in schema.fields.items()}


def _value(field: fields.Field) -> Any:
    if inner := nested(field):
        one = _message(inner())
        return [one] if isinstance(field, fields.List) else one
    if isinstance(field, fields.List):
        return [_value(field.inner)]
    return next(value for kind, value in VALUES.items() if isinstance(field, kind))


if __name__ == "__main__":
    main()
