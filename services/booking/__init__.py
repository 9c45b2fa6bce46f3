"""Consultations (Swedish: konsultationsbokning): activities, holds and bookings."""
