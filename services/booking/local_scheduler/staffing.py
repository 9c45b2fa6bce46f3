"""Hours that can be booked, per week, service and site. Not part of Zoezi's API.

One statement, whatever the number of consultants and weeks: duty is the union of the windows of a
day, less holidays; what remains after absences, busy calendars and bookings is free. A consultant
with several competences, or at several sites, counts at each, as the same hour can go to any.

Source: B-17
"""

from datetime import date
from typing import Any

from sqlalchemy import Connection, text

from services.booking.local_scheduler.model.working_plan import days
from services.booking.local_scheduler.offers import instant, is_closed, seconds_of

_WEEKS = text(
    """
    WITH open_days AS (
        SELECT day FROM unnest(CAST(:days AS date[])) AS day
    ), duty AS (  -- when each consultant works at each site, by week
        SELECT staff_sites.staff_id, staff_sites.site_id,
            CAST(date_trunc('week', day) AS date) AS week,
            range_agg(tstzrange(
                (day + starts) AT TIME ZONE 'Europe/Stockholm',
                (day + ends) AT TIME ZONE 'Europe/Stockholm'
            )) AS hours
        FROM working_windows
        JOIN staff_sites ON staff_sites.staff_id = working_windows.staff_id
            AND coalesce(working_windows.site_id, staff_sites.site_id) = staff_sites.site_id
        JOIN open_days ON extract(isodow FROM day) = weekday
            AND day BETWEEN first_day AND last_day
        GROUP BY 1, 2, 3
    ), away_times AS (
        SELECT staff_id, tstzrange(starts_at, ends_at) AS period FROM absences
        WHERE tstzrange(starts_at, ends_at) && tstzrange(:start, :end)
        UNION ALL
        SELECT staff_id, tstzrange(starts_at, ends_at) FROM busy_times
        WHERE tstzrange(starts_at, ends_at) && tstzrange(:start, :end)
    ), away AS (
        SELECT staff.id AS staff_id, range_agg(period) AS periods
        FROM staff JOIN away_times ON coalesce(away_times.staff_id, staff.id) = staff.id
        GROUP BY 1
    ), taken AS (
        SELECT staff_id, range_agg(tstzrange(starts_at, busy_until)) AS periods
        FROM bookings
        WHERE (state = 'booked' OR state = 'held' AND expires_at > now())
            AND tstzrange(starts_at, busy_until) && tstzrange(:start, :end)
        GROUP BY 1
    ), told AS (
        SELECT duty.staff_id, site_id, week, hours,
            hours * coalesce(away.periods, '{}') AS absent,
            hours - coalesce(away.periods, '{}') AS present,
            coalesce(taken.periods, '{}') AS taken
        FROM duty
        LEFT JOIN away ON away.staff_id = duty.staff_id
        LEFT JOIN taken ON taken.staff_id = duty.staff_id
    ), spans AS (
        SELECT staff_id, site_id, week, duty_of.seconds AS on_duty, absent_of.seconds AS absent,
            free_of.seconds AS free
        FROM told,
        LATERAL (SELECT sum(extract(epoch FROM upper(r) - lower(r))) AS seconds
            FROM unnest(hours) AS r) AS duty_of,
        LATERAL (SELECT sum(extract(epoch FROM upper(r) - lower(r))) AS seconds
            FROM unnest(absent) AS r) AS absent_of,
        LATERAL (SELECT sum(extract(epoch FROM upper(r) - lower(r))) AS seconds
            FROM unnest(present - taken) AS r) AS free_of
    ), capacity AS (
        SELECT service_id, spans.site_id, week, count(*) AS consultants,
            sum(on_duty) AS on_duty, sum(absent) AS absent, sum(free) AS free
        FROM spans
        JOIN staff_services ON staff_services.staff_id = spans.staff_id
        GROUP BY 1, 2, 3
    ), visits AS (
        SELECT service_id, site_id,
            CAST(date_trunc('week', starts_at AT TIME ZONE 'Europe/Stockholm') AS date) AS week,
            sum(extract(epoch FROM busy_until - starts_at)) AS booked
        FROM bookings WHERE state = 'booked' AND starts_at >= :start AND starts_at < :end
        GROUP BY 1, 2, 3
    ), weeks AS (  -- those in which nobody works, too
        SELECT DISTINCT CAST(date_trunc('week', day) AS date) AS week
        FROM unnest(CAST(:all_days AS date[])) AS day
    )
    SELECT weeks.week, sites.id, sites.name, services.id, services.name,
        services.duration + services.break_after, coalesce(consultants, 0),
        coalesce(on_duty, 0), coalesce(absent, 0), coalesce(booked, 0), coalesce(free, 0)
    FROM weeks CROSS JOIN service_sites
    JOIN services ON services.id = service_sites.service_id
    JOIN sites ON sites.id = service_sites.site_id
    LEFT JOIN capacity ON capacity.week = weeks.week
        AND capacity.service_id = services.id AND capacity.site_id = sites.id
    LEFT JOIN visits ON visits.week = weeks.week
        AND visits.service_id = services.id AND visits.site_id = sites.id
    ORDER BY weeks.week, sites.name, services.name
    """
)
NAMES = ("week", "site", "siteName", "service", "serviceName", "minutes", "staffs")
HOURS = ("onDuty", "absent", "booked", "free")


def weeks(connection: Connection, first_day: date, last_day: date) -> list[dict[str, Any]]:
    """The hours of each week, site and service that the site offers."""
    asked = days(first_day, last_day)
    start, end = map(instant, seconds_of(first_day, last_day))
    values = {
        "days": [day for day in asked if not is_closed(day)],
        "all_days": asked,
        "start": start,
        "end": end,
    }
    return [_week(row) for row in connection.execute(_WEEKS, values)]


def _week(row: Any) -> dict[str, Any]:
    week, *others = row
    named = dict(zip(NAMES, (week.isoformat(), *others), strict=False))
    hours = others[len(NAMES) - 1 :]
    return named | {
        name: round(float(value) / 3600, 2) for name, value in zip(HOURS, hours, strict=True)
    }
