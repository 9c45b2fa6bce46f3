"""The unit tests' rules hold on the database too: the repositories do what the fakes do."""

from tests.unit.ordering.test_catalogue import *  # noqa: F403
from tests.unit.ordering.test_consultations import *  # noqa: F403
from tests.unit.ordering.test_customers import *  # noqa: F403
from tests.unit.ordering.test_devices import *  # noqa: F403
from tests.unit.ordering.test_gates import *  # noqa: F403
from tests.unit.ordering.test_notices import *  # noqa: F403
from tests.unit.ordering.test_orders import *  # noqa: F403
from tests.unit.ordering.test_patients import *  # noqa: F403
