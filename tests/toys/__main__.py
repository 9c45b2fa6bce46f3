"""Hosts one toy: python -m tests.toys TallyService."""

import sys

import eventlet

eventlet.monkey_patch()

from chassis import host  # noqa: E402
from tests.toys import services  # noqa: E402

host.serve(getattr(services, sys.argv[1]))
