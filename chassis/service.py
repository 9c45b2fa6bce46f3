"""What every service answers, whatever it does."""

from chassis.operating import OperatorEntrypoints
from chassis.questions import QuestionEntrypoints


class Service(OperatorEntrypoints, QuestionEntrypoints):
    """A nameko service: `class OrderingService(Service)`.

    A subclass has a `name`, a `database` and what it answers besides.
    """
