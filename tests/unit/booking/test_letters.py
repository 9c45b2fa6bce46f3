"""The mails: in Swedish, with what to do next, and nothing about a patient."""

import pytest

from services.booking.letters import SwedishLetters
from tests.unit.booking.test_calendar_entry import STARTS, booked, cancelled

letters = SwedishLetters("bokning@rampen.example")


@pytest.mark.rule("B-11")
def test_the_confirmation_says_when_where_and_with_whom():
    (mail,) = letters.booked(booked(STARTS["after-winter-time"]))

    assert mail["subject"] == "Bokad konsultation: måndag 2026-10-26 kl. 08:30"
    for part in ("Arbetsorder: 1042001", "Ort: Borås", "Konsulent: Anna Berg", "+46701740605"):
        assert part in mail["body"]


@pytest.mark.rule("B-12")
def test_the_cancellation_says_until_when_to_book_again():
    (mail,) = letters.cancelled(cancelled(STARTS["after-winter-time"]))

    assert mail["calendar_method"] == "CANCEL"
    assert "senast\nsöndag 2026-05-24 kl. 08:00" in mail["body"]


@pytest.mark.rule("B-6")
def test_the_notice_of_a_closing_says_why_and_what_to_do():
    mail = letters.closed()

    assert "{work_order_number}" in mail["subject"]
    assert "ingen tid\nbokades före {closes_at}" in mail["body"]
    assert "Öppna den igen" in mail["body"]
