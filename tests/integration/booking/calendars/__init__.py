"""Consultants' calendars: real servers, a real scheduler, a real database."""
