"""The entrypoints about consultants' calendars: decode, one use case, encode."""

from nameko.timer import timer

from chassis.calendar import STOCKHOLM
from chassis.rpc import command, process, query
from contracts import booking_calendars as contract
from services.booking.calendars import use_cases, views
from services.booking.calendars.settings import Settings
from services.booking.calendars.subscription import subscription
from services.booking.calendars.sweeping import Sweep

SETTINGS = Settings.read()


class CalendarEntrypoints:
    """A part of booking's service."""

    @command(contract.LinkConsultant)
    def link_consultant(self, tx, command):
        return use_cases.link_consultant(tx, command["consultant_id"], command["hsa_id"])

    @process(contract.MakeCalendarAddress)
    def make_calendar_address(self, command):
        def make(mark):
            with self.database.transaction() as tx:
                return use_cases.make_address(tx, command, mark)

        return self.database.repeatable("make_calendar_address", command, make)

    @command(contract.RevokeCalendarAddress)
    def revoke_calendar_address(self, tx, command):
        use_cases.revoke_address(tx, command["address_id"])
        return {}

    @query(contract.ListCalendarAddresses)
    def list_calendar_addresses(self, tx, _query):
        return {"items": use_cases.list_addresses(tx)}

    @process(contract.GetCalendar)
    def get_calendar(self, query):
        with self.database.reading() as tx:
            consultant_id = use_cases.whose_calendar(tx, query["secret_hash"])
            today = tx.now.astimezone(STOCKHOLM).date()
        return {"text": subscription(self.scheduler, consultant_id, today)}

    @command(contract.AddFeed)
    def add_feed(self, tx, command):
        return use_cases.add_feed(tx, command["address"])

    @command(contract.RemoveFeed)
    def remove_feed(self, tx, command):
        use_cases.remove_feed(tx, command["feed_id"])
        return {}

    @command(contract.ReadFeed)
    def read_feed(self, tx, command):
        return use_cases.read_feed(tx, command["feed_id"])

    @query(contract.ListFeeds)
    def list_feeds(self, tx, _query):
        return {"items": [views.feed(one) for one in use_cases.list_feeds(tx)]}

    @timer(interval=SETTINGS.sweep_every)
    def read_calendars(self):
        Sweep(
            self.database,
            self.scheduler,
            SETTINGS.interval,
            SETTINGS.allowed,
            SETTINGS.largest,
        ).run()
