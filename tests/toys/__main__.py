"""Hosts one toy: python -m tests.toys TallyService."""

import os
import sys

os.environ.setdefault("EVENTLET_NO_GREENDNS", "yes")
import eventlet

eventlet.monkey_patch()

from chassis import host  # noqa: E402
from tests.toys import services  # noqa: E402

host.serve(getattr(services, sys.argv[1]))
