"""What every integration test relies on: fresh virtual hosts and databases."""

import json
from contextlib import closing

import httpx
import psycopg2

from tests.fixtures.broker import DEFINITIONS


def test_a_virtual_host_has_the_policies(vhost):
    policies = httpx.get(f"{vhost.api_uri}/api/policies/{vhost.name}").json()

    expected = {policy["name"] for policy in json.loads(DEFINITIONS.read_text())["policies"]}
    assert {policy["name"] for policy in policies} == expected


def test_a_database_is_empty(empty_database):
    with closing(psycopg2.connect(empty_database)) as connection:
        cursor = connection.cursor()
        cursor.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")

        assert cursor.fetchone() == (0,)
