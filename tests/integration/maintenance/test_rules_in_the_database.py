"""The unit tests' rules hold on the database too: the repository does what the fake does."""

from tests.unit.maintenance.test_adaptations import *  # noqa: F403
from tests.unit.maintenance.test_fulfilment import *  # noqa: F403
from tests.unit.maintenance.test_work_orders import *  # noqa: F403
