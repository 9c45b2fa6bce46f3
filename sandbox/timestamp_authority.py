"""A timestamp authority by RFC 3161, for who has none.

    python -m sandbox.timestamp_authority --port 9002 --folder var/authorities

It answers over a real socket, with a certificate of the sandbox's own root.
"""

from pathlib import Path
from typing import ClassVar

import click
from asn1crypto import core, keys, pem, tsp, x509
from flask import Flask, Response, request
from pyhanko.sign.timestamps import DummyTimeStamper

from sandbox.authorities import Authorities
from sandbox.web import serve

QUERY, REPLY = "application/timestamp-query", "application/timestamp-reply"
LENGTHS = {"sha256": 32, "sha384": 48, "sha512": 64}  # of the hashes that it stamps, in bytes
LONGEST = 4096  # bytes of a request


def create_app(authorities: Authorities) -> Flask:
    """The authority as an application."""
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = LONGEST
    stamper = DummyTimeStamper(
        x509.Certificate.load(_content(authorities.timestamps)),
        keys.PrivateKeyInfo.load(_content(authorities.timestamps_key)),
    )

    @app.post("/")
    def stamp():
        if request.mimetype != QUERY:
            return Response("a timestamp query is expected", 415)
        return Response(_answer(stamper, request.get_data()).dump(), mimetype=REPLY)

    return app


class Refusal(core.Sequence):
    """A response without a timestamp, which `tsp.TimeStampResp` does not know.

    Source: RFC 3161, 2.4.2
    """

    _fields: ClassVar = [("status", tsp.PKIStatusInfo)]


def _answer(stamper: DummyTimeStamper, data: bytes) -> tsp.TimeStampResp | Refusal:
    try:
        query = tsp.TimeStampReq.load(data, strict=True)
        imprint = query["message_imprint"]
        algorithm = imprint["hash_algorithm"]["algorithm"].native
        length = len(imprint["hashed_message"].native)
    except (ValueError, TypeError):
        return _refusal("bad_data_format")
    if LENGTHS.get(algorithm) != length:
        return _refusal("bad_alg")
    return stamper.request_tsa_response(query)


def _refusal(reason: str) -> Refusal:
    status = {"status": "rejection", "fail_info": {reason}}
    return Refusal({"status": tsp.PKIStatusInfo(status)})


def _content(path: Path) -> bytes:
    return pem.unarmor(path.read_bytes())[2]


@click.command()
@click.option("--port", type=int, required=True)
@click.option("--folder", type=click.Path(path_type=Path), required=True)
def main(port: int, folder: Path) -> None:
    """Run the timestamp authority."""
    serve(create_app(Authorities(folder).make()), port)


if __name__ == "__main__":
    main()
