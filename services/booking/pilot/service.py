"""The entrypoints about the pilot: decode, one use case, encode."""

from nameko.timer import timer

from chassis.calendar import STOCKHOLM
from chassis.rpc import command, process, query
from contracts import booking_pilot as contract
from services.booking.pilot import asking, use_cases
from services.booking.pilot.model import QUESTIONS

ASK_EVERY = 300  # seconds


class PilotEntrypoints:
    """A part of booking's service."""

    @command(contract.ConnectGroup)
    def connect_group(self, tx, command):
        group = {name: value for name, value in command.items() if name != "command_id"}
        use_cases.connect_group(tx, group)
        return contract.GroupView.write(group)

    @query(contract.ListGroups)
    def list_groups(self, tx, _query):
        use_cases.check_centre(tx.actor)
        return contract.Groups.write({"items": tx.pilot.groups()})

    @process(contract.GetQuestionnaire)
    def get_questionnaire(self, query):
        _, role = asking.visit_and_role(self.database, self.scheduler, query["booking_id"])
        asked = [
            {"question": name, "sv": sv, "en": en} for name, (sv, en) in QUESTIONS[role].items()
        ]
        values = {
            "booking_id": query["booking_id"],
            "asked_as": role,
            "items": asked,
            "answered": asking.has_answered(self.database, query["booking_id"]),
        }
        return contract.Questionnaire.write(values)

    @process(contract.AnswerQuestionnaire)
    def answer_questionnaire(self, command):
        return self.database.repeatable(
            "answer_questionnaire",
            command,
            lambda mark: asking.answer(self.database, self.scheduler, command, mark),
        )

    @process(contract.ListQuestionnaires)
    def list_questionnaires(self, _query):
        found = [
            {
                "booking_id": row.id,
                "work_order_number": row.work_order_number,
                "place_name": row.place_name,
                "start": row.starts_at,
            }
            for row in asking.waiting(self.database, self.scheduler)
        ]
        return contract.WaitingQuestionnaires.write({"items": found})

    @query(contract.ListEvaluations)
    def list_evaluations(self, tx, query):
        found = use_cases.list_evaluations(tx, **query)
        return contract.Evaluations.write({"items": found})

    @query(contract.ListComments)
    def list_comments(self, tx, query):
        found, more = use_cases.list_comments(tx, **query)
        return contract.CommentPage.write({"items": found, "more": more})

    @timer(interval=ASK_EVERY)
    def ask_about_visits(self):
        asking.ask(self.database, self.scheduler)

    def check_connected(self):
        """Whether the actor's unit books on the web today."""
        with self.database.reading() as tx:
            use_cases.check_connected(tx, tx.now.astimezone(STOCKHOLM).date())
