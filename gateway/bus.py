"""The services as the gateway sees them: `bus.ordering.place_order({...})`.

A call is made in the name of whoever sent the present request.
"""

from dataclasses import dataclass
from typing import Any

from flask import current_app, g

from contracts import booking as booking_contracts
from contracts import booking_calendars as calendar_contracts
from contracts import booking_pilot as pilot_contracts
from contracts import booking_reconciliation as reconciliation_contracts
from contracts import booking_staffing as staffing_contracts
from contracts import devices as device_contracts
from contracts import maintenance as maintenance_contracts
from contracts import notices as notice_contracts
from contracts import operating as operating_contracts
from contracts import ordering as ordering_contracts
from contracts import questions as question_contracts
from contracts import signing as signing_contracts
from contracts import training as training_contracts
from contracts.base import Message, Reply


class Method:
    """One method of a service.

    Args:
        takes: contract of the message.
        gives: contract of the answer; None when there is nothing to tell.
    """

    def __init__(self, takes: type[Message], gives: type[Reply] | None = None) -> None:
        self.takes, self.gives = takes, gives

    def __set_name__(self, owner: type, name: str) -> None:
        self.service, self.name = owner.__name__.lower(), name

    def __call__(self, message: dict[str, Any], timeout: float | None = None) -> Any:
        """Return the answer, as JSON carries it.

        Args:
            message: as JSON carries it; the service holds it against the contract.
            timeout: seconds until it is not waited for any more; RPC_TIMEOUT unless told.

        Raises:
            ContractError: as the service refused; TimedOut, Unavailable.
            RemoteFailure: the service failed.
        """
        rpc = current_app.extensions["rpc"]
        return rpc.call(self.service, self.name, message, g.context, timeout=timeout)


@dataclass(frozen=True)
class Question:
    """What is to be asked, together with others: see `gateway.web.asking.together`."""

    method: Method
    message: dict[str, Any]

    def __call__(self) -> Any:
        """Ask it, by itself."""
        return self.method(self.message)


class Service:
    """What every service answers, whatever it does: the chassis does so for it."""

    answer_all = Method(question_contracts.AnswerAll, question_contracts.Answers)
    get_outbox = Method(operating_contracts.GetOutbox, operating_contracts.OutboxView)
    list_dead_letters = Method(
        operating_contracts.ListDeadLetters, operating_contracts.DeadLetterPage
    )
    replay_dead_letters = Method(
        operating_contracts.ReplayDeadLetters, operating_contracts.DeadLettersTaken
    )
    discard_dead_letter = Method(
        operating_contracts.DiscardDeadLetter, operating_contracts.DeadLettersTaken
    )

    def __init_subclass__(cls) -> None:
        """Give each service the methods under its own name."""
        for name, method in list(vars(Service).items()):
            if isinstance(method, Method):
                own = Method(method.takes, method.gives)
                own.__set_name__(cls, name)
                setattr(cls, name, own)


class Ordering(Service):
    """Takes in orders and consultations (Swedish: beställning)."""

    place_order = Method(ordering_contracts.PlaceOrder, ordering_contracts.PlacedOrder)
    cancel_order = Method(ordering_contracts.CancelOrder, ordering_contracts.PlacedOrder)
    get_order = Method(ordering_contracts.GetOrder, ordering_contracts.OrderView)
    list_orders = Method(ordering_contracts.ListOrders, ordering_contracts.OrderPage)
    register_consultation = Method(
        ordering_contracts.RegisterConsultation, ordering_contracts.RegisteredConsultation
    )
    get_work_order = Method(ordering_contracts.GetWorkOrder, ordering_contracts.WorkOrderView)
    get_work_order_patient = Method(
        ordering_contracts.GetWorkOrderPatient, ordering_contracts.WorkOrderPatientView
    )
    list_work_orders = Method(ordering_contracts.ListWorkOrders, ordering_contracts.WorkOrderPage)
    list_articles = Method(ordering_contracts.ListArticles, ordering_contracts.ArticlePage)
    list_customers = Method(ordering_contracts.ListCustomers, ordering_contracts.Customers)
    find_patient = Method(ordering_contracts.FindPatient, ordering_contracts.PatientView)
    find_names = Method(ordering_contracts.FindNames, ordering_contracts.Names)
    list_gates = Method(ordering_contracts.ListGates, ordering_contracts.Gates)
    register_device = Method(device_contracts.RegisterDevice, device_contracts.StoredDevice)
    deliver_device = Method(device_contracts.DeliverDevice, device_contracts.StoredDevice)
    return_device = Method(device_contracts.ReturnDevice, device_contracts.StoredDevice)
    get_device = Method(device_contracts.GetDevice, device_contracts.DeviceView)
    list_devices = Method(device_contracts.ListDevices, device_contracts.DevicePage)
    order_adaptation = Method(device_contracts.OrderAdaptation, device_contracts.AdaptationSummary)
    get_adaptation = Method(device_contracts.GetAdaptation, device_contracts.AdaptationView)
    list_adaptations = Method(device_contracts.ListAdaptations, device_contracts.AdaptationPage)
    publish_notice = Method(notice_contracts.PublishNotice, notice_contracts.NoticeView)
    correct_notice = Method(notice_contracts.CorrectNotice, notice_contracts.NoticeView)
    withdraw_notice = Method(notice_contracts.WithdrawNotice, notice_contracts.NoticeView)
    read_notice = Method(notice_contracts.ReadNotice)
    list_notices = Method(notice_contracts.ListNotices, notice_contracts.NoticePage)
    get_notice = Method(notice_contracts.GetNotice, notice_contracts.NoticeHistory)


class Booking(Service):
    """Books times for consultations (Swedish: bokning)."""

    list_places = Method(booking_contracts.ListPlaces, booking_contracts.Places)
    list_service_products = Method(
        booking_contracts.ListServiceProducts, booking_contracts.ServiceProducts
    )
    list_free_times = Method(booking_contracts.ListFreeTimes, booking_contracts.FreeTimes)
    get_activity = Method(booking_contracts.GetActivity, booking_contracts.ActivityView)
    list_activities = Method(booking_contracts.ListActivities, booking_contracts.ActivityPage)
    reopen_activity = Method(booking_contracts.ReopenActivity, booking_contracts.ActivityView)
    count_unbooked = Method(booking_contracts.CountUnbooked, booking_contracts.Unbooked)
    hold_time = Method(booking_contracts.HoldTime, booking_contracts.HoldView)
    extend_hold = Method(booking_contracts.ExtendHold, booking_contracts.HoldView)
    release_hold = Method(booking_contracts.ReleaseHold)
    list_holds = Method(booking_contracts.ListHolds, booking_contracts.Holds)
    book_time = Method(booking_contracts.BookTime, booking_contracts.BookingView)
    get_booking = Method(booking_contracts.GetBooking, booking_contracts.BookingView)
    rebook_time = Method(booking_contracts.RebookTime, booking_contracts.BookingView)
    record_outcome = Method(booking_contracts.RecordOutcome, booking_contracts.BookingView)
    cancel_booking = Method(booking_contracts.CancelBooking, booking_contracts.BookingView)
    link_consultant = Method(calendar_contracts.LinkConsultant, calendar_contracts.ConsultantLink)
    list_calendar_addresses = Method(
        calendar_contracts.ListCalendarAddresses, calendar_contracts.CalendarAddresses
    )
    make_calendar_address = Method(
        calendar_contracts.MakeCalendarAddress, calendar_contracts.CalendarAddressView
    )
    revoke_calendar_address = Method(calendar_contracts.RevokeCalendarAddress)
    get_calendar = Method(calendar_contracts.GetCalendar, calendar_contracts.CalendarText)
    list_feeds = Method(calendar_contracts.ListFeeds, calendar_contracts.Feeds)
    add_feed = Method(calendar_contracts.AddFeed, calendar_contracts.FeedView)
    read_feed = Method(calendar_contracts.ReadFeed, calendar_contracts.FeedView)
    remove_feed = Method(calendar_contracts.RemoveFeed)
    connect_group = Method(pilot_contracts.ConnectGroup, pilot_contracts.GroupView)
    list_groups = Method(pilot_contracts.ListGroups, pilot_contracts.Groups)
    get_questionnaire = Method(pilot_contracts.GetQuestionnaire, pilot_contracts.Questionnaire)
    answer_questionnaire = Method(
        pilot_contracts.AnswerQuestionnaire, pilot_contracts.QuestionnaireAnswered
    )
    list_questionnaires = Method(
        pilot_contracts.ListQuestionnaires, pilot_contracts.WaitingQuestionnaires
    )
    list_comments = Method(pilot_contracts.ListComments, pilot_contracts.CommentPage)
    list_evaluations = Method(pilot_contracts.ListEvaluations, pilot_contracts.Evaluations)
    start_reconciliation = Method(
        reconciliation_contracts.StartReconciliation, reconciliation_contracts.ReconciliationView
    )
    get_reconciliation = Method(
        reconciliation_contracts.GetReconciliation, reconciliation_contracts.ReconciliationView
    )
    list_reconciliations = Method(
        reconciliation_contracts.ListReconciliations, reconciliation_contracts.ReconciliationPage
    )
    list_differences = Method(
        reconciliation_contracts.ListDifferences, reconciliation_contracts.DifferencePage
    )
    list_staffing = Method(staffing_contracts.ListStaffing, staffing_contracts.Staffing)


class Maintenance(Service):
    """Takes work orders on devices from registered to finished (Swedish: underhåll)."""

    register_maintenance = Method(
        maintenance_contracts.RegisterMaintenance, maintenance_contracts.MaintenanceOrderSummary
    )
    assign_technician = Method(
        maintenance_contracts.AssignTechnician, maintenance_contracts.MaintenanceOrderSummary
    )
    start_work = Method(
        maintenance_contracts.StartWork, maintenance_contracts.MaintenanceOrderSummary
    )
    pause_work = Method(
        maintenance_contracts.PauseWork, maintenance_contracts.MaintenanceOrderSummary
    )
    resume_work = Method(
        maintenance_contracts.ResumeWork, maintenance_contracts.MaintenanceOrderSummary
    )
    finish_work = Method(
        maintenance_contracts.FinishWork, maintenance_contracts.MaintenanceOrderSummary
    )
    hand_out_device = Method(
        maintenance_contracts.HandOutDevice, maintenance_contracts.MaintenanceOrderSummary
    )
    cancel_work = Method(
        maintenance_contracts.CancelWork, maintenance_contracts.MaintenanceOrderSummary
    )
    get_maintenance_order = Method(
        maintenance_contracts.GetMaintenanceOrder, maintenance_contracts.MaintenanceOrderView
    )
    list_maintenance_orders = Method(
        maintenance_contracts.ListMaintenanceOrders, maintenance_contracts.MaintenanceOrderPage
    )
    get_fulfilment = Method(maintenance_contracts.GetFulfilment, maintenance_contracts.Fulfilment)


class Training(Service):
    """Courses, occasions and completions (Swedish: utbildning)."""

    list_courses = Method(training_contracts.ListCourses, training_contracts.CoursePage)
    define_curriculum = Method(
        training_contracts.DefineCurriculum, training_contracts.CurriculumDefined
    )
    list_occasions = Method(training_contracts.ListOccasions, training_contracts.OccasionPage)
    get_occasion = Method(training_contracts.GetOccasion, training_contracts.OccasionView)
    announce_occasion = Method(training_contracts.AnnounceOccasion, training_contracts.OccasionView)
    cancel_occasion = Method(training_contracts.CancelOccasion, training_contracts.OccasionView)
    list_participants = Method(
        training_contracts.ListParticipants, training_contracts.EnrolmentPage
    )
    list_enrolments = Method(training_contracts.ListEnrolments, training_contracts.EnrolmentPage)
    enrol = Method(training_contracts.Enrol, training_contracts.EnrolmentView)
    accept_offer = Method(training_contracts.AcceptOffer, training_contracts.EnrolmentView)
    cancel_enrolment = Method(training_contracts.CancelEnrolment, training_contracts.EnrolmentView)
    record_completions = Method(
        training_contracts.RecordCompletions, training_contracts.CompletionsRecorded
    )
    revoke_completion = Method(
        training_contracts.RevokeCompletion, training_contracts.CompletionsRecorded
    )
    import_completions = Method(
        training_contracts.ImportCompletions, training_contracts.ImportReport
    )
    list_unmatched_rows = Method(
        training_contracts.ListUnmatchedRows, training_contracts.ImportRowPage
    )
    match_row = Method(training_contracts.MatchRow, training_contracts.CompletionsRecorded)
    discard_row = Method(training_contracts.DiscardRow, training_contracts.CompletionsRecorded)


class Signing(Service):
    """Has adaptation documents signed (Swedish: underskrift)."""

    register_document = Method(
        signing_contracts.RegisterDocument, signing_contracts.RegisteredDocument
    )
    send_for_signing = Method(signing_contracts.SendForSigning, signing_contracts.SigningJobView)
    submit_paper = Method(signing_contracts.SubmitPaper, signing_contracts.SigningJobView)
    assess_risk = Method(signing_contracts.AssessRisk, signing_contracts.SigningJobView)
    sign_job = Method(signing_contracts.SignJob, signing_contracts.SigningJobView)
    decline_job = Method(signing_contracts.DeclineJob, signing_contracts.SigningJobView)
    recall_job = Method(signing_contracts.RecallJob, signing_contracts.SigningJobView)
    verify_paper = Method(signing_contracts.VerifyPaper, signing_contracts.SigningJobView)
    reject_paper = Method(signing_contracts.RejectPaper, signing_contracts.SigningJobView)
    list_signing_cases = Method(
        signing_contracts.ListSigningCases, signing_contracts.SigningCasePage
    )
    list_signing_jobs = Method(signing_contracts.ListSigningJobs, signing_contracts.SigningJobPage)
    get_signing_job = Method(signing_contracts.GetSigningJob, signing_contracts.SigningJobView)
    get_job_document = Method(signing_contracts.GetJobDocument, signing_contracts.FileClaim)
    get_validation_report = Method(
        signing_contracts.GetValidationReport, signing_contracts.ValidationReport
    )


ordering, booking = Ordering(), Booking()
maintenance, training, signing = Maintenance(), Training(), Signing()

#: Every service by its name.
SERVICES: dict[str, Service] = {
    type(one).__name__.lower(): one for one in (ordering, booking, maintenance, training, signing)
}
