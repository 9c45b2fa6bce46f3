"""The unit tests' rules hold on the database too: the repository does what the fake does."""

import pytest

from tests.integration.signing.world import RealSigning
from tests.unit.signing.asks import built, cases, expire, send
from tests.unit.signing.test_jobs import *  # noqa: F403
from tests.unit.signing.test_paper import *  # noqa: F403
from tests.unit.signing.world import ANNA, JOHAN


@pytest.mark.rule("S-7")
def test_a_job_expires_once_and_is_sent_again(world: RealSigning):
    """By the database's own clock."""
    built(world)
    send(world, valid_days=365)
    assert expire(world) == 0
    with world.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE jobs SET expires_at = now() - interval '1 second'")

    assert [expire(world), expire(world)] == [1, 0]

    ((event_type, event),) = world.told()
    assert event_type == "signing.document.expired.v1"
    assert set(event) >= {"adaptation_id", "job_id", "version", "unit", "expired_at"}
    mails = world.mailed()[1:]
    assert {mail[0] for mail in mails} == {ANNA.hsa_id, JOHAN.hsa_id}
    assert all("{" not in mail[1] + mail[2] for mail in mails)
    assert cases(world)[0]["state"] == "awaits_document"
    assert send(world)["version"] == 2
