"""Consultations (Swedish: konsultationsbokning): activities with their clock, holds and bookings."""
