"""Run the local scheduler, or bring its database up to date.

python -m services.booking.local_scheduler            serve
python -m services.booking.local_scheduler migrate    create or change the schema, and leave
"""

from gevent import monkey

monkey.patch_all()

import sys  # noqa: E402

from chassis import logs, settings  # noqa: E402
from services.booking.local_scheduler import database, green, server  # noqa: E402
from services.booking.local_scheduler.settings import Settings  # noqa: E402


def main(arguments: list[str]) -> None:
    logs.configure("scheduler")
    green.install()
    match arguments:
        case ["migrate"]:
            database.migrate(settings.database_url("scheduler"))
        case [] | ["serve"]:
            server.serve(Settings.read())
        case _:
            raise SystemExit(__doc__)


main(sys.argv[1:])
