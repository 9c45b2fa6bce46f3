"""Signs a document, and kills its own process at a step: python -m … STEP JOB COMMAND."""

import os
import signal
import sys
from io import BytesIO

from chassis.blobs import BlobStore
from chassis.database import Transaction
from services.signing.pades.settings import local_signer
from services.signing.providers import BlobFiles
from tests.integration.signing.world import RealSigning
from tests.unit.signing.asks import sign

STEPS = ("prepared", "signed", "kept", "half_kept", "written", "recorded")


def die(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def before(owner: object, name: str) -> None:
    """Die instead of doing it."""
    setattr(owner, name, die)


def after(owner: object, name: str) -> None:
    """Do it, and die."""
    does = getattr(owner, name)
    setattr(owner, name, lambda *args, **options: die(does(*args, **options)))


def half(store: BlobStore) -> None:
    """Die when a part of the file is written."""
    write = store._write
    store._write = lambda path, source, limit: die(write(path, BytesIO(source.read(99)), limit))


def main(step: str, job_id: str, command_id: str) -> None:
    world = RealSigning(os.environ["SIGNING_DATABASE_URL"])
    store = BlobStore(os.environ["BLOB_URL"])
    world.files, signer = BlobFiles(store), local_signer()
    world.signer = type("Pen", (), {"sign": lambda _self, *args: signer.sign(*args)})()
    arranged = {
        "prepared": lambda: before(world.signer, "sign"),
        "signed": lambda: after(world.signer, "sign"),
        "half_kept": lambda: half(store),
        "kept": lambda: after(world.files, "keep"),
        "written": lambda: after(Transaction, "answer"),
        "recorded": lambda: None,
    }
    arranged[step]()
    sign(world, {"job_id": job_id}, command_id=command_id)
    die()


if __name__ == "__main__":
    main(*sys.argv[1:])
