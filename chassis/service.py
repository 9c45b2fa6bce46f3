"""What every service answers, whatever it does.

class OrderingService(Service): …
"""

from chassis.operating import OperatorEntrypoints
from chassis.questions import QuestionEntrypoints


class Service(OperatorEntrypoints, QuestionEntrypoints):
    """A nameko service; a subclass has a `name`, a `database` and what it answers besides."""
