-- What closing all overdue activities comes to, as plain SQL: the same rows changed and inserted.
UPDATE activities
SET state = 'closed', cause = 'not_booked', closed_at = now(), version = version + 1
WHERE state = 'registered' AND due_at <= now();

INSERT INTO outbox (event_type, data, headers)
SELECT 'booking.activity.closed.v1',
    jsonb_build_object(
        'activity_id', id, 'work_order_number', work_order_number, 'cause', cause,
        'closed_at', closed_at
    ),
    '{"nameko.actor": {"role": "system", "unit": "", "hsa_id": "booking", "principal": ""}, "nameko.request_id": "0b9cbe6c-3b1c-4d53-9a25-96b1a3d1d4c5"}'
FROM activities WHERE state = 'closed';

INSERT INTO mails (recipient, subject, body)
SELECT prescriber, 'Konsultation avslutad: arbetsorder ' || work_order_number,
    'Konsultationen med arbetsorder ' || work_order_number
    || ' har avslutats eftersom ingen tid bokades före '
    || to_char(due_at AT TIME ZONE 'Europe/Stockholm', 'YYYY-MM-DD "kl." HH24:MI')
    || '. Registrera en ny konsultation i Rampen och boka en tid direkt om behovet finns kvar.'
    || ' Annars behöver du inte göra något.'
FROM activities WHERE state = 'closed';
