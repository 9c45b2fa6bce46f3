"""What is asked for, counted in one statement."""

from sqlalchemy import Connection, text

from services.booking.staffing.model import WEEKS_LOOKED_BACK, Demand

#: A unit's activities are expected where, and for what, it last booked.
_DEMAND = text(
    f"""
    WITH counted AS (
        SELECT unit, count(*) FILTER (WHERE state = 'registered') AS waiting,
            count(*) FILTER (
                WHERE registered_at > now() - interval '{WEEKS_LOOKED_BACK} weeks'
            ) AS registered
        FROM activities
        WHERE state = 'registered'
            OR registered_at > now() - interval '{WEEKS_LOOKED_BACK} weeks'
        GROUP BY unit
    ), last_booked AS (
        SELECT DISTINCT ON (unit) unit, place_name, service_product_name
        FROM bookings JOIN activities ON activities.id = activity_id
        WHERE booked_at IS NOT NULL
        ORDER BY unit, booked_at DESC
    )
    SELECT coalesce(place_name, ''), coalesce(service_product_name, ''),
        CAST(sum(waiting) AS integer), CAST(sum(registered) AS integer)
    FROM counted LEFT JOIN last_booked USING (unit)
    GROUP BY 1, 2
    """
)


def demand(connection: Connection) -> list[Demand]:
    """What waits and what was registered, by where the unit last booked; else nowhere."""
    return [Demand(*row) for row in connection.execute(_DEMAND)]
