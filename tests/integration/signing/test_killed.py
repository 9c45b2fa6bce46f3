"""Killed at any step, signing leaves an unsigned job or a whole signature."""

import os
import signal
import subprocess
import sys
from uuid import uuid4

import pytest

from chassis.blobs import BlobStore
from services.signing.pades.verification import verify
from services.signing.providers import BlobFiles
from tests.integration.signing import live
from tests.integration.signing.killed import STEPS
from tests.unit.signing.asks import assess, built, look_at, send, sign, upload
from tests.unit.signing.pades.files import document


@pytest.mark.rule("S-11")
@pytest.mark.parametrize("step", STEPS)
def test_killed_it_leaves_an_unsigned_job_or_a_whole_signature(
    world, authorities, timestamp_authority, signer, roots, tmp_path, step
):
    told = live.settings(authorities, timestamp_authority, tmp_path, world.url)
    world.files, world.signer = BlobFiles(BlobStore(told["BLOB_URL"])), signer
    built(world)
    job = send(world, document_id=upload(world, pdf=document())["document_id"])
    assess(world, job)

    command = [sys.executable, "-W", "ignore", "-m", "tests.integration.signing.killed"]
    child = subprocess.run([*command, step, job["job_id"], str(uuid4())], env=os.environ | told)
    left = look_at(world, job)
    if left["state"] == "open":
        assert (left["signatures"], world.told()) == (0, [])
        sign(world, job)

    assert child.returncode == -signal.SIGKILL
    assert (left["state"] == "signed") == (step == "recorded")
    assert (world.released(), len(world.told())) == (1, 1)
    ((key,),) = world.rows("SELECT key FROM signatures")
    assert verify(world.files.content(key), roots).holds
