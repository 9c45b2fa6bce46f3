"""Consultations (Swedish: konsultationsbokning): activities with their clock, holds and bookings.

    service.py         entrypoints
    use_cases.py       what is offered, and activities: opened, closed by the clock, shown
    holding.py         times kept while a form is filled in
    processes.py       booking, cancelling and reconciling, with the scheduler in between
    visits.py          the same for two work orders in one visit
    reconciliation/    where ordering, booking and the scheduler differ
    model/             activity, booking and hold
    letters.py         mails; calendar_entry.py what is attached to them
    repository.py      with rows.py, statements.py and tables.py
    scheduler.py       the adapter to Zoezi's API, with schedule.py and zoezi_*.py
    local_scheduler/   a scheduler that speaks the same API

Rules to come have a place of their own: moving a booking beside cancelling in processes.py; feeds
beside calendar_entry.py; staffing and evaluation as folders with the same parts as this one.
"""
