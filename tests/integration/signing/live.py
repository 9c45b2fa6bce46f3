"""Signing as a process: its callers, files, certificates and timestamps are real."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from io import BytesIO
from uuid import UUID, uuid4

from chassis.blobs import BlobStore
from chassis.context import Context
from chassis.rpc_client import RpcClient
from services.signing import use_cases
from tests.fixtures.processes import Process, wait_until
from tests.integration.signing.world import RealSigning
from tests.unit.signing.pades.files import document
from tests.unit.signing.world import ANNA, BUILT, CENTRE, JOHAN, LOA3, RISK


class Service:
    """The process, and those who call it."""

    def __init__(self, world, rpc, process, blobs):
        self.world, self.rpc, self.process, self.blobs = world, rpc, process, blobs

    def call(self, method, actor=ANNA, **sent):
        return self.rpc.call("signing", method, sent, Context(actor))

    def command(self, method, actor=ANNA, **sent):
        return self.call(method, actor, **({"command_id": str(uuid4())} | sent))

    def built(self) -> UUID:
        adaptation_id = uuid4()
        built_at = datetime.now(UTC)
        with self.world.transaction(JOHAN) as tx:
            use_cases.open_case(tx, BUILT | {"adaptation_id": adaptation_id, "built_at": built_at})
        return adaptation_id

    def upload(self, pdf=None):
        kept = self.blobs.put(BytesIO(pdf or document()), limit=1 << 20)
        return self.command("register_document", JOHAN, **vars(kept))["document_id"]

    def sent(self, signatories=()):
        told = {"adaptation_id": str(self.built()), "document_id": self.upload()}
        told |= {"title": "Specialanpassad fotplatta", "signatories": list(signatories)}
        return self.command("send_for_signing", JOHAN, **told)["job_id"]

    def assessed(self, signatories=()):
        job_id = self.sent(signatories)
        self.command("assess_risk", job_id=job_id, risks=[RISK], conclusion="acceptable")
        return job_id

    def sign(self, job_id, actor=ANNA, command_id=None):
        sent = {"job_id": job_id, "assessment_version": 1, "login": login(actor)}
        return self.command("sign_job", actor, **sent, command_id=command_id or str(uuid4()))

    def file(self, job_id, actor=ANNA) -> bytes:
        claim = self.call("get_job_document", actor, job_id=job_id)
        return b"".join(self.blobs.read(claim["key"]))


def login(actor=ANNA):
    return {
        "hsa_id": actor.hsa_id,
        "given_name": "Anna",
        "family_name": "Lindqvist",
        "acr": LOA3,
        "authenticated_at": datetime.now(UTC).isoformat(),
    }


def settings(authorities, timestamp_authority, blobs, url) -> dict[str, str]:
    """What the process is told."""
    return authorities.settings() | {
        "SIGNING_TSA_URL": timestamp_authority,
        "SIGNING_DATABASE_URL": url,
        "BLOB_URL": str(blobs),
        "SUPPLY_CENTRE_UNITS": CENTRE,
        "SIGNING_SWEEP": "1",
    }


@contextmanager
def running(url, amqp_uri, folder, told) -> Iterator[Service]:
    process = Process(
        "-m", "chassis.cli", "serve", "signing", folder=folder, AMQP_URI=amqp_uri, **told
    )
    process.start()
    rpc = RpcClient(amqp_uri)
    rpc.start()
    wait_until(rpc.link.up.is_set, "the RPC client is connected")
    world = RealSigning(url)
    yield Service(world, rpc, process, BlobStore(told["BLOB_URL"]))
    rpc.stop()
    process.kill()
    world.engine.dispose()
