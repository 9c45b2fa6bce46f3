"""The entrypoints about notices: decode, one use case, encode."""

from chassis.rpc import command, query
from contracts import notices as contracts
from services.ordering.notices import use_cases


class NoticeEntrypoints:
    """A part of ordering's service."""

    @command(contracts.PublishNotice)
    def publish_notice(self, tx, command) -> dict:
        return contracts.NoticeView.write(use_cases.publish_notice(tx, command))

    @command(contracts.CorrectNotice)
    def correct_notice(self, tx, command) -> dict:
        return contracts.NoticeView.write(use_cases.correct_notice(tx, command))

    @command(contracts.WithdrawNotice)
    def withdraw_notice(self, tx, command) -> dict:
        return contracts.NoticeView.write(use_cases.withdraw_notice(tx, command["notice_id"]))

    @command(contracts.ReadNotice)
    def read_notice(self, tx, command) -> dict:
        use_cases.read_notice(tx, command["notice_id"], command["version"])
        return {}

    @query(contracts.ListNotices)
    def list_notices(self, tx, query) -> dict:
        return contracts.NoticePage.write(use_cases.list_notices(tx, query))

    @query(contracts.GetNotice)
    def get_notice(self, tx, query) -> dict:
        return contracts.NoticeHistory.write(use_cases.get_notice(tx, query["notice_id"]))
